"""Words of a text in French, German, English or Spanish: folding, light stemming, and the words that say little."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "de", "en", "es")

_TOKEN = re.compile(r"[a-z0-9]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})
_UMLAUT_IN_TWO_LETTERS = re.compile(r"(?<![aeq])ue|ae|oe")
_MIN_STEM = 4
_GERMAN_ENDING = re.compile(r"(?<=.{4})(?:en|es|er|em|e|(?<=[rl])n|(?<=[^s])s)$")
_GERMAN_VERB = re.compile(r"(?<=ig|eg)t$|(?<=utz|uck|eif)t$")
_BEFORE_DETAIL = {
    "de": frozenset(["von", "der", "des", "fur", "im", "in", "am", "mit", "zur", "zum", "aus", "bei", "an", "nach"]),
    "en": frozenset(["of", "for", "in", "at", "to", "with", "on", "from"]),
}

_SUFFIXES = {
    "fr": "issements issement ations ation ateurs ateur atrices atrice ements ement eries erie euses euse eurs eur"
    " ages age ieres iere iers ier antes ante ants ant ives ive ifs if iques ique ees ee er ez ons ir ions ion"
    " ures ure elles elle es e",
    "de": "ungen ung heiten heit keiten keit ereien erei innen lich liche liches lichen ern ens em er en es e",
    "en": "izations ization isations isation ations ation ments ment ings ing ers er ors or ions ion als al ed"
    " es s e y",
    "es": "aciones acion iciones icion ciones cion adores adoras adora ador mientos miento erias eria eros ero eras era"
    " istas ista ezas eza ados ado adas ada ando ajes aje icos icas ico ica ales al ar er ir os as es a o e",
}
_BY_LENGTH = {lang: tuple(sorted(suffixes.split(), key=len, reverse=True)) for lang, suffixes in _SUFFIXES.items()}


def folded(text: str) -> str:
    """Lower case, without accents: œ is oe, ß is ss."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """The words of a text, folded; single letters (elisions, list marks) are left out."""
    return [token for token in _TOKEN.findall(folded(text)) if len(token) > 1]


@cache
def light(token: str, lang: str) -> str:
    """A folded word without the ending of its plural or case, so far as spelling alone can tell; as it is in other
    languages."""
    if lang not in LANGUAGES:
        return token
    if lang == "de":
        word = _UMLAUT_IN_TWO_LETTERS.sub(lambda match: match[0][0], token)
        return _GERMAN_ENDING.sub("", word) if len(word) > _MIN_STEM else word
    if len(token) <= 3:
        return token
    if lang == "fr":
        if token.endswith("aux"):
            return token[:-1] if token.endswith("eaux") else token[:-3] + "al"
        return token[:-1] if token[-1] in "sx" else token
    if lang == "en":
        if token.endswith("ies") and len(token) > 4:
            return token[:-3] + "y"
        return token[:-1] if token.endswith("s") and not token.endswith(("ss", "us", "is")) else token
    return token[:-2] if token.endswith("es") and len(token) > 5 and token[-3] not in "aeiou" else token.rstrip("s")


@cache
def stem(token: str, lang: str) -> str:
    """What a folded word keeps in all its forms: nettoyer, nettoyage, nettoyeur → nettoy."""
    word = light(token, lang)
    if lang == "de":
        word = _GERMAN_VERB.sub("", _UMLAUT_IN_TWO_LETTERS.sub(lambda match: match[0][0], token))
    if not word.isalpha():
        return word
    for suffix in _BY_LENGTH.get(lang, ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM:
            word = word[: -len(suffix)]
            break
    if len(word) > _MIN_STEM and word[-1] == word[-2]:
        return word[:-1]
    return word


def _little_words(kind: str, lang: str) -> Iterator[str]:
    if lang not in LANGUAGES:
        return
    text = files(__package__).joinpath("data", f"{kind}_{lang}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        yield from tokens(line.partition("#")[0])


@cache
def stop_words(lang: str) -> frozenset[str]:
    """Words of grammar, that say nothing of a need or an offer."""
    return frozenset(_little_words("stop", lang))


@cache
def weak_words(lang: str) -> frozenset[str]:
    """Words, in their light form, of needs and offers of every kind: services, Lieferung, partenariat."""
    return frozenset(light(token, lang) for token in _little_words("weak", lang))


def head_of(written: Sequence[str], is_strong: Sequence[bool], lang: str) -> int:
    """The place of the word that the others qualify: the last strong one before a preposition in German and English,
    the first in other languages; -1 when no word is strong."""
    strong = [place for place, is_candidate in enumerate(is_strong) if is_candidate]
    if not strong or lang not in _BEFORE_DETAIL:
        return strong[0] if strong else -1
    details = (place for place, token in enumerate(written) if token in _BEFORE_DETAIL[lang] and place > strong[0])
    end = next(details, len(written))
    return max(place for place in strong if place < end)
