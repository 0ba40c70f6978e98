"""What is measured for those who run the service: requests by the pattern of their route, and jobs by their state."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError

from app import db, models

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counts and durations of requests, in a registry of this service."""

    def __init__(self, engine: Engine) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("ronde_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "ronde_request_seconds", "Time to the first byte.", labels[:2], buckets=BUCKETS, registry=self.registry
        )
        self.registry.register(Jobs(engine))

    def note(self, method: str, route: str, status: int, duration: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(duration)


class Jobs(Collector):
    """How many jobs there are, asked when somebody looks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return [_no_jobs()]

    def collect(self) -> Iterable[GaugeMetricFamily]:
        found = _no_jobs()
        counts = select(models.Job.kind, models.Job.state, func.count()).group_by(models.Job.kind, models.Job.state)
        try:
            with db.reading(self._engine) as session:
                rows = session.execute(counts).all()
        except OperationalError:  # what is known of requests is told all the same
            rows = []
        for kind, state, count in rows:
            found.add_metric([kind, state], count)
        return [found]


def serve_metrics(metrics: Metrics, address: str) -> None:
    """Answer at `ADDRESS:PORT`, in a thread of its own that ends with the process."""
    name, _, port = address.rpartition(":")
    start_http_server(int(port), name.strip("[]"), metrics.registry)


def _no_jobs() -> GaugeMetricFamily:
    return GaugeMetricFamily("ronde_jobs", "Jobs by kind and state.", labels=["kind", "state"])
