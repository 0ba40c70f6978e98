"""Every fault has a code, a severity and sentences in four languages, and stands in the guide."""

import string
from pathlib import Path

from importers.messages import LANGUAGES, codes, sentences, told

GUIDE = Path(__file__).parents[2] / "docs" / "reading-workbooks.md"


def test_every_code_has_its_sentences_in_four_languages_with_the_same_parameters() -> None:
    for code in codes():
        parameters = {lang: {name for text in sentences(code, lang) for name in _names(text)} for lang in LANGUAGES}
        assert all(sentences(code, lang)[0] for lang in LANGUAGES), code
        assert len(set(map(frozenset, parameters.values()))) == 1, (code, parameters)


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_sentence_says_where_what_and_what_to_do() -> None:
    fault = told("unknown-kind", "fr-BE", "Inscrits", "B4", "mécène", ("local-authority", "buyer", "CEE"), {})
    assert fault.message == (
        "Inscrits, B4 : « mécène » n'est pas un type d'organisation connu ici. Attendu : acheteur, entreprise sociale, "
        "collectivité ou entreprise. Le plus proche : collectivité, acheteur. Écrivez l'un d'eux, ou le type de "
        "structure (ESAT, EI, SIS, …)."
    )


def test_the_guide_lists_every_code() -> None:
    listed = [line.split("`")[1] for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert listed == list(codes())
