"""A lever, a cost item and a scenario by rows alone, from a folder or an upload.

Long: one folder of one's own through every room.
"""

from __future__ import annotations

import json
import pickle
import shutil
from datetime import date
from gzip import decompress
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import models
from dashboard.documents.workbook import workbook
from dashboard.parts.simulator.sections import SECTIONS
from dashboard.visitor import engines
from dashboard.wording.catalogue import words_in
from dashboard.wording.row_texts import item_name
from models.command_line.parsers import main
from models.engine.model import Model
from models.engine.options import Options
from models.engine.run import catalogue_of, scenarios_of
from models.errors import DataError, UsageError
from models.tables.assumptions import Assumptions
from models.tables.catalogue import Catalogue
from models.tables.catalogue_columns import TABLES
from tests.pages.test_app import live, move
from tests.support import custom
from tests.support.custom import ITEM, LEVER, SCENARIO

PUBLISHED = models.load_assumptions()
MINE = Assumptions.from_tables(custom.upload(), PUBLISHED)
POINT = Options(draws=1, seed=0, anchor="total")  # base values, as the hand counts
CENT = 0.01
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    own = tmp_path / "mine"
    own.mkdir()
    for name, data in custom.upload():
        (own / name).write_bytes(data)
    return own


def printed(capsys, *words: str) -> str:
    assert main(list(words)) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def point(used: Assumptions = MINE, **options) -> Model:
    return Model(used, PUBLISHED, Options(**{**vars(POINT), **options}), point=True)


def amounts(state) -> dict[str, float]:
    found: dict[str, float] = {}
    for (item, _), amount in state.ledger.items():
        found[item] = found.get(item, 0.0) + float(amount[0])
    return found


def codes(tables) -> set[str]:
    with pytest.raises(DataError) as caught:
        Assumptions.from_tables(tables, PUBLISHED)
    assert all(one.file and one.message("nl") for one in caught.value.findings)
    return {one.code for one in caught.value.findings}


# -- it is there ------------------------------------------------------------------------------


def test_the_command_line_knows_what_the_folder_adds(folder, capsys):
    levers, packages = len(models.load_levers()) + 1, len(models.load_scenarios()) + 1
    known = f"{len(PUBLISHED) + 5} assumptions, {levers} levers, {packages} scenarios"
    assert known in printed(capsys, "check", str(folder))
    listed = json.loads(printed(capsys, "levers", "--assumptions", str(folder), "--format", "json"))
    assert [one["id"] for one in listed["levers"]][-1] == LEVER
    words = ("--assumptions", str(folder), "--draws", "50", "--format", "json")
    by_name = json.loads(printed(capsys, "run", "--scenario", SCENARIO, *words))
    by_level = json.loads(printed(capsys, "run", "--set", f"{LEVER}=0.5", *words))
    assert by_name == by_level
    lines = {row["cost_item"] for row in by_name["ledger"] if row["view"] == "budget_impact"}
    assert ITEM in lines and by_name["headline"]["incremental_total"]["mean"] < 0
    even = json.loads(printed(capsys, "breakeven", "--lever", LEVER, *words))
    assert even["parameter"] == "eff_chiro_contract"
    # half a million / 12 million: below this share avoided the contracts cost more than they save
    assert even["value"] == pytest.approx(0.5 / 12, rel=0.1)
    parts = json.loads(printed(capsys, "attribute", "--scenario", SCENARIO, *words))["parts"]
    assert [part["lever"] for part in parts] == [LEVER]


def test_the_commands_about_files_know_the_folder_too(folder, tmp_path, capsys):
    words = ("--assumptions", str(folder), "--draws", "20", "--scenario", SCENARIO)
    zipped = str(tmp_path / "run.zip")
    printed(capsys, "bundle", *words, "--out", zipped)
    assert "same" in printed(capsys, "verify", zipped)
    bars = json.loads(printed(capsys, "tornado", *words, "--format", "json"))["bars"]
    assert bars[0]["parameter"] in ("eff_chiro_contract", "vol_chiro_visits")
    said = printed(capsys, "compare", str(custom.DATA), str(folder), "--draws", "20")
    assert "levers.csv" in said and "price_chiro" in said


def test_without_the_folder_nothing_is_known_of_it(capsys):
    assert main(["run", "--set", f"{LEVER}=0.5"]) == 2
    assert LEVER in capsys.readouterr().err
    assert main(["run", "--scenario", SCENARIO]) == 2
    assert LEVER not in models.load_levers() and ITEM not in Catalogue.published().cost_items


def test_a_scenario_file_is_checked_against_the_levers_of_the_folder(folder, tmp_path, capsys):
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"levers": {LEVER: 0.5}}))
    printed(capsys, "run", "--scenario", str(path), "--assumptions", str(folder), "--draws", "20")


# -- what it comes to -------------------------------------------------------------------------


def test_amounts_by_hand():
    """200,000 x 60 = 12.0 m. At 0.5: 12.0 x (1 - 0.5 x 0.25) = 10.5 m, and 0.5 x 0.5 m = 0.25 m."""
    m = point()
    package = m.steady({LEVER: 0.5}, catalogue_of(MINE), "independent")
    before, after = amounts(m.base), amounts(package)
    assert before[ITEM] == pytest.approx(12_000_000, abs=CENT)
    assert after[ITEM] == pytest.approx(10_500_000, abs=CENT)
    assert after["programme"] == pytest.approx(250_000, abs=CENT)
    paid = {payer: float(v[0]) for (item, payer), v in m.base.ledger.items() if item == ITEM}
    assert paid == {
        "supplementary_insurance": pytest.approx(4_800_000, abs=CENT),
        "household_out_of_pocket": pytest.approx(7_200_000, abs=CENT),
    }
    others = {item for item in before if item not in (ITEM, "programme")}
    assert all(before[item] == after[item] for item in others)


def test_the_published_figures_do_not_move_by_a_bit():
    ours, theirs = point(PUBLISHED).base, point().base
    assert all((theirs.ledger[key] == amount).all() for key, amount in ours.ledger.items())
    difference = theirs.total - ours.total
    assert difference[0] == pytest.approx(12_000_000, abs=CENT)
    drawn = models.run(draws=200).model.p
    assert all(
        (models.run(assumptions=MINE, draws=200).model.p[n] == v).all() for n, v in drawn.items()
    )


def test_at_today_it_is_neutral_to_the_bit_and_off_it_alive():
    same = models.run({LEVER: 0.0}, assumptions=MINE, draws=200)
    assert (same.incremental == 0).all() and same.levels == {}
    moved = models.run({LEVER: 1.0}, assumptions=MINE, draws=200)
    assert moved.summary("incremental").loc[ITEM, "mean"] < 0
    assert moved.summary("incremental", "payer").loc["supplementary_insurance", "mean"] < 0


def test_it_is_in_every_sum():
    result = models.run({LEVER: 0.5}, assumptions=MINE, draws=100, years=2)
    for scenario in ("base_case", "scenario"):
        total = result.summary(scenario, "total").loc["total", "mean"]
        for by in ("cost_item", "category", "payer"):
            assert result.summary(scenario, by)["mean"].sum() == pytest.approx(total)
    views = result.perspectives()["mean"]
    assert views["society"] == pytest.approx(result.headline["incremental_total"]["mean"])
    change = result.summary("incremental")["mean"]
    assert views["care_budget"] == pytest.approx(change[ITEM] + change["programme"])
    frame = result.table
    years = frame[(frame["cost_item"] == ITEM) & (frame["view"] == "budget_impact")]
    assert set(years["year"]) == {result.first_year, result.first_year + 1}


def test_it_counts_in_the_calibration_where_it_is_care():
    """Held, the total is 12 million more; solved again it is the anchor; work stands outside it."""
    anchor = PUBLISHED["tot_article"].base
    assert point().base.total[0] == pytest.approx(anchor + 12e6, abs=1)
    again = Model(
        MINE, PUBLISHED, Options(draws=1, seed=0, anchor="total", recalibrate=True), point=True
    )
    assert again.base.total[0] == pytest.approx(anchor, abs=1)
    work = Assumptions.from_tables(
        custom.changed(
            "cost_items.csv", f"{ITEM},resource,care,care", f"{ITEM},resource,work,work"
        ),
        PUBLISHED,
    )
    again = Model(
        work, PUBLISHED, Options(draws=1, seed=0, anchor="total", recalibrate=True), point=True
    )
    assert again.base.total[0] == pytest.approx(anchor + 12e6, abs=1)
    steps = models.steps(models.run(assumptions=MINE, draws=100))["mean"]
    assert steps["bottom_up"] == pytest.approx(
        models.steps(models.run(draws=100))["bottom_up":]["mean"].iloc[0] + 12e6, rel=0.02
    )


@pytest.mark.parametrize("follows", ["episodes", "chronic", "patients", "nothing"])
def test_it_moves_with_what_it_follows(follows):
    """Year 1 of walking: e = 1 - q + q', c = 1 - x + x e where the stock follows, patients
    (A e + C c) / (A + C)."""
    used = Assumptions.from_tables(
        custom.changed("cost_items.csv", "price_chiro,patients", f"price_chiro,{follows}"),
        PUBLISHED,
    )
    used = used.with_values({"eff_walk_chronic": 1.0})
    m = point(used)
    lever = catalogue_of(used)["walking_programme"]
    state = next(m.years({lever.id: 0.3}, catalogue_of(used), "independent", 1))
    q, ratio = PUBLISHED["course_recurrence"].base, PUBLISHED["eff_walkback_hr"].base
    reached = 0.3 / lever.ramp_years
    e = 1 - q + q * (1 - reached) + reached * (1 - (1 - q) ** ratio)
    acute, chronic = PUBLISHED["vol_gp_acute"].base, PUBLISHED["vol_chronic_lbp_care"].base
    c = 1 - float(m.exit[0]) * (1 - e)
    both = (acute * e + chronic * c) / (acute + chronic)
    wanted = {"episodes": e, "chronic": c, "patients": both, "nothing": 1.0}[follows]
    assert amounts(state)[ITEM] == pytest.approx(12e6 * wanted, rel=1e-9)
    assert follows == "nothing" or wanted < 1


# -- there and back ---------------------------------------------------------------------------


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


# -- on the page ------------------------------------------------------------------------------

TEXTS = "what_en,what_nl,pays_en,pays_nl"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_shows_what_the_folder_adds(lang):
    """Lever, card with its own words, cost item, package; a lever without words has its label."""
    found = custom.tables()
    head, *rows = found["levers.csv"].splitlines()
    own = "Contracts avoid visits.,Contracten voorkomen bezoeken.,,"
    lines = [f"{row},{own if row.startswith(LEVER) else ',,,'}" for row in rows]
    found["levers.csv"] = "\n".join((f"{head},{TEXTS}", *lines, ""))
    worded = Assumptions.from_tables(custom.upload(found), PUBLISHED)
    said = {"nl": "Contracten voorkomen bezoeken.", "en": "Contracts avoid visits."}[lang]
    for used, there in ((worded, True), (MINE, False)):
        for name in ("overview", "simulator"):
            test = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
            test.query_params["lang"] = lang
            test.run()
            test.session_state["own_assumptions"] = used
            test.switch_page(f"dashboard/pages/{name}.py").run()
            assert not test.exception and not test.error
        told = decompress(engines.content(live(test)["engine"], f"{lang}.json")).decode()
        assert LEVER in told and (said in told) == there
        move(test, **{LEVER: 0.5})
        assert not test.exception and test.session_state[LEVER] == 0.5
        for section in SECTIONS:
            test.session_state["section"] = section
            test.run()
            assert not test.exception, section


def test_every_sheet_of_the_workbook_knows_the_new_rows():
    result = models.run({LEVER: 0.5}, assumptions=MINE, draws=20)
    for lang in ("nl", "en"):
        assert workbook(result, words_in(lang), "link", date(2026, 1, 1))
        assert item_name(words_in(lang), result.catalogue)(ITEM) == "Chiropractors"
