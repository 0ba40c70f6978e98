"""Who should meet whom though nobody asked, how well they fit, and why; and what a buyer may reserve."""

from collections.abc import Iterable
from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.events.access import event_for
from app.hosts.access import Role
from app.matching.advising import NeedAdvice, advice_for
from app.matching.affinity import can_reserve
from app.matching.keeping import Gatherings
from app.matching.queries import Gathering, SuggestedPartner, organisation_id, suggested_partners
from app.matching.sentences import sentence, sentences
from app.registrations.queries import organisation_of
from app.web.fields import LARGE, Answer
from app.web.languages import Lang
from app.web.paging import Page, Paging, SortKey, cut, sort_key
from app.web.routing import Router
from app.web.sessions import Db

router = Router(prefix="/api/v1/events/{slug}/suggestions", tags=["suggestions"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
Of = Annotated[int | None, Query(ge=1, le=LARGE, description="Only for this organisation, all that is useful.")]
Each = Annotated[int, Query(ge=1, le=20, description="Without `organisation`: how many for each.")]


class Side(Answer):
    """An organisation, as it is named."""

    id: int
    name: str


class ReasonAnswer(Answer):
    """Why two fit: a code for programs, the points that it brings, and a sentence in the caller's language."""

    code: str
    points: int
    sentence: str


class ReservationAnswer(Answer):
    """How a contract may be reserved so that this partner can take part. This informs; it is no legal advice."""

    answer: Literal["yes", "on-condition"]
    article: str | None
    conditions: list[str]
    share: int | None


class SuggestionAnswer(Answer):
    """A partner whom neither side wished nor refused; `rank` 1 is the best one for the organisation."""

    organisation: Side
    partner: Side
    rank: int
    score: int
    reasons: list[ReasonAnswer]
    reservation: ReservationAnswer | None


class AdviceAnswer(Answer):
    """What an authority may do for one of its needs, by who comes: so many offer it, so many are eligible."""

    need: str
    advice: str
    offering: int
    eligible: int
    sentence: str


class Suggestions(Page[SuggestionAnswer]):
    """A part of the suggestions; with `organisation` also advice on reserved contracts, need by need."""

    advice: list[AdviceAnswer]


def gatherings_of_request(request: Request) -> Gatherings:
    """Return what this process keeps ready."""
    kept: Gatherings = request.app.state.gatherings
    return kept


@router.get("")
def list_suggestions(
    event: ToRead,
    session: Db,
    paging: Paging,
    lang: Lang,
    kept: Annotated[Gatherings, Depends(gatherings_of_request)],
    organisation: Of = None,
    each: Each = 5,
) -> Suggestions:
    """Ranked partners: for everybody in turn the best few, or for one organisation all that are useful."""
    gathering = kept.of(session, event)
    advice: list[NeedAdvice] = []
    if organisation is None:
        found, after = _for_everybody(gathering, paging.after, paging.limit, each)
    else:
        organisation_of(session, event, organisation)
        found, after = _for_one(gathering, organisation, paging.after, paging.limit)
        if organisation_id(organisation) in gathering.roster.number:
            advice = list(advice_for(gathering.roster, organisation_id(organisation)))
    names = _names(session, (key for _, one in found for key in (one.organisation, one.partner)))
    return Suggestions(
        items=[_answer(rank, one, gathering, names, lang) for rank, one in found],
        next=after,
        advice=[_advice(one, gathering, lang) for one in advice],
    )


Ranked = tuple[int, SuggestedPartner]


def _for_one(gathering: Gathering, own: int, after: SortKey | None, limit: int) -> tuple[list[Ranked], str | None]:
    before = sort_key(after, 1)[0] if after else 0
    found = suggested_partners(gathering, own, limit + 1, before)
    return cut(list(enumerate(found, before + 1)), limit, lambda one: (one[0],))


def _for_everybody(
    gathering: Gathering, after: SortKey | None, limit: int, each: int
) -> tuple[list[Ranked], str | None]:
    """A page in the order of organisations, each with its best partners: no more is computed than is shown."""
    first, seen = sort_key(after, 2) if after else (0, 0)
    found: list[Ranked] = []
    for own in sorted(int(name[1:]) for name in gathering.roster.number):
        if own < first or len(found) > limit:
            continue
        skipped = seen if own == first else 0
        best = suggested_partners(gathering, own, max(0, each - skipped), skipped)
        found += enumerate(best, skipped + 1)
    return cut(found, limit, lambda one: (one[1].organisation, one[0]))


def _names(session: Session, keys: Iterable[int]) -> dict[int, str]:
    wanted = select(models.Organisation.id, models.Organisation.name).where(models.Organisation.id.in_(set(keys)))
    return {row.id: row.name for row in session.execute(wanted)}


def _answer(
    rank: int, found: SuggestedPartner, gathering: Gathering, names: dict[int, str], lang: str
) -> SuggestionAnswer:
    said = sentences(found.reasons, lang, gathering.name_of_code)
    return SuggestionAnswer(
        organisation=Side(id=found.organisation, name=names[found.organisation]),
        partner=Side(id=found.partner, name=names[found.partner]),
        rank=rank,
        score=found.affinity,
        reasons=[
            ReasonAnswer(code=reason.code, points=reason.points, sentence=text)
            for reason, text in zip(found.reasons, said, strict=True)
        ],
        reservation=_reservation(found, gathering),
    )


def _reservation(found: SuggestedPartner, gathering: Gathering) -> ReservationAnswer | None:
    """The surest way in which the one may reserve a contract for the other."""
    roster = gathering.roster
    own, partner = (roster.profiles[roster.number[organisation_id(key)]] for key in (found.organisation, found.partner))
    way = can_reserve(own, partner)
    if way is None:
        return None
    return ReservationAnswer(
        answer="yes" if way.answer == "yes" else "on-condition",
        article=way.article,
        conditions=[condition.value for condition in way.conditions],
        share=way.share,
    )


def _advice(found: NeedAdvice, gathering: Gathering, lang: str) -> AdviceAnswer:
    return AdviceAnswer(
        need=found.need.text,
        advice=found.advice.value,
        offering=found.offering,
        eligible=found.eligible,
        sentence=sentence(found.reason, lang, gathering.name_of_code),
    )
