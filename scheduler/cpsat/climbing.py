"""The least cost of a model, from above and from below: one lane finds, another proves, the first to know tells."""

import threading
from collections.abc import Callable, Iterator, Sequence

from ortools.sat.python.cp_model import CpModel, FlatIntExpr, LinearExpr

from scheduler.cpsat.racing import Answer, Style, Watchdog, race

# A question without an objective is answered by clauses alone, or by linear programming where places are counted.
CLAUSES = Style("linearization_level: 0")
COUNTS = Style("linearization_level: 2")
# The whole term at once: from below by cores, or from above around the best solution so far.
CORES = Style("optimize_with_core: true linearization_level: 0")
NEIGHBOURS = Style("use_lns_only: true linearization_level: 0")
MIXTURE = Style("linearization_level: 1")
# All searches that CP-SAT has, in turns: for a while, where there is more than one worker.
PORTFOLIO = Style("", 8)
# In which round, and for how many seconds: soon, and then the others have the time.
PORTFOLIO_SECONDS, PORTFOLIO_ROUND = 6.0, 1.0

FIRST_EFFORT = 1.0
CASE_EFFORT = 0.25
LOWEST, HIGHEST = -(2**62), 2**62

Tell = Callable[[Answer], None]


class Search:
    """The search for the least of one cost, until it is proved or the time is over.

    It asks for the least cost outright, and whether the bound itself can be reached: a fresh start that knows the
    bound often refutes or reaches it in a second. `effort` is CP-SAT's deterministic time, growing from round to round.
    """

    def __init__(self, model: CpModel, cost: LinearExpr, watchdog: Watchdog, worker_count: int, seed: int) -> None:
        self._cost = FlatIntExpr(cost)
        self._watchdog = watchdog
        self._worker_count = worker_count
        self._seed = seed
        self._cap = len(model.proto.constraints)
        self._model = model
        model.add(cost + model.new_constant(0) <= HIGHEST)
        self._refuted: set[int] = set()
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
        self._limit(self._model, cost)

    def run(self, tell: Tell, *, is_stepped: bool, effort: float | None) -> Answer:
        self._model.minimize(self._cost)
        if is_stepped:
            self._run_in_steps(tell, float("inf") if effort is None else effort)
        else:
            self._race([CORES, MIXTURE], float("inf") if effort is None else effort, tell)
        return self.answer

    def _run_in_steps(self, tell: Tell, effort: float) -> None:
        """With one worker every question in turn; with more, the search by cores has a worker of its own."""
        answer, budget = self.answer, FIRST_EFFORT
        self._race([CORES, NEIGHBOURS], min(budget, effort), tell)
        prover = threading.Thread(target=lambda: self._race([CORES], float("inf"), lambda _: None), daemon=True)
        if self._worker_count > 1 and not self._is_done:
            prover.start()
        while not self._is_done and answer.effort < effort:
            self._climb(budget, tell)
            styles = [NEIGHBOURS] if self._worker_count > 1 else [CORES, NEIGHBOURS]
            self._race(styles, min(budget, effort), tell)
            if self._worker_count > 1 and budget == PORTFOLIO_ROUND and not self._is_done:
                within = self._watchdog.within(min(PORTFOLIO_SECONDS * budget, 0.3 * self._watchdog.seconds_left))
                race(self._hinted(), [PORTFOLIO], self.answer, self._seed, within, float("inf"), tell)
            budget *= 2
        if prover.is_alive():
            prover.join()

    @property
    def _is_done(self) -> bool:
        return self.answer.is_settled or self._watchdog.is_over

    def _climb(self, budget: float, tell: Tell) -> None:
        """Asks whether the bound can be reached, and lifts it, as long as there are answers."""
        for ask in (self._ask_for_the_bound, self._ask_for_one_case_after_the_other):
            while not self._is_done and ask(budget, tell):
                pass

    def _ask_for_the_bound(self, budget: float, tell: Tell) -> bool:
        """Whether it is known now: the bound is reached, or lifted."""
        bound = self._bound
        asked = self._ask(self._question(bound), bound, [CLAUSES, COUNTS], budget, tell)
        if asked.is_infeasible:
            self.answer.proved(bound + 1)
        return asked.is_infeasible or asked.values is not None

    def _ask_for_one_case_after_the_other(self, budget: float, tell: Tell) -> bool:
        """Where all but one of the cost's literals are false: which is it? Each case is a much smaller question."""
        if self._bound != 1 or self._cost.offset or any(coefficient != 1 for coefficient in self._cost.coeffs):
            return False
        indices = {x.index for x in self._cost.vars}
        for case in sorted(indices - self._refuted):
            question = self._question(1)
            for other in indices - {case}:
                question.add(question.get_bool_var_from_proto_index(other) == 0)
            asked = self._ask(question, 1, [CLAUSES], CASE_EFFORT * budget, tell)
            if asked.is_infeasible:
                self._refuted.add(case)
            if self._is_done:
                return False
        if self._refuted == indices:
            self.answer.proved(2)
        return self._refuted == indices

    def _ask(self, question: CpModel, bound: int, styles: list[Style], budget: float, tell: Tell) -> Answer:
        """What a question without an objective gives; it is dropped when the bound has been lifted meanwhile."""
        asked, answer = Answer(lambda _: 0), self.answer
        watchdog = self._watchdog.unless(lambda: answer.is_settled or self._bound > bound)
        lanes = max(1, self._worker_count - 1)
        for group in (styles[first : first + lanes] for first in range(0, len(styles), lanes)):
            if asked.values is None and not asked.is_infeasible and not watchdog.is_over:
                race(question, group, asked, self._seed, watchdog, budget, lambda _: tell(answer))
        answer.effort += asked.effort
        if asked.values is not None:
            answer.found(asked.values[: len(self._model.proto.variables)])
        return asked

    @property
    def _bound(self) -> int:
        return self.cost_at_least() if self.answer.bound is None else self.answer.bound

    def _question(self, bound: int) -> CpModel:
        question = self._model.clone()
        question.clear_objective()  # type: ignore[no-untyped-call]  # OR-Tools leaves this one untyped
        self._limit(question, bound)
        return question

    def _limit(self, model: CpModel, cost: int) -> None:
        domain = model.proto.constraints[self._cap].linear.domain
        domain.clear()
        domain.extend([LOWEST, cost - int(self._cost.offset)])

    def _race(self, styles: list[Style], budget: float, tell: Tell) -> None:
        """Side by side where there are workers for it; a single worker takes the styles in turn."""
        for group in self._groups(styles):
            if not self._is_done:
                race(self._hinted(), group, self.answer, self._seed, self._watchdog, budget, tell)

    def _groups(self, styles: list[Style]) -> Iterator[list[Style]]:
        spare = self._worker_count - len(styles)
        if spare >= 0 and styles != [CORES]:
            yield [*styles[:-1], Style(styles[-1].settings, 1 + (spare if styles[-1] == MIXTURE else 0))]
        else:
            yield from ([style] for style in styles)

    def _hinted(self) -> CpModel:
        """The model with the best solution so far as its hint."""
        values = self.answer.values
        if values is None:
            return self._model
        model = self._model.clone()
        hint = model.proto.solution_hint
        hint.vars.clear()
        hint.values.clear()
        hint.vars.extend(range(len(values)))
        hint.values.extend(values)
        return model
