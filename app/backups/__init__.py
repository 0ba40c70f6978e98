"""Backups: all rows of the database in one file, and back into an empty database of either kind."""
