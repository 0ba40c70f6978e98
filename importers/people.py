"""The person in a row: name, contact, languages and when they are there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time

from importers.cells import Misread, email, emails_in, is_online, line_of, text_of, yes_or_no
from importers.faults import Faults
from importers.identifiers import phone
from importers.languages import offered
from importers.places import languages
from importers.records import RowReader
from importers.rows import Address, DelegateRow
from importers.sheets import Value, as_text
from importers.text import fold
from importers.times import END_OF_DAY, spans_of_time, time_of_day
from importers.words import listed

_TITLES = re.compile(
    r"^(?:(?:mme|mlle|mr|m|mrs|ms|miss|herrn?|frau|sr|sra|srta|dhr|mevr|mw|sig|sig\.ra|signora|dott|dott\.ssa|dr|prof|ing|dipl\.-ing|madame|monsieur|me)\.?\s+)+",
    re.IGNORECASE,
)
_PARTICLES = listed("particles")
_ALL_DAY = listed("all_day")


def delegate_of(reader: RowReader, country: str | None) -> DelegateRow:
    """The person whom a row registers; all fields may be empty."""
    first_name, last_name = reader.line("first_name"), _surname(reader)
    whole = reader.line("full_name")
    if whole and not (first_name or last_name):
        first_name, last_name = _split(reader, without_emails(whole))
    arrives, leaves = _presence(reader)
    return DelegateRow(
        address=Address(reader.sheet, reader.row),
        first_name=first_name,
        last_name=last_name,
        email=_email(reader) or next(iter(emails_in(whole or "")), None),
        phone=_phone(reader, country),
        function=reader.line("function"),
        languages=_languages(reader),
        arrives=arrives,
        leaves=leaves,
        unavailable=tuple(sorted(reader.many("unavailable", spans_of_time))),
        online=reader.value("online", is_online),
        consent=reader.value("consent", yes_or_no),
    )


def _languages(reader: RowReader) -> tuple[str, ...]:
    """What is written, or what a ticked column offers: `Langues parlées [Allemand]` with a cross."""
    found: list[str] = []
    for cell in reader.cells("languages"):
        offer, is_ticked = offered(cell.header), yes_or_no(cell.value)
        if offer and isinstance(is_ticked, bool):
            found += offer if is_ticked else ()
            continue
        said = languages(cell.value)
        if isinstance(said, Misread):
            reader.say(said, cell.cell)
        else:
            found += said
    return tuple(dict.fromkeys(found))


def _surname(reader: RowReader) -> str | None:
    """A surname, or both that Spaniards have where each has its column."""
    cells = reader.cells("last_name")
    if len(cells) == 2 and cells[1].ordinal == 2:
        return " ".join(text for cell in cells if (text := line_of(cell.value)))
    return reader.line("last_name")


_SURNAME_FIRST = re.compile(
    r"\b(?:cognome|apellidos?|surname|last name|family name|nachname|familienname|achternaam)\b"
    r".*\b(?:name|nombre|nome|vorname|voornaam)\b|^(?:nom prenom|name (?:und )?vorname|naam (?:en )?voornaam)s?\b"
)


def _split(reader: RowReader, whole: str) -> tuple[str | None, str | None]:
    """First and last name; of two bare words the e-mail shows which is which, else the header (`Cognome e nome`)."""
    names = split_name(whole)
    words = _TITLES.sub("", whole).split()
    if len(words) != 2 or "," in whole or any(word.isupper() for word in words):
        return names
    address = next((text for cell in reader.cells("email") for text in emails_in(as_text(cell.value))), "")
    header = next((cell.header for cell in reader.cells("full_name")), "")
    is_turned = _is_turned(fold(words[0]), fold(words[1]), address)
    if is_turned is None:
        is_turned = _SURNAME_FIRST.search(fold(header)) is not None
    return (names[1], names[0]) if is_turned else names


def _is_turned(one: str, other: str, address: str) -> bool | None:
    """Whether the first of two words is the surname, by an address such as `m.rossi@`; None when it does not show."""
    local = fold(address.partition("@")[0])
    shapes = {
        is_turned: {
            f"{first} {last}",
            f"{first[0]} {last}",
            f"{first[0]}{last}",
            f"{last} {first[0]}",
            f"{last}{first[0]}",
        }
        for is_turned, first, last in ((False, one, other), (True, other, one))
        if first and last
    }
    found = [is_turned for is_turned, known in shapes.items() if local in known]
    return found[0] if len(found) == 1 else None


def split_name(whole: str) -> tuple[str | None, str | None]:
    """`DUPONT Jean`, `Dupont, Jean`, `Mme Jeanne de la Tour`: first and last name."""
    name = _TITLES.sub("", whole).strip()
    if "," in name:
        last, _, first = (part.strip() for part in name.partition(","))
        return first or None, last or None
    words = name.split()
    if len(words) < 2:
        return None, name or None
    capitals = [word for word in words if sum(map(str.isalpha, word)) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        shouted = [word for word in words if word in capitals or word.lower() in _PARTICLES]
        return " ".join(word for word in words if word not in shouted) or None, " ".join(shouted)
    cut = next((place for place, word in enumerate(words) if place and word.lower() in _PARTICLES), None)
    cut = cut or (len(words) - 1 if len(words) == 3 and "-" not in name and len(words[1]) <= 2 else 1)
    return " ".join(words[:cut]), " ".join(words[cut:])


def without_emails(whole: str) -> str:
    """The name in `Anne Roux <anne@ville.example>`."""
    bare = whole
    for address in emails_in(whole):
        bare = bare.replace(address, "")
    return re.sub(r"<\s*>|\(\s*\)|\[\s*\]", "", bare).strip(" ,;:-–/") if bare != whole else whole


def _email(reader: RowReader) -> str | None:
    found = reader.one("email", email)
    if found is None:
        return None
    address, cell = found
    written = next((as_text(each.value) for each in reader.cells("email") if each.cell == cell), "")
    if len(set(emails_in(written))) > 1:
        reader.say(Misread("several-values", written, parameters={"kept": address}), cell)
    return address


def _phone(reader: RowReader, country: str | None) -> str | None:
    """The first number that is possible, else the first as it is written."""
    kept: str | None = None
    for cell in reader.cells("phone"):
        number = phone(cell.value, country)
        if isinstance(number, str):
            return number
        if isinstance(number, Misread):
            reader.say(number, cell.cell)
            kept = kept or text_of(cell.value)
    return kept


def _presence(reader: RowReader) -> tuple[time | None, time | None]:
    arrives, leaves = reader.value("arrives", _time_or_span), reader.value("leaves", _time_or_span)
    present = reader.value("present", _time_or_span)
    start = arrives[0] if arrives else None
    end = leaves[-1] if leaves else None
    if arrives and len(arrives) == 2:
        end = end or arrives[1]
    if present:
        start, end = start or present[0], end or (present[1] if len(present) == 2 else None)
    start, end = (None if start == time(0) else start), (None if end == END_OF_DAY else end)
    if start and end and end <= start:
        shown = f"{start:%H:%M}-{end:%H:%M}"
        reader.say(Misread("ends-before-it-starts", shown), reader.place_of("leaves", "present", "arrives"))
    return start, end


def _time_or_span(value: Value) -> tuple[time] | tuple[time, time] | Misread | None:
    """One time, or a span from arrival to departure; all day is neither."""
    if fold(as_text(value)) in _ALL_DAY:
        return None
    single = time_of_day(value)
    if not isinstance(single, Misread):
        return None if single is None else (single,)
    spans = spans_of_time(value)
    if isinstance(spans, Misread):
        return spans if spans.code == "ends-before-it-starts" else single
    return spans[0] if len(spans) == 1 else single


def full_name(delegate: DelegateRow) -> str:
    return " ".join(part for part in (delegate.first_name, delegate.last_name) if part) or delegate.email or ""


def united(people: Sequence[DelegateRow], faults: Faults) -> tuple[DelegateRow, ...]:
    """The people of one organisation, each once. A row without a person counts only where there is no other."""
    named = [person for person in people if is_somebody(person)]
    kept: list[DelegateRow] = []
    for person in named:
        twin = next((place for place, other in enumerate(kept) if _is_same_person(person, other)), None)
        if twin is None:
            kept.append(person)
            continue
        other = kept[twin].address
        if person.address.sheet == other.sheet:
            faults.add(
                "duplicate-delegate",
                sheet=other.sheet,
                cell=f"A{person.address.row}",
                read=full_name(person),
                parameters={"other": f"{other.sheet}, {other.row}"},
            )
        kept[twin] = _joined(kept[twin], person)
    return tuple(kept) or tuple(people[:1])


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody with the cell of their e-mail, the number of their organisation, and whether it has a reference."""

    person: DelegateRow
    cell: str
    home: int
    has_reference: bool


def say_shared_emails(addressees: Iterable[Addressee], faults: Faults) -> None:
    """One address for two people: an agenda would reach the wrong one. In two organisations without references,
    nobody could tell whose row it is when the file comes again."""
    first: dict[str, Addressee] = {}
    for one in addressees:
        if not one.person.email:
            continue
        other = first.setdefault(one.person.email.casefold(), one)
        is_apart = one.home != other.home
        if not is_apart and fold(full_name(other.person)) == fold(full_name(one.person)):
            continue
        faults.add(
            "email-of-two" if is_apart and not (one.has_reference and other.has_reference) else "shared-email",
            sheet=one.person.address.sheet,
            cell=one.cell,
            read=one.person.email,
            parameters={"other": f"{other.person.address.sheet}, {other.cell}"},
        )


def is_somebody(person: DelegateRow) -> bool:
    return any((person.first_name, person.last_name, person.email, person.phone, person.function))


def _is_same_person(one: DelegateRow, other: DelegateRow) -> bool:
    if one.email and other.email and one.email.casefold() != other.email.casefold():
        return False
    if one.last_name and other.last_name:
        return fold(full_name(one)) == fold(full_name(other))
    return bool(one.email) and one.email == other.email


def _joined(one: DelegateRow, other: DelegateRow) -> DelegateRow:
    """What the first leaves open is taken from the second."""
    return replace(
        one,
        first_name=one.first_name or other.first_name,
        last_name=one.last_name or other.last_name,
        email=one.email or other.email,
        phone=one.phone or other.phone,
        function=one.function or other.function,
        languages=tuple(dict.fromkeys(one.languages + other.languages)),
        arrives=one.arrives or other.arrives,
        leaves=one.leaves or other.leaves,
        unavailable=tuple(sorted(set(one.unavailable + other.unavailable))),
        online=other.online if one.online is None else one.online,
        consent=other.consent if one.consent is None else one.consent,
    )
