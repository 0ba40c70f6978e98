"""The collector of cycles is one for all threads."""

import gc
from threading import Event, Thread

from scheduler.patience import nothing_collected


def test_the_collector_comes_back_when_the_last_thread_is_done_without_it() -> None:
    began, may_end = Event(), Event()

    def first() -> None:
        with nothing_collected():
            began.set()
            may_end.wait(20)

    thread = Thread(target=first)
    thread.start()
    began.wait(20)
    with nothing_collected():
        may_end.set()
        thread.join()
        assert not gc.isenabled()
    assert gc.isenabled()
