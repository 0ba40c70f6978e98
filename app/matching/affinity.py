"""Affinity: how well two organisations fit, 0 to 100 for each ordered pair, with the reasons. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.matching import areas
from app.matching.labels import Standing, standing, valid
from app.matching.nearness import natures, nearness
from app.matching.policy import Weights
from app.matching.profile import LOCAL_AUTHORITY, SOCIAL_ENTERPRISE, Occasion, Profile, Provision
from app.matching.reasons import Reason
from app.matching.reserved import Answer, may_reserve
from app.matching.structures import structure


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


def best_match(needs: Iterable[Provision], offers: Iterable[Provision]) -> tuple[int, Provision | None, str, str]:
    """Return how near the nearest need and offer are, the need's provision, and the two codes."""
    offered = sorted({code for offer in offers for code in offer.codes})
    best: tuple[int, Provision | None, str, str] = (0, None, "", "")
    for need in needs:
        for code in need.codes:
            for other in offered:
                near = nearness(code, other)
                if near > best[0]:
                    best = (near, need, code, other)
    return best


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


def can_reserve(buyer: Profile, supplier: Profile) -> bool:
    """Whether the buyer is an authority whose law lets it reserve, if need be on a condition, for this supplier."""
    may = (Answer.YES, Answer.ON_CONDITION)
    return buyer.kind == LOCAL_AUTHORITY and is_social(supplier) and may_reserve(buyer, supplier) in may


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

    found = [
        *_code_reasons(a, b, points(weights.codes, q.codes)),
        *_nature_reasons(a, b, points(weights.nature, q.nature)),
        *_area_reasons(a, b, points(weights.area, q.area), q.area),
        *_language_reasons(a, b, occasion, points(weights.languages, q.languages)),
        *_label_reasons(a, b, occasion, points(weights.labels, q.labels)),
        *_structure_reasons(a, b, points(weights.structure, q.structure)),
    ]
    if q.cross_border:
        countries = {"country": a.country or "", "other": b.country or ""}
        found.append(Reason("cross-border", countries, points(weights.cross_border, 100)))
    return tuple(sorted(found, key=lambda reason: -reason.points))


def _code_reasons(a: Profile, b: Profile, points: int) -> list[Reason]:
    found: list[Reason] = []
    ways = {"need-met": best_match(a.needs, b.offers), "offer-wanted": best_match(b.needs, a.offers)}
    for way, (_near, need, wanted, offered) in sorted(ways.items(), key=lambda item: -item[1][0]):
        if need is None:
            continue
        degree = "same" if wanted == offered else "near"
        parameters = {"text": need.text, "need": wanted, "offer": offered}
        found.append(Reason(f"{way}-{degree}", parameters, 0 if found else points))
    return found


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
    for buyer, supplier, code in ((a, b, "reservable"), (b, a, "reservable-for-you")):
        if can_reserve(buyer, supplier):
            parameters = {"type": supplier.structure_type or "", "country": buyer.country or ""}
            return [Reason(code, parameters, points)]
    if is_social(a) == is_social(b):
        return []
    return [Reason("social-enterprise" if is_social(b) else "meets-social-enterprises", {}, points)]
