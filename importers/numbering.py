"""What form tools and people put around the words of a header: numbers, letters, codes of questions, greetings."""

import re

from importers.words import listed

_ORDINALS = {
    1: "premier premiere erste erster erstes ersten first primer primera primero primo prima eerste",
    2: "deuxieme second seconde zweite zweiter zweites zweiten segundo segunda secondo seconda tweede",
    3: "troisieme dritte dritter drittes dritten third tercero tercera tercer terzo terza derde",
    4: "quatrieme vierte vierter viertes vierten fourth cuarto cuarta quarto quarta vierde",
    5: "cinquieme funfte funfter funftes funften fifth quinto quinta vijfde",
    6: "sixieme sechste sechster sixth sexto sexta sesto sesta zesde",
}
_ORDINAL_WORDS = {word: number for number, words in _ORDINALS.items() for word in words.split()}
_NUMBERED = re.compile(
    r"(?:^|(?<= ))(?:(?:n|no|nr|num|nro|numero|nummer|number|o) )?"
    r"(\d{1,2}) ?(?:ere|er|re|eme|ieme|e|st|nd|rd|th|o|a)?(?: o| a)?(?:$|(?= ))"
)
_GLUED = re.compile(r"([a-z]{3,})(\d{1,2})$")
_LETTERED = re.compile(r"([a-z ]+) ([a-h])$")
_CODE = re.compile(r"^[A-Za-z]{1,5}\d{1,4}\w{0,6}(?:\[[^\]]{1,12}\])?\s*[.:)]\s+(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!;:\n])\s+|\n")
_OF_CHOICES = listed("of_choices")


def without_code(header: str) -> str:
    """`Q03[SQ001]. Contact [Prénom]`: a question without the code that a form tool gives it."""
    return _CODE.sub("", header, count=1)


def asked(header: str) -> str | None:
    """The question after a greeting: `Enchanté. Quel est votre prénom ?`; None where no sentence stands before it."""
    sentences = [part for part in _SENTENCE.split(header.strip()) if part.strip(" ?!.;:")]
    return sentences[-1] if len(sentences) > 1 and sentences[-1].rstrip().endswith("?") else None


def without_number(phrase: str) -> tuple[str, int | None]:
    """`souhait n 2` is `souhait` and 2; `zweite wahl` is `wahl` and 2; `wunsch3` is `wunsch` and 3."""
    glued = _GLUED.search(phrase)
    if glued:
        return phrase[: glued.start(2)].strip(), int(glued[2])
    lettered = _LETTERED.search(phrase)
    if lettered and lettered[1].split()[-1] in _OF_CHOICES:
        return lettered[1], ord(lettered[2]) - ord("a") + 1
    numbered = _NUMBERED.search(phrase)
    if numbered:
        rest = f"{phrase[: numbered.start()]} {phrase[numbered.end() :]}"
        return " ".join(rest.split()), int(numbered[1])
    words = phrase.split()
    for word in words:
        if word in _ORDINAL_WORDS and len(words) > 1 and f"{word} name" not in phrase:
            return " ".join(other for other in words if other != word), _ORDINAL_WORDS[word]
    return phrase, None


def ordinal_word(word: str) -> int | None:
    """The number that a folded word such as `premier` or `zweite` says."""
    return _ORDINAL_WORDS.get(word)
