"""Who comes and what they wish, as matching sees them; and whom it suggests to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app import models
from app.events.policy import Policy, policy_of
from app.matching.affinity import affinity
from app.matching.explaining import worth_saying
from app.matching.loading import vocabulary_of
from app.matching.pairing import Pair, pairs_of, wish_value, wishes_by_direction
from app.matching.profile import BUYER, COMPANY, LOCAL_AUTHORITY, HeldLabel, Occasion, Profile, Provision, Wish
from app.matching.provisions import coded, held_label, labels_asked
from app.matching.ranking import Roster
from app.matching.reasons import Reason
from app.matching.sentences import NameOfCode
from app.matching.vocabulary import Vocabulary

BUYING = (BUYER, LOCAL_AUTHORITY)


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event as matching sees it: who comes, ready to be ranked, what they wish, and by which policy."""

    roster: Roster
    wishes: tuple[Wish, ...]
    policy: Policy
    occasion: Occasion
    spoken_of: Mapping[str, frozenset[str]]
    """For each organisation those whom it wished or refused to meet, or who did so of it."""
    name_of_code: NameOfCode

    def pairs(self) -> tuple[Pair, ...]:
        """Return every pair that may be planned, with its value."""
        return pairs_of(self.roster, self.wishes, self.policy, self.occasion)


@dataclass(frozen=True, slots=True)
class SuggestedPartner:
    """Somebody whom nobody wished to meet or refused, ranked for one organisation, and why."""

    organisation: int
    partner: int
    affinity: int
    reasons: tuple[Reason, ...]


def gathering_of(session: Session, event: models.Event, vocabulary: Vocabulary | None = None) -> Gathering:
    """Return an event as it stands. Raises Invalid when its policy makes no sense."""
    policy, occasion = policy_of_event(event), occasion_of(event)
    words = vocabulary or vocabulary_of(session)
    profiles = [profile_of(one, words) for one in comers_of(session, event)]
    wishes = tuple(wishes_of(session, event))
    return Gathering(Roster(profiles, policy, occasion), wishes, policy, occasion, _spoken_of(wishes), words.name)


def suggested_partners(
    gathering: Gathering, organisation: int, limit: int = 20, after: int = 0
) -> tuple[SuggestedPartner, ...]:
    """Return the best partners of an organisation whom neither side wished nor refused, best first, `after` so many.

    Empty for an organisation that does not come.
    """
    own, roster = organisation_id(organisation), gathering.roster
    if own not in roster.number:
        return ()
    best = roster.top(own, after + limit, gathering.spoken_of.get(own, ()), must_talk=True)
    return tuple(
        SuggestedPartner(
            organisation, key_of(ranked.organisation), ranked.score, _why(gathering, own, ranked.organisation)
        )
        for ranked in best[after:]
    )


def _why(gathering: Gathering, organisation: str, partner: str) -> tuple[Reason, ...]:
    one, other = (gathering.roster.profiles[gathering.roster.number[name]] for name in (organisation, partner))
    return worth_saying(affinity(one, other, gathering.occasion, gathering.policy.weights).reasons)


def value_of_pair(session: Session, event: models.Event, one: int, other: int) -> int:
    """Return what a meeting of two organisations is worth, wished or not, as the pairs of the event are valued."""
    policy, words = policy_of_event(event), vocabulary_of(session)
    rows = session.scalars(select(models.Organisation).where(models.Organisation.id.in_((one, other))))
    profiles = {row.id: profile_of(row, words) for row in rows}
    if profiles.keys() != {one, other}:
        return 0
    score = affinity(profiles[one], profiles[other], occasion_of(event), policy.weights).score
    names = {organisation_id(one), organisation_id(other)}
    stated = wishes_by_direction(_wishes_between(session, one, other), dict.fromkeys(names, 0))
    sides = [wish for wish in stated.values() if not wish.refuses]
    if not sides:
        return max(1, score)
    return wish_value(sides[0], sides[1] if len(sides) > 1 else None, score, policy.wish_points)


def _wishes_between(session: Session, one: int, other: int) -> list[Wish]:
    both = (one, other)
    rows = session.scalars(select(models.Wish).where(models.Wish.source_id.in_(both), models.Wish.target_id.in_(both)))
    return [_wish(row) for row in rows]


def _spoken_of(wishes: Iterable[Wish]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for wish in wishes:
        found.setdefault(wish.source, set()).add(wish.target)
        found.setdefault(wish.target, set()).add(wish.source)
    return {name: frozenset(others) for name, others in found.items()}


def organisation_id(key: int) -> str:
    """Return the name that matching and the engine have for an organisation."""
    return f"o{key}"


def key_of(organisation: str) -> int:
    """Return the database's key of an organisation from that name."""
    return int(organisation[1:])


def comers_of(session: Session, event: models.Event) -> list[models.Organisation]:
    """Return the organisations that come with somebody who can meet, in their order."""
    found = session.scalars(
        select(models.Organisation)
        .where(models.Organisation.event_id == event.id, models.Organisation.is_withdrawn.is_(False))
        .order_by(models.Organisation.position, models.Organisation.id)
        .options(
            selectinload(models.Organisation.delegates),
            selectinload(models.Organisation.provisions),
            selectinload(models.Organisation.labels),
        )
    )
    return [one for one in found if delegates_of(one)]


def delegates_of(organisation: models.Organisation) -> list[models.Delegate]:
    """Return the delegates who come, in their order."""
    return [one for one in organisation.delegates if not one.is_withdrawn]


def profile_of(organisation: models.Organisation, vocabulary: Vocabulary) -> Profile:
    """Return an organisation as matching sees it. Where it states neither need nor offer, its description is read."""
    people = delegates_of(organisation)
    kind = organisation.kind or COMPANY
    needs = [one for one in organisation.provisions if one.is_need]
    offers = [one for one in organisation.provisions if not one.is_need]
    return Profile(
        organisation_id(organisation.id),
        kind,
        organisation.structure_type,
        organisation.country,
        organisation.postal_code,
        organisation.city,
        frozenset(language for one in people for language in one.languages),
        _coded(offers, vocabulary) or (() if needs or kind in BUYING else _described(organisation, vocabulary)),
        _coded(needs, vocabulary),
        tuple(map(_held, organisation.labels)),
        organisation.min_meetings,
        organisation.max_meetings,
        len(people),
        labels_asked(one.text for one in needs),
    )


def _held(label: models.Label) -> HeldLabel:
    held = held_label(label.name, label.valid_from, label.valid_until)
    return replace(held, evidence_link=label.evidence_link, verified_by=label.verified_by)


def _coded(provisions: Sequence[models.Provision], vocabulary: Vocabulary) -> tuple[Provision, ...]:
    return tuple(coded(one.text, one.cpv, vocabulary) for one in provisions)


def _described(organisation: models.Organisation, vocabulary: Vocabulary) -> tuple[Provision, ...]:
    return (coded(organisation.description, (), vocabulary),) if organisation.description else ()


def wishes_of(session: Session, event: models.Event) -> list[Wish]:
    """Return all wishes of an event as matching sees them."""
    rows = session.scalars(select(models.Wish).where(models.Wish.event_id == event.id).order_by(models.Wish.id))
    return [_wish(row) for row in rows]


def _wish(row: models.Wish) -> Wish:
    return Wish(organisation_id(row.source_id), organisation_id(row.target_id), row.rank, row.stars, row.refuses)


def policy_of_event(event: models.Event) -> Policy:
    """Return the event's policy, or refuse one that makes no sense."""
    return policy_of(event.policy, event.min_meetings, event.max_meetings)


def occasion_of(event: models.Event) -> Occasion:
    """Return the event's first day, its interpreters, and how many meetings a delegate can have.

    Before there are slots the day on which the event was set up stands for the first.
    """
    slots = [slot for slot in event.slots if not slot.is_withdrawn]
    interpreters = tuple(frozenset(one.languages) for one in event.interpreters if not one.is_withdrawn)
    first = min((slot.day for slot in slots), default=event.created_at.date())
    return Occasion(first, interpreters, len(slots) or None)
