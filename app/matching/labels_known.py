"""The labels that are known: issuer, scope, country and usual length. Written from public rules, 2025."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a label says something about."""

    ORGANISATION = "organisation"
    SITE = "site"
    PRODUCT = "product"
    TERRITORY = "territory"


class Theme(StrEnum):
    """What a label is about."""

    SOCIAL = "social"
    INCLUSION = "inclusion"
    ENVIRONMENT = "environment"
    PURCHASING = "purchasing"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class Label:
    """A label. `country` None: not of one country. `usual_years` None: no fixed length, or it differs too much."""

    code: str
    name: str
    issuer: str
    scope: Scope
    theme: Theme
    country: str | None = None
    usual_years: int | None = None
    other_names: tuple[str, ...] = ()


_ORG, _SITE, _PRODUCT, _TERRITORY = Scope.ORGANISATION, Scope.SITE, Scope.PRODUCT, Scope.TERRITORY
_SOCIAL, _INCLUSION, _GREEN, _BUYING, _QUALITY = (
    Theme.SOCIAL,
    Theme.INCLUSION,
    Theme.ENVIRONMENT,
    Theme.PURCHASING,
    Theme.QUALITY,
)

KNOWN_LABELS: tuple[Label, ...] = (
    # France
    Label("esus", "ESUS", "Préfecture de département (DREETS/DDETS)", _ORG, _SOCIAL, "FR", 5,
          ("entreprise solidaire d'utilité sociale", "agrément ESUS", "agrément entreprise solidaire")),
    Label("agrement-esat", "Agrément ESAT", "Agence régionale de santé", _ORG, _INCLUSION, "FR", 15,
          ("autorisation ESAT", "ESAT autorisé")),
    Label("agrement-ea", "Agrément entreprise adaptée", "Préfecture de région (DREETS)", _ORG, _INCLUSION, "FR", None,
          ("agrément EA", "CPOM entreprise adaptée", "entreprise adaptée agréée")),
    Label("convention-iae", "Convention IAE", "Préfecture de département (DDETS)", _ORG, _INCLUSION, "FR", None,
          ("conventionnement IAE", "structure conventionnée IAE", "SIAE conventionnée", "convention SIAE")),
    Label("qualirei", "Qualirei", "AFNOR Certification", _ORG, _INCLUSION, "FR", 3, ("certification Qualirei",)),
    Label("rseei", "RSEi", "AFNOR Certification, la fédération des entreprises d'insertion", _ORG, _INCLUSION, "FR", 3,
          ("label RSEi",)),
    Label("french-impact", "Territoire French Impact", "Haut-commissariat à l'économie sociale et solidaire",
          _TERRITORY, _SOCIAL, "FR", None, ("French Impact", "pionnier French Impact", "Le French Impact")),
    Label("ptce", "PTCE", "Ministère chargé de l'économie sociale et solidaire", _TERRITORY, _SOCIAL, "FR", None,
          ("pôle territorial de coopération économique",)),
    Label("rfar", "Relations fournisseurs et achats responsables", "Médiateur des entreprises et Conseil national "
          "des achats", _ORG, _BUYING, "FR", 3, ("RFAR", "label achats responsables", "RFR")),
    Label("societe-a-mission", "Société à mission", "greffe du tribunal de commerce, vérifiée par un organisme tiers "
          "indépendant", _ORG, _SOCIAL, "FR", None, ("entreprise à mission", "entreprises à mission")),
    Label("lucie-26000", "LUCIE 26000", "Agence LUCIE", _ORG, _SOCIAL, "FR", 3, ("label LUCIE",)),
    Label("engage-rse", "Engagé RSE", "AFNOR Certification", _ORG, _SOCIAL, "FR", 3, ()),
    Label("envol", "Envol", "ADEME, Chambres de métiers", _ORG, _GREEN, "FR", 3, ("label Envol", "démarche Envol")),
    Label("imprimvert", "Imprim'Vert", "P2i", _SITE, _GREEN, "FR", 1, ("imprim vert", "imprimvert")),
    # Belgium
    Label("wallonie-ei", "Agrément entreprise d'insertion", "Région wallonne (SPW Économie)", _ORG, _INCLUSION, "BE",
          None, ("EI Wallonie", "agrément EI", "SCIS EI Wallonie", "agrément initiative d'économie sociale",
                 "agrément IES")),
    Label("bruxelles-esi", "Agrément entreprise sociale (Bruxelles)", "Bruxelles Économie et Emploi", _ORG, _SOCIAL,
          "BE", None, ("entreprise sociale agréée", "mandat insertion", "entreprise sociale mandatée en insertion")),
    Label("agrement-eta", "Agrément ETA", "AViQ (Wallonie), Phare (Bruxelles)", _ORG, _INCLUSION, "BE", None,
          ("entreprise de travail adapté agréée", "agrément entreprise de travail adapté")),
    Label("maatwerk", "Erkenning maatwerkbedrijf", "Vlaamse overheid (Departement WSE)", _ORG, _INCLUSION, "BE", None,
          ("erkend maatwerkbedrijf", "maatwerkbedrijf")),
    Label("cnc-belgique", "Agrément CNC", "Conseil national de la coopération", _ORG, _SOCIAL, "BE", None,
          ("agrément entreprise sociale CNC", "erkenning NRC", "coopérative agréée comme entreprise sociale",
           "agréée comme entreprise sociale")),
    Label("finance-solidaire", "Label Finance solidaire", "Réseau Financement Alternatif", _PRODUCT, _SOCIAL, "BE",
          None, ("Finance solidaire", "Finansol")),
    Label("ecodynamique", "Entreprise écodynamique", "Bruxelles Environnement", _ORG, _GREEN, "BE", None,
          ("label entreprise écodynamique", "ecodynamische onderneming")),
    # Luxembourg
    Label("agrement-sis", "Agrément SIS", "Ministère chargé de l'économie sociale et solidaire", _ORG, _SOCIAL, "LU",
          None, ("SIS", "société d'impact sociétal", "agrément société d'impact sociétal", "SIS agréée")),
    Label("esr-luxembourg", "Label ESR", "Institut national pour le développement durable et la responsabilité "
          "sociale des entreprises (INDR)", _ORG, _SOCIAL, "LU", 3,
          ("Entreprise socialement responsable", "ESR INDR")),
    Label("superdreckskescht", "SuperDrecksKëscht", "SuperDrecksKëscht, ministère de l'Environnement", _SITE, _GREEN,
          "LU", None, ("label SuperDrecksKescht", "SDK fir Betriber")),
    # Germany
    Label("wfbm-anerkennung", "Anerkennung als Werkstatt (§ 225 SGB IX)", "Bundesagentur für Arbeit", _ORG, _INCLUSION,
          "DE", None, ("anerkannte Werkstatt", "Werkstatt Anerkennung", "Anerkennung WfbM", "anerkannte WfbM",
                       "225 SGB IX")),
    Label("inklusionsbetrieb", "Inklusionsbetrieb (§ 215 SGB IX)", "Integrationsamt/Inklusionsamt", _ORG, _INCLUSION,
          "DE", None, ("anerkannter Inklusionsbetrieb", "anerkanntes Inklusionsunternehmen", "215 SGB IX")),
    Label("azav", "AZAV", "fachkundige Stellen (DAkkS)", _ORG, _QUALITY, "DE", 5,
          ("AZAV Zertifizierung", "AZAV zertifiziert", "Trägerzulassung AZAV")),
    Label("efb", "Entsorgungsfachbetrieb", "technische Überwachungsorganisationen", _SITE, _GREEN, "DE", None,
          ("EfbV", "zertifizierter Entsorgungsfachbetrieb")),
    Label("blauer-engel", "Blauer Engel", "RAL gGmbH, Umweltbundesamt", _PRODUCT, _GREEN, "DE", None, ("Blue Angel",)),
    Label("oekoprofit", "ÖKOPROFIT", "Kommunen", _ORG, _GREEN, "DE", None, ("Ökoprofit Betrieb",)),
    Label("gemeinwohl", "Gemeinwohl-Bilanz", "International Federation for the Economy for the Common Good", _ORG,
          _SOCIAL, None, None, ("Gemeinwohlökonomie", "Economy for the Common Good", "économie du bien commun")),
    # Europe and the world
    Label("b-corp", "B Corp", "B Lab", _ORG, _SOCIAL, None, 3, ("BCorp", "Benefit Corporation certifiée")),
    Label("iso-14001", "ISO 14001", "accredited certification bodies", _SITE, _GREEN, None, 3, ("ISO14001",)),
    Label("iso-9001", "ISO 9001", "accredited certification bodies", _SITE, _QUALITY, None, 3, ("ISO9001",)),
    Label("iso-45001", "ISO 45001", "accredited certification bodies", _SITE, _SOCIAL, None, 3, ("ISO45001",)),
    Label("iso-50001", "ISO 50001", "accredited certification bodies", _SITE, _GREEN, None, 3, ("ISO50001",)),
    Label("iso-27001", "ISO 27001", "accredited certification bodies", _SITE, _QUALITY, None, 3, ("ISO27001",)),
    Label("emas", "EMAS", "competent bodies of the member states", _SITE, _GREEN, None, 3, ("eco audit EMAS",)),
    Label("eu-ecolabel", "EU Ecolabel", "competent bodies of the member states", _PRODUCT, _GREEN, None, None,
          ("Ecolabel européen", "Écolabel européen", "EU Umweltzeichen", "etiqueta ecologica europea")),
    Label("eu-organic", "EU organic", "control bodies (Regulation (EU) 2018/848)", _PRODUCT, _GREEN, None, 1,
          ("Agriculture biologique", "label AB", "EU Bio", "Bio Siegel", "producción ecológica", "certifié bio",
           "biologique AB")),
    Label("fairtrade", "Fairtrade", "FLOCERT", _PRODUCT, _SOCIAL, None, None, ("Max Havelaar", "commerce équitable")),
    Label("fsc", "FSC", "accredited certification bodies", _SITE, _GREEN, None, 5, ("FSC CoC", "Forest Stewardship")),
    Label("pefc", "PEFC", "accredited certification bodies", _SITE, _GREEN, None, 5, ()),
    Label("ecovadis", "EcoVadis", "EcoVadis", _ORG, _BUYING, None, 1,
          ("EcoVadis Gold", "EcoVadis Silver", "EcoVadis Platinum", "EcoVadis Bronze")),
)  # fmt: skip
