"""What the press is told, and how good the plan is, in four languages."""

import pytest

from app.agendas.press import Told, press_line, proof_line

CONVENTION = Told(organisations=93, countries=4, meetings=590, minutes=180)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "93 organisations from 4 countries, 590 meetings in 3 hours"),
        ("fr", "93 organisations de 4 pays, 590 rendez-vous en 3 heures"),
        ("de", "93 Organisationen aus 4 Ländern, 590 Gespräche in 3 Stunden"),
        ("es", "93 organizaciones de 4 países, 590 reuniones en 3 horas"),
    ],
)
def test_the_press_is_told_in_the_language_of_the_organiser(lang: str, line: str) -> None:
    assert press_line(CONVENTION, lang) == line


def test_one_of_each_is_one_of_each() -> None:
    assert press_line(Told(1, 1, 1, 60), "en") == "1 organisation from 1 country, 1 meeting in 1 hour"
    assert press_line(Told(1, 1, 1, 60), "de") == "1 Organisation aus 1 Land, 1 Gespräch in 1 Stunde"


def test_half_hours_and_unknown_countries_are_told_as_they_are() -> None:
    assert press_line(Told(2, 0, 0, 150), "en") == "2 organisations, 0 meetings in 2 hours 30 minutes"
    assert press_line(Told(2, 0, 0, 45), "en") == "2 organisations, 0 meetings in 45 minutes"


def test_what_is_proved_is_named_and_the_rest_has_its_distance_rounded_up() -> None:
    score = {"shortfall": 0, "value": 100, "breaks": 0, "moves": 209}
    bounds = {"shortfall": 0, "value": 100, "breaks": 0, "moves": 202}

    line = proof_line(score, bounds, ["shortfall", "value", "breaks"], ["shortfall"], "en")

    assert line == "value and breaks proved, tables within 4 % of the bound"


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "2 breaks (not proved to be the fewest), 542 changes of table (not proved to be the fewest)"),
        (
            "fr",
            "2 pauses (minimum non prouvé), 542 changements de table (minimum non prouvé)",
        ),
        ("de", "2 Lücken (nicht als Minimum bewiesen), 542 Tischwechsel (nicht als Minimum bewiesen)"),
        ("es", "2 pausas (mínimo no demostrado), 542 cambios de mesa (mínimo no demostrado)"),
    ],
)
def test_where_percents_would_say_nothing_the_figure_is_told_in_words(lang: str, line: str) -> None:
    assert proof_line({"breaks": 2, "moves": 542}, {"breaks": 0, "moves": 202}, [], [], lang) == line


def test_one_and_none_are_told_as_one_says_them() -> None:
    assert proof_line({"breaks": 1}, {"breaks": 0}, [], [], "en") == "1 break (not proved to be the fewest)"
    assert proof_line({"moves": 0}, {"moves": 0}, [], [], "en") == "0 changes of table"
    assert proof_line({}, {}, [], [], "en") == "nothing proved yet"


def test_a_value_below_its_bound_is_as_far_as_one_above() -> None:
    assert proof_line({"value": 99}, {"value": 100}, [], [], "en") == "value within 1 % of the bound"
