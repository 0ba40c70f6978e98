"""How people really write things: names from memory, hours in ten ways, yes as they like."""

import random
import re
from datetime import time

from guests import LEGAL_FORMS, plain

LANGUAGES = {
    "fr": {"fr": "français", "de": "allemand", "en": "anglais", "lb": "luxembourgeois"},
    "de": {"fr": "Französisch", "de": "Deutsch", "en": "Englisch", "lb": "Luxemburgisch"},
}
COUNTRIES = {
    "FR": ("France", "France", "FRANCE", "FR"),
    "BE": ("Belgique", "Belgique", "BE", "belgique"),
    "LU": ("Luxembourg", "Grand-Duché de Luxembourg", "LU", "Luxemburg"),
    "DE": ("Deutschland", "Deutschland", "DE", "D"),
}


def misspelt(name: str, chance: random.Random) -> str:
    """Two letters swapped or one left out, inside the longest word: still nobody else's name."""
    word = max(re.findall(r"\w+", name), key=len)
    if len(word) < 8:
        return name
    at = chance.randrange(3, len(word) - 2)
    wrong = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] if chance.random() < 0.5 else word[:at] + word[at + 1 :]
    )
    return name.replace(word, wrong, 1)


def from_memory(name: str, chance: random.Random) -> str:
    """A name as others write it: capitals, accents, legal form and a letter may be wrong."""
    without_form = re.sub(r"[\s,.&]+$", "", re.sub(r"\s+", " ", re.sub(LEGAL_FORMS, "", name)))
    ways = (
        name,
        name,
        name,
        without_form,
        without_form,
        name.upper(),
        name.lower(),
        plain(name),
        plain(without_form).upper(),
        f" {name} ",
        name.replace("-", " ").replace("'", "’"),
        misspelt(name, chance),
        misspelt(without_form, chance),
    )
    return chance.choice(ways)


def hour(minutes: int, language: str, chance: random.Random) -> str | time:
    """An hour as text or, where the sheet's author formatted the column, as a time."""
    at = time(minutes // 60, minutes % 60)
    ways: list[str | time] = [f"{at:%H:%M}", at]
    if language == "de":
        ways.append(f"{at.hour} Uhr" if at.minute == 0 else f"{at.hour}.{at.minute:02} Uhr")
    else:
        ways.append(f"{at.hour}h" if at.minute == 0 else f"{at.hour}h{at.minute:02}")
    return chance.choice(ways)


def span(busy: tuple[int, int]) -> str:
    start, end = (time(minutes // 60, minutes % 60) for minutes in busy)
    return f"{start.hour}h{start.minute:02}-{end.hour}h{end.minute:02}"


def languages(spoken: tuple[str, ...], language: str, chance: random.Random) -> str:
    words = [LANGUAGES[language][code] for code in spoken]
    codes = [code.upper() for code in spoken]
    return chance.choice(
        [", ".join(words), " / ".join(words), "/".join(codes), ", ".join(words).capitalize(), "+".join(codes)]
    )


def number(digits: str, country: str, chance: random.Random) -> str:
    """A SIRET in groups or not, a KBO with dots or a country code."""
    if country == "FR":
        grouped = f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}"
        return chance.choice([digits, grouped, grouped])
    if country == "BE" and digits:
        return chance.choice([f"{digits[:4]}.{digits[4:7]}.{digits[7:]}", f"BE {digits}"])
    return digits
