"""Rules that cannot hold together, in the words of the event: one has to give way before there is a timetable."""

import re
from collections.abc import Iterable

from sqlalchemy.orm import Session

from app import models
from app.languages import sentences
from app.schedules.breaches import Breach
from app.schedules.wording import Names, sentence
from scheduler import Candidate, Participant, Problem, Rule

SINGLE = re.compile(r"(meetings|participants)\[(\d+)]\.(\w+)")
Told = tuple[str, Breach]
"""Words of its own, or none where those of a breach will do; and whom and what the rule is about."""


def conflict_in_words(
    session: Session, event: models.Event, problem: Problem, paths: Iterable[str], lang: str
) -> list[str]:
    """Return a sentence for each rule that the engine names by its path in the problem.

    The engine tells ids, which organisers do not know: names and times are those of the event.
    """
    told = [one for path in paths for one in _told(problem, path, lang)]
    names = Names(session, event, (about for _words, about in told), lang)
    return list(dict.fromkeys(_sentence(words, about, names) for words, about in told))


def _sentence(words: str, about: Breach, names: Names) -> str:
    if not words:
        return sentence(about, names)
    one, other = names.pair(about.meetings[0]) if about.meetings else ("", "")
    return words.format(one=one, other=other, organisation=names.organisation(about), n=about.limit)


def _told(problem: Problem, path: str, lang: str) -> list[Told]:
    found = SINGLE.fullmatch(path)
    if found is None:
        return [_of_all(problem, path, lang)]
    index, field = int(found[2]), found[3]
    if found[1] == "meetings":
        return _of_meeting(problem.meetings[index], field, lang)
    return [_of_participant(problem.participants[index], field, lang)]


def _of_meeting(one: Candidate, field: str, lang: str) -> list[Told]:
    _ = sentences(lang).gettext
    those = (one.id,)
    match field:
        case "required":
            return [("", Breach(Rule.REQUIRED, those))]
        case "fixed_slot":
            return [("", Breach(Rule.FIXED_SLOT, those, slot=one.fixed_slot))]
        case "fixed_table":
            return [("", Breach(Rule.FIXED_TABLE, those, table=one.fixed_table))]
        case "languages":
            return [("", Breach(Rule.LANGUAGES, those))]
        case "after":
            return [("", Breach(Rule.AFTER, (earlier, one.id))) for earlier in one.after]
        case "slots":
            return [(_("{one} and {other} may meet at certain times only."), Breach(Rule.SLOTS, those))]
        case _:
            return [(_("{one} and {other}: not everybody can meet everybody."), Breach(Rule.DELEGATES, those))]


def _of_participant(one: Participant, field: str, lang: str) -> Told:
    _ = sentences(lang).gettext
    match field:
        case "max_meetings":
            about = Breach(Rule.MAX_MEETINGS, participant=one.id, limit=one.max_meetings or 0)
            return _("Most meetings of {organisation}: {n}."), about
        case "home_table":
            return "", Breach(Rule.HOME_TABLE, participant=one.id, table=one.home_tables[0])
        case _:
            words = _("{organisation}: how many people come, and when they are there.")
            return words, Breach(Rule.UNAVAILABLE, participant=one.id)


def _of_all(problem: Problem, path: str, lang: str) -> Told:
    """A rule for everybody, or one that so many are subject to that they are not named."""
    _ = sentences(lang).gettext
    rules, required = problem.rules, sum(one.required for one in problem.meetings)
    words, count = {
        "meetings[*].required": (_("Meetings that must be held: {n}."), required),
        "participants[*].delegates": (_("How many people come, and when they are there."), 0),
        "participants[*].max_meetings": (_("How many meetings an organisation may have."), 0),
        "participants[*].home_table": (_("Who receives at a table of their own."), 0),
        "tables": (_("Tables: {n}."), len(problem.tables)),
        "slots": (_("Slots: {n}."), len(problem.slots)),
        "interpreters": (_("Interpreters: {n}."), len(problem.interpreters)),
        "rules.max_break_spread": (_("Most breaks of one more than of another: {n}."), rules.max_break_spread),
        "rules.max_consecutive": (_("Most meetings without a break: {n}."), rules.max_consecutive),
        "rules.max_idle_slots": (_("Most slots of waiting in a day: {n}."), rules.max_idle_slots),
    }.get(path, (_("What is fixed for single meetings: times, tables, people, languages, order."), 0))
    return words, Breach(Rule.REQUIRED, limit=count or 0)
