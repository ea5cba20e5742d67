"""The tree of a figure: every step adds up, every leaf has a name, every parameter its source."""

import json

import numpy as np
import pytest

import models
from models.browser.trace import trace
from models.command_line.parsers import main
from models.command_line.trace_lines import trace_lines
from models.errors import UsageError

DRAWS = 60
LEVELS = {"xray_share": 0.05, "return_to_work_support": 0.5}
RESULT = models.run(levers=LEVELS, draws=DRAWS, anchor="total")  # the anchor with a factor
FIGURES = (
    "total", "item.xray", "payer.employer", "perspective.public_funds", "health.qaly_loss",
    "item.sick_leave_acute", "premium.premium_per_adult",
)  # fmt: skip


@pytest.fixture(scope="module")
def trees():
    return {name: trace(RESULT, name) for name in FIGURES}


def named(tree, name, kind="step"):
    return [step for step in tree["steps"] if step["name"] == name and step["kind"] == kind]


@pytest.mark.parametrize("figure", FIGURES)
def test_the_figure_is_that_of_the_run(figure, trees):
    tree = trees[figure]
    kind, _, key = figure.partition(".")
    if kind == "total":
        wanted = RESULT.headline["scenario_total"]
    elif kind == "health":
        wanted = RESULT.health().set_index(["measure", "scenario"]).loc[key, "scenario"]
    elif kind == "premium":
        wanted = RESULT.cash.premium_quantity(key, "scenario")
    elif kind == "perspective":
        wanted = RESULT.perspectives("scenario").loc[key]
    else:
        by = {"item": "cost_item", "payer": "payer"}[kind]
        wanted = RESULT.statistics("scenario", by)[key]
    for name in ("mean", "p2_5", "p97_5"):
        assert tree["scenario"][name] == pytest.approx(wanted[name], rel=1e-12)
    top = tree["steps"][tree["top"]]
    assert top["mean"] == pytest.approx(wanted["mean"], rel=1e-12)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_leaf_has_a_name_and_every_parameter_a_source(figure, trees):
    tree = trees[figure]
    assumptions = RESULT.model.assumptions
    for step in tree["steps"]:
        if step["kind"] == "parameter":
            row = assumptions[step["name"]]
            assert (step["base"], step["unit"]) == (row.base, row.unit)
            assert step["source"] in tree["sources"]
        elif step["kind"] == "step":
            assert step["words"] and step["code"] and step["line"] > 0
            assert step["file"].startswith("models/")
            assert all(0 <= inner < len(tree["steps"]) for inner in step["of"])
        else:
            assert step["kind"] in ("lever", "calibrated", "constant")
    assert [step["step"] for step in tree["steps"]] == list(range(len(tree["steps"])))


def test_x_rays_by_hand(trees):
    """EUR = patients at the GP x share x lever x price: 0.05 / 0.11 of today's share."""
    tree = trees["item.xray"]
    p = RESULT.model.p
    pictures = p["vol_gp_acute"] * p["use_xray"] * (0.05 / 0.11)
    volume = next(step for step in named(tree, "xray") if step["function"] == "volumes")
    cost = next(step for step in named(tree, "xray") if step["function"] == "care_costs")
    assert volume["mean"] == pytest.approx(np.mean(pictures), rel=1e-12)
    assert cost["mean"] == pytest.approx(np.mean(pictures * p["price_xray"]), rel=1e-12)
    assert cost["words"] == "xray x X-ray examination"
    assert cost["code"] == 'v.xray * p["price_xray"]' and cost["file"] == "models/formulas/care.py"
    share = named(tree, "use_xray")[0]
    assert share["words"] == "X-ray share x factor"
    lever = named(tree, "xray_share", "lever")[0]
    assert (lever["value"], lever["today"]) == (0.05, 0.11)
    names = {step["name"] for step in tree["steps"] if step["kind"] == "parameter"}
    assert {"vol_gp_acute", "use_xray", "price_xray"} <= names and "price_mri" not in names


def test_parameters_that_move_a_figure_are_in_its_tree(trees):
    """An edit of a parameter outside the tree does not move the figure; one inside does."""
    tree = trees["item.sick_leave_acute"]
    inside = {step["name"] for step in tree["steps"] if step["kind"] == "parameter"}
    assert {"sl_share", "price_hour", "sl_S52", "eff_rtw_default", "tot_article"} <= inside
    assert not {"eff_opioid_pain", "qol_rmdq", "mac_wtp"} & inside


def test_the_calibration_is_in_the_tree_unless_it_is_held(trees):
    """Edited assumptions keep the factor of the published ones, which is then a leaf."""
    assert named(trees["total"], "calibration_factor")[0]["function"] == "calibration_factor"
    held = trace(models.run(set_assumptions={"price_gp": 60}, draws=DRAWS, anchor="total"), "total")
    leaf = named(held, "calibration_factor", "calibrated")
    assert len(leaf) == 1 and leaf[0]["anchor"] == "total"
    none = trace(models.run(anchor="none", draws=DRAWS), "total")
    assert not named(none, "calibration_factor")


def test_the_lines_name_formula_place_value_and_source(trees):
    text = "\n".join(trace_lines(trees["item.xray"]))
    assert "xray x X-ray examination  [care_costs, models/formulas/care.py:" in text
    row = RESULT.model.assumptions["use_xray"]
    said = f"{row.base:g} ({row.low:g} to {row.high:g}) {row.unit}; {row.provenance}, {row.source}"
    assert f"X-ray share: {said}" in text
    assert "(see above)" in text and "https://" in text
    assert len(trace_lines(trees["total"], depth=1)) < len(trace_lines(trees["total"]))


def test_the_command_prints_both(capsys):
    asked = ["trace", "health.xrays", "--draws", "20", "--set", "xray_share=0.05"]
    assert main(asked) == 0
    assert "acute x X-ray share with levers" in capsys.readouterr().out
    assert main([*asked, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["output"] == "health.xrays" and found["levers"] == {"xray_share": 0.05}


def test_an_unknown_figure_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="item.xray"):
        trace(RESULT, "item.xrays")
