"""What does not fit about a field is told in words of this house, never in those of the framework."""

from datetime import date, time
from typing import Annotated, Literal

import pytest
from pydantic import Field, ValidationError

from app.languages import SPOKEN, sentences
from app.web.fields import Body, Day, Email, Flag, Line, LocalTime, Real, Whole
from app.web.unfit import unfit


class Many(Body):
    """A field of each kind."""

    line: Line = "a"
    email: Email = "a@b.example"
    word: Annotated[str, Field(pattern="^[a-z]+$", min_length=2)] = "ab"
    whole: Whole = 0
    real: Real = 0.0
    between: Annotated[float, Field(gt=0, lt=1)] = 0.5
    flag: Flag = False
    day: Day = date(2026, 6, 6)
    at: LocalTime = time(14, 30)
    names: Annotated[list[Line], Field(min_length=2, max_length=3)] = Field(default_factory=list)
    kind: Literal["left", "came"] = "left"
    more: dict[str, int] = Field(default_factory=dict)


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize(
    ("field", "value", "english"),
    [
        ("line", "x" * 301, "It must be at most 300 characters long."),
        ("line", " ", "It must not be empty."),
        ("line", "", "It must not be empty."),
        ("line", "a\nb", "It must be one line."),
        ("email", "anna", "It is no e-mail address; one looks like anna@cluster.example."),
        ("word", "A1", "It must be text, in the form that is described for it."),
        ("word", "a", "It must be 2 characters long or longer."),
        ("whole", 2**31, "It must be 2147483647 or less."),
        ("whole", -1, "It must be 0 or more."),
        ("whole", "1", "It must be a whole number."),
        ("real", float("nan"), "It must be a number."),
        ("between", 0, "It must be more than 0.0."),
        ("between", 1, "It must be less than 1.0."),
        ("flag", "yes", "It must be true or false."),
        ("day", "2026-02-30", "It must be a day, such as 2026-06-06."),
        ("day", 5, "It must be text."),
        ("at", "25:00", "It must be a time of day, such as 14:30."),
        ("names", ["a"], "There must be 2 or more of them."),
        ("names", ["a", "b", "c", "d"], "There must be at most 3 of them."),
        ("names", "ab", "It must be a list."),
        ("kind", "late", "It must be one of these: 'left', 'came'."),
        ("more", 1, "It must be an object, with a value for each name."),
        ("nothing", 1, "There is no such field here."),
    ],
)
def test_each_kind_of_fault_has_a_sentence_in_every_language(
    lang: str, field: str, value: object, english: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Many.model_validate({field: value})

    (fault,) = refused.value.errors()
    told = unfit(fault["type"], fault.get("ctx", {}))
    assert str(told) == english
    assert (told.told(sentences(lang).gettext) == english) == (lang == "en")
