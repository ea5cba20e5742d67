"""Levers and cost items of one's own: written, read again, combined and edited."""

from __future__ import annotations

import pickle
import shutil

import pytest

import models
from models.engine.run import catalogue_of, scenarios_of
from models.errors import DataError, UsageError
from models.tables.assumptions import Assumptions
from models.tables.catalogue_columns import TABLES
from tests.support import custom
from tests.support.custom import ITEM, LEVER, SCENARIO
from tests.tables.test_custom_folder import CENT, MINE, PUBLISHED, amounts, codes, point


def test_written_and_read_again_it_is_the_same(tmp_path):
    MINE.to_folder(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert set(custom.ADDED) <= names and "perspectives.csv" not in names
    for again in (
        Assumptions.from_folder(tmp_path, PUBLISHED),
        Assumptions.from_tables(list(MINE.to_tables().items()), PUBLISHED),
        pickle.loads(pickle.dumps(MINE)),
    ):
        assert again == MINE and again.hash == MINE.hash != PUBLISHED.hash
    assert not {f"{name}.csv" for name in TABLES} - {"payers.csv"} & PUBLISHED.to_tables().keys()


def test_the_hash_covers_every_table():
    edits = (
        ("levers.csv", "Chiropractors under", "Chiropractor under"),
        ("lever_effects.csv", "Avoided visits", "Visits avoided"),
        ("cost_items.csv", "price_chiro,patients", "price_chiro,nothing"),
        ("scenario_levels.csv", f"{LEVER},0.5", f"{LEVER},0.6"),
        ("scenarios.csv", "A test,", "Another test,"),
    )
    found = {Assumptions.from_tables(custom.changed(*edit), PUBLISHED).hash for edit in edits}
    assert len(found | {MINE.hash}) == len(edits) + 1


def test_labels_of_payers_come_back_though_their_name_is_taken():
    text = custom.published("payers.csv").replace(",Basic insurance,", ",Health funds,")
    used = Assumptions.from_tables([("payers.csv", text.encode())], PUBLISHED)
    assert set(used.to_tables()) >= {"payers.csv", "payer_labels.csv"}
    again = Assumptions.from_tables(list(used.to_tables().items()), PUBLISHED)
    assert again.hash == used.hash != PUBLISHED.hash


def test_a_copy_of_data_with_rows_added(tmp_path):
    shutil.copytree(custom.DATA, tmp_path / "data")
    for name, text in custom.tables().items():
        place = "data/assumptions" if name == custom.OWN else "data"
        (tmp_path / place / name).write_text(text, encoding="utf-8")
    for path in (tmp_path / "data", tmp_path / "data/assumptions"):
        assert Assumptions.from_folder(path, PUBLISHED).hash == MINE.hash
    (tmp_path / "data/lever.csv").write_text("id\nx\n")
    with pytest.raises(DataError, match="levers.csv"):
        Assumptions.from_folder(tmp_path / "data", PUBLISHED)


def test_names_of_an_upload_may_hold_folders_and_capitals():
    named = [(f"my data/{name.upper()}", data) for name, data in custom.upload()]
    assert Assumptions.from_tables(named, PUBLISHED).hash == MINE.hash


def test_as_a_dutch_spreadsheet_saves_it():
    numbers = (
        *("base", "low", "high", "level", "min", "max", "step", "today"),
        *("trial_low", "trial_high", "ramp_years"),
    )
    found = [(name, custom.dutch(text, numbers)) for name, text in custom.tables().items()]
    assert Assumptions.from_tables(found, PUBLISHED).hash == MINE.hash


def test_order_of_rows_and_columns_does_not_matter_and_empty_columns_may_be_left_out():
    found = custom.tables()
    for name, text in found.items():
        head, *rows = text.splitlines()
        found[name] = "\n".join((head, *sorted(rows, reverse=True), ""))
    assert Assumptions.from_tables(custom.upload(found), PUBLISHED).hash == MINE.hash
    older = "\n".join(line.rpartition(",,")[0] or line.replace(",amount,follows", "")
                      for line in custom.published("cost_items.csv").splitlines())  # fmt: skip
    assert Assumptions.from_tables([("cost_items.csv", older.encode())], PUBLISHED) == PUBLISHED


def test_a_lever_alone_takes_the_other_tables_from_the_baseline():
    named = [one for one in custom.upload() if one[0] in ("levers.csv", "lever_effects.csv")]
    text = dict(custom.tables())["lever_effects.csv"]
    text = text.replace(
        "vol_chiro_visits,reduce,eff_chiro_contract", "sl_share,scale,eff_stratified_nl"
    )
    lever = dict(custom.tables())["levers.csv"].replace("chiro_contract_cost", "")
    lever = lever.replace("chiropractic,down", "sick_days,down").replace(
        "eff_chiro_contract", "sl_share"
    )
    assert len(named) == 2
    used = Assumptions.from_tables(
        [("levers.csv", lever.encode()), ("lever_effects.csv", text.encode())], PUBLISHED
    )
    assert len(used) == len(PUBLISHED) and used.sources == PUBLISHED.sources
    assert models.run({LEVER: 1}, assumptions=used, draws=50).incremental.mean() < 0


def test_a_number_that_was_only_shown_may_be_taken_up():
    """`eff_cft_rmdq` is of the group context; a lever may use such a row once it leaves it."""
    effects = custom.changed(
        "lever_effects.csv", "reduce,eff_chiro_contract", "scale,eff_rtw_first_hr"
    )
    assert codes(effects) >= {"name_context"}
    context = custom.published("assumptions/context.csv")
    row = next(line for line in context.splitlines() if line.startswith("eff_rtw_first_hr"))
    effects = custom.changed(
        "lever_effects.csv", "reduce,eff_chiro_contract", "scale,eff_rtw_first_hr"
    )
    own = dict(effects)[custom.OWN].decode() + row.replace(",context,", ",effects,") + "\n"
    own = own.replace(custom.NUMBERS[3] + "\n", "")
    levers = dict(effects)["levers.csv"].decode()
    levers = levers.replace("eff_chiro_contract,eff_chiro_contract", "sl_share,sl_share")
    all_groups = PUBLISHED.to_tables()
    table = all_groups["context.csv"].decode().replace(row + "\n", "").encode()
    brought = dict(effects) | all_groups | {"context.csv": table}
    brought |= {custom.OWN: own.encode(), "levers.csv": levers.encode()}
    used = Assumptions.from_tables(list(brought.items()), PUBLISHED)
    assert used["eff_rtw_first_hr"].group == "effects"
    assert models.run({LEVER: 1}, assumptions=used, draws=20).incremental.any()


def test_two_visitors_do_not_meet():
    dear = Assumptions.from_tables(
        custom.changed(custom.OWN, "Prijs,60,50,70", "Prijs,600,500,700"), PUBLISHED
    )
    names = (MINE, dear, PUBLISHED, dear, MINE)
    found = [point(used).base.total[0] for used in names]
    assert found[0] == found[4] and found[1] == found[3] and len(set(found)) == 3
    assert LEVER in catalogue_of(dear) and LEVER not in catalogue_of(PUBLISHED)
    assert SCENARIO not in scenarios_of(PUBLISHED)


def test_an_edit_keeps_the_catalogue_and_a_reproduced_run_says_that_it_needs_a_folder():
    edited = MINE.with_values({"price_chiro": 30})
    assert edited.catalogue == MINE.catalogue
    assert amounts(point(edited).base)[ITEM] == pytest.approx(6_000_000, abs=CENT)
    result = models.run({LEVER: 0.5}, assumptions=edited, draws=10)
    assert "--assumptions FOLDER" in result.command
    with pytest.raises(UsageError, match=LEVER):
        models.run({LEVER: 2}, assumptions=MINE, draws=10)


def test_an_edit_is_priced_under_the_levers_of_the_folder():
    number = ("Prijs,60,50,70", "Prijs,66,55,77")
    edited = Assumptions.from_tables(custom.changed(custom.OWN, *number), PUBLISHED)
    edited = edited.with_values({"price_gp": 2 * PUBLISHED["price_gp"].base})
    found = models.price(edited, levers={LEVER: 0.5}, draws=50)
    assert [edit["parameter"] for edit in found["edits"]] == ["price_gp"]
    gp = models.run(draws=50).summary("base_case").loc["gp", "mean"]
    assert found["total"] == pytest.approx(gp, rel=1e-6)
