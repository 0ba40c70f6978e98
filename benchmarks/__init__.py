"""Benchmarks: each group is a module that prints its table; `run` prints them all."""
