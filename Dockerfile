# The service in a slim image: pinned versions, its own user, a health check. `docker compose up` adds PostgreSQL.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/srv/ronde
WORKDIR /srv/ronde

COPY requirements.txt .
RUN sed -i '/^# --- from here on/,$d' requirements.txt \
    && pip install --no-cache-dir --require-hashes -r requirements.txt \
    && printf '#!/bin/sh\nexec python -m app "$@"\n' > /usr/local/bin/ronde \
    && chmod 755 /usr/local/bin/ronde \
    && useradd --create-home --uid 10001 ronde \
    && install -d -o ronde /data

COPY alembic.ini pyproject.toml ./
COPY alembic alembic
COPY importers importers
COPY scheduler scheduler
COPY app app

USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["ronde"]
CMD ["serve", "--host", "0.0.0.0"]
