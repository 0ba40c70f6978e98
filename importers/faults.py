"""The faults found on the way, gathered with their address and told in the reader's language."""

from collections.abc import Mapping, Sequence

from importers.messages import told
from importers.rows import CellError

_LONGEST_QUOTE = 120


class Faults:
    """Gathers every fault of a reading; `lang` is their language, `over_http` where their reader is."""

    def __init__(self, lang: str = "en", *, over_http: bool = False) -> None:
        self._lang = lang
        self._over_http = over_http
        self._found: dict[tuple[str, str, str | None, str | None], CellError] = {}

    def add(
        self,
        code: str,
        *,
        sheet: str,
        cell: str | None = None,
        read: str | None = None,
        candidates: Sequence[str] = (),
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        """Note a fault; the same one at the same place is noted once."""
        if read is not None and len(read) > _LONGEST_QUOTE:
            read = read[: _LONGEST_QUOTE - 1] + "…"
        key = (code, sheet, cell, read)
        if key not in self._found:
            self._found[key] = told(
                code,
                self._lang,
                sheet,
                cell,
                read,
                tuple(candidates),
                dict(parameters or {}),
                over_http=self._over_http,
            )

    @property
    def found(self) -> tuple[CellError, ...]:
        return tuple(self._found.values())
