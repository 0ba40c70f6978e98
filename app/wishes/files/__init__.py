"""Wishes that files name."""
