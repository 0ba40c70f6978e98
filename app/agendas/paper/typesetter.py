"""The process in which paper is typeset: a request as JSON on standard input, the PDF on standard output."""

import json
import resource
import sys
from pathlib import Path


def main() -> None:
    """Typeset one paper. The arguments are the memory that it may use, in bytes, and the seconds of processor time."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(_typeset(json.load(sys.stdin)))


def _typeset(request: dict[str, str | int]) -> bytes:
    """Only our own fonts count, so that all machines print the same."""
    import typst  # only now, so that the limits hold for the library too

    from app.agendas.paper.fonts import FOLDERS

    templates = Path(__file__).resolve().parent / "templates"
    made = typst.compile(
        templates / str(request["template"]),
        root=templates,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in FOLDERS]
        ),
        sys_inputs={"content": str(request["content"])},
        pdf_standards="ua-1",
        timestamp=int(request["dated"]),
    )
    assert isinstance(made, bytes)
    return made


if __name__ == "__main__":
    main()
