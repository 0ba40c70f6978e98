"""Faults: the n-th write to a database, or the commit after all of them, goes wrong."""

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.exc import OperationalError

from app import db

WRITES = ("INSERT", "UPDATE", "DELETE")
Contents = dict[str, list[tuple[object, ...]]]


class Faults:
    """An engine over the same database, in which the write that comes when `left` falls to 0 fails."""

    def __init__(self, engine: Engine) -> None:
        self.left = 0
        self.engine = db.create_engine_of(engine.url.render_as_string(hide_password=False))
        event.listen(self.engine, "before_cursor_execute", self._write)
        event.listen(self.engine, "commit", self._commit)

    def _write(self, _connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith(WRITES):
            self._count()

    def _commit(self, connection: Connection) -> None:
        """A commit that fails is one that the database has taken back."""
        if self.left == 1:
            connection.connection.rollback()
        self._count()

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise OperationalError("the n-th write", None, Exception("out of order"))


def contents(engine: Engine) -> Contents:
    """All rows of all tables."""
    with engine.connect() as connection:
        return {
            table: sorted((tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))), key=repr)
            for table in inspect(connection).get_table_names()
        }
