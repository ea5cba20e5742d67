"""Before a version goes out: bill of materials, licences, and what is checked."""

import json
import re
from pathlib import Path

import pytest

from dashboard.command_line.parsers import main
from dashboard.command_line.release_commands import release
from dashboard.release import checks
from dashboard.release.lock import ALLOWED, LOCK, ROOT, UNKNOWN, names_of, requirements
from dashboard.release.sbom import LICENCE, NAME, sbom
from models.errors import UsageError
from models.version import VERSION

ROWS = requirements()


def test_the_bill_of_materials_holds_the_whole_lock_with_its_hashes():
    text = LOCK.read_text(encoding="utf-8")
    content = json.loads(sbom(ROWS))
    assert sbom(ROWS) == sbom(requirements())  # no day and no chance in it
    found = {part["name"]: part for part in content["components"]}
    assert set(found) == set(re.findall(r"^([a-z0-9-]+)==", text, re.M))
    hashes = [
        h["content"] for part in found.values() for h in part["externalReferences"][0]["hashes"]
    ]
    assert hashes == re.findall(r"sha256:([0-9a-f]{64})", text)
    numpy = found["numpy"]
    assert numpy["purl"] == f"pkg:pypi/numpy@{numpy['version']}" and numpy["scope"] == "required"
    refs = {part["bom-ref"] for part in found.values()} | {NAME}
    tree = {row["ref"]: row["dependsOn"] for row in content["dependencies"]}
    assert set(tree) == refs and set().union(*tree.values()) == refs - {NAME}
    direct = re.findall(r'^    "([a-z0-9-]+)==', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert {found[name]["bom-ref"] for name in direct if name in found} >= set(tree[NAME])
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'license = "{LICENCE}"' in project


def test_every_requirement_has_a_licence_under_which_it_may_be_passed_on():
    wrong = {row.name: row.licence for row in ROWS if not names_of(row.licence) <= ALLOWED}
    elsewhere = {row.name for row in ROWS if row.when}  # not installed on this machine
    assert set(wrong) <= elsewhere and set(wrong.values()) <= {UNKNOWN}
    assert names_of("BSD-3-Clause AND (MIT OR GPL-3.0-only)") - ALLOWED == {"GPL-3.0-only"}


def test_the_licences_are_a_table(capsys):
    assert main(["licences"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "name,version,licence,needed_by" and len(lines) == len(ROWS) + 1
    assert any(line.startswith("plotly,") and ",MIT,rugpijn" in line for line in lines)


@pytest.mark.parametrize(
    ("check", "wrong", "right"),
    [
        (checks.changelog, "# C\n\n## Unreleased\n", f"# C\n\n## {VERSION} (2027-01-31)\n"),
        (
            checks.changelog,
            f"## {VERSION}\n",
            f"## {VERSION} (2027-01-31)\n\n## 0.0.9 (2026-01-01)",
        ),
        (
            checks.citation,
            'version: "0.0.1"\ndate-released: soon\nrepository-code: http://x\n',
            f"version: {VERSION}\ndate-released: 2027-01-31\nrepository-code: https://x.example\n",
        ),
        (
            checks.maker,
            '[maker]\nname = ""\ncontact = "desk"\npublished = ""\n',
            '[maker]\nname = "A"\ncontact = "desk"\npublished = "2027-01-31"\n',
        ),
    ],
)
def test_what_stands_in_the_way_is_said(check, wrong, right):
    assert list(check(right)) == []
    said = list(check(wrong))
    assert said and all(
        re.match(r"(CHANGELOG\.md|CITATION\.cff|data/maker\.toml): ", s) for s in said
    )


def test_recorded_predictions_may_not_change(tmp_path):
    (tmp_path / "SHA256SUMS").write_text("0" * 64 + "  0.0.1.csv\n", encoding="utf-8")
    (tmp_path / "0.0.1.csv").write_text("changed", encoding="utf-8")
    said = list(checks.predictions(tmp_path))
    assert [VERSION in said[0], "0.0.1.csv: is missing or was changed" in said[1]] == [True, True]
    assert list(checks.predictions(ROOT / "data" / "predictions")) == []


def test_an_address_that_was_given_out_may_not_get_lost(tmp_path):
    (tmp_path / "docs").mkdir()
    given = "address,since\nc/field/,0.1.0\nc/gone/,0.1.0\n"
    (tmp_path / "docs" / "addresses.csv").write_text(given, encoding="utf-8")
    page = tmp_path / "site" / "c" / "field" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("", encoding="utf-8")
    said = checks.lost_addresses(tmp_path / "site", tmp_path)
    assert len(said) == 1 and "c/gone/" in said[0]


def test_release_names_every_problem_and_builds_nothing(monkeypatch, tmp_path):
    from argparse import Namespace

    from dashboard.command_line import release_commands

    monkeypatch.setattr(release_commands, "problems", lambda rows: ["first", "second"])
    with pytest.raises(UsageError, match="first\nsecond"):
        release(Namespace(folder=str(tmp_path / "out")))
    assert not (tmp_path / "out").exists()
    monkeypatch.setattr(release_commands, "problems", lambda rows: [])
    assert release(Namespace(check=True)) == "in order"
    (tmp_path / "a").write_text("")
    with pytest.raises(UsageError, match="is not empty"):
        release(Namespace(folder=str(tmp_path)))


def test_outside_a_checkout_it_says_so():
    with pytest.raises(UsageError, match="in a checkout of the project"):
        requirements(Path("no_such_folder") / "requirements.txt")


def test_the_citation_bears_the_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert not any("version" in said for said in checks.citation(text))
