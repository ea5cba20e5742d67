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
from hypothesis import given, settings
from hypothesis import strategies as st

import models
from models import read_zip, verify, write_zip
from models.bundles.contents import MANIFEST, RESULTS, SCENARIO, SUMS, TABLE, contents, open_bundle
from models.bundles.provenance import environment, sha256, source_files
from models.command_line.parsers import main
from models.engine.options import Options
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


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"README.md": b"x"}, "folder_empty"),
        ({"care.csv": DATA_FILES["assumptions/care.csv"], "run.exe": b"x"}, "file_unexpected"),
        ({"care.csv": DATA_FILES["assumptions/care.csv"]}, "table_missing"),
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


def test_a_bundle_that_holds():
    assert verify(BUNDLE) == [] and verify(SMALL) == []


MEAN = f'"mean": {RUN.headline["base_case_total"]["mean"]!r}'.encode()
MORE = f'"mean": {RUN.headline["base_case_total"]["mean"] + 1e6!r}'.encode()
CELL = FILES[TABLE].split(b"\n")[1].split(b",")[9]
SUM_OF_README = sha256(FILES["README.md"]).encode()

TAMPERED = {
    "a number": (
        changed(RESULTS, MEAN, MORE),
        [("tampered", RESULTS, ""), ("number", RESULTS, "headline.base_case_total.mean")],
    ),
    "a number, with its hash": (
        listed(changed(RESULTS, MEAN, MORE)),
        [("number", RESULTS, "headline.base_case_total.mean")],
    ),
    "a cell of the table": (
        listed(FILES | {TABLE: FILES[TABLE].replace(b"," + CELL + b",", b",12345.5,", 1)}),
        [("number", TABLE, None)],
    ),
    "a row taken out": (
        listed(FILES | {TABLE: FILES[TABLE].rsplit(b"\n", 2)[0] + b"\n"}),
        [("value", TABLE, "rows")],
    ),
    "results that are no JSON": (
        listed(FILES | {RESULTS: b"4 billion\n"}), [("unreadable", RESULTS, "")],
    ),
    "the same numbers, written otherwise": (
        listed(FILES | {RESULTS: FILES[RESULTS].replace(b", ", b",")}), [("form", RESULTS, "")],
    ),
    "an assumption": (
        changed("assumptions/prices.csv", b",44,", b",43,"),
        [("tampered", "assumptions/prices.csv", ""), ("value", MANIFEST, "assumptions_hash"),
         ("number", RESULTS, "headline.base_case_total.mean"), ("more", TABLE, "")],
    ),
    "an assumption, with its hash": (
        listed(changed("assumptions/prices.csv", b",44,", b",43,")),
        [("value", MANIFEST, "assumptions_hash"), ("text", "README.md", "")],
    ),
    "a reason": (
        listed(changed("assumptions/prices.csv", b"Eigen", b"Jouw")),
        [("text", "README.md", ""), ("text", "LEESMIJ.md", "")],
    ),
    "the title of a source": (
        listed(FILES | {"assumptions/sources.csv":
            FILES["assumptions/sources.csv"].replace(A.sources["anema_2009"]["title"].encode(),
                                                     b"Another title", 1)}),
        [("text", "README.md", "")],
    ),
    "a level": (
        listed(changed(SCENARIO, b"0.05", b"0.06")),
        [("value", MANIFEST, "scenario_id"), ("number", RESULTS, "levers.xray_share")],
    ),
    "a level that cannot be": (
        listed(changed(SCENARIO, b"0.05", b"0.5")),
        [("level_range", SCENARIO, "levers.xray_share")],
    ),
    "the seed": (
        changed(SCENARIO, str(2**62).encode(), b"3"),
        [("tampered", SCENARIO, ""), ("value", MANIFEST, "scenario_id"),
         ("number", RESULTS, "seed")],
    ),
    "a file gone": (
        {n: d for n, d in FILES.items() if n != TABLE}, [("missing", TABLE, "")],
    ),
    "a file gone, from the list too": (
        listed({n: d for n, d in FILES.items() if n != TABLE}), [("missing", TABLE, "")],
    ),
    "the list gone": ({n: d for n, d in FILES.items() if n != SUMS}, [("missing", SUMS, "")]),
    "the manifest gone": (
        {n: d for n, d in FILES.items() if n != MANIFEST}, [("missing", MANIFEST, "")],
    ),
    "a file more": (FILES | {"notes.txt": b"hi"}, [("unlisted", "notes.txt", "")]),
    "a file more, in the list too": (
        listed(FILES | {"notes.txt": b"hi"}), [("extra", "notes.txt", "")],
    ),
    "a table more": (
        listed(FILES | {"assumptions/zz.csv": FILES["assumptions/care.csv"]}),
        [("id_twice", "assumptions/zz.csv", None)],
    ),
    "the words of the README": (
        listed(FILES | {"README.md": FILES["README.md"] + b"It is cheaper.\n"}),
        [("text", "README.md", "")],
    ),
    "a hash": (
        changed(SUMS, SUM_OF_README, b"0" * 64), [("tampered", "README.md", "")],
    ),
    "a line of the list": (
        changed(SUMS, SUM_OF_README, b"md5"), [("list", SUMS, ""), ("unlisted", "README.md", "")],
    ),
    "a line of the list twice": (
        FILES | {SUMS: FILES[SUMS] + FILES[SUMS].splitlines(True)[0]}, [("list", SUMS, "")],
    ),
    "a table in another order": (
        listed(FILES | {"assumptions/payers.csv": b"\n".join([
            *FILES["assumptions/payers.csv"].split(b"\n")[:1],
            *FILES["assumptions/payers.csv"].split(b"\n")[-2:0:-1], b""])}),
        [("form", "assumptions/payers.csv", "")],
    ),
    "another version": (
        listed(changed(MANIFEST, b'"0.1.0"', b'"9.9.9"')), [("version", MANIFEST, "model_version")],
    ),
    "another library": (
        listed(FILES | {MANIFEST: FILES[MANIFEST].replace(
            json.dumps(environment()["numpy"]).encode(), b'"1.0"')}),
        [("environment", MANIFEST, "environment.numpy")],
    ),
    "another source": (
        listed(changed(MANIFEST, source_files()["models/formulas/care.py"].encode(), b"0" * 64)),
        [("source", MANIFEST, "source")],
    ),
    "another published set": (
        listed(changed(MANIFEST, A.hash.encode(), b"f" * 64)),
        [("published", MANIFEST, "published_hash")],
    ),
    "a manifest of another kind": (
        listed(FILES | {MANIFEST: b"[]"}), [("unreadable", MANIFEST, "")],
    ),
    "a hostile manifest": (
        listed(FILES | {MANIFEST: b'{"environment": [1], "source": 3, "\\u202e": {"a": [null]}}'}),
        [("value", MANIFEST, "scenario_id"), ("source_new", MANIFEST, "source")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_said_exactly(how):
    files, expected = TAMPERED[how]
    found = said(files)
    for code, file, key in expected:
        alike = [one for one in found if one[:2] == (code, file) and key in (None, one[2])]
        assert alike, f"{(code, file, key)} not in {found}"


def test_a_number_is_named_with_how_much_it_is_off():
    (one,) = verify(write_zip(TAMPERED["a number, with its hash"][0]))
    assert one.was - one.now == pytest.approx(1e6) and one.by == pytest.approx(1e6)
    assert one.message().endswith("differs by 1,000,000")
    assert one.message("nl").endswith("verschil 1.000.000")
    assert repr(one.was) in one.message() and repr(one.now) in one.message()


def test_only_what_was_changed_is_said():
    for how in ("a number, with its hash", "another version", "another library", "another source"):
        assert len(said(TAMPERED[how][0])) == 1, how


def test_another_environment_says_that_the_numbers_are_the_same():
    (one,) = verify(write_zip(TAMPERED["another library"][0]))
    assert "made with 1.0, here is" in one.message() and "same to the last bit" in one.message()
    assert "laatste bit gelijk" in one.message("nl")


def nudged(files: dict[str, bytes]) -> dict[str, bytes]:
    """Every mean of the headline one unit in the last place further."""
    content = json.loads(files[RESULTS])
    for quantity in ("base_case_total", "scenario_total"):
        mean = content["headline"][quantity]["mean"]
        content["headline"][quantity]["mean"] = float(f"{mean * (1 + 3e-16):.17g}")
    assert content != json.loads(files[RESULTS])
    return files | {RESULTS: json.dumps(content, ensure_ascii=False).encode() + b"\n"}


def test_last_bits_are_said_to_be_so():
    (here,) = verify(write_zip(listed(nudged(FILES))))
    assert here.code == "rounding_here" and "last bits only" in here.message()
    elsewhere = verify(write_zip(listed(nudged(TAMPERED["another library"][0]))))
    assert [one.code for one in elsewhere] == ["environment", "rounding"]
    assert "but for their last bits" in elsewhere[0].message()


@pytest.mark.parametrize(
    "results",
    [
        *(b"", b"{}", b"[]", b"null", b"\xff", b"NaN", b'{"headline": NaN}', b'{"draws": "40"}'),
        *(b"[" * 9_000, b'{"draws": ' + b"9" * 9000 + b"}", b'{"draws": 1e999}', b"true"),
        *(b'{"headline": {"base_case_total": [[[]]]}}', b'"' + b"x" * 9_999 + b'"'),
    ],
)
def test_hostile_results_are_said_to_differ(results):
    for name in (RESULTS, TABLE, MANIFEST, SUMS):
        files = SMALL_FILES | {name: results}
        try:
            assert said(files if name == SUMS else listed(files))
        except DataError as error:
            assert [one.code for one in error.findings] == ["archive_ratio"]


# -- at the command line --------------------------------------------------------------------------


def test_the_loop_at_the_command_line(tmp_path, capsys):
    out = tmp_path / "run.zip"
    assert (
        main(["bundle", "--draws", "20", "--scenario", "article_proposals", "--out", str(out)]) == 0
    )
    assert main(["verify", str(out)]) == 0
    told = capsys.readouterr()
    assert not told.err and told.out.count("\n") == 1 and "same: 21 files" in told.out
    assert main(["verify", str(out), "--lang", "nl"]) == 0
    assert "gelijk: 21 bestanden" in capsys.readouterr().out
    out.write_bytes(write_zip(TAMPERED["a number"][0]))
    assert main(["verify", str(out)]) == 1
    told = capsys.readouterr()
    assert not told.out and len(told.err.splitlines()) == 2
    assert "results.json: was changed after the bundle was made" in told.err


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["bundle"], 2, "--out"),
        (["bundle", "--set", "xray=1", "--out", "x.zip"], 2, "xray_share"),
        (["bundle", "--draws", "5", "--out", "/nowhere/x.zip"], 2, "cannot be written"),
        (["verify"], 2, "FILE.zip"),
        (["verify", "/nowhere.zip"], 1, "nowhere.zip"),
        (["verify", "README.md"], 1, "a zip file"),
        (["verify", "data"], 1, "existing, readable file"),
        (["verify", "a.zip", "b.zip"], 2, "b.zip"),
        (["verify", "a.zip", "--draws", "5"], 2, "--draws"),
    ],
)
def test_what_the_commands_refuse(words, code, part, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert main(words) == code
    told = capsys.readouterr()
    assert not told.out and part in told.err and "Traceback" not in told.err


# -- fuzzed ---------------------------------------------------------------------------------------


def tried(data: bytes) -> bool:
    """Opened and verified without any exception but DataError; whether it held."""
    try:
        open_bundle(data)
    except DataError as error:
        assert error.findings
    try:
        found = verify(data)
    except DataError as error:
        assert error.findings and all(line.isprintable() for line in error.lines("nl"))
        return False
    assert all(one.message(lang).isprintable() for one in found for lang in ("en", "nl"))
    return not found


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_mutation_of_the_bytes_is_said(data):
    """What is changed in the zip is refused or said, unless it changed no file of it."""
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.integers(0, 2)):
            case 0:
                content[at] = data.draw(st.integers(0, 255))
            case 1:
                del content[at : at + data.draw(st.integers(1, 60))]
            case 2:
                content[at:at] = data.draw(st.binary(min_size=1, max_size=30))
    if tried(bytes(content)):
        assert read_zip(bytes(content)) == SMALL_FILES


SPLICES = (b"", b"\x00", b'"', b",", b"{", b"1e999", b"-1", b"NaN", b"=1+1", b"\n", b"\xff",
           "\u202e".encode(), b"{0}", b"%s", b"9" * 50)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_mutation_of_the_files_is_said(data):
    """Files changed with the list of hashes made to fit: only running again can tell."""
    files = dict(SMALL_FILES)
    for _ in range(data.draw(st.integers(1, 2))):
        name = data.draw(st.sampled_from(sorted(files)))
        content = bytearray(files[name])
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        width = data.draw(st.integers(0, 12))
        content[at : at + width] = data.draw(st.sampled_from(SPLICES))
        files[name] = bytes(content)
    if data.draw(st.booleans()):
        files = listed(files)
    if tried(write_zip(files)):
        changed = {n for n in {*files, *SMALL_FILES} if files.get(n) != SMALL_FILES.get(n)}
        assert changed <= {"assumptions/sources.csv", SUMS}  # the same sources, spaced otherwise
        assert open_bundle(write_zip(files)).assumptions == A


def test_options_are_all_written_down():
    assert set(json.loads(FILES[SCENARIO])) == {"schema", "levers", *vars(Options())}
    assert contents(RUN)[SCENARIO] == FILES[SCENARIO]
