"""Timetables as JSON: versions and what differs between them, edits of drafts, repairs on the day."""
