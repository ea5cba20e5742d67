"""A bundle that was changed: what differs is said, exactly.

Long: one list of changes to a bundle, each with what is said of it.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import read_zip, verify, write_zip
from models.bundles import verify as verify_module
from models.bundles.contents import MANIFEST, RESULTS, SCENARIO, SUMS, TABLE, contents, open_bundle
from models.bundles.provenance import environment, sha256, source_files
from models.command_line.parsers import main
from models.engine.options import Options
from models.engine.run import run
from models.errors import DataError
from tests.bundles.test_bundle import (
    BUNDLE,
    FILES,
    ROOT,
    RUN,
    SMALL,
    SMALL_FILES,
    A,
    changed,
    listed,
    said,
)


@pytest.fixture(scope="module", autouse=True)
def a_run_is_worked_out_once():
    """What a bundle is held against: the same request gives the same files, as others test."""
    runs, files = {}, {}

    def run_once(levels, assumptions, **options):
        tables = tuple(sorted(assumptions.to_tables().items()))
        key = (tuple(sorted(levels.items())), tables, tuple(options.items()))
        if key not in runs:
            runs[key] = run(levels, assumptions=assumptions, **options)
        return runs[key]

    def contents_once(result, figures):
        key = (id(result), tuple(sorted(figures.items())))
        if key not in files:
            files[key] = contents(result, figures)
        return files[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify_module, "run", run_once)
        patch.setattr(verify_module, "contents", contents_once)
        yield


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


def test_the_loop_at_the_command_line(tmp_path, capsys):
    out = tmp_path / "run.zip"
    assert (
        main(["bundle", "--draws", "20", "--scenario", "article_proposals", "--out", str(out)]) == 0
    )
    assert main(["verify", str(out)]) == 0
    told = capsys.readouterr()
    assert not told.err and told.out.count("\n") == 1 and "same: 22 files" in told.out
    assert main(["verify", str(out), "--lang", "nl"]) == 0
    assert "gelijk: 22 bestanden" in capsys.readouterr().out
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
