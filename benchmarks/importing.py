"""How long reading takes: 10,000 rows × 40 columns, in seconds of processor time and in memory.

    python -m benchmarks.importing [ROWS]

Promised: under 15 s of CPU and 512 MiB, with progress. The children's figures are those of the whole reading.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

from importers import News, read_workbooks

HEADERS = (
    ["Référence", "Organisation", "Type", "Prénom", "Nom", "E-mail", "Téléphone", "Fonction", "Pays", "Code postal"]
    + ["Ville", "Site web", "SIRET", "Description", "Offres", "Besoins", "Labels", "ODD", "Langues", "Arrivée"]
    + ["Départ", "Indisponibilités", "En ligne", "Table", "Max RDV", "Min RDV", "Consentement", "Refus"]
    + [f"Souhait {number}" for number in range(1, 13)]
)
SYLLABLES = ("ba", "co", "du", "fa", "gi", "lo", "ma", "ne", "pi", "ro", "su", "ta", "vi", "zo", "che", "bri")


def name_of(number: int) -> str:
    """A name of four syllables for each number; two of them differ by more than a slip of the pen."""
    parts = [SYLLABLES[(number >> shift) % len(SYLLABLES)] for shift in (0, 4, 8, 12)]
    return f"Atelier {''.join(parts[:2]).title()} {''.join(parts[2:]).title()} {number * 7919 % 100_003}"


def row_of(number: int, organisations: int) -> list[str | int | float]:
    """One delegate; three in ten share their organisation with the row above."""
    home = number * 7 // 10
    wishes = [name_of((home * 13 + step * 101) % organisations).upper() for step in range(1, 13)]
    return [
        f"R{home:05}", name_of(home), "ESAT" if home % 3 else "acheteur", "Anne", f"Nom{number}",
        f"p{number}@org{home}.example", "06 12 34 56 78", "Direction", "France", f"{10_000 + home % 80_000}", "Longwy",
        f"www.org{home}.example", "73282932000074", "Atelier de couture et de blanchisserie, fondé en 1987",
        "blanchisserie (98310000-9); couture", "papier, transport", "ESUS (2024)", "8, 12", "FR/DE", "14h30", "17h",
        "15:00-15:30", "non", home % 50 + 1, 12, 2, "oui", "", *wishes,
    ]  # fmt: skip


def workbook(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Inscriptions")
    sheet.append(HEADERS)
    organisations = (rows - 1) * 7 // 10 + 1
    for number in range(rows):
        sheet.append(row_of(number, organisations))
    book.save(path)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    told: list[News] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        workbook(path, rows)
        started = time.perf_counter()
        reading = read_workbooks([path], progress=told.append)
        seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{rows} rows × {len(HEADERS)} columns: "
        f"{len(reading.organisations)} organisations, {len(reading.wishes)} wishes"
    )
    print(
        f"{used.ru_utime + used.ru_stime:.1f} s of CPU, {seconds:.1f} s in all, {used.ru_maxrss / 1024:.0f} MiB at most"
    )
    print(f"{len(told)} times told of progress, {len(reading.errors)} faults")
    for fault in reading.errors[:5]:
        print(" ", fault.message)


if __name__ == "__main__":
    main()
