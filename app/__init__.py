"""Ronde, the service: the only place with a database, a clock, HTTP, files and secrets."""

__version__ = "0.1.0"
