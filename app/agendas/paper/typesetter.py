"""The process in which paper is typeset: a request as JSON on standard input, the PDF on standard output."""

import json
import sys
from pathlib import Path

import typst

from app.agendas.paper.fonts import FOLDERS

TEMPLATES = Path(__file__).resolve().parent / "templates"


def main() -> None:
    """Typeset one paper. Only our own fonts count, so that all machines print the same."""
    request = json.load(sys.stdin)
    made = typst.compile(
        TEMPLATES / request["template"],
        root=TEMPLATES,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in FOLDERS]
        ),
        sys_inputs={"content": request["content"]},
        pdf_standards="ua-1",
        timestamp=request["dated"],
    )
    assert isinstance(made, bytes)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
