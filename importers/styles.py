"""Number formats that show zeros in front: `00000` for a postal code, `0# ## ## ## ##` for a telephone."""

import re
from collections.abc import Mapping
from zipfile import ZipFile

from importers.survey import parser_of_part

_PART = "xl/styles.xml"
_QUOTED = re.compile(r'\\.|"[^"]*"|\[[^\]]*\]|_.')


def widths_of_styles(archive: ZipFile) -> Mapping[int, int]:
    """For each style of cells whose numbers are shown with zeros in front: how many digits it shows."""
    if _PART not in archive.namelist():
        return {}
    shapes: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        match tag.rpartition("}")[2]:
            case "numFmt":
                shapes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
            case "cellXfs":
                inside = True
            case "xf" if inside:
                styles.append(int(attributes.get("numFmtId", "0")))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and not tag.endswith("cellXfs")

    parser = parser_of_part()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(archive.read(_PART), True)
    widths = {place: width_of(shapes.get(number, "")) for place, number in enumerate(styles)}
    return {place: width for place, width in widths.items() if width}


def width_of(shape: str) -> int:
    """How many digits a number format shows at least or by its pattern; 0 when it shows no zeros in front."""
    digits = re.sub(r"[ \-/()]", "", _QUOTED.sub("", shape.split(";")[0]))
    return len(digits) if re.fullmatch(r"0[0#]+", digits) else 0
