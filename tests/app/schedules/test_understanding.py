"""In which language two sides meet, and who of them can."""

from collections.abc import Sequence

from app.schedules.understanding import Speaker, Understanding, understanding

BOTH = frozenset({"de", "fr"})


def side(**languages: str) -> list[Speaker]:
    return [Speaker(name, frozenset(spoken.split())) for name, spoken in languages.items()]


def between(one: list[Speaker], other: list[Speaker], *interpreters: frozenset[str]) -> Understanding:
    found: Sequence[frozenset[str]] = interpreters
    return understanding(one, other, found)


def test_where_any_two_share_a_language_anybody_attends() -> None:
    assert between(side(a="fr de", b="fr"), side(c="fr en")) == Understanding((("a", "b"), ("c",)))


def test_where_only_some_share_a_language_these_attend() -> None:
    assert between(side(a="fr", b="de"), side(c="de", d="en")) == Understanding((("b",), ("c",)))


def test_the_language_that_lets_most_pairs_meet_is_taken() -> None:
    assert between(side(a="fr de", b="de"), side(c="de", d="fr", e="de")) == Understanding((("a", "b"), ("c", "e")))


def test_where_nobody_shares_a_language_an_interpreter_is_needed() -> None:
    found = between(side(a="fr", b="en"), side(c="de"), BOTH)

    assert found == Understanding((("a",), ("c",)), ("fr", "de"))


def test_languages_that_no_interpreter_has_are_asked_for_all_the_same() -> None:
    assert between(side(a="es"), side(b="nl"), BOTH).languages == ("es", "nl")


def test_an_event_without_interpreters_leaves_the_two_to_find_a_way() -> None:
    assert between(side(a="fr"), side(b="de")) == Understanding((("a",), ("b",)))


def test_where_nothing_is_known_of_languages_nothing_stands_in_the_way() -> None:
    assert between(side(a=""), side(b="de"), BOTH) == Understanding((("a",), ("b",)))
