"""Who somebody is and what they want: the plain values that matching reads. No database, no clock."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BUYER = "buyer"
LOCAL_AUTHORITY = "local-authority"
SOCIAL_ENTERPRISE = "social-enterprise"
COMPANY = "company"


class Nature(StrEnum):
    """What is provided: things, work done, building, or people who work for the buyer."""

    GOODS = "goods"
    SERVICES = "services"
    WORKS = "works"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Provision:
    """An offer or a need. `codes` are CPV codes of eight digits; `nature` None means that the codes tell it."""

    text: str
    codes: tuple[str, ...] = ()
    nature: Nature | None = None


@dataclass(frozen=True, slots=True)
class HeldLabel:
    """A label that somebody says they hold, by its code in the registry; the days are the first and last valid."""

    code: str
    valid_from: date | None = None
    valid_until: date | None = None
    evidence_link: str | None = None
    verified_by: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation as matching sees it. `country` is ISO 3166-1, `languages` ISO 639-1, of any of its delegates.

    `serves` and `wanted_in` are areas: a country (`FR`), or a country and the beginning of a postal code (`FR-54`).
    No area means that nothing was said: offers then reach from the supplier's own place, needs are at the buyer's.
    `asks_labels` are codes of labels that its needs ask for. `min_meetings` and `max_meetings` are the organisation's
    own; None means that the event's policy decides.
    """

    organisation: str
    kind: str
    structure_type: str | None = None
    country: str | None = None
    postal_code: str | None = None
    city: str | None = None
    languages: frozenset[str] = frozenset()
    offers: tuple[Provision, ...] = ()
    needs: tuple[Provision, ...] = ()
    labels: tuple[HeldLabel, ...] = ()
    min_meetings: int | None = None
    max_meetings: int | None = None
    delegate_count: int = 1
    asks_labels: frozenset[str] = frozenset()
    serves: tuple[str, ...] = ()
    wanted_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What matching must know of the event.

    Its (first) day, the languages each interpreter works between, and how many meetings one delegate can have at
    most; None where the slots are not known yet.
    """

    day: date
    interpreters: tuple[frozenset[str], ...] = ()
    slot_count: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to meet whom (or refuses to), by organisation. Rank 1 and five stars are the dearest."""

    source: str
    target: str
    rank: int | None = None
    stars: int | None = None
    refuses: bool = False

    def __post_init__(self) -> None:
        if self.rank is not None and self.rank < 1:
            raise ValueError(f"The wish of {self.source} for {self.target} has rank {self.rank}; ranks start at 1.")
        if self.stars is not None and self.stars < 0:
            raise ValueError(f"The wish of {self.source} for {self.target} has {self.stars} stars; stars start at 0.")
