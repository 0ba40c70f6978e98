"""Why wishes of one organisation are not met, as it may be told: kindly, and never what another side has refused."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app import models
from app.agendas.cast import is_of
from app.agendas.wording import reason_text
from app.languages import sentences

NOT_FOR_THE_OTHER = ("refused", "not-allowed")


@dataclass(frozen=True, slots=True)
class OwnUnmetWish:
    """Whom an organisation wished to meet and does not, and why, in a sentence."""

    partner: str
    reason: str


def own_unmet_wishes(
    session: Session, version: models.Version, organisation_id: int, lang: str
) -> tuple[OwnUnmetWish, ...]:
    """Return the wishes of an organisation that a version does not hold, the dearest first."""
    held = {
        key
        for row in session.execute(
            select(models.MeetingIdentity.organisation_a_id, models.MeetingIdentity.organisation_b_id)
            .join(models.Meeting, models.Meeting.identity_id == models.MeetingIdentity.id)
            .where(models.Meeting.version_id == version.id, is_of(organisation_id))
        )
        for key in row
    }
    a, b = models.NotHeld.organisation_a_id, models.NotHeld.organisation_b_id
    reasons = {
        row.organisation_b_id if row.organisation_a_id == organisation_id else row.organisation_a_id: row.reason
        for row in session.scalars(
            select(models.NotHeld)
            .where(models.NotHeld.version_id == version.id)
            .where(or_(a == organisation_id, b == organisation_id))
        )
    }
    wishes = session.execute(
        select(models.Wish, models.Organisation.name)
        .join(models.Organisation, models.Organisation.id == models.Wish.target_id)
        .where(models.Wish.source_id == organisation_id, models.Wish.refuses.is_(False))
        .order_by(models.Wish.rank.is_(None), models.Wish.rank, models.Wish.stars.desc(), models.Wish.id)
    )
    return tuple(
        OwnUnmetWish(name, _reason(reasons.get(wish.target_id, "not-allowed"), lang))
        for wish, name in wishes
        if wish.target_id not in held
    )


def _reason(reason: str, lang: str) -> str:
    _ = sentences(lang).gettext
    return _("The organisers could not arrange it.") if reason in NOT_FOR_THE_OTHER else reason_text(reason, lang)
