"""Every line of docs/security.md names tests that exist, and what is the proxy's is set."""

import ast
import re
from pathlib import Path

import pytest

from tests.verification.test_readme import named, there

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE))
# jump when somebody sets the clock
CLOCK = {"time.time", "time.time_ns", "datetime.now().timestamp"}


def test_every_line_names_tests_that_exist_or_says_that_there_is_none():
    rows = {name: row for name, row in ROWS.items() if name not in ("risk", "fault", "---")}
    assert len(rows) >= 23
    assert set().union(*map(named, rows.values())) <= there()
    assert [name for name, row in rows.items() if not named(row)] == ["a frozen process"]


def clocks(source: str) -> list[str]:
    """Calls in a file that read the clock of the day to measure time by."""
    if "time.time" not in source and ".timestamp" not in source:  # quicker than to parse them all
        return []
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [ast.unparse(call.func) for call in calls if ast.unparse(call.func) in CLOCK]


def test_nothing_waits_by_the_clock_of_the_day():
    files = [path for room in ("models", "dashboard") for path in (ROOT / room).rglob("*.py")]
    assert [path for path in files if clocks(path.read_text(encoding="utf-8"))] == []
    assert clocks("import time\nstart = time.time()") == ["time.time"]


@pytest.mark.parametrize(
    ("file", "setting"),
    [
        ("deploy/nginx.conf", r"client_header_timeout 10s;"),
        ("deploy/nginx.conf", r"client_body_timeout 10s;"),
        ("deploy/nginx.conf", r"send_timeout 20s;"),
        ("deploy/nginx.conf", r"client_max_body_size 3m;"),
        ("deploy/nginx.conf", r"limit_conn connections 20;"),
        ("deploy/nginx.conf", r"worker_rlimit_nofile 65536;"),
        ("deploy/nginx.conf", r"location = /_stcore/metrics \{ return 404; \}"),
        ("deploy/compose.yaml", r"nofile: \{? ?(soft: )?65536"),
        ("deploy/compose.yaml", r"read_only: true"),
        ("deploy/Containerfile", r"HEALTHCHECK "),
        ("deploy/Containerfile", r"USER (?!root)"),
    ],
)
def test_the_proxy_bounds_what_the_server_does_not(file, setting):
    assert re.search(setting, (ROOT / file).read_text(encoding="utf-8"))
