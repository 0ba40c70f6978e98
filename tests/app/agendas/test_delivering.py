"""What is handed out: sheets to work with, a calendar for everybody, and files that the judge accepts."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Agenda
from app.agendas.book import WIDEST, About, Link, Page, write_book
from app.agendas.delivering import deliver, names_of_files, whole
from app.agendas.stamp import Stamp, stamp_in
from scheduler import problem_from_json, result_from_json, result_to_json, score, violations
from tests.app.agendas.conftest import FORMULA, Plan, Planned
from tests.app.agendas.paper.builders_of_agendas import HAPPENING, a_party, a_person
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation

NAMED = {
    "atelier-du-bois--ce-de": "Tisch ",
    "werkhof--jo-alt": "Mesa ",
    "werkhof--ute-neu": "Table ",
    "werkhof": "Table ",
}
WORDS = ("Tisch ", "Mesa ", "Table ")


def delivered(session: Session, planned: Planned, lang: str = "en") -> Path:
    deliver(session, planned.version, planned.folder, result_to_json(planned.result), lang)
    return planned.folder


def sheets(folder: Path) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in load_workbook(folder / "planning.xlsx").worksheets}


def column(sheet: Worksheet, header: str) -> list[object]:
    headers = [cell.value for cell in sheet[1]]
    return [cell.value for cell in list(sheet.columns)[headers.index(header)][1:]]


def test_a_folder_holds_all_that_is_handed_out(session: Session, planned: Planned) -> None:
    folder = delivered(session, planned)

    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) == [
        "agendas.pdf",
        "agendas/allein-gmbh--solo-mio.ics",
        "agendas/allein-gmbh.ics",
        "agendas/atelier-du-bois--ce-de.ics",
        "agendas/atelier-du-bois.ics",
        "agendas/hyperlink-http-evil-example-ville--anne-d-or-fils.ics",
        "agendas/hyperlink-http-evil-example-ville.ics",
        "agendas/werkhof--jo-alt.ics",
        "agendas/werkhof--ute-neu.ics",
        "agendas/werkhof.ics",
        "badges.pdf",
        "desk.pdf",
        "interpreters.pdf",
        "plan.pdf",
        "planning.xlsx",
        "problem.json",
        "report.html",
        "schedule.json",
        "tables.pdf",
    ]


def test_the_judge_accepts_the_files(session: Session, planned: Planned) -> None:
    folder = delivered(session, planned)

    problem = problem_from_json((folder / "problem.json").read_bytes())
    result = result_from_json((folder / "schedule.json").read_bytes())

    assert violations(problem, result.schedule) == []
    assert score(problem, result.schedule) == dict(result.score)


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("en", ["By slot and table", "By organisation", "By delegate", "Wishes not met", "Statistics", "Suggestions"]),
        (
            "fr",
            [
                "Par créneau et table",
                "Par organisation",
                "Par délégué",
                "Souhaits non satisfaits",
                "Statistiques",
                "Suggestions",
            ],
        ),
        (
            "de",
            [
                "Nach Zeit und Tisch",
                "Nach Organisation",
                "Nach Person",
                "Nicht erfüllte Wünsche",
                "Statistik",
                "Vorschläge",
            ],
        ),
        (
            "es",
            [
                "Por franja y mesa",
                "Por organización",
                "Por delegado",
                "Deseos no cumplidos",
                "Estadísticas",
                "Sugerencias",
            ],
        ),
    ],
)
def test_the_planning_has_its_sheets_in_the_language_asked_for(
    session: Session, planned: Planned, lang: str, titles: list[str]
) -> None:
    assert list(sheets(delivered(session, planned, lang))) == titles


def test_text_is_never_a_formula(session: Session, planned: Planned) -> None:
    found = sheets(delivered(session, planned))

    types = {cell.data_type for sheet in found.values() for row in sheet.iter_rows() for cell in row}
    cells = [cell for sheet in found.values() for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert "f" not in types
    assert len(cells) > 3
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_times_and_numbers_are_real_so_that_they_can_be_sorted(session: Session, planned: Planned) -> None:
    by_slot = sheets(delivered(session, planned))["By slot and table"]

    day, start, end, table, *_rest = [cell.value for cell in by_slot[2]]
    assert (type(day), type(start), type(end), type(table)) == (datetime, time, time, int)
    assert start in (time(14), time(14, 20), time(14, 40))
    assert (by_slot["A2"].number_format, by_slot["B2"].number_format) == ("dd/mm/yyyy", "hh:mm")
    assert day.date() == date(2026, 6, 6)


def test_sheets_are_made_to_be_worked_with_and_printed(session: Session, planned: Planned) -> None:
    for sheet in sheets(delivered(session, planned)).values():
        shown = [cell for cell in sheet[1] if not sheet.column_dimensions[cell.column_letter].hidden]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_area.replace("$", "").endswith(f"!A1:{shown[-1].column_letter}{sheet.max_row}")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert all(dimension.width <= WIDEST for dimension in sheet.column_dimensions.values())
        assert sheet.oddHeader.left.text == planned.event.name
        assert sheet.oddHeader.right.text == sheet.title


def test_each_organisation_is_printed_on_a_page_of_its_own(session: Session, planned: Planned) -> None:
    by_organisation = sheets(delivered(session, planned))["By organisation"]

    firsts = [row[0].row for row in by_organisation.iter_rows(min_row=3) if row[0].value != row[0].offset(-1).value]
    assert [one.id + 1 for one in by_organisation.row_breaks.brk] == firsts


def test_organisations_stand_in_the_order_of_the_alphabet(session: Session, planned: Planned) -> None:
    rows = sheets(delivered(session, planned))["By organisation"].iter_rows(min_row=2, values_only=True)

    assert list(dict.fromkeys(row[0] for row in rows)) == [FORMULA, "Allein GmbH", "Atelier du Bois", "Werkhof"]


def test_rows_are_known_again_by_a_column_that_nobody_sees(session: Session, planned: Planned) -> None:
    folder = delivered(session, planned)
    by_slot = sheets(folder)["By slot and table"]

    stamp, *keys = [row[-1].value for row in by_slot.iter_rows()]
    assert stamp_in(str(stamp)) == Stamp(planned.event.slug, 1, 0)
    assert len(set(keys)) == len(keys) == 3
    assert by_slot.column_dimensions[by_slot[1][-1].column_letter].hidden
    assert stamp_in("Wished by") is None


def test_the_workbook_says_what_it_is(session: Session, planned: Planned) -> None:
    planned.event.name = "Convention \x07&P"
    properties = load_workbook(delivered(session, planned, "fr") / "planning.xlsx").properties

    assert (properties.title, properties.subject, properties.language) == (
        "Convention &P",
        "Planning, version 1",
        "fr",
    )
    assert str(properties.creator).startswith("Ronde ")


def test_a_name_leads_to_its_own_rows(session: Session, planned: Planned) -> None:
    found = sheets(delivered(session, planned))
    links = [cell for row in found["By slot and table"].iter_rows(min_row=2) for cell in row if cell.hyperlink]

    assert links
    for cell in links:
        title, _, place = str(cell.hyperlink.location).rpartition("!")
        assert found[title.strip("'")][place].value == cell.value


def test_every_delegate_has_their_own_rows_also_without_a_meeting(session: Session, planned: Planned) -> None:
    by_delegate = sheets(delivered(session, planned))["By delegate"]

    pairs = list(zip(column(by_delegate, "Delegate"), column(by_delegate, "Meets"), strict=True))
    assert ("Solo Mio", "no meeting") in pairs
    assert {who for who, _ in pairs} == {"Solo Mio", "Cé Dé", "Jo Alt", "Ute Neu", "Anne; D'Or, fils"}


def test_a_wish_that_is_not_met_has_its_reason(session: Session, planned: Planned) -> None:
    unmet = sheets(delivered(session, planned))["Wishes not met"]

    assert [[cell.value for cell in row] for row in unmet.iter_rows(min_row=2)] == [
        ["Atelier du Bois", "Allein GmbH", 3, "no", "One of the two does not want to meet the other."]
    ]


def test_who_is_full_is_named_and_of_what(session: Session, plan: Plan, tmp_path: Path) -> None:
    event = an_event(session, slots=2, tables=9)
    busy = an_organisation(session, event, "Busy", a_delegate("B"))
    capped = an_organisation(session, event, "Capped", a_delegate("C"), max_meetings=1)
    for number in range(3):
        a_wish(session, an_organisation(session, event, f"Guest {number}"), busy)
        a_wish(session, an_organisation(session, event, f"Visitor {number}"), capped)
    version, result = plan(event)

    deliver(session, version, tmp_path, result_to_json(result), "fr")

    assert set(column(sheets(tmp_path)["Souhaits non satisfaits"], "Pourquoi il n’est pas satisfait")) == {
        "Busy : tous les créneaux de ses délégués sont pris.",
        "Capped a déjà autant de rendez-vous que permis : 1.",
    }


def test_a_column_that_says_nothing_is_left_out_and_numbers_stand_under_their_header(
    session: Session, planned: Planned
) -> None:
    found = sheets(delivered(session, planned))
    by_slot, by_organisation = found["By slot and table"], found["By organisation"]
    lines = [
        cell.border.top.style for cell in next(row for row in by_organisation.iter_rows(min_row=2) if row[3].value == 0)
    ]

    headers = [cell.value for cell in by_slot[1]]
    assert "Hall" not in headers
    assert "Interpreter" in headers
    assert [by_slot.cell(row, headers.index("Table") + 1).alignment.horizontal for row in (1, 2)] == ["center"] * 2
    assert set(lines) == {"thin"}
    assert [cell.value for cell in found["Wishes not met"][1]] == ["From", "For", "Rank", "Mutual", "Why it is not met"]


def test_statistics_count_what_was_planned(session: Session, planned: Planned) -> None:
    sheet = sheets(delivered(session, planned))["Statistics"]
    figures = {(row[0].value, row[1].value): (row[2].value, row[3].value) for row in sheet.iter_rows(min_row=2)}

    assert figures["Who comes", "organisations"] == (4, None)
    assert figures["Who comes", "delegates without a meeting"] == (1, 5)
    assert figures["Meetings", "held"] == (3, None)
    assert figures["Meetings", "across a border"] == (2, 3)
    assert figures["Meetings", "wished by both"] == (1, 3)
    assert figures["Wishes met", "rank 1"] == (3, 3)
    assert figures["Wishes met", "rank 3"] == (0, 1)
    assert figures["Wishes met", "all"] == (4, 5)
    assert figures["Meetings between countries", "Germany – France"] == (2, 3)


def test_delivering_again_replaces_and_clears_away(session: Session, planned: Planned) -> None:
    folder = delivered(session, planned)
    (folder / "agendas" / "notes.ics").write_text("BEGIN:VCALENDAR\r\nPRODID:somebody else\r\n")
    planned.event.name = "Zweite Runde"
    gone = next(folder.glob("agendas/allein-gmbh--*.ics"))
    gone.rename(gone.with_name("who-was-here.ics"))

    delivered(session, planned)

    names = {path.name for path in (folder / "agendas").iterdir()}
    assert "who-was-here.ics" not in names
    assert {"notes.ics", "allein-gmbh--solo-mio.ics"} <= names
    assert "Zweite Runde" in str(Calendar.from_ical((folder / "agendas" / "werkhof.ics").read_bytes())["x-wr-calname"])


def test_two_people_of_one_name_have_two_calendars(session: Session, plan: Plan, tmp_path: Path) -> None:
    event = an_event(session)
    werk = an_organisation(session, event, "Werk", a_delegate("Jo Alt"), a_delegate("Jo Alt"))
    a_wish(session, werk, an_organisation(session, event, "../../Werk", a_delegate("Jo Alt")))
    version, result = plan(event)

    done = deliver(session, version, tmp_path, result_to_json(result), "en")

    names = [path.name for path in done.files if path.suffix == ".ics"]
    assert names == ["werk.ics", "werk-2.ics", "werk--jo-alt.ics", "werk--jo-alt-2.ics", "werk--jo-alt-3.ics"]
    assert {path.parent for path in done.files} == {tmp_path, tmp_path / "agendas"}


def test_a_delegate_reads_their_own_language_where_ronde_speaks_it(session: Session, planned: Planned) -> None:
    folder = delivered(session, planned, "fr")

    def texts(name: str) -> str:
        return (folder / "agendas" / f"{name}.ics").read_text()

    assert "Tisch" in texts("werkhof--jo-alt")
    assert "Tisch" not in texts("atelier-du-bois--ce-de")
    assert "Tisch" not in texts("werkhof")


def test_of_a_delegates_languages_the_first_that_the_event_speaks_is_theirs(session: Session, planned: Planned) -> None:
    planned.event.languages = ["de"]
    session.query(models.Delegate).filter_by(first_name="Cé").one().languages = ["nl", "fr", "de"]
    session.query(models.Delegate).filter_by(first_name="Jo").one().languages = ["nl", "es", "fr"]
    session.query(models.Delegate).filter_by(first_name="Ute").one().languages = ["nl"]
    session.flush()

    folder = delivered(session, planned, "fr")

    texts = {name: (folder / "agendas" / f"{name}.ics").read_text() for name in NAMED}
    assert {name: next(word for word in WORDS if word in text) for name, text in texts.items()} == NAMED


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "planning.xlsx"
    target.write_text("old")

    def fail() -> None:
        with whole(target) as unfinished:
            unfinished.write_text("half")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        fail()

    assert (target.read_text(), [path.name for path in tmp_path.iterdir()]) == ("old", ["planning.xlsx"])


@pytest.mark.parametrize(("lang", "day"), [("de", "dd.mm.yyyy"), ("fr", "dd/mm/yyyy"), ("es", "dd/mm/yyyy")])
def test_days_are_written_as_the_reader_does_and_long_names_are_large_enough_to_read(
    tmp_path: Path, lang: str, day: str
) -> None:
    long = "Gesellschaft zur Förderung der sozialen Beschaffung in der Großregion mbH & Co. KG"
    page = Page(
        "A", ("Tag", "Wer"), ((date(2026, 6, 6), Link(long, "A", 3)), (date(2026, 6, 6), Link("Werkhof", "A", 2)))
    )

    write_book(tmp_path / "book.xlsx", [page], About("Heading", "Subject", "Ronde", lang, NOON))

    sheet = load_workbook(tmp_path / "book.xlsx").worksheets[0]
    assert sheet["A2"].number_format == day
    assert (sheet["B2"].hyperlink, sheet["B2"].value, sheet["B2"].alignment.wrap_text) == (None, long, True)
    assert (sheet["B3"].hyperlink is not None, sheet["B3"].alignment.shrink_to_fit) == (True, True)


def test_a_header_of_two_words_over_short_answers_gets_its_second_line(tmp_path: Path) -> None:
    page = Page("A", ("Organización", "Deseado por"), (("Ville", "ambas"), ("Werkhof", "A")))

    write_book(tmp_path / "book.xlsx", [page], About("Heading", "Subject", "Ronde", "es", NOON))

    rows = load_workbook(tmp_path / "book.xlsx").worksheets[0].row_dimensions
    assert (rows[1].height, rows[2].height) == (30, None)


def test_calendars_are_named_in_the_script_of_whose_they_are() -> None:
    name_of = names_of_files()
    parties = [
        ("Ölmühle Ähre", "Łukasz Østberg"), ("شركة النور", "محمد"), ("Κοινωνική", "Ελένη"), ("北京绿色", "王" * 90),
        ("🌱", "…/.."), ("Œuvre", "D’Ângelo"), ("oeuvre", "d angelo"),
    ]  # fmt: skip
    agendas = [
        Agenda(HAPPENING, a_party(key, house), a_person(key, person), (), ())
        for key, (house, person) in enumerate(parties)
    ]

    names = [name_of(agenda) for agenda in agendas]

    assert names == [
        "olmuhle-ahre--lukasz-ostberg",
        "شركة-النور--محمد",
        "κοινωνικη--ελενη",
        "北京绿色--" + "王" * 33,
        "organisation--delegate",
        "oeuvre--d-angelo",
        "oeuvre--d-angelo-2",
    ]
    assert all(len(f"{name}.ics".encode()) < 255 for name in names)
