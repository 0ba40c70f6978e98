"""A password is long enough, nobody's first guess, and kept so that nobody reads it."""

import pytest

from app.hosts.passwords import Weakness, hash_of, is_password, weakness_of

OWN = ("anna.muster@cress.example", "Cluster Grande Région")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kurz", Weakness.SHORT),
        ("éàü", Weakness.SHORT),
        ("x" * 1001, Weakness.LONG),
        ("password", Weakness.GUESSED),
        ("P@ssw0rd123", Weakness.GUESSED),
        ("MotDePasse!", Weakness.GUESSED),
        ("Contraseña2026", Weakness.GUESSED),
        ("Sommer2024!", Weakness.GUESSED),
        ("azertyuiop", Weakness.GUESSED),
        ("poiuztrewq", Weakness.GUESSED),
        ("12345678", Weakness.GUESSED),
        ("87654321", Weakness.GUESSED),
        ("24.12.1999", Weakness.GUESSED),
        ("abcabcabc", Weakness.GUESSED),
        ("aaaaaaaaaaaa", Weakness.GUESSED),
        ("lovelovelove", Weakness.GUESSED),
        ("anna.muster@cress.example", Weakness.PERSONAL),
        ("Muster2026!", Weakness.PERSONAL),
        ("Cluster-Grande-Région1", Weakness.PERSONAL),
    ],
)
def test_what_others_try_first_is_refused(password: str, why: Weakness) -> None:
    assert weakness_of(password, OWN) == why


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "trèfle vélo lune",
        "Mgj4!bb8",
        "7391 6620 1845 3397",
        "日本語のパスワード",
        "trèfle vélo lune " * 9,
    ],
)
def test_words_of_ones_own_are_taken_and_long_ones_too(password: str) -> None:
    assert weakness_of(password, OWN) is None
    assert is_password(password, hash_of(password))


def test_only_a_slow_hash_is_kept() -> None:
    kept = hash_of("trèfle vélo lune")

    assert kept.startswith("$argon2id$")
    assert kept != hash_of("trèfle vélo lune")
    assert is_password("tre\u0300fle ve\u0301lo lune", kept), "another keyboard writes the same letters"
    assert not is_password("trefle velo lune", kept)
    assert not is_password("nobody has this password", None)
    assert not is_password("\ud800", kept)
