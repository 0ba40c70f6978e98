"""The report of a version: what an organiser tells the press, the funder and themselves, counted and proved."""
