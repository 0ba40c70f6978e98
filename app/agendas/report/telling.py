"""How the report speaks: numbers, days, names and what a recommendation says, in the reader's language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from app.agendas.press import duration_text, press_line, proof_line, term_name
from app.agendas.queries import UnmetWish
from app.agendas.report.parts import Change, Count, Proof, RankTally, Recommendation, Report, Unmet
from app.agendas.wording import (
    clock,
    country_name,
    day_inside,
    day_text,
    kind_name,
    language_names,
    listed,
    reason_text,
    wish_name,
)
from app.languages import as_written, sentences

MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """What the template asks, for one language and the clocks of the event."""

    lang: str
    zone: ZoneInfo

    @property
    def locale(self) -> str:
        return as_written(self.lang)

    def number(self, number: float) -> str:
        return format_decimal(number, "#,##0.#", locale=self.locale)

    def signed(self, number: float) -> str:
        text = format_decimal(number, "+#,##0.#;-#,##0.#", locale=self.locale).replace("-", "−")
        return text if number else "0"

    def share(self, part: int, whole: int) -> str:
        """A part in per cent, rounded down, so that it is never more than there is; nothing of nothing is a dash."""
        if not whole:
            return "–"
        percent = 100 * part // whole
        text = format_percent(max(1, percent) / 100 if part else 0, locale=self.locale)
        return text if percent or not part else f"< {text}"

    def signed_percent(self, percent: float) -> str:
        """A change in per cent, with the sign for it where the language has it."""
        pattern = str(Locale.parse(self.locale).percent_formats[None].pattern)
        return pattern.replace("#,##0", self.signed(round(percent, 1)))

    def day(self, day: date) -> str:
        return day_text(day, self.lang)

    def short_day(self, day: date) -> str:
        return day_text(day, self.lang, "short")

    def days(self, report: Report) -> str:
        """When the event is: one day, or the first and the last."""
        if report.first_day is None or report.last_day is None:
            return ""
        if report.first_day == report.last_day:
            return self.day(report.first_day)
        return f"{self.day(report.first_day)} – {day_inside(report.last_day, self.lang)}"

    def time(self, moment: datetime) -> str:
        return clock(moment, self.zone)

    def moment(self, moment: datetime) -> str:
        """A day and what the clocks of the event show then."""
        day = format_date(moment.astimezone(self.zone), "long", locale=self.locale)
        return f"{day}, {self.time(moment)}"

    def minutes(self, minutes: int) -> str:
        return duration_text(minutes, self.lang)

    def country(self, code: str | None) -> str:
        return country_name(code, self.lang) or self._unsaid

    def kind(self, kind: str | None) -> str:
        return kind_name(kind, self.lang) if kind else self._unsaid

    def kind_alone(self, kind: str) -> str:
        """A kind as a heading, with a capital; its other letters stay as they are."""
        name = self.kind(kind)
        return name[:1].upper() + name[1:]

    @property
    def _unsaid(self) -> str:
        return sentences(self.lang).gettext("not stated")

    def press(self, report: Report) -> str:
        return press_line(report.told, self.lang)

    def proof(self, report: Report) -> str:
        score = {one.term: one.reached for one in report.proof}
        bounds = {one.term: one.bound for one in report.proof if one.bound is not None}
        return proof_line(score, bounds, [one.term for one in report.proof if one.is_proved], (), self.lang)

    def term(self, term: str) -> str:
        name = term_name(term, self.lang)
        return name[:1].upper() + name[1:]

    def term_meaning(self, term: str) -> str:
        """What a term of the objective counts."""
        _ = sentences(self.lang).gettext
        return {
            "shortfall": _("meetings that organisations lack of their minimum"),
            "value": _("what the meetings held are worth, by rank of wish and by affinity"),
            "held": _("meetings held"),
            "breaks": _("gaps between the first and the last meeting of an organisation"),
            "idle": _("slots that organisations wait between two meetings"),
            "delegate_idle": _("slots that delegates wait between two meetings"),
            "moves": _("changes of table between two meetings of a delegate"),
            "changes": _("meetings that are elsewhere than before"),
        }.get(term, term)

    def verdict(self, one: Proof) -> str:
        """What is proved of a term."""
        _ = sentences(self.lang).gettext
        if one.is_proved:
            return _("proved: no timetable is better")
        return _("not proved") if one.bound is None else _("not proved; the bound says how much better one could be")

    def rank(self, tally: RankTally) -> str:
        """What a line of wishes is called."""
        return wish_name(tally.rank, tally.stars, self.lang)

    def stars(self, stars: int) -> str:
        return wish_name(None, stars, self.lang)

    def counts(self, counts: Iterable[Count], name: Callable[[str | None], str]) -> str:
        """So many of each, as one says it."""
        return self.names(f"{name(one.name)} {self.number(one.count)}" for one in counts)

    def reason(self, group: Unmet) -> str:
        """Why wishes of a group are not met, in general."""
        return reason_text(group.reason, self.lang)

    def why(self, wish: UnmetWish) -> str:
        """Why this wish is not met, with names."""
        return reason_text(wish.reason, self.lang, wish.full)

    def change(self, one: Recommendation) -> str:
        """What would be otherwise."""
        speech = sentences(self.lang)
        _, ngettext, n = speech.gettext, speech.ngettext, one.amount
        match one.change:
            case Change.SLOT:
                return _("One more slot at the end")
            case Change.SLOT_LESS:
                return _("One slot fewer at the end")
            case Change.TABLES:
                return ngettext("{n} more table", "{n} more tables", n).format(n=n)
            case Change.TABLES_LESS:
                return ngettext("{n} table fewer", "{n} tables fewer", n).format(n=n)
            case Change.INTERPRETER:
                names = language_names(one.about, self.lang)
                return _("One more interpreter for {languages}").format(languages=names)
            case Change.CEILINGS:
                return ngettext(
                    "One meeting more for {n} organisation that is at its ceiling",
                    "One meeting more for each of {n} organisations that are at their ceiling",
                    n,
                ).format(n=n)
            case Change.DELEGATE:
                return _("One more delegate of {organisation}").format(organisation="".join(one.about))
            case Change.PRESENCE:
                return ngettext(
                    "{n} organisation there from the first slot to the last",
                    "{n} organisations there from the first slot to the last",
                    n,
                ).format(n=n)
            case Change.RULES:
                return _("No rules on breaks, waiting and meetings in a row")

    def concerned(self, one: Recommendation) -> str:
        """Whom a change of ceilings concerns first: those who are missed most."""
        if one.change is not Change.CEILINGS:
            return ""
        text = sentences(self.lang).gettext("missed most: {organisations}")
        return text.format(organisations=listed(list(one.about[:MOST_NAMES]), self.lang))

    def certainty(self, one: Recommendation) -> str:
        """How sure it is what a change brings."""
        _ = sentences(self.lang).gettext
        if one.is_proved and (one.value_percent or one.shortfall):
            return _("proved")
        if one.is_proved:
            is_less = one.change in (Change.SLOT_LESS, Change.TABLES_LESS)
            return _("proved: nothing is lost") if is_less else _("proved: it brings nothing")
        text = _("found; at most {percent} of value is possible")
        return text.format(percent=self.signed_percent(one.possible_percent))

    def names(self, names: Iterable[str]) -> str:
        return listed(list(names), self.lang)
