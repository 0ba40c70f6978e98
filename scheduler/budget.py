"""How the time of one call is divided: most of it to search, the rest to tell what was found."""

from scheduler.limits import Clock
from scheduler.numbers.timed import Timed

# What telling takes for each candidate: a guess, until numbering them has shown how fast the machine is.
SECONDS_TO_TELL = 1e-5
# Telling takes so many times as long as numbering did, and is given this share of the time at most.
TELLING, TELLING_SHARE = 1.5, 0.4
# Between search and telling there is time to come to an end, and for bounds that are still missing.
SECONDS_TO_END, LAST_SHARE = 0.2, 0.5


class Budget:
    """`end` is when the answer has to be there, in the seconds of the clock."""

    def __init__(self, clock: Clock, seconds: float, candidate_count: int) -> None:
        self.clock = clock
        self.seconds = seconds
        self.end = clock() + seconds
        self._needed = SECONDS_TO_TELL * candidate_count

    def learn(self, timed: Timed) -> None:
        self._needed = TELLING * timed.seconds

    @property
    def _telling(self) -> float:
        return min(TELLING_SHARE * self.seconds, self._needed)

    @property
    def search_until(self) -> float:
        return self.end - min(LAST_SHARE * self.seconds, SECONDS_TO_END + self._telling)

    @property
    def tell_from(self) -> float:
        """When a search that has not come to its end is left, if it has found anything."""
        return self.end - self._telling

    @property
    def tell_from_at_last(self) -> float:
        """When it is left even if it has found nothing: the first schedule is worth telling in a hurry."""
        return self.end - self._telling / 2

    @property
    def seconds_for_bounds(self) -> float:
        """Also where the search ended late: who waits for it has some grace."""
        return max(SECONDS_TO_END / 2, self.tell_from - self.clock())
