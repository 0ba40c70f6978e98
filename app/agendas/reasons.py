"""Why two organisations meet, in sentences for the one who reads: matching's reasons, worked out once and kept."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from app import models
from app.events.policy import Policy
from app.matching.explaining import why_planned, worth_saying
from app.matching.loading import vocabulary_of
from app.matching.pairing import Pair
from app.matching.profile import Occasion, Profile, Wish
from app.matching.queries import occasion_of, organisation_id, policy_of_event, profile_of
from app.matching.sentences import sentences
from app.matching.vocabulary import Vocabulary

MOST = 5
"""More reasons than these are not read."""
KEPT_VERSIONS = 4


@dataclass(frozen=True, slots=True)
class Reasons:
    """What reasons are made of, for one published version; profiles are kept as they are asked for."""

    vocabulary: Vocabulary
    policy: Policy
    occasion: Occasion
    profiles: dict[int, Profile] = field(default_factory=dict)

    def of(self, session: Session, own: int, partners: Iterable[int], lang: str) -> Mapping[int, tuple[str, ...]]:
        """Return for each partner the sentences that tell this organisation why they meet, weightiest first."""
        wanted = set(partners)
        self.learn(session, {own, *wanted})
        rows = session.scalars(
            select(models.Wish).where(or_(models.Wish.source_id == own, models.Wish.target_id == own))
        )
        return self.known(own, wanted, wishes_in(rows), lang)

    def known(
        self, own: int, partners: Iterable[int], wishes: Mapping[tuple[int, int], Wish], lang: str
    ) -> Mapping[int, tuple[str, ...]]:
        """Return the same of organisations that were learnt before, by wishes that were read."""
        return {
            partner: self._sentences(own, partner, wishes, lang)
            for partner in set(partners)
            if partner in self.profiles and own in self.profiles
        }

    def learn(self, session: Session, keys: Iterable[int]) -> None:
        """Read the profiles of these organisations, unless they are known."""
        if not set(keys) - self.profiles.keys():
            return
        rows = session.scalars(
            select(models.Organisation)
            .where(models.Organisation.id.in_(set(keys) - self.profiles.keys()))
            .options(
                selectinload(models.Organisation.delegates),
                selectinload(models.Organisation.provisions),
                selectinload(models.Organisation.labels),
            )
        )
        for row in rows:
            self.profiles[row.id] = profile_of(row, self.vocabulary)

    def _sentences(self, own: int, partner: int, wishes: Mapping[tuple[int, int], Wish], lang: str) -> tuple[str, ...]:
        pair = Pair(
            organisation_id(own),
            organisation_id(partner),
            0,
            wish_a=wishes.get((own, partner)),
            wish_b=wishes.get((partner, own)),
        )
        reader, other = self.profiles[own], self.profiles[partner]
        found = worth_saying(why_planned(pair, reader, other, self.policy, self.occasion))
        return sentences(found[:MOST], lang, self.vocabulary.name)


class Shelf:
    """Keeps what the reasons of the last few versions are made of: after a publication thousands of feeds want it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int | None], Reasons] = {}
        self._making = threading.Lock()

    def reasons(self, session: Session, event: models.Event, version: models.Version | None) -> Reasons:
        """Return the reasons of a version; of many who ask at once one makes them."""
        with self._making:
            return self._reasons(session, event, version)

    def _reasons(self, session: Session, event: models.Event, version: models.Version | None) -> Reasons:
        key = event.id, version.id if version else None
        kept = self._kept.get(key)
        if kept is None:
            kept = Reasons(vocabulary_of(session), policy_of_event(event), occasion_of(event))
            if version is not None:
                self._kept[key] = kept
            for older in list(self._kept)[:-KEPT_VERSIONS]:
                self._kept.pop(older, None)
        return kept


def wishes_in(rows: Iterable[models.Wish]) -> Mapping[tuple[int, int], Wish]:
    """Return wishes as matching sees them, by who wishes whom; refusals are none."""
    return {
        (row.source_id, row.target_id): Wish(
            organisation_id(row.source_id), organisation_id(row.target_id), row.rank, row.stars
        )
        for row in rows
        if not row.refuses
    }
