"""What the report says of a small event that can be counted by hand."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Origin
from app.agendas.queries import agendas_of, wish_tallies
from app.agendas.report.counting import Wished, held_of, numbered_by_day, pairs_of, spread_of, tallies_of
from app.agendas.report.parts import Count, Flow, FullOne, RankTally, Report, Spread, Step
from app.agendas.report.queries import report_of
from app.agendas.wording import wish_name
from tests.app.agendas.conftest import FORMULA, Plan, Planned
from tests.app.agendas.paper.builders_of_agendas import a_party, a_person, agendas_from
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation


def report_on(session: Session, version: models.Version) -> Report:
    return report_of(session, version, agendas_of(session, version), None)


def test_who_comes_and_what_is_held(session: Session, planned: Planned) -> None:
    report = report_on(session, planned.version)

    assert (report.told.organisations, report.told.countries, report.told.meetings, report.told.minutes) == (
        4,
        2,
        3,
        60,
    )
    assert (report.comers.delegates, report.comers.organisations_without, report.comers.delegates_without) == (5, 1, 1)
    assert report.comers.by_country == (Count("DE", 2), Count("FR", 2))
    assert (report.held.meetings, report.held.mutual, report.held.one_sided, report.held.suggested) == (3, 1, 2, 0)
    assert (report.held.cross_border, report.held.with_social_enterprise, report.held.interpreted) == (2, 2, 1)
    assert report.countries == (Flow("DE", "FR", 2), Flow("FR", "FR", 1))
    assert sum(flow.meetings for flow in report.kinds) == 3


def test_meetings_online_and_with_a_social_enterprise_are_counted_whichever_side_it_is() -> None:
    parties = [a_party(1, "Ville"), a_party(2, "Werk", kind="social-enterprise"), a_party(3, "Bois")]
    people = [(key, a_person(key, f"Jo Alt{key}")) for key in (1, 2, 3)]
    agendas = agendas_from(parties, people, [(0, 0, 1, 2), (1, 1, 1, 3), (2, 2, 2, 3)])

    held = held_of(pairs_of(agendas))

    assert (held.meetings, held.online, held.with_social_enterprise) == (3, 1, 2)


def test_wishes_are_met_by_rank_and_mutual_ones_are_told_apart(session: Session, planned: Planned) -> None:
    report = report_on(session, planned.version)

    assert report.wishes == (
        RankTally(1, None, 3, 3, 2, 2),
        RankTally(2, None, 1, 1, 0, 0),
        RankTally(3, None, 1, 0, 0, 0),
    )
    assert [(group.reason, [wish.target for wish in group.wishes]) for group in report.unmet] == [
        ("refused", ["Allein GmbH"])
    ]


def test_stars_stand_for_ranks_where_there_are_none() -> None:
    wishes = [Wished(1, 2, None, 5), Wished(2, 1, 1, None), Wished(1, 3, None, None), Wished(2, 3, None, 4)]

    tallies = tallies_of(wishes, [frozenset((1, 2))])

    assert [(one.rank, one.stars, one.wished, one.met, one.mutual_met) for one in tallies] == [
        (1, None, 1, 1, 1),
        (None, 5, 1, 1, 1),
        (None, 4, 1, 0, 0),
        (None, None, 1, 0, 0),
    ]


def test_planning_and_report_count_the_same_wishes(session: Session, plan: Plan) -> None:
    event = an_event(session, slots=3, tables=3)
    one, other, third, gone = (an_organisation(session, event, name, a_delegate(name)) for name in "ABCD")
    for source, target, rank, stars in (
        (one, other, 1, None), (other, one, None, 5), (one, third, 2, 3), (third, one, None, None),
        (third, other, None, 4), (one, gone, 3, None), (gone, one, None, 5),
    ):  # fmt: skip
        a_wish(session, source, target, rank=rank).stars = stars
    session.flush()
    gone.is_withdrawn = True
    version, _result = plan(event)

    told = [(one.rank, one.stars, one.wished, one.met) for one in report_on(session, version).wishes]

    assert [(one.rank, one.stars, one.wished, one.met) for one in wish_tallies(session, version)] == told
    assert [(rank, stars, wished) for rank, stars, wished, _met in told] == [
        (1, None, 1), (2, None, 1), (None, 5, 1), (None, 4, 1), (None, None, 1),
    ]  # fmt: skip
    assert [wish_name(rank, stars, "de") for rank, stars, *_counts in told] == [
        "Rang 1", "Rang 2", "5 Sterne", "4 Sterne", "ohne Rang",
    ]  # fmt: skip


def test_a_spread_tells_fewest_median_most_and_how_many_have_how_many() -> None:
    assert spread_of([3, 0, 3, 1]) == Spread(0, 2.0, 3, (Step(0, 1), Step(1, 1), Step(3, 2)))
    assert (spread_of([3, 0, 3, 1]).total, spread_of([3, 0, 3, 1]).count) == (7, 4)
    assert spread_of([]) == Spread(0, 0, 0, ())


def test_slots_of_two_days_are_no_neighbours() -> None:
    noon = datetime(2026, 6, 6, 12, tzinfo=UTC)
    starts = [(noon, date(2026, 6, 6)), (noon + timedelta(hours=1), date(2026, 6, 6))]
    starts.append((noon + timedelta(days=1), date(2026, 6, 7)))

    first, second, third = numbered_by_day(starts).values()

    assert second - first == 1
    assert third - second > 1000


def test_waiting_and_walking_are_counted_between_meetings(session: Session, plan: Plan) -> None:
    event = an_event(session, slots=4, tables=3)
    busy = an_organisation(session, event, "Busy", a_delegate("B U", unavailable=[("14:15", "14:45")]))
    for name, table in (("One", "1"), ("Two", "2")):
        a_wish(session, busy, an_organisation(session, event, name, home_table=table))
    version, _result = plan(event)

    report = report_on(session, version)

    assert report.waiting.steps == (Step(0, 2), Step(2, 1))
    assert report.walking.steps == (Step(0, 2), Step(1, 1))


def test_the_grid_has_every_table_and_slot_and_what_cannot_be_used(session: Session, plan: Plan) -> None:
    event = an_event(session, slots=2, tables=3)
    event.tables[2].unavailable = [["14:00", "14:15"]]
    a_wish(session, an_organisation(session, event, "A"), an_organisation(session, event, "B"))
    version, _result = plan(event)

    grid = report_on(session, version).grid

    assert [(one.at_tables, one.online, one.tables) for one in grid.columns] in (
        [(1, 0, 2), (0, 0, 3)],
        [(0, 0, 2), (1, 0, 3)],
    )
    assert [row.name for row in grid.rows] == ["1", "2", "3"]
    assert grid.closed == ((0, 2),)
    assert [(cell.organisations, cell.origin) for cell in grid.cells] == [(("A", "B"), Origin.OWN_WISH)]
    assert sum(row.meetings for row in grid.rows) == 1


def test_who_is_full_is_listed_with_the_wishes_that_it_costs(session: Session, plan: Plan) -> None:
    event = an_event(session, slots=2, tables=9)
    busy = an_organisation(session, event, "Busy", a_delegate("B"))
    capped = an_organisation(session, event, "Capped", a_delegate("C"), max_meetings=1)
    for number in range(4):
        a_wish(session, an_organisation(session, event, f"Guest {number}"), busy)
        a_wish(session, an_organisation(session, event, f"Visitor {number}"), capped)
    version, _result = plan(event)

    assert report_on(session, version).full == (FullOne("Capped", 1, 1, 3), FullOne("Busy", 2, None, 2))


def test_a_version_without_meetings_has_a_report_too(session: Session, plan: Plan) -> None:
    event = an_event(session)
    an_organisation(session, event, FORMULA)
    version, _result = plan(event)

    report = report_on(session, version)

    assert (report.held.meetings, report.countries, report.wishes, report.walking.steps) == (0, (), (), ())
    assert report.changed_at == NOON
