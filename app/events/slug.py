"""Names as they stand in addresses and in names of files."""

import re
import unicodedata

LONGEST = 100


def slug_of(name: str, otherwise: str = "event") -> str:
    """Return a name in small plain letters, digits and hyphens; `otherwise` where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-") or otherwise
