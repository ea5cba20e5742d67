"""Folders with tables of one's own that are wrong: each is refused by name."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models
from models.engine.run import catalogue_of, scenarios_of
from models.errors import DataError
from models.tables.assumptions import Assumptions
from tests.support import broken, custom
from tests.support.custom import ITEM, LEVER, SCENARIO
from tests.tables.test_custom_folder import PUBLISHED, codes, point

ROW = f"{LEVER},care,Chiropractors under contract"


HOSTILE = [
    ("levers.csv", "Chiropractors under contract", "<b>Chiropractors</b>", "text_markup"),
    ("levers.csv", "Chiropractors under contract", "=1+1", "text_formula"),
    ("levers.csv", "Chiropractors under contract", "", "text_empty"),
    ("levers.csv", "Chiropractors onder contract", "Chiro\u202epractors", "cell_control"),
    ("levers.csv", "share of visits", "$share$", "text_markup"),
    ("levers.csv", ROW, ROW.replace(LEVER, "years"), "id_reserved"),
    ("levers.csv", ROW, ROW.replace(LEVER, "own_assumptions"), "id_reserved"),
    ("levers.csv", ROW, ROW.replace(LEVER, "package_back_to_work"), "id_reserved"),
    ("levers.csv", ROW, ROW.replace(LEVER, "Chiro"), "id_lower"),
    ("levers.csv", ROW, ROW.replace(LEVER, "xray_share"), "id_twice"),
    ("levers.csv", ROW, ROW.replace(LEVER, "xrayshare"), "id_twice"),
    ("levers.csv", ROW, ROW.replace(",care,", ",spine,"), "name_unknown"),
    ("levers.csv", "share of visits,0,1,0.1,0", "share of visits,0,veel,0.1,0", "number_form"),
    ("levers.csv", "share of visits,0,1,0.1,0", "share of visits,0,NA,0.1,0", "number_word"),
    ("levers.csv", "share of visits,0,1,0.1,0", "share of visits,1,0,0.1,0", "lever_order"),
    ("levers.csv", "share of visits,0,1,0.1,0", "share of visits,0,1,0.1,2", "lever_order"),
    ("levers.csv", "share of visits,0,1,0.1,0", "share of visits,0,1,0,0", "lever_step"),
    ("levers.csv", "share of visits,0,1,0.1,0", "share of visits,0,1,0.3,0", "lever_step"),
    ("levers.csv", "share of visits,0,1,0.1,0", "share of visits,0,1,1e-9,0", "lever_step"),
    ("levers.csv", "share of visits,0,1,0.1,0", "share of visits,0,9,0.1,0", "effect_reach"),
    ("levers.csv", "0,,,,2,chiro", "0,,,,2.5,chiro", "lever_ramp"),
    ("levers.csv", "0,,,,2,chiro", "0,,,,0,chiro", "lever_ramp"),
    ("levers.csv", "0,,,,2,chiro", "0,,0.2,,2,chiro", "lever_trial"),
    ("levers.csv", "0,,,,2,chiro", "0,,0.8,0.2,2,chiro", "lever_trial"),
    ("levers.csv", "0,,,,2,chiro", "0,no_such,,,2,chiro", "name_unknown"),
    ("levers.csv", "chiro_contract_cost,,,above", "chiro_cover,,,above", "money_once"),
    ("levers.csv", "chiro_contract_cost,,,above", "chiro_contract_cot,,,above", "name_unknown"),
    ("levers.csv", "chiro_contract_cost,,,above", ",price_chiro,,above", "programme_both"),
    ("levers.csv", "chiro_contract_cost,,,above", ",price_chiro,absent,above", "programme_absent"),
    ("levers.csv", "basic_insurance,saves,chiropr", "insurer,saves,chiropr", "name_unknown"),
    ("levers.csv", "saves,chiropractic,down", "saves,happiness,down", "name_unknown"),
    ("levers.csv", "id,group", "id,group,group", "column_twice"),
    ("levers.csv", "id,group", "id,theme", "column_missing"),
    ("lever_effects.csv", f"{LEVER},vol_chiro", f"{LEVER}s,vol_chiro", "lever_idle"),
    ("lever_effects.csv", "vol_chiro_visits,reduce", "vol_chiro_visitz,reduce", "name_unknown"),
    ("lever_effects.csv", "visits,reduce,eff_chiro_contract", "visits,add,eff_chiro_contract",
     "name_unknown"),
    ("lever_effects.csv", "visits,reduce,eff_chiro_contract", "visits,reduce,price_chiro",
     "effect_kind"),
    ("lever_effects.csv", "visits,reduce,eff_chiro_contract", "visits,scale,eff_opioid_pain",
     "effect_kind"),
    ("lever_effects.csv", "visits,reduce,eff_chiro_contract", "visits,set,eff_chiro_contract",
     "effect_empty"),
    ("lever_effects.csv", "visits,reduce,eff_chiro_contract", "visits,reduce,", "effect_needed"),
    ("lever_effects.csv", "visits,reduce,eff_chiro_contract", "visits,hazard,eff_chiro_contract",
     "effect_risk"),
    ("lever_effects.csv", "eff_chiro_contract,,Avoided", "eff_chiro_contract,6,Avoided",
     "effect_week"),
    ("lever_effects.csv", "vol_chiro_visits,reduce,eff_chiro_contract,",
     "absence_curve,hazard,eff_rtw_default,7", "effect_knot"),
    ("lever_effects.csv", "vol_chiro_visits,reduce", "mac_pop,reduce", "name_context"),
    ("cost_items.csv", "vol_chiro_visits * price_chiro", "vol_chiro_visits", "money_once"),
    ("cost_items.csv", "vol_chiro_visits * price_chiro", "price_chiro * price_gp", "money_once"),
    ("cost_items.csv", "vol_chiro_visits * price_chiro", "price_chiro * price_chiro", "name_twice"),
    ("cost_items.csv", "vol_chiro_visits * price_chiro", "eff_opioid_pain * price_chiro",
     "amount_sign"),
    ("cost_items.csv", "vol_chiro_visits * price_chiro", "sl_S12 * price_chiro", "name_knot"),
    ("cost_items.csv", "vol_chiro_visits * price_chiro", "", "item_empty"),
    ("cost_items.csv", "vol_chiro_visits * price_chiro", "12 * price_chiro", "name_unknown"),
    ("cost_items.csv", "price_chiro,patients", "price_chiro,", "item_empty"),
    ("cost_items.csv", "price_chiro,patients", "price_chiro,weather", "name_unknown"),
    ("cost_items.csv", f"{ITEM},resource", f"{ITEM},transfer", "item_kind"),
    ("cost_items.csv", f"{ITEM},resource", "total,resource", "id_reserved"),
    ("cost_items.csv", f"{ITEM},resource", "employer,resource", "id_reserved"),
    ("cost_items.csv", "chronische rugpijn,,\n", "chronische rugpijn,price_gp,nothing\n",
     "item_formula"),
    ("cost_items.csv", "\ngp,resource", "\ngp,transfer", "item_kind"),
    ("payer_shares.csv", "household_out_of_pocket,rest\n", "household_out_of_pocket,rest\n"
     "physiotherapy,employer,rest\n", "share_formula"),
    ("payer_shares.csv", f"{ITEM},household_out_of_pocket,rest\n", "", "share_rest"),
    ("payer_shares.csv", "chiro_cover", "price_chiro", "share_kind"),
    ("payer_shares.csv", "chiro_cover", "vol_chiro_visits", "share_kind"),
    ("payer_shares.csv", "chiro_cover", "rest", "share_rest"),
    ("payer_shares.csv", f"{ITEM},supplementary", f"{ITEM}s,supplementary", "name_unknown"),
    ("scenarios.csv", "A test needs one.", "[link](http://a.nl)", "text_markup"),
    ("scenarios.csv", "expert_guess", "nobody_2020", "name_unknown"),
    ("scenario_levels.csv", f"{LEVER},0.5", f"{LEVER},5", "level_range"),
    ("scenario_levels.csv", f"{LEVER},0.5", f"{LEVER},0.55", "level_step"),
    ("scenario_levels.csv", f"{LEVER},0.5", f"{LEVER},50%", "number_percent"),
    ("scenario_levels.csv", f"{SCENARIO},{LEVER},0.5\n", "", "scenario_idle"),
    (custom.OWN, custom.NUMBERS[2], custom.NUMBERS[2].replace("chiro_cover", "chiro_lid"),
     "id_unknown"),
    (custom.OWN, custom.NUMBERS[2], custom.NUMBERS[2].replace("chiro_cover", "price_GP"),
     "id_alike"),
    (custom.OWN, custom.NUMBERS[2], custom.NUMBERS[2].replace("insurance", "context"),
     "name_context"),
    (custom.OWN, "EUR/visit,2024", "EUR/visit,2020", "money_year"),
    (custom.OWN, "EUR/visit,2024", "USD/visit,2024", "money_once"),
    (custom.OWN, "Prijs,60,50,70", "Prijs,6o,50,70", "number_form"),
]  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_table_is_refused_by_name(case):
    *edit, code = case
    with pytest.raises(DataError) as caught:
        Assumptions.from_tables(custom.changed(*edit), PUBLISHED)
    named = [one for one in caught.value.findings if one.code == code]
    assert named, caught.value.lines()
    for one in named:
        assert one.file and (one.row or one.key) and (one.column or one.row == 1)
        for lang in ("en", "nl"):
            assert one.message(lang).isprintable() and "}" not in one.message(lang)


def test_a_new_parameter_that_nothing_uses_is_refused_by_name():
    spare = custom.NUMBERS[2].replace("chiro_cover", "chiro_spare")
    assert codes(
        custom.changed(custom.OWN, custom.NUMBERS[2], f"{custom.NUMBERS[2]}\n{spare}")
    ) == {"id_unknown"}


def test_a_lever_on_a_new_parameter_that_feeds_nothing_is_refused():
    """A lever may not act on a number that is in no sum: it would be dead."""
    tables = custom.changed("cost_items.csv", "vol_chiro_visits * price_chiro", "price_chiro")
    assert "id_unknown" in codes(tables)


def test_all_errors_of_all_tables_are_said_at_once():
    found = custom.tables()
    found["levers.csv"] = found["levers.csv"].replace("share of visits,0,1", "share of visits,0,x")
    found["payer_shares.csv"] = found["payer_shares.csv"].replace("chiro_cover", "chiro_kover")
    found[custom.OWN] = found[custom.OWN].replace("Prijs,60", "Prijs,NA")
    with pytest.raises(DataError) as caught:
        Assumptions.from_tables(custom.upload(found), PUBLISHED)
    files = {one.file for one in caught.value.findings}
    assert files >= {"levers.csv", "payer_shares.csv", custom.OWN}


@pytest.mark.parametrize(
    "tables",
    [
        lambda t: [*t, ("levers.csv", dict(t)["levers.csv"])],
        lambda t: [("levers.csv", b"PK\x03\x04")],
        lambda t: [("levers.csv", b"")],
        lambda t: [("levers.csv", dict(t)["scenarios.csv"])],
        lambda t: [("levers.csv", dict(t)["levers.csv"] + b"x,y\n")],
        lambda t: [("scenarios.csv", dict(t)["scenarios.csv"] * 900)],
        lambda t: [("cost_items.csv", dict(t)["cost_items.csv"].partition(b"\n")[0])],
        lambda t: [("perspectives.csv", b"id\nx\n")],
    ],
    ids=range(8),
)
def test_a_broken_file_is_refused(tables):
    codes(tables(custom.upload()))


def test_a_table_under_another_name_is_told_its_name():
    tables = [("levers (1).csv", custom.tables()["levers.csv"].encode())]
    assert codes(tables) == {"table_name"}
    with pytest.raises(DataError, match=r"call the file levers\.csv"):
        Assumptions.from_tables(tables, PUBLISHED)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xff\xfe\x00a", b"x" * 3_000_000])
def test_of_a_table_that_cannot_be_read_only_that_is_said(data):
    with pytest.raises(DataError) as caught:
        Assumptions.from_tables([("levers.csv", data)], PUBLISHED)
    assert len(caught.value.findings) == 1


def test_a_workbook_beside_the_tables_is_not_overlooked(tmp_path):
    shutil.copytree(custom.DATA, tmp_path / "data")
    (tmp_path / "data/levers.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(DataError, match=r"levers\.xlsx"):
        Assumptions.from_folder(tmp_path / "data", PUBLISHED)


def test_what_the_model_relies_on_may_not_go():
    for name, row in (
        ("cost_items.csv", "\ngp,"), ("payers.csv", "\nemployer,"),
        ("perspectives.csv", "\nsociety,"), ("perspectives.csv", "\nemployers,"),
        ("levers.csv", "\nxray_share,"),
    ):  # fmt: skip
        text = custom.published(name)
        start = text.index(row)
        cut = text[:start] + text[text.index("\n", start + 1) :]
        assert codes([(name, cut.encode())]) & {"row_gone", "name_unknown"}


EDITED = sorted(custom.ADDED)


CELLS = st.one_of(
    st.text(max_size=12),
    st.text("0123456789.,-e%", max_size=6),
    st.sampled_from(["", "rest", "*", "absence_curve", "set", "scale", "reduce", "hazard", "6"]),
    st.sampled_from(["=1+1", "<b>", "NA", "1-feb", "1e400", "use_xray", "price_gp * price_gp"]),
    st.sampled_from(["above", "below", "today", "episodes", "absent", "sl_S6", "0.5", "mac_pop"]),
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(EDITED), st.integers(0, 40), st.integers(0, 40), CELLS),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_any_edit_of_the_catalogue_is_refused_or_can_be_run(edits):
    found = {name: broken.rows(text.encode()) for name, text in custom.tables().items()}
    for name, row, column, text in edits:
        grid = found[name]
        row = len(grid) - 1 if row % 2 else 1 + row % (len(grid) - 1)
        grid[row][column % len(grid[0])] = text
    try:
        used = Assumptions.from_tables(
            [(name, broken.written(grid)) for name, grid in found.items()], PUBLISHED
        )
    except DataError as error:
        assert all(one.file and one.code for one in error.findings)
        return
    levers = catalogue_of(used)
    m = point(used)
    for end in ("min", "max"):
        levels = {name: getattr(lever, end) for name, lever in levers.items()}
        state = m.steady(levels, levers, "independent")
        assert np.isfinite(state.total).all()
        assert all(amount[0] >= 0 for amount in state.ledger.values())
    for package in scenarios_of(used).values():
        models.run(package["levels"], assumptions=used, draws=2)
