"""Affinity: how well two organisations fit, 0 to 100 for each ordered pair, with the reasons. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.events.policy import Weights
from app.matching import areas
from app.matching.labels import Standing, standing, valid
from app.matching.nearness import is_covered, natures, nearness
from app.matching.profile import LOCAL_AUTHORITY, SOCIAL_ENTERPRISE, Occasion, Profile, Provision
from app.matching.reasons import Reason
from app.matching.reserved import Answer, Reservation, reservations
from app.matching.structures import structure

MOST_TOLD = 3
"""More needs than these are counted, but not told one by one."""


@dataclass(frozen=True, slots=True)
class Qualities:
    """How far a pair has each quality, 0 to 100. Weights turn them into one number."""

    codes: int
    nature: int
    area: int
    languages: int
    labels: int
    structure: int
    cross_border: int

    def weighed(self, weights: Weights) -> int:
        """Return the sum of weight times quality: what pairs are ranked by, so that rounding never changes a rank."""
        return (
            weights.codes * self.codes
            + weights.nature * self.nature
            + weights.area * self.area
            + weights.languages * self.languages
            + weights.labels * self.labels
            + weights.structure * self.structure
            + weights.cross_border * self.cross_border
        )


@dataclass(frozen=True, slots=True)
class Affinity:
    """What `a` finds in `b`: a score from 0 to 100, the exact sum behind it, and the reasons, weightiest first."""

    score: int
    weighed: int
    reasons: tuple[Reason, ...]


def affinity(a: Profile, b: Profile, occasion: Occasion, weights: Weights) -> Affinity:
    """Return how well `b` fits `a`. It depends on nothing but these arguments, and not on anybody's name."""
    qualities = qualities_of(a, b, occasion)
    weighed = qualities.weighed(weights)
    return Affinity(score_of(weighed, weights), weighed, _reasons(a, b, occasion, qualities, weights))


def qualities_of(a: Profile, b: Profile, occasion: Occasion) -> Qualities:
    """Return the seven qualities of an ordered pair."""
    codes = codes_quality(
        one_way_quality(*met_codes(a.needs, b.offers)),
        one_way_quality(*met_codes(b.needs, a.offers)),
    )
    return Qualities(
        codes,
        nature_quality(a, b),
        area_quality(a, b),
        language_quality(a.languages, b.languages, occasion.interpreters),
        label_quality(a.asks_labels, valid(b.labels, occasion.day)),
        structure_quality(a, b),
        border_quality(a, b),
    )


def score_of(weighed: int, weights: Weights) -> int:
    """Return the weighed sum as a whole number from 0 to 100, half up."""
    total = weights.total
    return (2 * weighed + total) // (2 * total) if total else 0


@dataclass(frozen=True, slots=True)
class Match:
    """A need and the offer that is nearest to it, by which codes, and how near (1 to 100)."""

    near: int
    need: Provision
    offer: Provision
    needed: str
    offered: str


def matches(needs: Iterable[Provision], offers: Iterable[Provision]) -> tuple[Match, ...]:
    """Return for each need that is met at all the offer that is nearest to it, the nearest first."""
    listed = tuple(offers)
    found = []
    for need in needs:
        ways = [
            Match(nearness(code, other), need, offer, code, other)
            for code in need.codes
            for offer in listed
            for other in offer.codes
        ]
        best = max(ways, key=lambda way: way.near, default=None)
        if best is not None and best.near:
            found.append(best)
    return tuple(sorted(found, key=lambda match: -match.near))


def met_codes(needs: Iterable[Provision], offers: Iterable[Provision]) -> tuple[int, int]:
    """Return how near the nearest code that is needed is to one that is offered, and the sum over all such pairs."""
    offered = {code for offer in offers for code in offer.codes}
    needed = {code for need in needs for code in need.codes}
    near = [nearness(code, other) for code in needed for other in offered]
    return max(near, default=0), sum(near)


def one_way_quality(best: int, total: int) -> int:
    """What one direction brings: the nearest pair of codes, and up to two fifths of what is left for further ones."""
    return best + (100 - best) * min(100, total - best) // 250


def codes_quality(one_way: int, other_way: int) -> int:
    """What codes bring: the better direction, and a quarter of what is left when trade goes both ways."""
    better, worse = max(one_way, other_way), min(one_way, other_way)
    return better + (100 - better) * worse // 400


def nature_quality(a: Profile, b: Profile) -> int:
    """100 where a kind of provision that one needs is one the other offers; 50 where too little is known; else 0."""
    ways = [(natures(a.needs), natures(b.offers)), (natures(b.needs), natures(a.offers))]
    known = [bool(needed & offered) for needed, offered in ways if needed and offered]
    return (100 if any(known) else 0) if known else 50


def area_quality(a: Profile, b: Profile) -> int:
    """How well `b` reaches where `a` needs something."""
    return areas.reach(a.wanted_in, b.serves, areas.place_of(a), areas.place_of(b))


def language_quality(a: frozenset[str], b: frozenset[str], interpreters: tuple[frozenset[str], ...]) -> int:
    """100 for a language in common, 50 where an interpreter covers the pair or too little is known, 0 for none."""
    if not a or not b:
        return 50
    return 100 if a & b else 50 if is_interpreted(a, b, interpreters) else 0


def is_interpreted(a: frozenset[str], b: frozenset[str], interpreters: tuple[frozenset[str], ...]) -> bool:
    """Whether one interpreter works between a language of the one and a language of the other."""
    return any(spoken & a and spoken & b for spoken in interpreters)


def label_quality(asked: frozenset[str], held: frozenset[str]) -> int:
    """The share of the labels asked for that are held; where none is asked for, any label counts 40."""
    if not asked:
        return 40 if held else 0
    return 100 * len(asked & held) // len(asked)


def structure_quality(a: Profile, b: Profile) -> int:
    """100 where an authority may reserve a contract for the other, 60 for any other social enterprise met by others."""
    if can_reserve(a, b) or can_reserve(b, a):
        return 100
    return 60 if is_social(a) != is_social(b) else 0


def can_reserve(buyer: Profile, supplier: Profile) -> Reservation | None:
    """Return the surest way in which an authority may reserve a contract for a supplier, whatever it is for."""
    if buyer.kind != LOCAL_AUTHORITY or not is_social(supplier):
        return None
    ways = reservations(buyer, supplier)
    return next((way for may in (Answer.YES, Answer.ON_CONDITION) for way in ways if way.answer is may), None)


def border_quality(a: Profile, b: Profile) -> int:
    """100 where both countries are known and differ."""
    return 100 if a.country and b.country and a.country != b.country else 0


def is_social(profile: Profile) -> bool:
    """Whether somebody is a social enterprise: by kind, or by a structure type that is known."""
    return profile.kind == SOCIAL_ENTERPRISE or structure(profile.country, profile.structure_type) is not None


def _reasons(a: Profile, b: Profile, occasion: Occasion, q: Qualities, weights: Weights) -> tuple[Reason, ...]:
    total = weights.total or 1

    def points(weight: int, quality: int) -> int:
        return (2 * weight * quality + total) // (2 * total)

    groups = [
        _code_reasons(a, b, points(weights.codes, q.codes)),
        _nature_reasons(a, b, points(weights.nature, q.nature)),
        _area_reasons(a, b, points(weights.area, q.area), q.area),
        _language_reasons(a, b, occasion, points(weights.languages, q.languages)),
        _label_reasons(a, b, occasion, points(weights.labels, q.labels)),
        _structure_reasons(a, b, points(weights.structure, q.structure)),
        _border_reasons(a, b, points(weights.cross_border, q.cross_border)),
    ]
    groups.sort(key=lambda group: -max((reason.points for reason in group), default=0))
    return tuple(reason for group in groups for reason in group)


def _border_reasons(a: Profile, b: Profile, points: int) -> list[Reason]:
    if not border_quality(a, b):
        return []
    return [Reason("cross-border", {"country": a.country or "", "other": b.country or ""}, points)]


def _code_reasons(a: Profile, b: Profile, points: int) -> list[Reason]:
    """One reason for each need that is met, at most three in each direction; the nearest brings the points."""
    ways = [("need-met", match) for match in matches(a.needs, b.offers)[:MOST_TOLD]]
    ways += [("offer-wanted", match) for match in matches(b.needs, a.offers)[:MOST_TOLD]]
    ways.sort(key=lambda way: -way[1].near)
    return [_code_reason(way, match, 0 if place else points) for place, (way, match) in enumerate(ways)]


def _code_reason(way: str, match: Match, points: int) -> Reason:
    degree = "same" if is_covered(match.needed, match.offered) else "near"
    texts = {"text": match.need.text, "theirs": match.offer.text}
    if way == "offer-wanted":
        texts = {"text": match.offer.text, "theirs": match.need.text}
    return Reason(f"{way}-{degree}", {**texts, "need": match.needed, "offer": match.offered}, points)


def _nature_reasons(a: Profile, b: Profile, points: int) -> list[Reason]:
    common = (natures(a.needs) & natures(b.offers)) | (natures(b.needs) & natures(a.offers))
    return [Reason("same-nature", {"natures": ",".join(sorted(common))}, points)] if common else []


def _area_reasons(a: Profile, b: Profile, points: int, quality: int) -> list[Reason]:
    parameters = {"place": b.city or b.postal_code or b.country or ""}
    if b.serves:
        return [Reason("area-served" if quality else "area-not-served", {"areas": ",".join(b.serves)}, points)]
    if areas.place_of(a) is None or areas.place_of(b) is None:
        return []
    names = {areas.SAME_PLACE: "same-place", areas.SAME_REGION: "same-region", areas.SAME_COUNTRY: "same-country"}
    return [Reason(names.get(quality, "elsewhere"), parameters, points)]


def _language_reasons(a: Profile, b: Profile, occasion: Occasion, points: int) -> list[Reason]:
    shared = a.languages & b.languages
    if shared:
        return [Reason("language-shared", {"languages": ",".join(sorted(shared))}, points)]
    if not a.languages or not b.languages:
        return []
    both = {"languages": ",".join(sorted(a.languages)), "others": ",".join(sorted(b.languages))}
    is_covered = is_interpreted(a.languages, b.languages, occasion.interpreters)
    return [Reason("language-interpreted" if is_covered else "language-none", both, points)]


def _label_reasons(a: Profile, b: Profile, occasion: Occasion, points: int) -> list[Reason]:
    held = valid(b.labels, occasion.day)
    expired = {label.code for label in b.labels if standing(label, occasion.day) is Standing.EXPIRED} - held
    asked_held = a.asks_labels & held
    found: list[Reason] = []
    if asked_held:
        found.append(Reason("label-held", {"labels": ",".join(sorted(asked_held))}, points))
    if a.asks_labels & expired:
        found.append(Reason("label-expired", {"labels": ",".join(sorted(a.asks_labels & expired))}))
    if a.asks_labels - held - expired:
        found.append(Reason("label-missing", {"labels": ",".join(sorted(a.asks_labels - held - expired))}))
    if not a.asks_labels and held:
        found.append(Reason("label-besides", {"labels": ",".join(sorted(held))}, points))
    return found


def _structure_reasons(a: Profile, b: Profile, points: int) -> list[Reason]:
    for buyer, supplier, suffix in ((a, b, ""), (b, a, "-for-you")):
        way = can_reserve(buyer, supplier)
        if way is not None:
            code = "reservable" if way.answer is Answer.YES else "reservable-if"
            parameters = {"type": supplier.structure_type or "", "article": way.article or ""}
            return [Reason(code + suffix, parameters, points)]
    if is_social(a) == is_social(b):
        return []
    return [Reason("social-enterprise" if is_social(b) else "meets-social-enterprises", {}, points)]
