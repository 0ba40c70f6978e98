"""A draft is edited: what would break a rule is refused with every reason and the nearest free places."""

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, Invalid, NotFound
from app.schedules.asked import Asked
from app.schedules.editing import Asking, add, move, remove, swap
from app.schedules.keeping import draft_of, states_of
from app.schedules.pinning import is_pinned_thing, pin_meeting, pin_thing
from app.schedules.refusing import Breaking
from app.schedules.undoing import redo, undo
from tests.app.schedules.drafts import a_draft, judged, key_of_meeting, where_is
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation

ASKING = Asking(NOON)
FORCED = Asking(NOON, is_forced=True)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def event(session: Session) -> models.Event:
    """Four organisations, all of whom wish each other; four slots, three tables."""
    made = an_event(session, slots=4, tables=3)
    rows = {name: an_organisation(session, made, name, a_delegate(f"Jo {name}")) for name in "ABCD"}
    for one in rows.values():
        for other in rows.values():
            if one is not other:
                a_wish(session, one, other)
    return made


@pytest.fixture
def draft(session: Session, event: models.Event) -> models.Version:
    return a_draft(session, event, [("A-B", 0, 0), ("C-D", 0, 1), ("A-C", 1, 0)])


def asked(event: models.Event, slot: int | None = None, table: int | None = None) -> Asked:
    return Asked(None if slot is None else event.slots[slot].id, None if table is None else event.tables[table].id)


def test_a_meeting_moves_to_another_time(session: Session, event: models.Event, draft: models.Version) -> None:
    told = move(session, draft, key_of_meeting(session, "A-B"), asked(event, 2, 2), ASKING)

    assert told == ()
    assert where_is(session, draft, "A-B") == (f"s{event.slots[2].id}", f"t{event.tables[2].id}")
    assert (draft.revision, judged(session, draft)) == (1, [])


def test_what_is_not_asked_for_stays(session: Session, event: models.Event, draft: models.Version) -> None:
    move(session, draft, key_of_meeting(session, "A-B"), asked(event, slot=3), ASKING)
    move(session, draft, key_of_meeting(session, "A-B"), asked(event, table=2), ASKING)

    assert where_is(session, draft, "A-B") == (f"s{event.slots[3].id}", f"t{event.tables[2].id}")


def test_a_move_to_where_it_is_changes_nothing(session: Session, event: models.Event, draft: models.Version) -> None:
    move(session, draft, key_of_meeting(session, "A-B"), asked(event, 0, 0), ASKING)

    assert draft.revision == 0


def test_every_reason_is_named_with_names_and_what_is_free_is_offered(
    session: Session, event: models.Event, draft: models.Version
) -> None:
    with pytest.raises(Breaking) as refusal:
        move(session, draft, key_of_meeting(session, "C-D"), asked(event, 1, 0), ASKING)

    assert [(one.rule, one.sentence, one.can_be_forced) for one in refusal.value.violations] == [
        ("delegate-twice", "Jo C (C) is in the meeting of A and C at 14:15 already.", False),
        ("table-twice", "Table 1 is taken at 14:15: A and C meet there.", False),
    ]
    offered = [(one.slot, one.table) for one in refusal.value.alternatives]
    slots, tables = [slot.id for slot in event.slots], [table.id for table in event.tables]
    assert offered[:2] == [(slots[0], tables[2]), (slots[2], tables[0])]
    assert len(offered) == 5
    assert draft.revision == 0


def test_what_is_offered_is_accepted(session: Session, event: models.Event, draft: models.Version) -> None:
    meeting = key_of_meeting(session, "C-D")
    with pytest.raises(Breaking) as refusal:
        move(session, draft, meeting, asked(event, 1, 0), ASKING)

    for place in refusal.value.alternatives:
        assert move(session, draft, meeting, Asked(place.slot, place.table), ASKING) == ()
        assert judged(session, draft) == []
        undo(session, draft, "en")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "La table 1 est prise à 14:15 : A et C s’y rencontrent."),
        ("de", "Tisch 1 ist um 14:15 besetzt: Dort treffen sich A und C."),
        ("es", "La mesa 1 está ocupada a las 14:15: allí se reúnen A y C."),
    ],
)
def test_reasons_are_told_in_the_organisers_language(
    lang: str, said: str, session: Session, event: models.Event, draft: models.Version
) -> None:
    with pytest.raises(Breaking) as refusal:
        move(session, draft, key_of_meeting(session, "C-D"), asked(event, 1, 0), Asking(NOON, lang=lang))

    assert said in [one.sentence for one in refusal.value.violations]


def test_somebody_else_of_the_organisation_attends_when_the_first_is_busy(session: Session) -> None:
    event = an_event(session, slots=2, tables=2)
    one = an_organisation(session, event, "A", a_delegate("Ann"), a_delegate("Bea"))
    for name in "BC":
        a_wish(session, one, an_organisation(session, event, name))
    draft = a_draft(session, event, [("A-B", 0, 0), ("A-C", 1, 0)])
    meeting = key_of_meeting(session, "A-C")

    move(session, draft, meeting, asked(event, 0, 1), ASKING)

    state = states_of(session, draft, [meeting])[str(meeting)]
    assert state is not None
    assert state["delegates"][0] == one.delegates[1].id
    with pytest.raises(Breaking, match="Ann"):
        move(session, draft, meeting, Asked(delegates=(one.delegates[0].id, None)), ASKING)


def test_two_meetings_change_places(session: Session, event: models.Event, draft: models.Version) -> None:
    move(session, draft, key_of_meeting(session, "C-D"), asked(event, 3, 2), ASKING)
    before = where_is(session, draft, "A-B"), where_is(session, draft, "A-C")

    swap(session, draft, key_of_meeting(session, "A-B"), key_of_meeting(session, "A-C"), ASKING)

    assert (where_is(session, draft, "A-C"), where_is(session, draft, "A-B")) == before
    assert (draft.revision, judged(session, draft)) == (2, [])


def test_a_swap_that_puts_somebody_in_two_places_is_refused(
    session: Session, event: models.Event, draft: models.Version
) -> None:
    with pytest.raises(Breaking) as refusal:
        swap(session, draft, key_of_meeting(session, "C-D"), key_of_meeting(session, "A-C"), ASKING)
    assert [one.sentence for one in refusal.value.violations] == [
        "Jo A (A) is in the meeting of A and B at 14:00 already."
    ]
    assert refusal.value.alternatives
    with pytest.raises(Invalid):
        swap(session, draft, key_of_meeting(session, "A-B"), key_of_meeting(session, "A-B"), ASKING)


def test_a_meeting_is_added_where_it_is_wanted_or_in_the_first_free_place(
    session: Session, event: models.Event, draft: models.Version
) -> None:
    people = {row.name: row.id for row in session.scalars(select(models.Organisation))}

    meeting, told = add(session, draft, (people["D"], people["A"]), asked(event, 3, 1), ASKING)
    add(session, draft, (people["B"], people["C"]), Asked(), ASKING)

    assert (meeting, told) == (key_of_meeting(session, "A-D"), ())
    assert where_is(session, draft, "A-D") == (f"s{event.slots[3].id}", f"t{event.tables[1].id}")
    assert where_is(session, draft, "B-C") == (f"s{event.slots[2].id}", f"t{event.tables[0].id}")
    assert judged(session, draft) == []
    with pytest.raises(Conflict, match="meet in this version already"):
        add(session, draft, (people["A"], people["D"]), Asked(), ASKING)
    with pytest.raises(Invalid):
        add(session, draft, (people["A"], people["A"]), Asked(), ASKING)
    with pytest.raises(Invalid, match="no organisation 999"):
        add(session, draft, (people["A"], 999), Asked(), ASKING)


def test_a_pair_that_nobody_wished_can_be_added_by_hand(session: Session) -> None:
    event = an_event(session)
    one, other = an_organisation(session, event, "A"), an_organisation(session, event, "B")
    draft = a_draft(session, event)

    add(session, draft, (one.id, other.id), asked(event, 1, 1), ASKING)

    assert where_is(session, draft, "A-B") == (f"s{event.slots[1].id}", f"t{event.tables[1].id}")
    assert judged(session, draft) == []


@pytest.mark.parametrize("is_forced", [False, True])
def test_what_was_refused_is_never_held(
    is_forced: bool, session: Session, event: models.Event, draft: models.Version
) -> None:
    wish = session.scalars(select(models.Wish).order_by(models.Wish.id)).first()
    assert wish is not None
    wish.refuses = True
    session.flush()
    asking = Asking(NOON, is_forced=is_forced)

    with pytest.raises(Breaking, match="does not want to meet the other") as refusal:
        move(session, draft, key_of_meeting(session, "A-B"), asked(event, 2, 2), asking)
    assert refusal.value.alternatives == ()
    remove(session, draft, key_of_meeting(session, "A-B"), asking)
    with pytest.raises(Breaking, match="does not want to meet the other"):
        add(session, draft, (wish.source_id, wish.target_id), asked(event, 2, 2), asking)
    with pytest.raises(Breaking, match="does not want to meet the other"):
        undo(session, draft, "en")


def test_a_ceiling_is_broken_on_purpose_only_and_that_is_remembered(session: Session) -> None:
    event = an_event(session, slots=3, tables=2)
    one = an_organisation(session, event, "A", max_meetings=1)
    others = [an_organisation(session, event, name) for name in "BC"]
    for other in others:
        a_wish(session, one, other)
    draft = a_draft(session, event, [("A-B", 0, 0)])

    with pytest.raises(Breaking, match="A would have 2 meetings; it may have 1"):
        add(session, draft, (one.id, others[1].id), asked(event, 1, 0), ASKING)
    meeting, told = add(session, draft, (one.id, others[1].id), asked(event, 1, 0), FORCED)

    assert [one.rule for one in told] == ["max_meetings"]
    assert marks(session, draft, meeting) == ["max_meetings"]
    move(session, draft, meeting, asked(event, 2, 1), ASKING)  # no worse than it was
    assert marks(session, draft, meeting) == ["max_meetings"]
    remove(session, draft, key_of_meeting(session, "A-B"), ASKING)
    move(session, draft, meeting, asked(event, 0, 0), ASKING)
    assert marks(session, draft, meeting) is None


def marks(session: Session, version: models.Version, meeting: int) -> list[str] | None:
    state = states_of(session, version, [meeting])[str(meeting)]
    assert state is not None
    return state["forced"]


def test_force_never_puts_anybody_or_anything_where_it_cannot_be(session: Session) -> None:
    event = an_event(session, slots=3, tables=2, interpreters=[("de", "fr")])
    event.tables[1].unavailable = [["14:30", "14:45"]]
    one = an_organisation(session, event, "A", a_delegate("Ann", languages=["fr"], leaves="14:30"))
    others = [an_organisation(session, event, name, a_delegate(name, languages=["de"])) for name in "BC"]
    a_wish(session, one, others[0])
    a_wish(session, others[1], one)
    session.flush()
    draft = a_draft(session, event, [("A-B", 0, 0), ("A-C", 1, 0)])
    meeting = key_of_meeting(session, "A-B")

    refusals = {}
    for slot, table in ((1, 1), (1, 0), (2, 1)):
        with pytest.raises(Breaking) as refusal:
            move(session, draft, meeting, asked(event, slot, table), FORCED)
        refusals[slot, table] = sorted(one.rule for one in refusal.value.violations)

    assert refusals == {
        (1, 1): ["delegate-twice", "interpreter-twice"],
        (1, 0): ["delegate-twice", "interpreter-twice", "table-twice"],
        (2, 1): ["unavailable", "unavailable"],
    }


def test_edits_are_undone_and_done_again_in_their_order(
    session: Session, event: models.Event, draft: models.Version
) -> None:
    ab, ac, cd = (key_of_meeting(session, pair) for pair in ("A-B", "A-C", "C-D"))
    people = {row.name: row.id for row in session.scalars(select(models.Organisation))}
    keys = [ab, ac, cd]
    seen = [states_of(session, draft, keys)]
    deeds = [
        lambda: move(session, draft, ab, asked(event, 2, 2), ASKING),
        lambda: swap(session, draft, ab, ac, ASKING),
        lambda: pin_meeting(session, draft, ac, NOON, is_pinned=True),
        lambda: remove(session, draft, cd, ASKING),
        lambda: add(session, draft, (people["C"], people["D"]), asked(event, 3, 0), ASKING),
        lambda: pin_thing(session, draft, "table", event.tables[0].id, NOON, is_pinned=True),
    ]
    for deed in deeds:
        deed()
        seen.append(states_of(session, draft, keys))

    for state in reversed(seen[:-1]):
        undo(session, draft, "en")
        assert states_of(session, draft, keys) == state
    assert not is_pinned_thing(session, draft, "table", event.tables[0].id)
    with pytest.raises(Conflict, match="nothing to undo"):
        undo(session, draft, "en")
    for state in seen[1:]:
        redo(session, draft, "en")
        assert states_of(session, draft, keys) == state
    assert is_pinned_thing(session, draft, "table", event.tables[0].id)
    with pytest.raises(Conflict, match="nothing to do again"):
        redo(session, draft, "en")
    assert draft.revision == 3 * len(deeds)


def test_a_new_edit_forgets_what_was_undone(session: Session, event: models.Event, draft: models.Version) -> None:
    meeting = key_of_meeting(session, "A-B")
    move(session, draft, meeting, asked(event, 2, 2), ASKING)
    undo(session, draft, "en")

    move(session, draft, meeting, asked(event, 3, 2), ASKING)

    with pytest.raises(Conflict, match="nothing to do again"):
        redo(session, draft, "en")
    assert session.scalar(select(func.count()).select_from(models.Edit)) == 1


def test_nothing_is_put_back_where_it_can_no_longer_be(
    session: Session, event: models.Event, draft: models.Version
) -> None:
    move(session, draft, key_of_meeting(session, "A-B"), asked(event, 2, 2), ASKING)
    event.tables[0].unavailable = [["14:00", "14:15"]]
    session.flush()

    with pytest.raises(Breaking, match="Table 1 cannot be used at 14:00"):
        undo(session, draft, "en")
    assert draft.revision == 1


def test_only_what_there_is_can_be_asked_for(session: Session, event: models.Event, draft: models.Version) -> None:
    meeting = key_of_meeting(session, "A-B")
    elsewhere = an_event(session, name="Elsewhere")

    with pytest.raises(NotFound, match="has no meeting 999"):
        move(session, draft, 999, asked(event, 1), ASKING)
    for wrong in (
        asked(elsewhere, slot=1),
        asked(elsewhere, table=1),
        Asked(interpreter=1),
        Asked(delegates=(999, None)),
    ):
        with pytest.raises(Invalid):
            move(session, draft, meeting, wrong, ASKING)
    with pytest.raises(NotFound):
        draft_of(session, elsewhere, draft.number)
