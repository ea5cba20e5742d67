"""A bundle describes itself as an RO-Crate, by the rules of RO-Crate 1.1."""

import csv
import json
import re

import models
from models import read_zip, verify, write_zip
from models.bundles.contents import SCENARIO, SUMS
from models.bundles.crate import CONFORMS, CONTEXT, CRATE
from models.bundles.provenance import sha256
from models.paths import DATA
from models.version import RECORDED, VERSION

RUN = models.run({"xray_share": 0.05}, draws=2, years=1)
FILES = read_zip(models.bundle(RUN, {"today.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}))
CONTENT = json.loads(FILES[CRATE])
BY_ID = {entity["@id"]: entity for entity in CONTENT["@graph"]}


def references(value):
    """Every {"@id": ...} within an entity."""
    if isinstance(value, list):
        return [found for part in value for found in references(part)]
    if isinstance(value, dict):
        return [value["@id"]] if set(value) == {"@id"} else references(list(value.values()))
    return []


def test_the_descriptor_and_the_root_are_as_the_rules_ask():
    assert CONTENT["@context"] == CONTEXT and len(BY_ID) == len(CONTENT["@graph"])
    about = BY_ID[CRATE]
    assert about["@type"] == "CreativeWork" and about["about"] == {"@id": "./"}
    assert about["conformsTo"] == {"@id": CONFORMS}
    root = BY_ID["./"]
    assert root["@type"] == "Dataset" and root["name"] and root["description"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", root["datePublished"])
    assert BY_ID[root["license"]["@id"]]["name"] == "CC BY 4.0"
    assert root["identifier"] == [RUN.scenario_id, RUN.assumptions_hash]


def test_every_file_is_described_and_every_reference_resolves():
    parts = {part["@id"] for part in BY_ID["./"]["hasPart"]}
    assert parts == set(FILES) - {CRATE, SUMS}
    assert all(BY_ID[name]["contentSize"] == str(len(FILES[name])) for name in parts)
    assert all(BY_ID[name]["@type"] == "File" for name in parts)
    missing = [ref for e in CONTENT["@graph"] for ref in references(e) if ref not in BY_ID]
    assert missing == [CONFORMS]
    run = BY_ID["#run"]
    assert BY_ID[run["instrument"]["@id"]]["version"] == VERSION
    assert {"@id": SCENARIO} in run["object"] and {"@id": "figures/today.svg"} in run["result"]


def test_the_day_is_that_of_the_predictions_on_record():
    with (DATA / "predictions" / f"{VERSION}.csv").open(encoding="utf-8", newline="") as file:
        assert {row["frozen_on"] for row in csv.DictReader(file)} == {RECORDED}


def test_a_bundle_from_before_it_holds_and_a_changed_one_is_said():
    old = {name: data for name, data in FILES.items() if name not in (CRATE, SUMS)}
    lines = [f"{sha256(old[name])}  {name}\n" for name in sorted(old)]
    assert verify(write_zip(old | {SUMS: "".join(lines).encode()})) == []
    forged = {n: d for n, d in FILES.items() if n != SUMS}
    forged[CRATE] = forged[CRATE].replace(RUN.scenario_id.encode(), b"0" * 12)
    lines = [f"{sha256(forged[name])}  {name}\n" for name in sorted(forged)]
    found = verify(write_zip(forged | {SUMS: "".join(lines).encode()}))
    assert [(one.code, one.file) for one in found] == [("text", CRATE)]
