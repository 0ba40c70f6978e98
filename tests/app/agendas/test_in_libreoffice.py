"""The planning in LibreOffice: it opens as it is, prints as it should, and keeps what is in it."""

import shutil
import subprocess
from datetime import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from app.agendas.delivering import write_planning
from app.agendas.queries import agendas_of
from app.agendas.stamp import Stamp, stamp_in
from tests.app.agendas.conftest import FORMULA, Planned

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(path: Path, to: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(folder / to), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    return folder / to / f"{path.stem}.{to}"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_keeps_and_prints_the_planning(session: Session, planned: Planned, tmp_path: Path) -> None:
    path = tmp_path / "planning.xlsx"
    write_planning(session, planned.version, agendas_of(session, planned.version), path, "en")

    kept = load_workbook(converted(path, "xlsx", tmp_path))
    printed = PdfReader(converted(path, "pdf", tmp_path))

    ours = load_workbook(path)
    assert kept.sheetnames == ours.sheetnames
    for before, after in zip(ours.worksheets, kept.worksheets, strict=True):
        values = [[cell.value for cell in row] for row in before.iter_rows()]
        assert [[cell.value for cell in row] for row in after.iter_rows()] == values
        assert "f" not in {cell.data_type for row in after.iter_rows() for cell in row}
    by_slot = kept.worksheets[0]
    assert stamp_in(str(by_slot[1][-1].value)) == Stamp(planned.event.slug, 1, 0)
    assert isinstance(by_slot["B2"].value, time)
    texts = [page.extract_text() for page in printed.pages]
    assert sum("By organisation" in text for text in texts) == 4
    assert all("ronde-planning" not in text for text in texts)
    assert any(FORMULA in text.replace("\n", "") for text in texts)
