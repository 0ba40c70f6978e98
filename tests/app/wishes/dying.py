"""A service that imports a file and is killed on the way, to be started by `tests.mortals.mortal`.

Its arguments: the address of the database, a folder with `liste.csv`, `secret` and `at`. What a child may be told:
`write N` (it dies before its N-th write), `after SECONDS`, or `told`: then it lives, and puts the kinds of its writes
into the file `writes`, one a line.
"""

import sys
from pathlib import Path

from app import db
from app.main import create_app
from tests.clients import signed_in
from tests.databases import careless
from tests.mortals import die_after, die_at_write, live_and_die, on_each_write


def main() -> None:
    """Make all that takes long before the first fork, and leave no connection open."""
    address, home = sys.argv[1], Path(sys.argv[2])
    engine = careless(db.create_engine_of(address))  # a process dies here, not a machine
    client = signed_in(create_app(engine), (home / "secret").read_text())
    at = (home / "at").read_text()
    assert client.get(at.removesuffix("/imports")).status_code == 200
    engine.dispose()

    def import_once(how: str) -> int:
        """Send the file as an organiser would, and die as asked; 0 when it was taken."""
        word, _, amount = how.partition(" ")
        kinds: list[str] = []
        match word:
            case "write":
                die_at_write(engine, int(amount))
            case "after":
                die_after(float(amount))
            case "told":
                on_each_write(engine, kinds.append)
        files = {"file": ("liste.csv", (home / "liste.csv").read_bytes())}
        answer = client.post(at, files=files, headers={"Idempotency-Key": "the-same"})
        (home / "answer").write_text(answer.text)
        (home / "writes").write_text("\n".join(kinds))
        return 0 if answer.status_code == 200 else 1

    live_and_die(import_once)


if __name__ == "__main__":
    main()
