"""Procurement codes (CPV 2008) and the everyday words that mean them, in four languages."""

from app.matching.vocabulary.carried import carried_entries, carried_vocabulary
from app.matching.vocabulary.index import CodeMatch, Entry, Vocabulary
from app.matching.vocabulary.official import ListRow, ListSheet, NotAListError, entries_of

__all__ = [
    "CodeMatch",
    "Entry",
    "ListRow",
    "ListSheet",
    "NotAListError",
    "Vocabulary",
    "carried_entries",
    "carried_vocabulary",
    "entries_of",
]
