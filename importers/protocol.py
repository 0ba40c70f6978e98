"""What the process that asks and the child that reads say to each other."""

import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from importers.rows import Reading, ReadOptions

LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Request:
    """What to read, and how much memory (bytes) and processor time (seconds) it may take."""

    paths: tuple[Path, ...]
    event_paths: tuple[Path, ...]
    options: ReadOptions
    memory: int
    processor_seconds: int


@dataclass(frozen=True, slots=True)
class News:
    """Where the child is: in a file while a library has it open, in none (empty) once all are read."""

    file: str
    sheet: str = ""
    row: int = 0


def send(stream: BinaryIO, message: News | Reading) -> None:
    body = pickle.dumps(message)
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()
