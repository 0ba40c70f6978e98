"""The exact model: every candidate and slot a Boolean, its rules and terms, and the searches on it."""
