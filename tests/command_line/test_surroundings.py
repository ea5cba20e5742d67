"""The same bytes on machines that differ: locale, time zone, encoding, home and hashes.

One process for each surroundings makes a run as JSON and as a table, the CSV of a chart, the brief
and the workbook in Dutch, and one error. A locale that the machine lacks is skipped, and named.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.documents.output import today

ROOT = Path(__file__).parents[2]
NO_LOCALE = 75  # what the process says of a locale that the machine has not
PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
ASCII |= {"PYTHONHASHSEED": "7", "HOME": "/dev/null", "OMP_NUM_THREADS": "1"}
SURROUNDINGS = {
    "ascii in Auckland": {**ASCII, "TZ": "Pacific/Auckland"},
    "Dutch in Los Angeles": {"LC_ALL": "nl_NL.UTF-8", "TZ": "America/Los_Angeles"},
}
MADE = r"""
import locale, sys
from datetime import date
from pathlib import Path
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    sys.exit(75)
import models
from dashboard.command_line import commands
from dashboard.command_line.program import main
from dashboard.documents.workbook import workbook
from dashboard.wording.catalogue import words_in
folder, day = Path(sys.argv[1]), date(2026, 1, 2)
commands.today = lambda: day
package = ["--draws", "50", "--set", "xray_share=0.05"]
dutch = ["--lang", "nl", *package]
figures = ["--chart", "today_by_item", "--format", "csv", "--out", str(folder)]
codes = [
    main(["run", *package, "--format", "json"]),
    main(["run", *package, "--format", "table"]),
    main(["export", *dutch, *figures]),
    main(["brief", "--draws", "50", "--lang", "nl"]),
    main(["check", "--lang", "nl", "geen \u00e9.csv"]),
]
result = models.run(levers={"xray_share": 0.05}, draws=50)
(folder / "boek.xlsx").write_bytes(workbook(result, words_in("nl"), "http://localhost:8501", day))
sys.exit(0 if codes == [0, 0, 0, 0, 1] else f"exit codes {codes}")
"""


def made(surroundings: dict[str, str], folder: Path) -> dict[str, bytes]:
    """What a process prints on stdout, and the files that it writes, by name."""
    kept = {name: os.environ[name] for name in ("PATH", "RUGPIJN_CACHE") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", MADE, "."],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "HOME": str(folder), **surroundings},
        capture_output=True,
        timeout=120,
    )
    if done.returncode == NO_LOCALE:
        pytest.skip(f"this machine has no locale {surroundings['LC_ALL']}")
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    told = [line for line in done.stderr.splitlines() if not line.startswith(b"warning: ")]
    assert b"Traceback" not in done.stderr and len(told) == 1
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return {"stdout": done.stdout, **files}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, bytes]:
    return made(PLAIN, tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_same_bytes_on_another_machine(name, plain, tmp_path):
    there = made(SURROUNDINGS[name], tmp_path)
    assert there.keys() == plain.keys() and len(there) == 3
    assert [file for file in plain if there[file] != plain[file]] == []
    assert "één".encode() in plain["stdout"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system sets no time zone by itself")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_day_on_a_file_is_that_of_greenwich(zone, monkeypatch):
    """14 hours before and 12 behind: at any moment one of them has another day."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert today() == datetime.now(UTC).date()
    finally:
        monkeypatch.undo()
        time.tzset()
