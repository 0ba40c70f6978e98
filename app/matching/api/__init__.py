"""Suggestions and labels, as JSON."""
