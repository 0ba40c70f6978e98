"""Has LibreOffice save one workbook in its other formats: python tests/data/saved/make_saved.py [FOLDER]"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook

HEADERS = ["Nom de l'entreprise", "Type", "Pays", "Code postal", "Nom", "Arrivée", "RDV max", "Ville"]
FORMULAS = {
    "G3": "=1/0",
    "G4": "=NA()",
    "G5": "=4+4",
    "E6": '="Du"&"pont"',
    "H6": '=""',
    "G7": '=VLOOKUP("x",B1:C2,2,FALSE)',
}


def the_book() -> Workbook:
    """Numbers shown with zeros in front, formulas that fail, rows, columns and a sheet that are hidden, blanks."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Inscrits"
    sheet.append(HEADERS)
    for number in range(2, 42):
        name = f"Atelier {number} “{'é' * (number % 5)}” łódź 漢字 {'😀' if number < 9 else ''} {'long ' * 60}".strip()
        kind = "ESAT" if number % 2 else "acheteur"
        town = "  " if number % 7 == 0 else "Privas"
        sheet.append([name, kind, "France", 7000 + number, f"Nom {number}", "14h30", number, town])
        sheet.cell(number, 4).number_format = "00000"
    for cell, formula in FORMULAS.items():
        sheet[cell] = formula
    sheet.row_dimensions[12].hidden = sheet.row_dimensions[13].hidden = True
    sheet.column_dimensions["F"].hidden = True
    sheet.merge_cells("H20:H22")
    hidden = book.create_sheet("Brouillon")
    for row in (HEADERS[:2], ["Zut", "ESAT"]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.create_sheet("Vide")
    return book


def saved_as(folder: Path, *kinds: str) -> None:
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "inscrits.xlsx"
        the_book().save(path)
        profile = f"-env:UserInstallation={(Path(kept) / 'profile').as_uri()}"
        for kind in kinds:
            command = [str(shutil.which("soffice")), profile, "--headless", "--convert-to", kind, "--outdir"]
            subprocess.run([*command, str(folder), str(path)], check=True, capture_output=True, timeout=180)


if __name__ == "__main__":
    saved_as(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent, "xls", "ods", "xlsx")
