"""One cell edited in LibreOffice with a Dutch locale, as a reader's own spreadsheet would."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

# separator ;, quotes ", character set, first line 1, all columns standard, Dutch, special numbers
DUTCH = "59,34,{charset},1,,1043,false,true"
UTF_8, WINDOWS_1252 = 76, 1
LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>nl-NL</value></prop></item></oor:items>"""


def office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def edit_cell(table: Path, parameter: str, old: str, new: str, folder: Path) -> bytes:
    """The table opened, a number of one row replaced, and saved as Dutch CSV; Windows-1252.

    `old` and `new` are written with a decimal comma, as the reader sees them.
    """
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(LOCALE, encoding="utf-8")
    _convert(f"CSV:{DUTCH.format(charset=UTF_8)}", "fods", table, folder)
    sheet = (folder / table.stem).with_suffix(".fods")
    text = sheet.read_text(encoding="utf-8")
    start = text.index(f"<text:p>{parameter}</text:p>")
    end = text.index("</table:table-row>", start)
    row, numbers = text[start:end], [part.replace(",", ".") for part in (old, new)]
    edited = row.replace(f'office:value="{numbers[0]}"', f'office:value="{numbers[1]}"')
    edited = re.sub(rf"<text:p>{re.escape(old)}<", f"<text:p>{new}<", edited)
    assert edited != row, f"no cell {old} in the row of {parameter}"
    sheet.write_text(text[:start] + edited + text[end:], encoding="utf-8")
    written = f"csv:Text - txt - csv (StarCalc):{DUTCH.format(charset=WINDOWS_1252)}"
    _convert(None, written, sheet, folder / "saved")
    return (folder / "saved" / table.name).read_bytes()


def as_dutch_excel(table: bytes, parameter: str, old: str, new: str) -> bytes:
    """The same edit without a spreadsheet: Windows-1252, no mark, as Dutch Excel saves a CSV."""
    lines = table.decode("utf-8-sig").split("\r\n")
    edited = [
        line.replace(f";{old};", f";{new};", 1) if line.startswith(f"{parameter};") else line
        for line in lines
    ]
    assert edited != lines
    return "\r\n".join(edited).encode("cp1252")


def _convert(read: str | None, to: str, file: Path, out: Path) -> None:
    profile = (out if read else out.parent) / "profile"
    command = [office(), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += [f"--infilter={read}"] if read else []
    command += ["--convert-to", to, str(file), "--outdir", str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
