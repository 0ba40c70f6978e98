"""The event's policy: how much each thing weighs, who may meet, how many meetings each should have."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from app.errors import Invalid

NO_PAIRS = "The policy's may_meet is {value}; it is pairs of kinds, as in buyer + social-enterprise."
NOT_WHOLE = "The policy's {name} is {value}; it is a whole number, 0 or more."


class Mode(StrEnum):
    """Where meetings come from: wishes alone, wishes filled up by suggestions, or suggestions for everybody."""

    WISHES = "wishes"
    WISHES_THEN_SUGGESTIONS = "wishes-then-suggestions"
    AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each reason of affinity weighs against the others; 0 leaves it out. Explained in docs/matching.md."""

    codes: int = 60
    nature: int = 6
    area: int = 10
    languages: int = 10
    labels: int = 6
    structure: int = 4
    cross_border: int = 4

    @property
    def total(self) -> int:
        return sum(getattr(self, weight.name) for weight in fields(self))

    def __post_init__(self) -> None:
        for weight in fields(self):
            if getattr(self, weight.name) < 0:
                raise ValueError(f"The weight of {weight.name} is {getattr(self, weight.name)}; it cannot be negative.")


@dataclass(frozen=True, slots=True)
class WishPoints:
    """What a wish is worth by itself: rank 1 gives `dearest`, each rank less one point less, never below 1."""

    dearest: int = 10
    unranked: int = 6
    one_sided: int = 30
    mutual: int = 40

    def __post_init__(self) -> None:
        if not 1 <= self.unranked <= self.dearest <= 10:
            raise ValueError("An unranked wish is worth between 1 and the dearest, which is worth at most 10.")
        if self.one_sided < 20 or self.mutual < self.one_sided + self.dearest:
            raise ValueError(
                "A wish is worth at least 20 points more than none, and a mutual one more than one side's."
            )


@dataclass(frozen=True, slots=True)
class Policy:
    """The event's policy. Maps are by kind; shares are percentages of meetings; None means no rule.

    `may_meet` holds the pairs of kinds (one kind alone for a pair of the same) that may meet at all.
    """

    mode: Mode = Mode.WISHES_THEN_SUGGESTIONS
    weights: Weights = field(default_factory=Weights)
    wish_points: WishPoints = field(default_factory=WishPoints)
    may_meet: frozenset[frozenset[str]] | None = None
    floors: Mapping[str, int] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    max_meetings: int | None = None
    target_meetings: int = 6
    least_affinity: int = 30
    social_enterprise_share: int | None = None
    cross_border_share: int | None = None

    def allows(self, kind: str, other: str) -> bool:
        """Whether these two kinds may meet."""
        return self.may_meet is None or frozenset((kind, other)) in self.may_meet

    def floor(self, kind: str, own: int | None) -> int:
        """How many meetings somebody of this kind should have at least; their own number goes before the kind's."""
        return own if own is not None else self.floors.get(kind, 0)

    def cap(self, kind: str, own: int | None) -> int | None:
        """The most meetings that somebody of this kind may have: the smallest of all ceilings that are set."""
        ceilings = [limit for limit in (own, self.caps.get(kind), self.max_meetings) if limit is not None]
        return min(ceilings, default=None)


def policy_of(
    settings: Mapping[str, str | int | float], floors: Mapping[str, int] | None = None, max_meetings: int | None = None
) -> Policy:
    """Return the policy that the event's `[policy]` table describes; raise Invalid with a sentence for a wrong one.

    Known names: `mode`, `target_meetings`, `least_affinity`, `social_enterprise_share`, `cross_border_share`, for each
    weight `weight_` with its name (`weight_codes`), for each kind `cap_` with its name (`cap_buyer`), and `may_meet`:
    pairs of kinds with a plus between, commas between pairs (`buyer + social-enterprise, buyer + company`). Names in
    tables of their own mean the same: `weights.codes`, `caps.buyer`, `shares.cross_border`.
    """
    policy = Policy(floors=dict(floors or {}), max_meetings=max_meetings)
    for name, value in settings.items():
        policy = _with_setting(policy, _plain(name), value)
    return policy


_NUMBERS = ("target_meetings", "least_affinity", "social_enterprise_share", "cross_border_share")
_WEIGHTS = tuple(f"weight_{weight.name}" for weight in fields(Weights))


def _with_setting(policy: Policy, name: str, value: str | float) -> Policy:
    if name == "mode":
        return replace(policy, mode=_mode(value))
    if name == "may_meet":
        return replace(policy, may_meet=_pairs_of_kinds(str(value)))
    if name.startswith("cap_"):
        return replace(policy, caps={**policy.caps, _kind(name.removeprefix("cap_")): _whole(name, value)})
    if name not in _NUMBERS and name not in _WEIGHTS:
        known = ", ".join(("mode", "may_meet", "cap_KIND", *_NUMBERS, *_WEIGHTS))
        raise Invalid("The policy has no setting {name}; it knows {known}.", name=name, known=known)
    number = _whole(name, value)
    if name in _WEIGHTS:
        return replace(policy, weights=replace(policy.weights, **{name.removeprefix("weight_"): number}))
    if name == "target_meetings":
        return replace(policy, target_meetings=number)
    if number > 100:
        raise Invalid("The policy's {name} is {value}; it is at most 100.", name=name, value=value)
    if name == "least_affinity":
        return replace(policy, least_affinity=number)
    if name == "social_enterprise_share":
        return replace(policy, social_enterprise_share=number)
    return replace(policy, cross_border_share=number)


def _plain(name: str) -> str:
    """Return a setting's one name: `weights.codes` and `weight-codes` are `weight_codes`."""
    table, _, rest = name.strip().lower().replace("-", "_").replace(" ", "_").rpartition(".")
    if not table:
        return rest
    return {"weights": f"weight_{rest}", "caps": f"cap_{rest}", "shares": f"{rest}_share"}.get(table, f"{table}.{rest}")


def _pairs_of_kinds(value: str) -> frozenset[frozenset[str]]:
    pairs = [[_kind(side) for side in pair.split("+")] for pair in value.split(",") if pair.strip()]
    if not pairs or any(len(pair) != 2 or not all(pair) for pair in pairs):
        raise Invalid(NO_PAIRS, value=value)
    return frozenset(map(frozenset, pairs))


def _kind(written: str) -> str:
    return written.strip().lower().replace("_", "-").replace(" ", "-")


def _mode(value: str | float) -> Mode:
    written = str(value).strip().lower().replace(" ", "-").replace("_", "-").replace(",", "")
    if written not in list(Mode):
        raise Invalid("The policy's mode is {value}; it is one of {known}.", value=value, known=", ".join(Mode))
    return Mode(written)


def _whole(name: str, value: str | float) -> int:
    try:
        number = float(value)
    except ValueError:
        raise Invalid(NOT_WHOLE, name=name, value=value) from None
    if number != int(number) or number < 0:
        raise Invalid(NOT_WHOLE, name=name, value=value)
    return int(number)
