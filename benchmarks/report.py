"""What a benchmark found, as JSON for machines and as a table for people."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path

from benchmarks.contest import Entry

PACKAGES = ("numpy", "scipy", "pandas", "streamlit", "plotly", "openfisca-core", "playwright")


@dataclass
class Report:
    """Rows share their keys; a value that was not measured is None."""

    name: str
    question: str
    settings: dict
    rows: list[dict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def table(self) -> str:
        settings = ", ".join(f"{key} {value}" for key, value in self.settings.items())
        parts = [f"{self.name}: {self.question}", settings, "", *_table(self.rows), ""]
        return "\n".join(parts + [f"- {note}" for note in self.notes])

    def content(self) -> dict:
        return asdict(self)


def compared(entry: Entry, base: Entry, unit: float = 1e-3) -> dict:
    """A row: median, spread over rounds, and the median and spread of the ratio to `base`."""
    row = {"contender": entry.name, "status": entry.status, "ms": None, "ms_spread": None}
    row |= {"ratio": None, "ratio_spread": None, "reason": entry.reason}
    if entry.seconds:
        scaled = sorted(value / unit for value in entry.seconds)
        ratios = sorted(entry.ratios(base)) if base.seconds else []
        row |= {"ms": entry.median / unit, "ms_spread": [scaled[0], scaled[-1]]}
        if ratios:
            row |= {"ratio": middle(ratios), "ratio_spread": [ratios[0], ratios[-1]]}
    return row


def middle(values: list[float]) -> float:
    """Median of sorted values."""
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def machine() -> dict:
    """The machine and versions: timings mean nothing without them."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES if _version(name)},
    }


def machine_line(facts: dict) -> str:
    packages = ", ".join(f"{name} {version}" for name, version in facts["packages"].items())
    return (
        f"{facts['processor']}, {facts['cores']} cores, load {facts['load']}, {facts['system']}\n"
        f"Python {facts['python']}, {packages}"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _table(rows: list[dict]) -> list[str]:
    if not rows:
        return ["(nothing measured)"]
    cells = [[key.replace("_", " ") for key in rows[0]]]
    cells += [[_cell(value) for value in row.values()] for row in rows]
    keep = [i for i in range(len(cells[0])) if any(line[i] for line in cells[1:])]
    widths = [max(len(line[i]) for line in cells) for i in keep]
    return [
        "  ".join(
            line[i].ljust(width) if n == 0 or i == keep[-1] else line[i].rjust(width)
            for n, (i, width) in enumerate(zip(keep, widths, strict=True))
        ).rstrip()
        for line in cells
    ]


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " - ".join(_cell(part) for part in value)
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
