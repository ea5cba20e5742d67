"""C19: what the model says beside what others published; red rows stand in the table, not hidden.

The table of docs/validation.md is the case file: each row names its published range, our mean and
95% interval as printed, and the verdict that must follow from them.
"""

import re
from pathlib import Path

import numpy as np
import pytest

import models
from models.engine.result import cost_items
from models.formulas import absence_curve
from tests.verification.bench import PUBLISHED

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \|[^|]*\| ([^|]*) \|[^|]*\| ([^|]*) \| (\w+)[^|]*\|$", re.MULTILINE)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
DRAWS = 10_000


def rows() -> dict[str, tuple]:
    """id -> (published low and high, our mean and 95% interval, verdict) as printed."""
    found = {}
    for name, published, ours, verdict in ROW.findall(TEXT):
        numbers = [
            [float(n.replace(",", "")) for n in NUMBER.findall(x)] for x in (published, ours)
        ]
        found[name] = *numbers, verdict
    return found


@pytest.fixture(scope="module")
def ours() -> dict[str, np.ndarray]:
    """The same quantities in every draw of the base case, in the units of the table."""
    result, friction = (models.run(draws=DRAWS, valuation=v) for v in ("human_capital", "friction"))
    m, p = result.model, result.model.p

    def of(base, wanted) -> np.ndarray:
        return sum(v for (item, _), v in base.ledger.items() if wanted(item))

    def is_work(item: str) -> bool:
        return cost_items()[item]["category"] == "work"

    labour, care = of(result.base, is_work), of(result.base, lambda item: not is_work(item))
    leave = of(result.base, lambda item: item.startswith("sick_leave"))
    curve = m.curve
    beyond = absence_curve.mean_weeks(curve) - absence_curve.mean_weeks(curve, np.full(DRAWS, 4.0))
    everybody = PUBLISHED["vol_physio_users"].base * PUBLISHED["mac_pop"].base
    return {
        "gp_patients": (m.groups.acute + m.groups.chronic) / 1e6,
        "physiotherapy_share": 100 * p["vol_physio_lbp"] / everybody,
        "xray_share": 100 * result.base.health["xrays"] / p["vol_gp_acute"],
        "spell_days": 28 + 7 * beyond / curve.at(4),
        "long_spells": m.today.absence.reach_end / 1e3,
        "care": care / 1e6,
        "burden": result.base.health["qaly_loss"] / 1e3,
        "all_sick_days": 100 * result.base.health["sick_days"] / PUBLISHED["sl_all_days"].base,
        "work_share": 100 * labour / (labour + care),
        "total_2007": (labour + care) / 1e9,
        "register": leave / 1e9,
        "friction_ratio": 100 * of(friction.base, is_work) / labour,
    }


def verdict(published: list[float], mean: float, low: float, high: float) -> str:
    """Inside the published range; overlapping with it; or outside: a red row."""
    first, last = published[0], published[-1]
    if first <= mean <= last:
        return "inside"
    return "overlaps" if low <= last and high >= first else "outside"


def test_C19_the_table_holds_every_check_and_its_red_rows(ours):
    assert set(rows()) == set(ours)
    assert {name for name, (*_, said) in rows().items() if said == "outside"} == {
        "all_sick_days", "work_share", "total_2007", "register",
    }  # fmt: skip


@pytest.mark.parametrize("name", rows())
def test_C19_what_the_table_says_is_what_the_model_gives(name, ours):
    published, printed, said = rows()[name]
    found = [ours[name].mean(), *np.percentile(ours[name], [2.5, 97.5])]
    assert printed == pytest.approx(found, rel=0.02, abs=0.006)
    assert said == verdict(published, *found)


def test_C19_published_ranges_that_stand_in_the_data_are_those_of_the_data():
    def ends(name: str, scale: float = 1.0) -> list[float]:
        return [PUBLISHED[name].low * scale, PUBLISHED[name].high * scale]

    a = {name: row.base for name, row in PUBLISHED.items()}
    inflow = [
        PUBLISHED["sl_wia_inflow"].base * end / 1e3
        for end in (PUBLISHED["sl_wia_lbp_share"].low, PUBLISHED["sl_wia_lbp_share"].high)
    ]
    expected = {
        "gp_patients": ends("vol_gp_all_lbp", 1e-6),
        "physiotherapy_share": ends("vol_physio_lbp_share", 100),
        "spell_days": ends("sl_op_mean_days"),
        "long_spells": inflow,
        "burden": ends("qol_daly_neckback", 1e-3),
        "total_2007": [a["tot_lambeek_2007"] * a["cpi_2007_2024"] / 1e9],
        "register": [a["tot_vdwurf_2017"] * a["cpi_2017_2024"] / 1e9],
    }
    for name, wanted in expected.items():
        assert rows()[name][0] == pytest.approx(wanted, rel=0.01), name
    assert rows()["care"][0][0] == pytest.approx(
        a["tot_rivm_2017"] * a["cpi_2017_2024"] / 1e6, rel=0.01
    )
    days = a["sl_all_days"]  # 8.1 million employees x 8.2 working days
    assert days == pytest.approx(8.1e6 * 8.2, rel=0.005)
    assert days == pytest.approx(a["tot_sickleave_all"] / 350, rel=0.001)  # as the insurer prices
    assert rows()["all_sick_days"][0] == [6.7]


def test_a_verdict_can_be_any_of_three():
    assert verdict([1, 3], 2, 0, 9) == "inside"
    assert verdict([1, 3], 4, 2, 5) == "overlaps"
    assert verdict([1, 3], 4, 3.5, 5) == "outside"
