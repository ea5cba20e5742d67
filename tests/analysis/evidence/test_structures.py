"""Structural choices: what they are made of, and that the present model is none of them."""

import models
from models.analysis.evidence.structures import PRESENT, beside, structures
from models.engine.record import plain

PUBLISHED = models.load_assumptions()


def test_the_dutch_curve_by_hand():
    """A quarter after two weeks, not half, then the present tail: 0.26 / 0.50 of each knot."""
    edits = structures()["dutch_absence"]
    for name, (base, low, high) in edits.items():
        if name.startswith("sl_S") and name != "sl_S2":
            row = PUBLISHED[name]
            for mine, theirs in zip((base, low, high), (row.base, row.low, row.high), strict=True):
                assert abs(mine - theirs * 0.26 / 0.50) < 1e-5
    assert edits["sl_S2"][0] == 0.26
    # 0.51 after a week by the straight line of logarithms from 1 to 0.26, where 0.50 is published
    assert abs(edits["sl_S2"][0] ** 0.5 - 0.51) < 0.001
    # 220,000 people over 549,000 GP patients and those who go straight to a physiotherapist
    employed = PUBLISHED["sl_employed"].base * (
        PUBLISHED["vol_gp_acute"].base
        + PUBLISHED["vol_physio_lbp"].base
        * PUBLISHED["vol_direct_access"].base
        * PUBLISHED["vol_direct_only"].base
    )
    assert abs(edits["sl_share"][0] - 220_000 / employed) < 0.002


def test_each_structure_is_weighed_again_and_said_with_its_command():
    found = beside(models.run({"return_to_work_support": 0.5}, draws=500))
    present, dutch, without_work = found["structures"]
    assert present["structure"] == PRESENT and not present["edits"]
    assert plain(present.base_case_total) == models.run(draws=500).headline["base_case_total"]
    assert "--recalibrate" in dutch["command"] and "sl_S2=0.26:0.2:0.4" in dutch["command"]
    spell = {
        one["structure"]: next(row for row in one["targets"] if row["id"] == "mean_spell")
        for one in found["structures"]
    }
    assert spell["dutch_absence"]["after"]["mean"] < 40 < spell[PRESENT]["after"]["mean"]
    assert without_work["base_case_total"]["mean"] == present["base_case_total"]["mean"]
