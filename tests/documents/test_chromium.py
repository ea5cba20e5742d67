"""The browser that draws is ended with all that it started, also where its command is a script."""

import os
import time

import pytest

from dashboard.documents import chromium
from models.errors import DataError

SCRIPT = """#!/bin/sh
sleep 300 &
echo $! > "{pid}"
wait
"""


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be collected does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no /proc here")
@pytest.mark.parametrize("made", ["picture", "pdf"])
def test_nothing_of_a_browser_that_makes_nothing_is_left(made, tmp_path, monkeypatch):
    script, pid = tmp_path / "browser", tmp_path / "pid"
    script.write_text(SCRIPT.format(pid=pid), encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(script))
    monkeypatch.setattr(chromium, "PATIENCE", 1)
    with pytest.raises(DataError):
        chromium.pdf("<p>") if made == "pdf" else list(chromium.draw([{}]))
    child = int(pid.read_text(encoding="ascii"))
    for _ in range(100):
        if not alive(child):
            return
        time.sleep(0.05)
    raise AssertionError("what the browser started still runs")
