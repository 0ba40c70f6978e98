"""Events and what they are made of, as JSON."""
