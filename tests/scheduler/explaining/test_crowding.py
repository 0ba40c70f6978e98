"""Meetings that fit only into some slots cannot be more than there is room in those."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from scheduler.explaining.board import bits
from scheduler.explaining.crowding import crowd

ROOM = st.lists(st.integers(0, 2), min_size=1, max_size=4)


def have_room(choices: list[int], room: list[int]) -> bool:
    """Whether some way of giving each meeting one of its slots leaves no slot with more than it takes."""
    ways = product(*(list(bits(slots)) for slots in choices))
    return any(all(way.count(t) <= most for t, most in enumerate(room)) for way in ways)


@given(st.data(), ROOM)
def test_a_crowd_is_found_where_not_all_have_room_and_none_of_it_can_be_left_out(
    data: st.DataObject, room: list[int]
) -> None:
    choices = data.draw(st.lists(st.integers(0, 2 ** len(room) - 1), max_size=6))

    found = crowd(choices, room)

    assert (found is None) == have_room(choices, room)
    if found is not None:
        those = [choices[m] for m in found.meetings]
        assert len(set(found.meetings)) == len(those) == 1 + sum(room[t] for t in bits(found.slots))
        assert all(not slots & ~found.slots for slots in those)
        assert all(have_room(those[:k] + those[k + 1 :], room) for k in range(len(those)))


def test_meetings_make_way_for_each_other_over_several_slots() -> None:
    assert crowd([0b00011, 0b00110, 0b01100, 0b11000, 0b00001], [1] * 5) is None
    found = crowd([0b00011, 0b00110, 0b01100, 0b11000, 0b00001, 0b11111], [1] * 5)
    assert found is not None
    assert found.slots == 0b11111
