"""Ronde, the service: the only place with a database, a clock, HTTP, files and secrets."""
