"""The laws on reserved contracts of France, Belgium, Luxembourg and Germany, as far as they are known here."""

from dataclasses import dataclass

from app.matching.structures import Purpose

SERVICES_OF_ARTICLE_77 = (
    "75121000", "75122000", "75123000", "79622000", "79624000", "79625000", "80110000", "80300000", "80420000",
    "80430000", "80511000", "80520000", "80590000", "92500000", "92600000", "98133000", "98133110",
)  # fmt: skip
"""Health, social and cultural services of directive 2014/24/EU, art. 77 (1); beside 85000000 to 85323000."""


@dataclass(frozen=True, slots=True)
class Law:
    """One article. `by_name` are the types that it names; `takes_by_aim` means that others qualify by their main aim.

    `is_in_tables` False: the country is known to have to decide, how it did is not held here. `meets_share` are types
    that have the share by their nature.
    """

    country: str
    article: str
    purposes: frozenset[Purpose] = frozenset()
    by_name: frozenset[str] = frozenset()
    meets_share: frozenset[str] = frozenset()
    share: int | None = None
    takes_by_aim: bool = False
    only_listed_services: bool = False
    prefers: bool = False
    is_in_tables: bool = True

    @property
    def takes_social(self) -> bool:
        """Whether a social aim that is neither disability nor integration can be enough."""
        return self.only_listed_services or self.takes_by_aim


_DISABILITY = frozenset({Purpose.DISABILITY})
_INTEGRATION = frozenset({Purpose.INTEGRATION})
_BOTH = _DISABILITY | _INTEGRATION

LAWS: tuple[Law, ...] = (
    Law("FR", "Code de la commande publique, art. L2113-12 et R2113-7", _DISABILITY,
        frozenset({"EA", "EATT", "ESAT"}), frozenset({"EA", "ESAT"}), 50),
    Law("FR", "Code de la commande publique, art. L2113-13 et R2113-7", _INTEGRATION,
        frozenset({"EI", "ETTI", "AI", "ACI", "EITI"}), frozenset(), 50),
    Law("FR", "Code de la commande publique, art. L2113-15 et L2113-16", only_listed_services=True),
    Law("BE", "Loi du 17 juin 2016 relative aux marchés publics, art. 15", _BOTH,
        frozenset({"ETA", "MWB", "EI", "ESMI"}), frozenset({"ETA", "MWB"}), 30, takes_by_aim=True),
    Law("BE", "Directive 2014/24/UE, art. 77", only_listed_services=True, is_in_tables=False),
    Law("LU", "Loi du 8 avril 2018 sur les marchés publics; directive 2014/24/UE, art. 20", _BOTH,
        frozenset({"AP", "ISE"}), frozenset({"AP"}), 30, takes_by_aim=True),
    Law("LU", "Directive 2014/24/UE, art. 77", only_listed_services=True, is_in_tables=False),
    Law("DE", "§ 118 GWB, § 224 SGB IX", _BOTH, frozenset({"wfbm", "inklusionsbetrieb", "blindenwerkstatt"}),
        frozenset({"wfbm", "blindenwerkstatt", "inklusionsbetrieb"}), 30, takes_by_aim=True, prefers=True),
    Law("DE", "Richtlinie 2014/24/EU, Art. 77", only_listed_services=True, is_in_tables=False),
)  # fmt: skip

_MEMBER_STATES = (
    "AT", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "GR", "HR", "HU", "IE", "IT", "LT", "LV", "MT", "NL", "PL", "PT",
    "RO", "SE", "SI", "SK",
)  # fmt: skip
LAWS += tuple(Law(country, "Directive 2014/24/EU, art. 20", is_in_tables=False) for country in _MEMBER_STATES)
"""Every other member state may reserve under article 20 (30 %); whether and how it does so is not held here."""


def is_listed_service(code: str) -> bool | None:
    """Whether a CPV code is one of the services of article 77; None for a broader code that holds some of them."""
    if "85000000" <= code <= "85323000" or code in SERVICES_OF_ARTICLE_77:
        return True
    stem = code.rstrip("0").ljust(2, "0")
    return None if any(listed.startswith(stem) for listed in SERVICES_OF_ARTICLE_77) else False
