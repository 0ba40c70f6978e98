"""What the engine says is said to people in their words."""

import pytest

from app.agendas.wording import reason_text
from scheduler import Reason


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_of_the_engine_is_told_in_each_language_in_a_sentence_of_its_own(reason: Reason) -> None:
    told = {reason_text(reason.value, lang) for lang in ("fr", "de", "en", "es")}

    assert len(told) == 4
    assert all(sentence.endswith(".") for sentence in told)
