"""Scarce things are shared out to meetings, one each, wherever that can be."""

from scheduler.numbers.pools import Pool, capacity_of, matched, positions, shared_pools


def test_a_mask_names_its_places_lowest_first() -> None:
    assert positions(0b10110) == [1, 2, 4]


def test_a_pool_has_as_much_room_as_members_are_free() -> None:
    assert capacity_of((0b011, 0b110, 0b110), 3) == (1, 3, 2)


def test_somebody_gives_way_so_that_all_get_one() -> None:
    assert matched({1: 0b11, 2: 0b01}) == {1: 1, 2: 0}


def test_two_who_want_the_same_one_cannot_both_have_it() -> None:
    assert matched({1: 0b1, 2: 0b1}) is None


def test_a_pool_sends_the_one_who_may_where_others_may_not() -> None:
    pool = Pool((0b1, 0b1), (2,), {7: 0b01})
    assert pool.taken([8, 7], 0) == {7: 0, 8: 1}


def test_those_who_compete_are_in_one_pool_and_those_who_do_not_are_apart() -> None:
    shared = shared_pools({1: 0b0011, 2: 0b0110, 3: 0b1000}, [1, 1, 1, 1], 1)
    assert sorted((sorted(one.users), len(one.pool.free)) for one in shared) == [([1, 2], 3), ([3], 1)]
