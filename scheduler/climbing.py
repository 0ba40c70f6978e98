"""The least cost of a model, from above and from below: can it be had for what is proved? If not, one step up."""

from collections.abc import Callable, Sequence

from ortools.sat.python.cp_model import CpModel, FlatIntExpr, LinearExpr

from scheduler.racing import Answer, Style, Watchdog, race

# A question without an objective is answered by clauses alone, or by linear programming where places are counted.
CLAUSES = Style("linearization_level: 0")
COUNTS = Style("linearization_level: 2")
# The whole term at once: by cores, or by the solver's usual mixture.
CORES = Style("optimize_with_core: true linearization_level: 0")
MIXTURE = Style("linearization_level: 1")

FIRST_EFFORT = 1.0
LOWEST, HIGHEST = -(2**62), 2**62

Tell = Callable[[Answer], None]


class Search:
    """The search for the least of one cost: rounds of growing effort, until it is proved or the time is over.

    A round asks for the least cost outright, then whether the bound itself can be reached: much is proved soon by a
    fresh start that knows the bound, and an infeasible question lifts it. `effort` is deterministic time, None: any.
    """

    def __init__(self, model: CpModel, cost: LinearExpr, watchdog: Watchdog, worker_count: int, seed: int) -> None:
        self._model = model
        self._cost = FlatIntExpr(cost)
        self._watchdog = watchdog
        self._worker_count = worker_count
        self._seed = seed
        self._cap = model.add(cost <= HIGHEST) if self._cost.vars else None
        self.answer = Answer(self.cost_of)
        self.answer.proved(self.cost_at_least())

    def cost_of(self, values: Sequence[int]) -> int:
        pairs = zip(self._cost.vars, self._cost.coeffs, strict=True)
        return int(self._cost.offset + sum(coefficient * values[x.index] for x, coefficient in pairs))

    def cost_at_least(self) -> int:
        """What the cost cannot fall below, by the domains of its variables alone."""
        pairs, variables = zip(self._cost.vars, self._cost.coeffs, strict=True), self._model.proto.variables
        ends = ((c, list(variables[x.index].domain)[0 if c > 0 else -1]) for x, c in pairs)
        return int(self._cost.offset + sum(c * end for c, end in ends))

    def keep(self, cost: int) -> None:
        """From now on the cost is at most this."""
        if self._cap is not None:
            domain = self._cap.proto.linear.domain
            domain.clear()
            domain.extend([LOWEST, cost - int(self._cost.offset) if cost < HIGHEST else HIGHEST])

    def run(self, tell: Tell, *, is_stepped: bool, effort: float | None) -> Answer:
        answer, left = self.answer, float("inf") if effort is None else effort
        budget = FIRST_EFFORT if is_stepped else left
        while not answer.is_settled and left > 0 and not self._watchdog.is_over:
            before = answer.effort
            self._ask_for_the_least(min(budget, left), tell)
            while is_stepped and not answer.is_settled and self._ask_for_the_bound(min(budget, left), tell):
                pass
            left -= answer.effort - before
            budget *= 2
        return answer

    def _ask_for_the_least(self, budget: float, tell: Tell) -> None:
        self._model.minimize(self._cost)
        self._race([CORES, MIXTURE], self.answer, budget, tell)

    def _ask_for_the_bound(self, budget: float, tell: Tell) -> bool:
        """Whether it is known now: the bound is reached, or lifted."""
        answer = self.answer
        bound = self.cost_at_least() if answer.bound is None else answer.bound
        self._model.clear_objective()  # type: ignore[no-untyped-call]  # OR-Tools leaves this one untyped
        self.keep(bound)
        asked = Answer(lambda _: 0)
        self._race([CLAUSES, COUNTS], asked, budget, lambda _: tell(answer))
        self.keep(HIGHEST)
        answer.effort += asked.effort
        if asked.values is not None:
            answer.found(asked.values)
        elif asked.is_infeasible:
            answer.proved(bound + 1)
        return asked.values is not None or asked.is_infeasible

    def _race(self, styles: list[Style], answer: Answer, budget: float, tell: Tell) -> None:
        """Side by side where there are workers for it; a single worker takes the styles in turn."""
        spare = self._worker_count - len(styles)
        if spare >= 0:
            styles = [*styles[:-1], Style(styles[-1].settings, 1 + spare)]
            race(self._model, styles, answer, self._seed, self._watchdog, budget, tell)
            return
        for style in styles:
            if not answer.is_settled and not self._watchdog.is_over:
                race(self._model, [style], answer, self._seed, self._watchdog, budget / len(styles), tell)
