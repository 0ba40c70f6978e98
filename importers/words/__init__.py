"""The vocabularies: headers, kinds, settings and messages, as TOML files that need no programmer to grow."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Entry = Mapping[str, "str | list[str]"]


@cache
def table(name: str) -> Mapping[str, Mapping[str, str | list[str]]]:
    """The entries of `words/NAME.toml`: for each identifier its words, one list for each language."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words_of_kinds() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The group (`kind` or `structure`), the identifier and all its words, from `kinds.toml`."""
    groups = tomllib.loads(files(__name__).joinpath("kinds.toml").read_text(encoding="utf-8"))
    return tuple(
        (group, identifier, tuple(word for words in languages.values() for word in words))
        for group, entries in groups.items()
        for identifier, languages in entries.items()
    )


@cache
def shown_kinds(lang: str) -> Mapping[str, str]:
    """Identifier of a kind or structure → its first word in a language, for those that have words in it."""
    groups = tomllib.loads(files(__name__).joinpath("kinds.toml").read_text(encoding="utf-8"))
    return {
        identifier: languages[lang][0]
        for entries in groups.values()
        for identifier, languages in entries.items()
        if lang in languages
    }


@cache
def listed(name: str) -> frozenset[str]:
    """A list of words from `lists.toml`."""
    lists = tomllib.loads(files(__name__).joinpath("lists.toml").read_text(encoding="utf-8"))
    return frozenset(lists[name])


@cache
def mapped(name: str, section: str) -> Mapping[str, str]:
    """Pairs of words from a section of `words/NAME.toml`."""
    sections: Mapping[str, Mapping[str, str]] = tomllib.loads(
        files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    )
    return sections[section]
