"""Numbers with rules: telephones, registration numbers, CPV codes."""

import re
from collections.abc import Callable

import phonenumbers
from stdnum.be import vat as belgian
from stdnum.es import cif as spanish_company
from stdnum.es import nif as spanish
from stdnum.fr import siren, siret
from stdnum.it import iva as italian
from stdnum.lu import tva as luxembourgish
from stdnum.nl import btw as dutch

from importers.cells import Misread, line_of
from importers.sheets import Value
from importers.text import fold, one_line
from importers.words import listed


def phone(value: Value, country: str | None) -> str | Misread | None:
    """`+33382000000` where the number is possible in its country (or carries it), else a warning."""
    text = line_of(value)
    if text is None:
        return None
    first = re.split(r"\s*(?:;|,|\||\bou\b|\boder\b|\bor\b|\n|(?<=[\d ][\d .\-]{6}\d)\s*/)\s*(?=[+(\d])", text)[0]
    shapes = _shapes(first, isinstance(value, int | float), country)
    for is_right in (phonenumbers.is_valid_number, phonenumbers.is_possible_number):
        for shape in shapes:
            number = _parsed(shape, country, is_right)
            if number:
                return number
    return Misread("unlikely-phone", text)


_CALLING_CODE = re.compile(r"(?:3[1-49]|4[0-9])\d{9,}|352\d{6,}")
"""Without a country and a plus sign, digits are only taken for an international number when they are long enough."""


def _shapes(text: str, is_number: bool, country: str | None) -> list[str]:
    bare = text.replace("(0)", "")
    bare = re.sub(r"^(?:t[ée]l|phone|fon|mob|gsm|handy|mobil)[a-zé]*\.?\s*:?\s*", "", bare, flags=re.IGNORECASE)
    digits = re.sub(r"\D", "", bare)
    shapes = [bare]
    if bare.startswith("00"):
        shapes.insert(0, f"+{bare[2:]}")
    elif not bare.startswith("+"):
        if is_number and country not in {"LU", "ES", "IT"}:
            shapes.insert(0, f"0{digits}")
        if country is not None or _CALLING_CODE.match(digits):
            shapes.append(f"+{digits}")
    return shapes


def _parsed(text: str, country: str | None, is_right: Callable[[phonenumbers.PhoneNumber], bool]) -> str | None:
    if not text.startswith("+") and country is None:
        return None
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not is_right(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


_NAME_OF_NUMBER = re.compile(
    r"^(?:n[°ºo]\.?\s*)?(?:siret|siren|bce\s*/\s*kbo|bce|kbo|tva|vat|btw|cif|nif|p\.?\s*iva|partita iva)"
    r"\s*(?:n[°ºo]\.?|nr\.?)?\s*[:.]?\s*",
    re.IGNORECASE,
)


def registration_number(value: Value, country: str | None) -> tuple[str | None, Misread | None]:
    """The number without ornament, and a warning where its check digit is wrong. RCS and HRB numbers carry none."""
    text = line_of(value)
    if text is None:
        return None, None
    bare = _NAME_OF_NUMBER.sub("", text)
    digits = re.sub(r"[\s.\-/]", "", bare)
    checked = _checked(digits, country, isinstance(value, int | float))
    if checked is None:
        return _register_entry(text), None
    number, name, is_valid = checked
    return number, None if is_valid else Misread("check-digit", text, parameters={"number": name})


def is_siret(value: Value) -> bool:
    """Whether this is a SIRET with its right check digit."""
    digits = re.sub(r"[\s.\-]", "", line_of(value) or "")
    return len(digits) == 14 and digits.isdigit() and bool(siret.is_valid(digits))


def _checked(digits: str, country: str | None, is_number: bool) -> tuple[str, str, bool] | None:
    """The number, the name of its register and whether its check digit is right; None where it carries none."""
    letters = digits[:2].upper()
    if letters.isalpha() and letters in {"FR", "BE", "LU", "ES", "IT", "NL"}:
        return _checked_vat(digits.upper(), letters)
    if digits.isdigit():
        if country in {"FR", None} and (len(digits) == 14 or (country == "FR" and is_number and len(digits) == 13)):
            number = digits.zfill(14)
            return number, "SIRET", bool(siret.is_valid(number))
        if country in {"FR", None} and len(digits) == 9:
            return digits, "SIREN", bool(siren.is_valid(digits))
        if country == "BE" and len(digits) in {9, 10}:
            number = digits.zfill(10)
            return number, "BCE/KBO", bool(belgian.is_valid(number))
        if country is None and len(digits) == 10 and digits[0] in "01":
            return digits, "BCE/KBO", bool(belgian.is_valid(digits))
        if country == "IT" and len(digits) == 11:
            return digits, "Partita IVA", bool(italian.is_valid(digits))
    if country == "ES" and re.fullmatch(r"[A-Za-z0-9]\d{7}[A-Za-z0-9]", digits):
        number = digits.upper()
        return number, "CIF/NIF", bool(spanish.is_valid(number) or spanish_company.is_valid(number))
    return None


def _checked_vat(number: str, country: str) -> tuple[str, str, bool] | None:
    match country:
        case "BE" if re.fullmatch(r"BE\d{9,10}", number):
            bare = number[2:].zfill(10)
            return bare, "BCE/KBO", bool(belgian.is_valid(bare))
        case "LU" if re.fullmatch(r"LU\d{8}", number):
            return number, "TVA", bool(luxembourgish.is_valid(number))
        case "NL" if re.fullmatch(r"NL\d{9}B\d\d", number):
            return number, "BTW", bool(dutch.is_valid(number))
        case "ES" if re.fullmatch(r"ES[A-Z0-9]\d{7}[A-Z0-9]", number):
            return number[2:], "CIF/NIF", bool(spanish.is_valid(number[2:]) or spanish_company.is_valid(number[2:]))
        case "IT" if re.fullmatch(r"IT\d{11}", number):
            return number[2:], "Partita IVA", bool(italian.is_valid(number[2:]))
        case "FR" if re.fullmatch(r"FR[A-Z0-9]{2}\d{9}", number):
            return number, "TVA", bool(siren.is_valid(number[4:]))
        case _:
            return None


def _register_entry(text: str) -> str:
    """`R.C.S. Luxembourg B 123456` is B123456; `HRB12345` is HRB 12345; all others stay as written."""
    luxembourgish_entry = re.fullmatch(
        r"(?:R\.?C\.?S\.?(?:L\.?)?\s*)?(?:Luxembourg|Luxemburg)?\s*:?\s*([A-K])\s?(\d[\d .]{2,8}\d)",
        text,
        re.IGNORECASE,
    )
    if luxembourgish_entry:
        return luxembourgish_entry[1].upper() + re.sub(r"\D", "", luxembourgish_entry[2])
    german_entry = re.search(r"\b(HR[AB]|VR|GnR|PR)[\s.:\-]*(?:Nr\.?\s*)?(\d[\d ]{0,7})(\s?[A-Z]{1,2})?\b", text)
    if german_entry and len(text) - len(german_entry[0]) <= 1:
        suffix = (german_entry[3] or "").strip()
        return f"{german_entry[1]} {german_entry[2].replace(' ', '')}{' ' + suffix if suffix else ''}"
    return one_line(text)


_LENGTHS = {"FR": 5, "DE": 5, "ES": 5, "IT": 5}


def postal_code(value: Value, country: str | None) -> str | None:
    """With the leading zero that a spreadsheet takes away, without the country's letters (`L-4501`)."""
    text = line_of(value)
    if text is None:
        return None
    prefixed = re.fullmatch(r"(?:F|FR|D|DE|B|BE|L|LU|CH|A|AT|NL|E|ES|I|IT)\s?[-–]\s?(\d[\d ]*)", text, re.IGNORECASE)
    if prefixed:
        text = prefixed[1]
    if re.fullmatch(r"\d{2} \d{3}", text):
        text = text.replace(" ", "")
    length = _LENGTHS.get(country or "", 0)
    shortest = 3 if isinstance(value, int) else length - 1
    if text.isdigit() and shortest <= len(text) < length:
        return text.zfill(length)
    return text


_CPV = re.compile(r"(?<![\d.,+])(\d{8})(?:\s?[-–.]\s?\d)?(?![\d])")
_ALMOST_CPV = re.compile(r"(?<![\d.,+])(\d{7}|\d{9,10})(?:-\d)?(?!\d)")


def cpv_codes(text: str) -> tuple[str, ...]:
    """All CPV codes in a text, eight digits each, without their check digits."""
    return tuple(dict.fromkeys(code for code in _CPV.findall(text) if "03" <= code[:2] <= "98"))


_CPV_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)
_CPV_CHECKED = re.compile(r"(?<![\d.,+])(\d{8})\s?[-–]\s?(\d)(?!\d)")


def wrong_cpv_codes(text: str) -> list[str]:
    """Codes written with a check digit that is not theirs. Where codes moved in 2008 it proves nothing."""
    return [
        f"{code}-{digit}"
        for code, digit in _CPV_CHECKED.findall(text)
        if code[:3] not in listed("cpv_moved")
        and sum(int(mark) * weight for mark, weight in zip(code, _CPV_WEIGHTS, strict=True)) % 10 != int(digit)
    ]


_BETWEEN_CODES = frozenset({"a", "au", "bis", "to", "until", "hasta", "al", "tot", "et", "und", "and", "y", "e", "en"})
"""`45000000-7 à 45200000-9`: what stands between codes names nothing."""


def without_cpv(text: str) -> str:
    """The same text without the codes and what held them."""
    bare = _CPV.sub("\0", text)
    bare = re.sub(
        r"\(\s*(?:code[s]?\s*)?(?:cpv[\s:°n-]*)?(?:\0[\s,;/&+]*)+\)|\[(?:\s*cpv[\s:]*)?(?:\0[\s,;/]*)+\]",
        " ",
        bare,
        flags=re.IGNORECASE,
    )
    bare = re.sub(r"(?:codes?\s*)?(?:\bcpv[\s:°n-]*)?\0", " ", bare, flags=re.IGNORECASE)
    words = one_line(bare).strip(" ,;:-–—/|=>")
    return "" if fold(words) in _BETWEEN_CODES else words


_TOWN_AFTER = re.compile(r"((?:[A-Z]{1,2}\s?-\s?)?\d[\d ]{2,6}\d)\s*[-,–]?\s*(\D.*)?")
_TOWN_BEFORE = re.compile(r"(\D*[^\W\d])[\s,]*(?:\(\s*((?:[A-Z]{1,2}\s?-\s?)?\d{4,5})\s*\)|\s(\d{5}))")


def code_and_town(text: str) -> tuple[str | None, str | None]:
    """`54290 Trier`, `L-1160`, `Nancy (54000)`: the postal code and the town, each None where it is not written."""
    after = _TOWN_AFTER.fullmatch(text)
    if after:
        return after[1].strip(), after[2].strip() if after[2] else None
    before = _TOWN_BEFORE.fullmatch(text)
    return (before[2] or before[3], before[1].strip()) if before else (None, text)
