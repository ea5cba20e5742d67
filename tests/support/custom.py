"""A folder of one's own: one lever, one cost item and one scenario more, by rows alone.

Made up, so that the sums are easy: 200,000 visits of EUR 60 are EUR 12 million; contracts avoid a
quarter of them at full level, and cost half a million a year.
"""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import models

DATA = Path(__file__).parents[2] / "data"
LEVER, ITEM, SCENARIO = "chiro_contract", "chiropractic", "contracts"
ADDED = {
    "levers.csv": (
        f"{LEVER},care,Chiropractors under contract,Chiropractors onder contract,share of visits,"
        "0,1,0.1,0,,,,2,chiro_contract_cost,,,above,basic_insurance,saves,chiropractic,down,"
        "eff_chiro_contract,eff_chiro_contract,",
    ),
    "lever_effects.csv": (f"{LEVER},vol_chiro_visits,reduce,eff_chiro_contract,,Avoided visits,",),
    "cost_items.csv": (
        f"{ITEM},resource,care,care,Chiropractors,Chiropractors,Visits,Bezoeken,"
        "vol_chiro_visits * price_chiro,patients",
    ),
    "payer_shares.csv": (
        f"{ITEM},supplementary_insurance,chiro_cover",
        f"{ITEM},household_out_of_pocket,rest",
    ),
    "scenarios.csv": (
        f"{SCENARIO},Contracts,Contracten,A test,A test needs one.,Een test vraagt erom.,"
        "expert_guess",
    ),
    "scenario_levels.csv": (f"{SCENARIO},{LEVER},0.5",),
}
_MADE_UP = "expert_guess,Made up,expert_guess,red,Made up for a test"
NUMBERS = (
    f"vol_chiro_visits,Visits,Bezoeken,200000,100000,300000,95%,gamma,visits/year,,people,{_MADE_UP}",
    f"price_chiro,Price,Prijs,60,50,70,95%,gamma,EUR/visit,2024,prices,{_MADE_UP}",
    f"chiro_cover,Covered,Gedekt,0.4,0.3,0.5,95%,beta,share,,insurance,{_MADE_UP}",
    f"eff_chiro_contract,Avoided,Vermeden,0.25,0.1,0.4,95%,beta,share,,effects,{_MADE_UP}",
    "chiro_contract_cost,Contracts,Contracten,500000,200000,900000,95%,gamma,EUR/year,2024,"
    f"programme,{_MADE_UP}",
)  # fmt: skip
OWN = "chiropractic.csv"


def published(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def tables() -> dict[str, str]:
    """The folder: published tables with the rows added, and a table of new parameters."""
    header = published("assumptions/prices.csv").splitlines()[0]
    added = {name: published(name) + "\n".join((*rows, "")) for name, rows in ADDED.items()}
    return added | {OWN: "\n".join((header, *NUMBERS, ""))}


def upload(tables_: dict[str, str] | None = None) -> list[tuple[str, bytes]]:
    return [(name, text.encode()) for name, text in (tables_ or tables()).items()]


def changed(name: str, old: str, new: str) -> list[tuple[str, bytes]]:
    """The folder with one text in one table replaced."""
    edited = tables()
    assert old in edited[name], f"{name} no longer holds {old!r}"
    return upload(edited | {name: edited[name].replace(old, new, 1)})


def dutch(text: str, numbers: tuple[str, ...]) -> bytes:
    """A table as a Dutch spreadsheet saves it: `;`, decimal commas, Windows-1252, CRLF."""
    grid = list(csv.reader(io.StringIO(text)))
    places = [i for i, name in enumerate(grid[0]) if name in numbers]
    for row in grid[1:]:
        for place in places:
            row[place] = row[place].replace(".", ",")
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(grid)
    return stream.getvalue().encode("cp1252")


def changed_data(folder: Path, old: str, new: str) -> models.Assumptions:
    """A copy of `data/` in `folder` with one text of its targets replaced, read."""
    shutil.copytree(DATA, folder)
    path = folder / "targets.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return models.load_assumptions(folder)
