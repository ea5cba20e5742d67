"""A run in one file: the same bytes for the same input, and every tampering said exactly."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import models
from models import read_zip, verify, write_zip
from models.bundles.contents import MANIFEST, RESULTS, SCENARIO, SUMS, TABLE, open_bundle
from models.bundles.provenance import environment, sha256, source_files
from models.command_line.parsers import main
from models.errors import DataError, UsageError
from models.tables.assumptions import Assumptions

ROOT = Path(__file__).parents[2]
A = models.load_assumptions()
LEVERS = {"xray_share": 0.05, "walking_programme": 0.2}
REASON = "Eigen tarief, zie de bijlage"


def edited() -> Assumptions:
    rows = dict(A)
    rows["price_physio"] = dataclasses.replace(A["price_physio"], base=44.0, reason=REASON)
    return Assumptions(rows.values(), A.sources, A.catalogue)


RUN = models.run(LEVERS, assumptions=edited(), draws=40, seed=2**62, years=2, valuation="friction")
BUNDLE = models.bundle(RUN)
FILES = read_zip(BUNDLE)
SMALL = models.bundle(models.run({"xray_share": 0.05}, draws=1, years=1))
SMALL_FILES = read_zip(SMALL)


def listed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with a list of hashes that fits, as a careful forger would hand them over."""
    rest = {name: data for name, data in files.items() if name != SUMS}
    lines = [f"{sha256(rest[name])}  {name}\n" for name in sorted(rest)]
    return rest | {SUMS: "".join(lines).encode()}


def changed(name: str, old: bytes, new: bytes) -> dict[str, bytes]:
    assert old in FILES[name]
    return FILES | {name: FILES[name].replace(old, new, 1)}


def said(files: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """(code, file, key) of every difference; every line reads in both languages."""
    found = verify(write_zip(files))
    for lang in ("en", "nl"):
        for line in (one.message(lang) for one in found):
            assert line.isprintable() and "{" not in line.replace("{...}", "") and len(line) < 900
    return [(one.code, one.file, getattr(one, "key", "")) for one in found]


# -- what is in it --------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes():
    twin = models.run(LEVERS, assumptions=edited(), draws=40, seed=2**62, years=2,
                      valuation="friction")  # fmt: skip
    assert models.bundle(twin) == BUNDLE
    with zipfile.ZipFile(io.BytesIO(BUNDLE)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "surroundings", [{"PYTHONHASHSEED": "7"}, {"TZ": "Asia/Tokyo", "LC_ALL": "C"}]
)
def test_another_process_gives_the_same_bytes(surroundings, tmp_path):
    words = ["bundle", "--set", "xray_share=0.05", "--draws", "1", "--years", "1"]
    out = tmp_path / "run.zip"
    subprocess.run(
        [sys.executable, "-m", "models", *words, "--out", str(out)],
        cwd=ROOT, env={**os.environ, **surroundings}, check=True,
    )  # fmt: skip
    assert out.read_bytes() == SMALL


def test_it_holds_what_the_command_prints(capsysbinary, tmp_path):
    out = tmp_path / "run.zip"
    words = ["--set", "xray_share=0.05", "--draws", "30", "--set-assumption", "price_gp=40"]
    assert main(["bundle", *words, "--out", str(out)]) == 0
    files = read_zip(out)
    for name, form in ((RESULTS, "json"), (TABLE, "csv")):
        assert main(["run", *words, "--format", form]) == 0
        assert files[name] == capsysbinary.readouterr().out


def test_unpacked_it_runs_by_hand(tmp_path, capsysbinary):
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    words = ["--scenario", str(tmp_path / SCENARIO), "--assumptions", str(tmp_path / "assumptions")]
    assert main(["run", *words, "--format", "json"]) == 0
    assert capsysbinary.readouterr().out == FILES[RESULTS]


def test_the_list_of_hashes_is_that_of_sha256sum():
    lines = FILES[SUMS].decode().splitlines()
    assert {line[66:] for line in lines} == set(FILES) - {SUMS}
    assert all(line[:64] == sha256(FILES[line[66:]]) and line[64:66] == "  " for line in lines)


def test_the_manifest_says_with_what_it_was_made():
    made = json.loads(FILES[MANIFEST])
    assert made["environment"] == environment() and made["source"] == source_files()
    assert made["assumptions_hash"] == RUN.assumptions_hash and made["published_hash"] == A.hash
    assert made["model_version"] == models.VERSION and made["scenario_id"] == RUN.scenario_id
    assert "data/levers.csv" in made["source"] and "models/formulas/care.py" in made["source"]
    assert str(ROOT) not in FILES[MANIFEST].decode() and os.uname().nodename not in str(made)


def test_the_readme_says_it_in_words():
    english, dutch = FILES["README.md"].decode(), FILES["LEESMIJ.md"].decode()
    total = RUN.headline["base_case_total"]["mean"] / 1e6
    assert f"- base case: {total:,.1f} (" in english
    assert f"- vandaag: {total:,.1f} (".translate(str.maketrans(",.", ".,")) in dutch
    assert "41.73 (37 to 45) becomes 44 (37 to 45) EUR a session" in english
    assert "41,73 (37 tot 45) wordt 44 (37 tot 45) EUR per behandeling" in dutch
    assert REASON in english and REASON in dutch
    assert "0,05 (vandaag 0,11)" in dutch and f"{2**62:,d}" in english
    plain = {name: data.decode() for name, data in SMALL_FILES.items() if name.endswith(".md")}
    assert "none edited" in plain["README.md"] and "zonder wijzigingen" in plain["LEESMIJ.md"]


def test_reasons_and_sources_go_along():
    rows = csv.DictReader(io.StringIO(FILES["assumptions/prices.csv"].decode()))
    assert {row["parameter"]: row["reason"] for row in rows}["price_physio"] == REASON
    assert FILES["assumptions/sources.csv"].count(b"\n") == len(A.sources) + 1


def test_figures_are_kept_beside_it():
    with_figures = models.bundle(RUN, {"today.svg": b"<svg/>"})
    assert read_zip(with_figures)["figures/today.svg"] == b"<svg/>"
    assert verify(with_figures) == []
    for name in ("../x.svg", "x.exe", "a/b.png", "", ".svg", "a\n.svg"):
        with pytest.raises(UsageError, match="figure"):
            models.bundle(RUN, {name: b""})


# -- opened ---------------------------------------------------------------------------------------


def test_opening_gives_back_what_was_asked():
    used, levels, options = open_bundle(BUNDLE)
    assert used == edited() and used["price_physio"].reason == REASON
    assert levels == LEVERS and options == RUN.options
    assert models.run(levels, assumptions=used, **vars(options)).to_json() == RUN.to_json()


def test_a_folder_of_another_catalogue_goes_along(tmp_path):
    table = (ROOT / "data" / "levers.csv").read_text(encoding="utf-8")
    A.to_folder(tmp_path)
    row = next(line for line in table.splitlines() if line.startswith("xray_share,"))
    (tmp_path / "levers.csv").write_text(table.replace(row, row.replace(",0,0.2,", ",0,0.9,")))
    used = models.load_assumptions(tmp_path)
    made = models.bundle(models.run({"xray_share": 0.8}, assumptions=used, draws=5, years=1))
    assert "assumptions/levers.csv" in read_zip(made)
    assert "- `levers.csv`: rows of its own" in read_zip(made)["README.md"].decode()
    assert open_bundle(made).levels == {"xray_share": 0.8} and verify(made) == []


def test_zipped_again_with_its_folder_it_is_the_same():
    again = write_zip({f"Mijn map/{name}": data for name, data in FILES.items()})
    assert open_bundle(again).levels == LEVERS and verify(again) == []


DATA_FILES = {
    path.relative_to(ROOT / "data").as_posix(): path.read_bytes()
    for path in (ROOT / "data").rglob("*")
    if path.suffix in (".csv", ".md", ".json")
}


@pytest.mark.parametrize("top", ["", "data/", "a/b/", "assumptions/"])
def test_a_folder_sent_as_a_zip(top):
    if top == "assumptions/":
        files = {n: d for n, d in DATA_FILES.items() if n.startswith(top)}
    else:
        files = {top + name: data for name, data in DATA_FILES.items()}
    assert models.open_folder(write_zip(files)) == A


def test_tables_alone_or_a_bundle_are_a_folder_too(tmp_path, capsys):
    tables = edited().to_tables()
    assert models.open_folder(write_zip(tables)) == edited() == models.open_folder(BUNDLE)
    path = tmp_path / "map.ZIP"
    path.write_bytes(write_zip(tables))
    assert models.load_assumptions(path) == edited()
    assert main(["check", str(path)]) == 0 and "in order" in capsys.readouterr().out
    words = ["price", "--assumptions", str(path), "--draws", "5"]
    assert main(words) == 0 and REASON in capsys.readouterr().out


def test_tables_that_a_zip_lacks_are_as_published_but_each_is_whole():
    some = {n: d for n, d in edited().to_tables().items() if n in ("prices.csv", "sources.csv")}
    assert len(some) == 2 and models.open_folder(write_zip(some)) == edited()
    short = b"\n".join(some["prices.csv"].splitlines()[:3]) + b"\n"
    with pytest.raises(DataError, match="price_xray: found nothing"):
        models.open_folder(write_zip({"prices.csv": short}))


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"README.md": b"x"}, "folder_empty"),
        ({"care.csv": DATA_FILES["assumptions/care.csv"], "run.exe": b"x"}, "file_unexpected"),
        ({f"{one}/care.csv": b"x" for one in "ab"}, "file_deep"),
        ({"mimetype": b"x", "content.xml": b"x"}, "archive_workbook"),
        (edited().to_tables() | {"prices2.csv": DATA_FILES["assumptions/prices.csv"]}, "id_twice"),
        (FILES | {"extra.csv": b"x"}, "bundle_extra"),
    ],
)
def test_a_wrong_folder_in_a_zip(files, code, tmp_path, capsys):
    with pytest.raises(DataError) as caught:
        models.open_folder(write_zip(files))
    assert code in {one.code for one in caught.value.findings}
    path = tmp_path / "map.zip"
    path.write_bytes(write_zip(files))
    assert main(["check", str(path), "--lang", "nl"]) == 1
    assert "gevonden" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (changed("assumptions/prices.csv", b",44,", b",45,"), "bundle_changed"),
        (changed(SCENARIO, b"0.05", b"0.06"), "bundle_changed"),
        (FILES | {"extra.txt": b"x"}, "bundle_extra"),
        ({n: d for n, d in FILES.items() if n != RESULTS}, "bundle_missing"),
        ({n: d for n, d in FILES.items() if n != SUMS}, "bundle_missing"),
        (listed({n: d for n, d in FILES.items() if n != SCENARIO}), "bundle_missing"),
        (listed({n: d for n, d in FILES.items() if "assumptions" not in n}), "bundle_missing"),
        ({"care.csv": b"a,b\n1,2\n"}, "bundle_form"),
        (listed(changed(SCENARIO, b"0.05", b"5")), "level_range"),
        (listed(changed(SCENARIO, b'"draws": 40', b'"draws": 1e9')), "field_value"),
        (listed(changed("assumptions/prices.csv", b",44,", b",=1,")), "number_form"),
        (listed(changed("assumptions/prices.csv", b"price_gp", b"price_pg")), "id_unknown"),
    ],
)
def test_what_cannot_be_opened(files, code):
    with pytest.raises(DataError) as caught:
        open_bundle(write_zip(files), "run.zip")
    assert code in {one.code for one in caught.value.findings}
    assert all(line.isprintable() for line in caught.value.lines("nl"))


# -- verified -------------------------------------------------------------------------------------


# -- at the command line --------------------------------------------------------------------------


# -- fuzzed ---------------------------------------------------------------------------------------
