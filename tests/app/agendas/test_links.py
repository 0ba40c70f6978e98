"""A token opens what it was made for, and nothing else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agendas.links import PREFIXES, Claim, Purpose, claim_of, token_of

SECRET = b"0123456789abcdef0123456789abcdef"

numbers = st.integers(0, 2**40 - 1)
generations = st.integers(0, 65_535)


@given(numbers, generations, st.sampled_from(Purpose))
def test_a_token_says_which_link_and_generation_it_is_of(link: int, generation: int, purpose: Purpose) -> None:
    token = token_of(SECRET, link, purpose, generation)

    assert token.startswith(PREFIXES[purpose])
    assert claim_of(SECRET, purpose, token) == Claim(link, generation, is_authentic=True)


def test_a_token_carries_256_bits_that_nobody_can_guess() -> None:
    tokens = [token_of(SECRET, 7, Purpose.FEED, generation) for generation in range(1, 200)]
    marks = [base64.urlsafe_b64decode(token.removeprefix("ics_"))[7:] for token in tokens]

    assert {len(mark) * 8 for mark in marks} == {256}
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_of_one_purpose_opens_nothing_of_the_other(purpose: Purpose) -> None:
    other = Purpose.PAGE if purpose is Purpose.FEED else Purpose.FEED
    token = token_of(SECRET, 7, purpose, 1)

    assert not claim_of(SECRET, other, token).is_authentic
    renamed = PREFIXES[other] + token.removeprefix(PREFIXES[purpose])
    assert not claim_of(SECRET, other, renamed).is_authentic


def test_every_single_letter_of_a_token_counts() -> None:
    token = token_of(SECRET, 7, Purpose.PAGE, 3)

    for at, letter in enumerate(token):
        changed = token[:at] + ("A" if letter != "A" else "B") + token[at + 1 :]
        assert not claim_of(SECRET, Purpose.PAGE, changed).is_authentic, at


def test_another_secret_makes_another_token() -> None:
    token = token_of(SECRET, 7, Purpose.PAGE, 1)

    assert not claim_of(SECRET[::-1], Purpose.PAGE, token).is_authentic


@given(st.text(max_size=80) | st.text("ABCabc019-_=", max_size=60).map("agd_".__add__))
def test_what_is_no_token_is_read_as_one_that_opens_nothing(text: str) -> None:
    assert not claim_of(SECRET, Purpose.PAGE, text).is_authentic
