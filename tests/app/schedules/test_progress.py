"""Control-C ends the search, not the work: whoever asks is told once that the best plan is being written."""

import os
import signal

import pytest

from app.schedules.progress import stopped_by_signals, stopping_text


def test_who_asks_to_stop_is_told_once() -> None:
    told = []

    with stopped_by_signals(lambda: told.append(stopping_text("fr"))) as is_asked:
        before = is_asked()
        os.kill(os.getpid(), signal.SIGINT)
        after = [is_asked(), is_asked()]

    assert (before, after) == (False, [True, True])
    assert told == ["La recherche s’arrête ; le meilleur planning trouvé jusqu’ici est en cours d’écriture."]


def test_who_asks_twice_does_not_wait() -> None:
    def ask_twice() -> None:
        with stopped_by_signals(lambda: None):
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt):
        ask_twice()
