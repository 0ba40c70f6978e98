"""The event: sessions, slots, tables, interpreters, programme and policy."""
