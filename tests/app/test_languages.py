"""Ronde says everything in every language that it speaks."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.languages import LOCALES, SPOKEN, sentences

SPEAKING = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
"""Where sentences stand; papers get theirs from the code."""
WRITTEN = [lang for lang in SPOKEN if lang != "en"]
Said = str | tuple[str, ...]


def said_in_code() -> set[str]:
    """The English of every sentence in the code and in the templates; of two forms the singular."""
    root = str(Path(__file__).resolve().parents[2] / "app")
    found = extract_from_dir(root, SPEAKING, keywords={"_": None, "gettext": None, "ngettext": (1, 2)})
    return {message if isinstance(message, str) else message[0] for _file, _line, message, *_rest in found}


def catalogue(lang: str) -> Catalog:
    with (LOCALES / lang / "LC_MESSAGES" / "ronde.po").open("rb") as written:
        return read_po(written, locale=lang)


def places_in(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


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


def test_an_unknown_language_is_answered_in_english() -> None:
    assert sentences("tlh").gettext("Wishes not met") == "Wishes not met"
    assert sentences("fr").gettext("Wishes not met") == "Souhaits non satisfaits"
