"""Three French books: Luxembourg with questions for headers, an export in cp1252, and one with everybody twice."""

# The rows of a table stay rows:
# fmt: off

from expecting import Book, columns, delegate, label, offer, organisation, refusal, warning, wish
from writing import Rows, Sheet

FORM = "Réponses au formulaire 1"
FORM_ROWS: Rows = [
    [
        "Horodateur", "Quel est le nom de votre organisation ? *", "Vous êtes un(e)… (type d'organisation)",
        "Prénom du participant", "Nom du participant", "Adresse e-mail professionnelle", "N° de GSM", "Localité",
        "Code postal", "Pays", "N° RCS", "Langues de travail", "Vos\noffres", "Vos\nbesoins",
        "Organisations que vous souhaitez rencontrer (par ordre de préférence)", "Organisations à éviter",
        "Participation en ligne", "J'accepte le traitement de mes données *",
    ],
    [
        "2026/02/03 9:12:44", "Éislécker Gaarden s.c.", "Société d'impact sociétal (SIS)", "Tom", "Weyrich",
        "tom.weyrich@gaarden.example", "621 000 101", "Ettelhaff", "L-9010", "Luxembourg", "B990101", "LU, FR, DE",
        "légumes bio et de saison\nentretien des espaces verts (77310000-6)", None,
        "Commune de Kaylbierg\nBanque du Grand-Duché\nHôpital Sainte-Zithe", None, "non", "Oui",
    ],
    [
        "2026/02/03 11:40:02", "Commune de Kaylbierg", "Administration communale", "Martine", "Hoffmann-Thill",
        "m.hoffmann@kaylbierg.example", "+352 26 00 01 02", "Kaylbierg", "3670", "Grand-Duché de Luxembourg", None,
        "🇱🇺 🇫🇷 🇩🇪", None, "espaces verts\nrepas pour maisons relais (55500000)", "EISLECKER GAARDEN", None, "non",
        "OUI",
    ],
    [
        "2026/02/04 8:05:13", "Banque du Grand-Duché S.A.", "Donneur d'ordre", "Sophie", "Kieffer",
        "sophie.kieffer@banquegd.example", "00352 26 00 01 03", "Kirchbierg", "L - 1855", "LU", "B 990 103",
        "français et anglais", None, "traiteur ; impression de brochures",
        "Kachkescht Traiteur (SIS)\nÉislécker Gaarden", "Imprimerie Faber", "oui", "Oui",
    ],
    [
        "2026/02/05 17:31:20", "Kachkescht Traiteur S.I.S. à r.l.", "SIS", "Mike", "Schmit",
        "mike@kachkescht.example", "691000104", "Eschbierg", "L-4240", "luxembourg", "B990104",
        "lëtzebuergesch, français, deutsch", "traiteur", "légumes", "Hopital Sainte Zithe\nBanque du Grand Duche",
        None, "Non", "Oui",
    ],
    [
        "2026/02/09 10:00:00", "Hôpital Sainte-Zithe", "acheteuse", "Nathalie", "D'Amico", "n.damico@zithe.example",
        "+352 26000105", "Eschbierg", "L-4240", "Luxembourg", None, "FR-DE-EN", None, "blanchisserie", None, None,
        None, "Oui",
    ],
    [
        "2026/02/09 10:02:51", "Imprimerie Faber & Fils", "fournisseur", "Luc", "Faber", "luc@faber.example",
        "26 00 01 06", "Merschbierg", "L-7540", "Luxembourg", "B990106", "Français", "impression", None,
        "banque du grand-duché sa", None, "non", "Oui",
    ],
]
LUXEMBOURG = Book(
    name="lu-formulaire.xlsm",
    sheets=[Sheet(FORM, FORM_ROWS)],
    organisations=[
        organisation(
            "Éislécker Gaarden s.c.",
            delegate(
                FORM, 2, "Tom", "Weyrich", email="tom.weyrich@gaarden.example", phone="+352621000101",
                languages=["lb", "fr", "de"], online=False, consent=True,
            ),
            kind="social-enterprise",
            structure_type="SIS",
            country="LU",
            postal_code="9010",
            city="Ettelhaff",
            registration_number="B990101",
            offers=[offer("légumes bio et de saison"), offer(None, "77310000")],
            needs=[],
        ),
        organisation(
            "Commune de Kaylbierg",
            delegate(FORM, 3, "Martine", "Hoffmann-Thill", phone="+35226000102", languages=["lb", "fr", "de"]),
            kind="local-authority", country="LU", postal_code="3670",
            needs=[offer("espaces verts"), offer(None, "55500000")],
        ),
        organisation(
            "Banque du Grand-Duché S.A.",
            delegate(FORM, 4, "Sophie", "Kieffer", phone="+35226000103", languages=["fr", "en"], online=True),
            kind="buyer", country="LU", postal_code="1855", registration_number="B 990 103",
            needs=[offer("traiteur"), offer("impression de brochures")],
        ),
        organisation(
            "Kachkescht Traiteur S.I.S. à r.l.",
            delegate(FORM, 5, "Mike", "Schmit", phone="+352691000104", languages=["lb", "fr", "de"], online=False),
            kind="social-enterprise", structure_type="SIS", country="LU",
        ),
        organisation(
            "Hôpital Sainte-Zithe",
            delegate(FORM, 6, "Nathalie", "D'Amico", languages=["fr", "de", "en"], consent=True), kind="buyer",
            registration_number=None,
        ),
        organisation(
            "Imprimerie Faber & Fils", delegate(FORM, 7, "Luc", "Faber", phone="+35226000106", languages=["fr"]),
            kind="company", structure_type=None,
        ),
    ],
    wishes=[
        wish("Éislécker Gaarden s.c.", "Commune de Kaylbierg", FORM, "O2", 1),
        wish("Éislécker Gaarden s.c.", "Banque du Grand-Duché S.A.", FORM, "O2", 2, written="Banque du Grand-Duché"),
        wish("Éislécker Gaarden s.c.", "Hôpital Sainte-Zithe", FORM, "O2", 3),
        wish("Commune de Kaylbierg", "Éislécker Gaarden s.c.", FORM, "O3", 1, written="EISLECKER GAARDEN"),
        wish("Banque du Grand-Duché S.A.", "Kachkescht Traiteur S.I.S. à r.l.", FORM, "O4", 1),
        wish("Banque du Grand-Duché S.A.", "Éislécker Gaarden s.c.", FORM, "O4", 2),
        refusal("Banque du Grand-Duché S.A.", "Imprimerie Faber & Fils", FORM, "P4"),
        wish("Kachkescht Traiteur S.I.S. à r.l.", "Hôpital Sainte-Zithe", FORM, "O5", 1),
        wish("Kachkescht Traiteur S.I.S. à r.l.", "Banque du Grand-Duché S.A.", FORM, "O5", 2),
        wish("Imprimerie Faber & Fils", "Banque du Grand-Duché S.A.", FORM, "O7", 1),
    ],
    columns=columns(
        FORM, 1, A=None, B="organisation", C="kind", D="first_name", E="last_name", F="email", G="phone", H="city",
        I="postal_code", J="country", K="registration_number", L="languages", M="offers", N="needs", O="wishes",
        P="refuses", Q="online", R="consent",
    ),
    errors=[],
)

EXPORT = "fr-export-cp1252"
EXPORT_ROWS: Rows = [
    [
        "Raison sociale", "Profil", "Type de structure (ESAT, EI, ACI…)", "Prénom", "Nom", "E-mail", "Téléphone",
        "CP", "Ville", "Pays", "SIRET", "Présentation", "Offre", "Besoin", "Agréments / labels", "Langues", "Arrivée",
        "Départ", "Vœux (3 maximum)",
    ],
    [
        "Cœur d’Atelier", "ESS", "ESAT", "Maëlle", "L’Huillier", "maelle@coeurdatelier.example", "0353010201",
        "08600", "Givrandes", "France", "05433012100010", "Atelier de couture ;\nouvert en 1987.",
        "couture\nretouches", "", "ESUS (2023)", "français", "9h30", "", "Hôtel de l’Œuvre / Ville de Nœux-la-Forge",
    ],
    [
        "Hôtel de l’Œuvre SAS", "Acheteur", "", "Noël", "Bœuf", "noel.boeuf@oeuvre.example", "03.53.01.02.02",
        "54400", "Longpierre", "FRANCE", "025 308 297 00016", "", "",
        "blanchisserie (98310000-9)\ndenrées à moins de 5 €", "", "Français/anglais", "", "17h", "coeur d'atelier",
    ],
    [
        "Ville de Nœux-la-Forge", "Collectivité", "", "Hervé", "Sœur", "h.soeur@noeux.example",
        "+33 (0)3 53 01 02 03", "54680", "Nœux-la-Forge", "fr", "06624039100012", "", "", "espaces verts", "",
        "français, néerlandais", "", "", "Chantier Le Râteau ; Cœur d’Atelier",
    ],
    [
        "Chantier « Le Râteau »", "Structure d’insertion", "ACI", "Zoé", "Guérin", "zoe@rateau.example",
        "06 39 98 02 04", "54680", "Nœux-la-Forge", "France", "00810111500015", "", "espaces verts; maraîchage",
        "outillage", "ESUS 2021-2026", "français", "10h00", "16h30", "Ville de Noeux la Forge",
    ],
]
CP1252 = Book(
    name=f"{EXPORT}.csv",
    sheets=[Sheet(EXPORT, EXPORT_ROWS)],
    encoding="cp1252",
    delimiter=";",
    organisations=[
        organisation(
            "Cœur d’Atelier",
            delegate(
                EXPORT, 2, "Maëlle", "L’Huillier", phone="+33353010201", languages=["fr"], arrives="09:30", leaves=None
            ),
            kind="social-enterprise",
            structure_type="ESAT",
            postal_code="08600",
            registration_number="05433012100010",
            offers=[offer("couture"), offer("retouches")],
            needs=[],
            labels=[label("ESUS", "2023-01-01")],
        ),
        organisation(
            "Hôtel de l’Œuvre SAS",
            delegate(EXPORT, 3, "Noël", "Bœuf", phone="+33353010202", languages=["fr", "en"], leaves="17:00"),
            kind="buyer", structure_type=None, registration_number="02530829700016",
            needs=[offer(None, "98310000"), offer("denrées à moins de 5 €")],
        ),
        organisation(
            "Ville de Nœux-la-Forge",
            delegate(EXPORT, 4, "Hervé", "Sœur", phone="+33353010203", languages=["fr", "nl"]),
            kind="local-authority", country="FR", city="Nœux-la-Forge",
        ),
        organisation(
            "Chantier « Le Râteau »",
            delegate(EXPORT, 5, "Zoé", "Guérin", phone="+33639980204", arrives="10:00", leaves="16:30"),
            kind="social-enterprise", structure_type="ACI", offers=[offer("espaces verts"), offer("maraîchage")],
            labels=[label("ESUS", "2021-01-01", "2026-12-31")],
        ),
    ],
    wishes=[
        wish("Cœur d’Atelier", "Hôtel de l’Œuvre SAS", EXPORT, "S2", 1),
        wish("Cœur d’Atelier", "Ville de Nœux-la-Forge", EXPORT, "S2", 2),
        wish("Hôtel de l’Œuvre SAS", "Cœur d’Atelier", EXPORT, "S3", 1, written="coeur d'atelier"),
        wish("Ville de Nœux-la-Forge", "Chantier « Le Râteau »", EXPORT, "S4", 1),
        wish("Ville de Nœux-la-Forge", "Cœur d’Atelier", EXPORT, "S4", 2),
        wish("Chantier « Le Râteau »", "Ville de Nœux-la-Forge", EXPORT, "S5", 1),
    ],
    columns=columns(
        EXPORT, 1, A="organisation", D="first_name", E="last_name", F="email", G="phone", H="postal_code", I="city",
        J="country", K="registration_number", L="description", M="offers", N="needs", O="labels", P="languages",
        Q="arrives", R="leaves", S="wishes",
    ),
    errors=[],
)

TWICE = "Inscrits"
TWICE_ROWS: Rows = [
    [
        "Organisation", "Type", "SIRET", "Prénom", "Nom", "Mail", "Code postal", "Ville", "Pays", "Langues", "Offres",
        "Max RDV", "Souhait 1", "Souhait 2",
    ],
    [
        "Les Ateliers du Ponant SARL", "ETTI", "01215279900016", "Anne", "Le Goff", "anne@ponant.example", "56270",
        "Plœmerac", "France", "français", "intérim d'insertion", 12, "Conserverie Kermarec", None,
    ],
    [
        "Conserverie Kermarec", "acheteur", None, "Yann", "Kermarec", "yann@kermarec.example", "29760",
        "Saint-Guénoc", "France", "français", None, None, "ATELIERS DU PONANT", "Ateliers du Levant",
    ],
    [
        "LES ATELIERS DU PONANT", None, "012 152 799 00016", "Erwan", "Prigent", "erwan@ponant.example", None, None,
        None, "français, breton", None, None, None, "Ville de Saint-Guénoc",
    ],
    [
        "Ateliers du Levant", "ESAT", "08990608500017", "Chloé", "Marchand", "chloe@levant.example", "83980",
        "Le Lavandré", "France", "français", "blanchisserie", 8, "Conserverie Kermarec", None,
    ],
    [
        "Les Atelies du Ponant", "ETTI", "01215279900016", "Soizic", "Quéré", "soizic@ponant.example", "56271",
        "Plœmerac", "France", "français", "intérim d'insertion", None, None, None,
    ],
    [
        "Ville de Saint-Guénoc", "commune", None, "Loïc", "Tanguy", "loic.tanguy@saint-guenoc.example", "29760",
        "Saint-Guénoc", "France", "français", None, None, None, None,
    ],
    [
        "Conserverie KERMAREC S.A.S.", "Acheteur", None, "YANN", "KERMAREC", "Yann@Kermarec.example", "29760",
        "Saint Guénoc", "France", "français", None, 10, None, None,
    ],
    [
        "ville de saint guénoc", "Commune", None, "Enora", "Tanguy", "enora.tanguy@saint-guenoc.example", "29760",
        "Saint-Guénoc", "FR", "français", None, None, None, None,
    ],
]
PONANT, KERMAREC = "Les Ateliers du Ponant SARL", "Conserverie Kermarec"
TWICE_OVER = Book(
    name="fr-doublons.xlsx",
    sheets=[Sheet(TWICE, TWICE_ROWS)],
    organisations=[
        organisation(
            PONANT, delegate(TWICE, 2, "Anne", "Le Goff", languages=["fr"]),
            delegate(TWICE, 4, "Erwan", "Prigent", languages=["fr", "br"]),
            delegate(TWICE, 6, "Soizic", "Quéré", languages=["fr"]), kind="social-enterprise", structure_type="ETTI",
            postal_code="56270", city="Plœmerac", country="FR", offers=[offer("intérim d'insertion")],
            max_meetings=12,
        ),
        organisation(
            KERMAREC, delegate(TWICE, 3, "Yann", "Kermarec", email="yann@kermarec.example"), kind="buyer",
            postal_code="29760", max_meetings=10,
        ),
        organisation(
            "Ateliers du Levant", delegate(TWICE, 5, "Chloé", "Marchand"), kind="social-enterprise",
            structure_type="ESAT", max_meetings=8,
        ),
        organisation(
            "Ville de Saint-Guénoc", delegate(TWICE, 7, "Loïc", "Tanguy"), delegate(TWICE, 9, "Enora", "Tanguy"),
            kind="local-authority", country="FR",
        ),
    ],
    wishes=[
        wish(PONANT, KERMAREC, TWICE, "M2", 1), wish(KERMAREC, PONANT, TWICE, "M3", 1, written="ATELIERS DU PONANT"),
        wish(KERMAREC, "Ateliers du Levant", TWICE, "N3", 2), wish(PONANT, "Ville de Saint-Guénoc", TWICE, "N4", 2),
        wish("Ateliers du Levant", KERMAREC, TWICE, "M5", 1),
    ],
    columns=columns(TWICE, 1, A="organisation", B="kind", C="registration_number", L="max_meetings", M="wishes"),
    errors=[warning("contradiction", TWICE, "G6"), warning("duplicate-delegate", TWICE)],
)
