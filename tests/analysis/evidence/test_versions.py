"""Which figures moved between two versions: rows, effects, and lines for the changelog."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import shutil
from pathlib import Path

import pytest

import models
from models import compare
from models.analysis.evidence.versions import lines
from models.command_line.parsers import main
from models.tables.assumptions import Assumptions

DATA = Path(__file__).parents[3] / "data"
A = models.load_assumptions()


def version(rows: dict | None = None, **columns) -> Assumptions:
    rows = dict(rows or A)
    for name, cells in columns.items():
        rows[name] = dataclasses.replace(rows[name], **cells)
    return Assumptions(rows.values(), A.sources, A.catalogue)


def without_doubt(**columns) -> Assumptions:
    point = {"distribution": "fixed", "interval": "none"}
    rows = {n: dataclasses.replace(r, low=r.base, high=r.base, **point) for n, r in A.items()}
    return version(
        rows, **{n: {"low": c["base"], "high": c["base"], **c} for n, c in columns.items()}
    )


def without(name: str) -> Assumptions:
    return Assumptions((row for row in A.values() if row.parameter != name), A.sources, A.catalogue)


def test_a_version_beside_itself():
    found = compare(A, A, draws=20)
    assert found["changed"] == found["added"] == found["removed"] == found["tables"] == ()
    assert found["total"] == 0 and lines(found) == ["Nothing differs."]


def test_effects_worked_by_hand():
    # 1,823,500 consultations at EUR 10 more: 18,235,000; see test_price.py
    dearer = without_doubt(price_gp={"base": 43.12})
    found = compare(without_doubt(), dearer, draws=2, anchor="total")
    (row,) = found["changed"]
    assert row["alone"] == pytest.approx(18_235_000, rel=1e-9) and found["interaction"] == 0
    assert (row["from"], row["to"]) == (33.12, 43.12)
    assert set(row["columns"]) == {"base", "low", "high"}
    assert found["total"] == pytest.approx(18_235_000, rel=1e-9)
    # each version calibrated by itself comes to the anchor of EUR 4.0 billion again
    assert found["headline"] == pytest.approx({"old": 4e9, "new": 4e9}, rel=1e-9)


def test_back_again_is_the_opposite():
    new = version(price_gp={"base": 40.0}, sl_share={"base": 0.2})
    there, back = compare(A, new, draws=30), compare(new, A, draws=30)
    assert there["old_hash"] == back["assumptions_hash"] == A.hash
    assert {row["parameter"] for row in back["changed"]} == {"price_gp", "sl_share"}
    (gp,) = (row for row in back["changed"] if row["parameter"] == "price_gp")
    assert (gp["from"], gp["to"]) == (40.0, A["price_gp"].base)


def test_words_only_have_no_effect():
    found = compare(A, version(price_gp={"note": "Seen again", "quality": "amber"}), draws=10)
    (row,) = found["changed"]
    assert set(row["columns"]) == {"note", "quality"} and row["alone"] == 0
    assert "quality green -> amber" in lines(found)[1] and "note rewritten" in lines(found)[1]


def test_another_unit_is_not_priced():
    found = compare(A, version(price_gp={"unit": "EUR/visit", "base": 35.0}), draws=10)
    (row,) = found["changed"]
    assert row["alone"] is None and found["total"] == 0
    assert "unit EUR/consult -> EUR/visit" in lines(found)[1] and "base case" not in lines(found)[1]


@pytest.mark.parametrize("name", ["price_gp", "vol_gp_all_lbp"])
def test_a_row_that_one_version_lacks(name):
    added, removed = compare(without(name), A, draws=10), compare(A, without(name), draws=10)
    assert [row["parameter"] for row in added["added"]] == [name] and not added["removed"]
    assert [row["parameter"] for row in removed["removed"]] == [name] and not removed["added"]
    assert added["total"] == removed["total"] == 0
    assert f"`{name}` added" in lines(added)[1] and f"`{name}` removed" in lines(removed)[1]


def test_reasons_are_in_the_lines():
    new = version(price_gp={"base": 40.0, "reason": "Tarief 2025"})
    assert "Reason: Tarief 2025" in lines(compare(A, new, draws=10))[1]


def test_the_effect_on_a_package():
    new = version(price_xray={"base": 98.17})
    found = compare(A, new, {"xray_share": 0.05}, draws=10)
    assert found["changed"][0]["alone_incremental"] == found["total_incremental"] != 0


def edit(path: Path, key: str, column: str, value: str) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows = [row | {column: value} if key in row.values() else row for row in rows]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")


@pytest.fixture
def folders(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        shutil.copytree(DATA / "assumptions", tmp_path / name / "assumptions")
        for path in DATA.glob("*.csv"):
            shutil.copy(path, tmp_path / name)
    edit(tmp_path / "new" / "assumptions" / "prices.csv", "price_gp", "base", "40")
    edit(tmp_path / "new" / "levers.csv", "xray_share", "max", "0.3")
    return [str(tmp_path / "old"), str(tmp_path / "new")]


def test_the_command(folders, capsys):
    words = ["compare", *folders, "--draws", "50"]
    assert main(words) == 0
    told = capsys.readouterr()
    assert not told.err and told.out.startswith("EUR million a year")
    assert "- `price_gp` (EUR/consult): base 33.12 -> 40: base case +" in told.out
    assert "- `levers.csv`, changed: xray_share." in told.out
    assert main([*words, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == 1 and found["draws"] == 50 and found["seed"] == 1
    assert [row["parameter"] for row in found["changed"]] == ["price_gp"]
    assert found["tables"] == [
        {"table": "levers.csv", "added": [], "removed": [], "changed": ["xray_share"]}
    ]
    assert found["catalogue"] == 0


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        ([], 2, "OLD_DIR"),
        (["data"], 2, "NEW_DIR"),
        (["data", "/nowhere"], 1, "nowhere"),
        (["data", "data", "--set-assumption", "price_gp=1"], 2, "leave out other assumptions"),
        (["data", "tests"], 1, "0 .csv"),
    ],
)
def test_what_the_command_refuses(words, code, part, capsys, monkeypatch):
    monkeypatch.chdir(DATA.parent)
    assert main(["compare", *words]) == code
    told = capsys.readouterr()
    assert not told.out and part in told.err and "Traceback" not in told.err
