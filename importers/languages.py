"""The language that the header of a column to tick offers: `Langues parlées [Allemand]`, `Langue DE`."""

import re
from functools import lru_cache

from importers.cells import Misread
from importers.places import languages
from importers.text import fold
from importers.words import listed

_OPTION = re.compile(r"[\[(:–—-]\s*([^\[\](:–—-]+?)\s*[\])]?\s*$")
_OF_LANGUAGES = listed("of_languages")


@lru_cache(maxsize=512)
def offered(header: str) -> tuple[str, ...]:
    """The one language that is offered; none where the header names none or several."""
    option = _OPTION.search(header)
    words = header.split()
    rest = [word for word in words if fold(word) not in _OF_LANGUAGES]
    texts = [option[1]] if option else []
    texts += [" ".join(rest)] if len(rest) < len(words) or len(fold(header)) > 2 else []
    for text in texts:
        found = languages(text)
        if not isinstance(found, Misread) and len(found) == 1:
            return found
    return ()
