"""An answer is read as it was written, and one that is not of the format is refused with every fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.codec import result_from_json, result_to_json
from scheduler.faults import ScheduleError
from scheduler.problem import Term
from scheduler.schedule import Conflict, NotHeld, Place, Reason, Result, Schedule, Status
from tests.scheduler.builders import held, schedule
from tests.scheduler.strategies import any_text, maybe, problems, schedules


@given(st.data())
def test_an_answer_is_read_as_it_was_written(data: st.DataObject) -> None:
    problem = data.draw(problems(are_wild=True))
    answer = data.draw(schedules(problem))
    figures = st.dictionaries(st.sampled_from(Term), st.integers(-(2**63) + 1, 2**63 - 1))
    places = st.builds(Place, any_text(), maybe(any_text()), st.just(answer.meetings))
    result = Result(
        problem.name,
        data.draw(st.sampled_from(Status)),
        answer,
        data.draw(figures),
        data.draw(figures),
        tuple(data.draw(st.lists(st.sampled_from(Term)))),
        tuple(
            data.draw(
                st.lists(
                    st.builds(NotHeld, any_text(), st.sampled_from(Reason), maybe(any_text()), maybe(places)),
                    max_size=3,
                )
            )
        ),
        data.draw(maybe(st.builds(Conflict, any_text(), st.lists(any_text()).map(tuple), st.booleans()))),
        data.draw(st.integers(0, 10**9)) / 1000,
        data.draw(any_text()),
    )

    assert result_from_json(result_to_json(result)) == result


def test_an_answer_is_strict_too() -> None:
    good = result_to_json(
        Result(
            "small",
            Status.FEASIBLE,
            Schedule((held("m1 s1 t1 p1.1 p2.1"),)),
            not_held=(NotHeld(held("m2 s1 t1 a b").id, Reason.RULE, "text", Place(held("m s1 t a b").slot, None)),),
        )
    )
    bad = (
        good.replace('"feasible"', '"superb"')
        .replace('"rule"', '"bad luck"')
        .replace('"score": {}', '"score": {"joy": 1, "moves": -1.5}')
        .replace('"seconds": 0.0', '"seconds": NaN')
        .replace('"p2.1"]', '"p2.1", "p2.2"]')
    )

    with pytest.raises(ScheduleError) as caught:
        result_from_json(bad)
    assert [fault.path for fault in caught.value.faults] == [
        "status",
        "meetings[0].delegates",
        "score.joy",
        "score.moves",
        "not_held[0].reason",
        "seconds",
    ]


def test_each_row_has_a_line_of_its_own() -> None:
    text = result_to_json(Result("small", Status.FEASIBLE, schedule("m1 s1 t1 p1.1 p2.1", "m2 s2 - p1.1 p2.1")))

    assert '  {"id": "m2", "slot": "s2", "table": null, "delegates": ["p1.1", "p2.1"], "interpreter": null}\n ]' in text
