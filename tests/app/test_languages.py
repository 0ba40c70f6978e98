"""Ronde says everything in every language that it speaks."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient

from app.languages import LOCALES, SPOKEN, sentences, wanted_in
from tests.app.refusals import refusals

SPEAKING = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
"""Where sentences stand; papers get theirs from the code."""
WRITTEN = [lang for lang in SPOKEN if lang != "en"]
Said = str | tuple[str, ...]


@cache
def said_in_code() -> set[str]:
    """The English of every sentence in the code, in the templates and in refusals; of two forms the singular."""
    root = str(Path(__file__).resolve().parents[2] / "app")
    found = extract_from_dir(root, SPEAKING, keywords={"_": None, "gettext": None, "ngettext": (1, 2)})
    refused = {one.sentence for one in refusals() if one.sentence is not None}
    return refused | {message if isinstance(message, str) else message[0] for _file, _line, message, *_rest in found}


def catalogue(lang: str) -> Catalog:
    with (LOCALES / lang / "LC_MESSAGES" / "ronde.po").open("rb") as written:
        return read_po(written, locale=lang)


def places_in(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def said_outright(template: str) -> str:
    """What a template shows that is neither asked for nor filled in: text, and attributes that are read aloud."""
    bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<style.*?</style>", " ", template, flags=re.DOTALL)
    read_aloud = re.findall(r'(?:aria-label|alt|title|placeholder|data-l)="([^"]*)"', bare)
    return " ".join([*read_aloud, re.sub(r"<[^>]*>", " ", bare)])


@pytest.mark.parametrize("lang", WRITTEN)
def test_no_sentence_is_missing_and_none_is_left_over(lang: str) -> None:
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue(lang) if message.id}

    assert known == said_in_code()


@pytest.mark.parametrize("lang", WRITTEN)
def test_every_sentence_is_whole_and_sure(lang: str) -> None:
    for message in catalogue(lang):
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        english = message.id if isinstance(message.id, str) else message.id[1]
        if message.id:
            assert all(forms), message.id
            assert not message.fuzzy, message.id
            assert all(places_in(form) == places_in(english) for form in forms), message.id


def test_a_template_says_nothing_by_itself_but_proper_names() -> None:
    templates = LOCALES.parent / "templates"
    told = {
        (path.name, word)
        for path in templates.rglob("*.html")
        for word in re.findall(r"[^\W\d_]{2,}", said_outright(path.read_text(encoding="utf-8")))
    }

    assert {word for _name, word in told} == {"Ronde", "Google", "Outlook", "com", "Office"}


def test_a_form_for_one_is_used_where_the_language_uses_it() -> None:
    for lang in WRITTEN:
        speech = sentences(lang)
        forms = [speech.ngettext("{n} organisation", "{n} organisations", n) for n in (0, 1, 2)]
        assert (forms[0] == forms[1]) == (lang == "fr"), lang
        assert forms[1] != forms[2], lang


def test_what_a_refusal_says_can_be_said_in_any_language() -> None:
    found = [*refusals()]

    assert len(found) > 100
    assert [(one.where, one.fault) for one in found if one.fault] == []
    assert [one.where for one in found if one.sentence and one.given and one.places != one.given] == []
    assert [one.where for one in found if one.sentence and not one.given and one.places] == []


def test_a_refusal_is_told_in_the_language_of_the_caller(client: TestClient) -> None:
    told = {
        lang: client.get("/api/v1/events/hiver", headers={"Accept-Language": lang}) for lang in ("fr", "de-LU", "tlh")
    }

    assert {lang: answer.json()["detail"] for lang, answer in told.items()} == {
        "fr": "Il n’y a pas d’événement « hiver ».",
        "de-LU": "Es gibt keine Veranstaltung „hiver“.",
        "tlh": "There is no event “hiver”.",
    }
    assert {answer.headers["content-language"] for answer in told.values()} == {"fr", "de", "en"}


def test_what_people_typed_is_no_place_to_be_filled(client: TestClient) -> None:
    answer = client.get("/api/v1/events/{slug}{0}")

    assert answer.json()["detail"] == "There is no event “{slug}{0}”."


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("fr-LU, de;q=0.5", "fr"),
        ("tlh, de;q=0.9, es;q=0.95", "es"),
        ("fr;q=0, de;q=0.1", "de"),
        ("de; q = 0.2, fr;q=nonsense, es;q=0.1", "de"),
        ("french, *", "en"),
        ("", "en"),
        ("tlh," * 5000 + "fr", "en"),
    ],
)
def test_the_language_wanted_most_of_those_spoken_is_taken(header: str, lang: str) -> None:
    assert wanted_in(header) == lang


def test_an_unknown_language_is_answered_in_english() -> None:
    assert sentences("tlh").gettext("Wishes not met") == "Wishes not met"
    assert sentences("fr").gettext("Wishes not met") == "Souhaits non satisfaits"
