"""Reads a workbook as any other program would: from its XML."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(content: bytes) -> dict[str, list[list]]:
    """Sheet name -> rows of cells: text as str, numbers as float, nothing as None."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        shared = [
            "".join(text.text or "" for text in item.iter(f"{MAIN}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        names = [
            sheet.get("name")
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        ]
        return {
            name: _rows(ElementTree.fromstring(book.read(f"xl/worksheets/sheet{i}.xml")), shared)
            for i, name in enumerate(names, 1)
        }


def _rows(sheet: ElementTree.Element, shared: list[str]) -> list[list]:
    rows = []
    for row in sheet.iter(f"{MAIN}row"):
        cells = {}
        for cell in row:
            assert cell.find(f"{MAIN}f") is None, "no cell is a formula"
            value = cell.find(f"{MAIN}v")
            if value is not None:
                text = cell.get("t") == "s"
                column = _column(re.match("[A-Z]+", cell.get("r")).group())
                cells[column] = shared[int(value.text)] if text else float(value.text)
        rows += [[]] * (int(row.get("r")) - 1 - len(rows))  # rows without cells are left out
        rows.append([cells.get(i) for i in range(max(cells, default=-1) + 1)])
    return rows


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
