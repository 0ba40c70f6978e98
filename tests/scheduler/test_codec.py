"""What is written is read again as it was; what is wrong in a file is said at its path, all of it at once."""

import json
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.codec import problem_from_json, problem_to_json, result_from_json
from scheduler.faults import ProblemError, ScheduleError
from scheduler.problem import DEFAULT_OBJECTIVE, Problem, Term
from tests.scheduler.strategies import any_text, problems

Json = dict[str, object]
SLOTS = [{"id": "s1", "day": "d", "session": "early"}, {"id": "s2", "day": "d"}, {"id": "s3", "day": "e"}]
MEETING = {"id": "m1", "between": ["p1", "p2"]}


def document(**fields: object) -> Json:
    return {
        "format": "ronde-problem/1",
        "name": "small",
        "slots": SLOTS,
        "tables": 2,
        "participants": [{"id": "p1"}, {"id": "p2", "delegates": 2}],
        "meetings": [MEETING],
        **fields,
    }


def meeting(**fields: object) -> list[object]:
    return [{**MEETING, **fields}]


def read(**fields: object) -> Problem:
    return problem_from_json(json.dumps(document(**fields)))


def faults(text: str | bytes, reading: Callable[[str | bytes], object] = problem_from_json) -> list[str]:
    with pytest.raises((ProblemError, ScheduleError)) as caught:
        reading(text)
    return str(caught.value).splitlines()


@given(problems(are_wild=True, terms=tuple(Term)))
def test_a_problem_is_read_as_it_was_written(problem: Problem) -> None:
    assert problem_from_json(problem_to_json(problem)) == problem


def test_what_is_not_said_has_its_default() -> None:
    of = read()

    assert [table.id for table in of.tables] == ["t1", "t2"]
    assert [[delegate.id for delegate in one.delegates] for one in of.participants] == [["p1.1"], ["p2.1", "p2.2"]]
    assert (of.objective, of.meetings[0].value) == (DEFAULT_OBJECTIVE, 1)


def test_the_day_of_a_slot_is_the_date_of_its_start_where_it_is() -> None:
    slots = [{"id": "s1", "start": "2019-06-06T00:30:00+02:00", "minutes": 10}]

    assert read(slots=slots).slots[0].day == "2019-06-06"


def test_a_session_stands_for_its_slots() -> None:
    assert read(meetings=meeting(slots=["early", "s3"])).meetings[0].slots == {"s1", "s3"}


def test_a_home_may_be_one_table_or_several() -> None:
    sides = [{"id": "p1", "home_table": "t2"}, {"id": "p2", "home_table": ["t2", "t1"]}]

    assert [one.home_tables for one in read(participants=sides).participants] == [("t2",), ("t2", "t1")]


@pytest.mark.parametrize(
    ("fields", "path", "sentence"),
    [
        ({"colour": 1}, "colour", "There is no field colour here."),
        ({"name": 7}, "name", "Read 7; text is expected."),
        ({"name": "\ud800"}, "name", 'Read "\\ud800"; text of whole characters is expected.'),
        (
            {"slots": [{"id": "s1"}]},
            "slots[0].day",
            "The field is missing; a day, where there is no start, is expected.",
        ),
        ({"slots": [*SLOTS[:1], 5, SLOTS[2]]}, "slots[1]", "Read 5; an object is expected."),
        (
            {"slots": [{"id": "s1", "day": "d", "start": "6 June"}]},
            "slots[0].start",
            'Read "6 June"; a time such as 2019-06-06T14:00:00+02:00 is expected.',
        ),
        (
            {"slots": [{"id": "s1", "start": "2019-06-06T14:00"}]},
            "slots[0].start",
            "The time has no offset, such as +02:00.",
        ),
        ({"tables": True}, "tables", "Read true; a list of tables, or their number, is expected."),
        ({"tables": -1}, "tables", "Read -1; a number from 0 on is expected."),
        ({"tables": 10**9}, "tables", "Read 1000000000; a number up to 1000000 is expected."),
        ({"tables": None}, "tables", "Read null; a list of tables, or their number, is expected."),
        ({"tables": [{"id": "t1", "unavailable": ["s1", "s9"]}]}, "tables[0].unavailable[1]", "There is no slot s9."),
        (
            {"tables": [{"id": "t1", "unavailable": ["s1", "s1"]}]},
            "tables[0].unavailable[1]",
            "s1 stands in this list already.",
        ),
        (
            {"interpreters": [{"id": "i", "languages": ["de", "de"]}]},
            "interpreters[0].languages[1]",
            "de stands in this list already.",
        ),
        ({"rules": None}, "rules", "Read null; an object is expected."),
        ({"rules": {"max_idle_slots": 1.0}}, "rules.max_idle_slots", "Read 1.0; a whole number is expected."),
        ({"rules": {"max_pause": 1}}, "rules.max_pause", "There is no field max_pause here."),
        ({"objective": ["value", "beauty"]}, "objective[1]", "There is no term beauty."),
        (
            {"meetings": meeting(between=["p1"])},
            "meetings[0].between",
            "Read a list; a list of two participants is expected.",
        ),
        ({"meetings": meeting(between=["p1", 2])}, "meetings[0].between[1]", "Read 2; text is expected."),
        ({"meetings": meeting(between=["p1", "p3"])}, "meetings[0].between[1]", "There is no participant p3."),
        ({"meetings": meeting(value=float("nan"))}, "meetings[0].value", "Read NaN; a whole number is expected."),
        (
            {"meetings": meeting(value=2**63)},
            "meetings[0].value",
            "Read 9223372036854775808; a number up to 9223372036854775807 is expected.",
        ),
        ({"meetings": meeting(value="5")}, "meetings[0].value", 'Read "5"; a whole number is expected.'),
        ({"meetings": meeting(required=1)}, "meetings[0].required", "Read 1; true or false is expected."),
        ({"meetings": meeting(required=None)}, "meetings[0].required", "Read null; true or false is expected."),
        ({"meetings": meeting(slots=["late"])}, "meetings[0].slots[0]", "There is no slot late."),
        (
            {"meetings": meeting(delegates=[["p1.1"], ["p1.1"]])},
            "meetings[0].delegates[1][0]",
            "There is no delegate p1.1.",
        ),
        (
            {"meetings": meeting(delegates=[["p1.1"]])},
            "meetings[0].delegates",
            "Read a list; a list of two lists of delegates is expected.",
        ),
        (
            {"meetings": meeting(languages=["de"])},
            "meetings[0].languages",
            "Read a list; a list of two languages is expected.",
        ),
        (
            {"participants": [{"id": "p1", "delegates": 1}, {"id": "p2", "delegates": 10**6}]},
            "participants[1].delegates",
            "Read 1000000; a number up to 1000000 for all participants together is expected.",
        ),
    ],
)
def test_a_fault_is_said_at_its_path(fields: Mapping[str, object], path: str, sentence: str) -> None:
    assert faults(json.dumps(document(**fields))) == [f"{path}: {sentence}"]


def test_only_a_meeting_may_name_a_session() -> None:
    tables = [{"id": "t1", "unavailable": ["early"]}]

    assert faults(json.dumps(document(tables=tables))) == ["tables[0].unavailable[0]: There is no slot early."]


def test_faults_of_type_and_of_reference_are_in_one_answer_and_what_follows_from_them_is_not() -> None:
    text = json.dumps(
        document(
            slots=7,
            participants=[{"id": "p1", "home_table": "t9", "min_meetings": "two"}, {"id": "p2", "delegates": None}],
            meetings=[
                {"id": "m1", "between": ["p1", "p9"], "slots": ["s1"], "fixed_slot": "s2", "required": "yes"},
                {"id": "m2", "between": 3, "value": -4, "delegates": [["p1.1"], ["p2.1"]]},
                {"id": ["m3"], "between": ["p1", "p2"], "after": ["m1", "m8"], "hue": 1},
                "m4",
            ],
        )
    )

    assert sorted(line.split(":")[0] for line in faults(text)) == [
        "meetings[0].between[1]",
        "meetings[0].required",
        "meetings[1].between",
        "meetings[1].value",
        "meetings[2].after[1]",
        "meetings[2].hue",
        "meetings[2].id",
        "meetings[3]",
        "participants[0].home_table",
        "participants[0].min_meetings",
        "participants[1].delegates",
        "slots",
    ]


def test_a_session_that_is_called_like_a_slot_is_refused_where_it_matters() -> None:
    slots = [{"id": "s1", "day": "d"}, {"id": "s2", "day": "d", "session": "s1"}]

    assert read(slots=slots).slots[1].session == "s1"
    assert faults(json.dumps(document(slots=slots, meetings=meeting(slots=["s1"])))) == [
        "meetings[0].slots[0]: s1 is a slot and also the name of several."
    ]


def test_a_field_that_stands_twice_is_a_fault() -> None:
    text = json.dumps(document()).replace('"id": "m1"', '"id": "m1", "id": "m2"')

    assert faults(text) == ["meetings[0].id: The field id stands here more than once."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is not JSON: Expecting value in line 1, column 1."),
        ('{"format": }', "The file is not JSON: Expecting value in line 1, column 12."),
        (b'{"format": "\xe9"}', "The file is not text in UTF-8: byte 13 does not belong there."),
        ("[" * 200_000, "The file is nested too deeply."),
        ("[]", "Read a list; an object is expected."),
        ("9" * 5000, "Read a number of 5000 digits; an object is expected."),
    ],
)
@pytest.mark.parametrize("reading", [problem_from_json, result_from_json])
def test_what_is_no_json_is_told_in_a_line(
    text: str | bytes, sentence: str, reading: Callable[[str | bytes], object]
) -> None:
    assert faults(text, reading) == [f"$: {sentence}"]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert problem_from_json(b"\xef\xbb\xbf" + json.dumps(document()).encode()) == read()


def test_another_format_is_refused_by_its_name() -> None:
    assert faults('{"format": "ronde-problem/2", "planets": []}') == [
        'format: Read "ronde-problem/2"; "ronde-problem/1" is expected.'
    ]


def any_json() -> st.SearchStrategy[object]:
    names = st.sampled_from([*document(), "id", "status", "delegates", "unavailable", "between"]) | any_text()
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | names
    return st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=8)


@given(any_json())
def test_whatever_stands_in_a_file_is_read_or_refused(raw: object) -> None:
    for fields in ({"slots": raw}, {"participants": raw}, {"tables": raw}, {"meetings": [raw]}, {"rules": raw}):
        text = json.dumps(document(**fields))
        try:
            problem = problem_from_json(text)
        except ProblemError:
            continue
        assert problem_from_json(problem_to_json(problem)) == problem

    answer = json.dumps({"format": "ronde-schedule/1", "status": raw, "meetings": [raw], "score": raw, "conflict": raw})
    assert faults(answer, result_from_json)
