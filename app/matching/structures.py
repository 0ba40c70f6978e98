"""Structure types of France, Belgium, Luxembourg and Germany, and a crosswalk that says where one is only similar."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Purpose(StrEnum):
    """For whom a structure exists: disabled people, disadvantaged people, or a social aim without either."""

    DISABILITY = "disability"
    INTEGRATION = "integration"
    SOCIAL = "social"


class Likeness(StrEnum):
    """How far two types of two countries are the same thing."""

    EQUIVALENT = "equivalent"
    SIMILAR = "similar"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StructureType:
    """A type of structure by law or agreement. `share` is the least share of its public among staff, if by law."""

    code: str
    country: str
    name: str
    purpose: Purpose
    law: str
    share: int | None = None
    other_codes: tuple[str, ...] = ()


_DISABILITY, _INTEGRATION, _SOCIAL = Purpose.DISABILITY, Purpose.INTEGRATION, Purpose.SOCIAL
_IAE = "Code du travail, art. L5132-4"

STRUCTURES: tuple[StructureType, ...] = (
    StructureType("EI", "FR", "Entreprise d'insertion", _INTEGRATION, f"{_IAE}, L5132-5"),
    StructureType("ETTI", "FR", "Entreprise de travail temporaire d'insertion", _INTEGRATION, f"{_IAE}, L5132-6"),
    StructureType("AI", "FR", "Association intermédiaire", _INTEGRATION, f"{_IAE}, L5132-7"),
    StructureType("ACI", "FR", "Atelier et chantier d'insertion", _INTEGRATION, f"{_IAE}, L5132-15"),
    StructureType("EITI", "FR", "Entreprise d'insertion par le travail indépendant", _INTEGRATION, _IAE),
    StructureType("EA", "FR", "Entreprise adaptée", _DISABILITY, "Code du travail, art. L5213-13", 55),
    StructureType("EATT", "FR", "Entreprise adaptée de travail temporaire", _DISABILITY,
                  "Code du travail, art. L5213-13-3"),
    StructureType("ESAT", "FR", "Établissement et service d'accompagnement par le travail", _DISABILITY,
                  "Code de l'action sociale et des familles, art. L344-2"),
    StructureType("GEIQ", "FR", "Groupement d'employeurs pour l'insertion et la qualification", _INTEGRATION,
                  "Code du travail, art. L1253-1 et suivants"),
    StructureType("RQ", "FR", "Régie de quartier", _SOCIAL, "label of the national network", None,
                  ("REGIE", "RDQ", "REGIE DE QUARTIER")),
    StructureType("EBE", "FR", "Entreprise à but d'emploi", _INTEGRATION, "Loi n° 2020-1577 du 14 décembre 2020"),
    StructureType("SCOP", "FR", "Société coopérative de production", _SOCIAL, "Loi n° 78-763 du 19 juillet 1978"),
    StructureType("SCIC", "FR", "Société coopérative d'intérêt collectif", _SOCIAL, "Loi n° 47-1775, titre II ter"),
    StructureType("CAE", "FR", "Coopérative d'activité et d'emploi", _SOCIAL, "Loi n° 2014-856, art. 47"),
    StructureType("ETA", "BE", "Entreprise de travail adapté", _DISABILITY, "AViQ, Phare, Dienststelle", None,
                  ("ENTREPRISE DE TRAVAIL ADAPTE", "BESCHUETZENDE WERKSTAETTE")),
    StructureType("EI", "BE", "Entreprise d'insertion (Wallonie)", _INTEGRATION,
                  "Décret wallon du 20 octobre 2016"),
    StructureType("IES", "BE", "Initiative d'économie sociale (Wallonie)", _SOCIAL,
                  "Décret wallon du 20 octobre 2016"),
    StructureType("IDESS", "BE", "Initiative de développement de l'emploi dans le secteur des services de proximité",
                  _INTEGRATION, "Décret wallon du 14 décembre 2006"),
    StructureType("CISP", "BE", "Centre d'insertion socioprofessionnelle", _INTEGRATION,
                  "Décret wallon du 10 juillet 2013", None, ("EFT", "OISP")),
    StructureType("ESMI", "BE", "Entreprise sociale mandatée en insertion (Bruxelles)", _INTEGRATION,
                  "Ordonnance du 23 juillet 2018", None, ("ESI", "ILDE")),
    StructureType("MWB", "BE", "Maatwerkbedrijf", _DISABILITY, "Decreet van 12 juli 2013", 65, ("MAATWERKBEDRIJF",)),
    StructureType("SIS", "LU", "Société d'impact sociétal", _SOCIAL, "Loi du 12 décembre 2016"),
    StructureType("AP", "LU", "Atelier protégé", _DISABILITY, "Loi du 12 septembre 2003", None, ("ATELIER PROTEGE",)),
    StructureType("ISE", "LU", "Initiative sociale en faveur de l'emploi", _INTEGRATION, "Loi du 3 mars 2009", None,
                  ("INITIATIVE SOCIALE",)),
    StructureType("wfbm", "DE", "Werkstatt für behinderte Menschen", _DISABILITY, "§ 219 SGB IX", None,
                  ("WERKSTATT", "WFB")),
    StructureType("inklusionsbetrieb", "DE", "Inklusionsbetrieb", _DISABILITY, "§ 215 SGB IX", 30,
                  ("INKLUSIONSFIRMA", "INKLUSIONSUNTERNEHMEN", "INTEGRATIONSBETRIEB")),
    StructureType("blindenwerkstatt", "DE", "Blindenwerkstatt", _DISABILITY, "§ 226 SGB IX"),
    StructureType("beschaeftigungsgesellschaft", "DE", "Beschäftigungs- und Qualifizierungsgesellschaft",
                  _INTEGRATION, "no type of its own in law", None, ("BQG", "BESCHAEFTIGUNGSTRAEGER", "SOZIALBETRIEB")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two types of two countries that stand for much the same thing, and in what they differ."""

    one: tuple[str, str]
    other: tuple[str, str]
    likeness: Likeness
    differs: str


_SIMILAR = Likeness.SIMILAR
CROSSWALK: tuple[Crossing, ...] = (
    Crossing(("FR", "ESAT"), ("DE", "wfbm"), _SIMILAR, "both are places of care, not employers; admission differs"),
    Crossing(("FR", "EA"), ("DE", "inklusionsbetrieb"), _SIMILAR, "55 % disabled staff in France, 30 to 50 % here"),
    Crossing(("FR", "EA"), ("BE", "ETA"), _SIMILAR, "both employ; the share and its count differ by region"),
    Crossing(("FR", "EA"), ("BE", "MWB"), _SIMILAR, "disadvantaged people count as well in Flanders"),
    Crossing(("FR", "EA"), ("LU", "AP"), _SIMILAR, "all disabled staff are employees in Luxembourg"),
    Crossing(("BE", "ETA"), ("LU", "AP"), _SIMILAR, "recognised by other authorities, on other terms"),
    Crossing(("BE", "ETA"), ("BE", "MWB"), _SIMILAR, "two regions of one country, two laws"),
    Crossing(("BE", "ETA"), ("DE", "inklusionsbetrieb"), _SIMILAR, "most staff are disabled in Belgium, a part here"),
    Crossing(("LU", "AP"), ("DE", "inklusionsbetrieb"), _SIMILAR, "most staff are disabled in Luxembourg, a part here"),
    Crossing(("FR", "ESAT"), ("LU", "AP"), _SIMILAR, "users of a care service in France, employees in Luxembourg"),
    Crossing(("FR", "EI"), ("BE", "EI"), _SIMILAR, "same name, two laws: other publics, shares and subsidies"),
    Crossing(("FR", "EI"), ("BE", "ESMI"), _SIMILAR, "Brussels mandates a social enterprise, the State agrees here"),
    Crossing(("FR", "ACI"), ("LU", "ISE"), _SIMILAR, "agreement with the employment ministry in Luxembourg"),
    Crossing(("FR", "EI"), ("LU", "ISE"), _SIMILAR, "agreement with the employment ministry in Luxembourg"),
    Crossing(("FR", "ACI"), ("BE", "CISP"), _SIMILAR, "trainees in Wallonia, employees in France"),
    Crossing(("FR", "ACI"), ("DE", "beschaeftigungsgesellschaft"), _SIMILAR, "no legal type in Germany"),
    Crossing(("FR", "EI"), ("DE", "beschaeftigungsgesellschaft"), _SIMILAR, "no legal type in Germany"),
    Crossing(("FR", "AI"), ("BE", "IDESS"), _SIMILAR, "both serve households nearby; the publics differ"),
    Crossing(("FR", "SCIC"), ("LU", "SIS"), _SIMILAR, "a SIS is agreed for its aim, whatever its form"),
    Crossing(("BE", "IES"), ("LU", "SIS"), _SIMILAR, "both are agreements for an aim, on other terms"),
)


@lru_cache(maxsize=4096)
def structure(country: str | None, code: str | None) -> StructureType | None:
    """Return the type with this abbreviation in its country; without a country, only if one country alone has it."""
    if not code:
        return None
    written = _key(code)
    found = [kind for kind in STRUCTURES if written in (_key(kind.code), *map(_key, kind.other_codes))]
    here = [kind for kind in found if kind.country == country]
    if here:
        return here[0]
    return found[0] if country is None and len(found) == 1 else None


def likeness(one: StructureType, other: StructureType) -> tuple[Likeness, str]:
    """Return how far two types are the same, and in what they differ; types that the crosswalk lacks are not alike."""
    if one == other:
        return Likeness.EQUIVALENT, ""
    ends = {(one.country, one.code), (other.country, other.code)}
    for crossing in CROSSWALK:
        if {crossing.one, crossing.other} == ends:
            return crossing.likeness, crossing.differs
    return Likeness.NONE, ""


def _key(code: str) -> str:
    return code.strip().upper().replace("-", " ").replace("_", " ")
