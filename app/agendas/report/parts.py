"""What the report says, as plain data: page and JSON show these and nothing else. No delegate is named."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.agendas.agenda import Origin
from app.agendas.press import Told
from app.agendas.queries import UnmetWish


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a name; None is who or what has none."""

    name: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Comers:
    """Who comes, and who of them has no meeting; organisations by country and by kind, the most frequent first."""

    organisations: int
    delegates: int
    organisations_without: int
    delegates_without: int
    by_country: tuple[Count, ...]
    by_kind: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The meetings held, and how many of them are what. Mutual, one-sided and suggested add up to all."""

    meetings: int
    mutual: int
    one_sided: int
    suggested: int
    cross_border: int
    with_social_enterprise: int
    interpreted: int
    online: int


@dataclass(frozen=True, slots=True)
class RankTally:
    """Wishes of one rank, or of so many stars, or (both None) of neither; those met, and of both the mutual ones."""

    rank: int | None
    stars: int | None
    wished: int
    met: int
    mutual_wished: int
    mutual_met: int


@dataclass(frozen=True, slots=True)
class Step:
    """So many (organisations, delegates) have so many (meetings, slots of waiting, changes of table)."""

    amount: int
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How something is spread over those whom it concerns: fewest, median, most, and how many have how many."""

    fewest: int
    median: float
    most: int
    steps: tuple[Step, ...]

    @property
    def total(self) -> int:
        return sum(step.amount * step.count for step in self.steps)

    @property
    def count(self) -> int:
        return sum(step.count for step in self.steps)


@dataclass(frozen=True, slots=True)
class KindSpread:
    """How the meetings are spread over the organisations of a kind."""

    kind: str
    meetings: Spread


@dataclass(frozen=True, slots=True)
class Column:
    """A slot of the grid, how many meetings it holds at tables and online, and at how many tables it could."""

    starts_at: datetime
    ends_at: datetime
    day: date
    at_tables: int
    online: int
    tables: int


@dataclass(frozen=True, slots=True)
class Row:
    """A table of the grid, and how many meetings it sees."""

    name: str
    hall: str | None
    meetings: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A meeting in the grid: column and row by number, who meets, and who wished it."""

    column: int
    row: int
    organisations: tuple[str, str]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Grid:
    """Slots across, tables down. `closed` are columns and rows in which a table cannot be used."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    closed: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Meetings between two countries or kinds, which may be the same; None is who said none."""

    a: str | None
    b: str | None
    meetings: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A term of the objective: what was reached, the best possible (None: not known), whether that is proved."""

    term: str
    reached: int
    bound: int | None
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Unmet:
    """Wishes that are not met for one reason."""

    reason: str
    wishes: tuple[UnmetWish, ...]


@dataclass(frozen=True, slots=True)
class FullOne:
    """An organisation that can take no further meeting, its ceiling (None: no time is left), and wishes it costs."""

    organisation: str
    meetings: int
    ceiling: int | None
    unmet: int


class Change(StrEnum):
    """What could be otherwise at the next edition."""

    SLOT = "slot"
    SLOT_LESS = "slot-less"
    TABLES = "tables"
    TABLES_LESS = "tables-less"
    INTERPRETER = "interpreter"
    CEILINGS = "ceilings"
    DELEGATE = "delegate"
    PRESENCE = "presence"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A change, how much of it, whom it concerns, and what the engine finds that it brings, beside the plan.

    `meetings`, `wishes` (met) and `shortfall` are differences. `value_percent` is what it adds to the value of the
    plan, `possible_percent` the most that it could add; `is_proved` where it could add no more.
    """

    change: Change
    amount: int
    about: tuple[str, ...]
    meetings: int
    wishes: int
    shortfall: int
    value_percent: float
    possible_percent: float
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """What changes would bring, the greatest gain first. `left_out`: there was no time to compute these."""

    recommendations: tuple[Recommendation, ...]
    left_out: int
    is_plan_proved: bool
    """Whether the plan itself is proved to hold the most value; if not, part of a gain may be had without a change."""


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, of one version."""

    event: str
    venue: str | None
    time_zone: str
    first_day: date | None
    last_day: date | None
    version: int
    is_published: bool
    changed_at: datetime
    told: Told
    comers: Comers
    held: Held
    wishes: tuple[RankTally, ...]
    meetings: Spread
    by_kind: tuple[KindSpread, ...]
    waiting: Spread
    walking: Spread
    grid: Grid
    countries: tuple[Flow, ...]
    kinds: tuple[Flow, ...]
    proof: tuple[Proof, ...]
    unmet: tuple[Unmet, ...]
    full: tuple[FullOne, ...]
    outlook: Outlook | None
