"""What each lever contributes adds up, in any order; words of a verdict fit its arithmetic."""

from itertools import permutations
from types import SimpleNamespace

import numpy as np
import pytest

import models
from models.analysis.choice import shapley
from models.analysis.choice.breakeven import breakeven
from models.analysis.signal import verdict
from models.engine.result import SOCIETY
from models.tables.rules import rules

PACKAGE = {"return_to_work_support": 0.5, "walking_programme": 0.2, "public_campaign": 1.0}
RESULT = models.run(PACKAGE, draws=400)


def test_shapley_by_hand():
    """Two levers: each gets its own effect and half of what they do together.

    alone a = -10, alone b = -4, both = -12: interaction 2; shares -9 and -3.
    """
    effects = {(): 0.0, ("a",): -10.0, ("b",): -4.0, ("a", "b"): -12.0}
    shares = shapley.exact(["a", "b"], lambda chosen: effects[tuple(sorted(chosen))], 1)
    assert dict(shares.draws) == pytest.approx({"a": -9.0, "b": -3.0})


@pytest.mark.parametrize("overlap", ["independent", "best_only", "additive"])
def test_shares_add_up_to_the_total_whatever_the_order(overlap):
    seen = []
    for names in permutations(PACKAGE):
        result = models.run({n: PACKAGE[n] for n in names}, draws=300, overlap=overlap)
        found = models.attribute(result)
        assert sum(part["share"] for part in found["parts"]) == pytest.approx(
            found["total"], abs=1e-4
        )
        seen.append([(part["lever"], part["share"], part["p2_5"]) for part in found["parts"]])
    assert all(one == seen[0] for one in seen)


def test_sampled_orders_add_up_too_and_lie_within_their_error(monkeypatch):
    exact = models.attribute(RESULT)
    monkeypatch.setattr(shapley, "EXACT", 2)
    found = models.attribute(RESULT)
    assert (exact["method"], found["method"]) == ("exact", "sampled")
    assert sum(p["share"] for p in found["parts"]) == pytest.approx(found["total"], abs=1e-4)
    for one, other in zip(exact["parts"], found["parts"], strict=True):
        room = 5 * other["standard_error"] + 1e-3 * abs(found["total"])
        assert abs(one["share"] - other["share"]) <= room


def test_a_single_lever_has_the_interval_of_the_headline():
    result = models.run({"return_to_work_support": 0.5}, draws=300)
    part = models.attribute(result)["parts"][0]
    change = result.headline["incremental_total"]
    for name, key in (("share", "mean"), ("p2_5", "p2_5"), ("p97_5", "p97_5")):
        assert part[name] == pytest.approx(change[key], abs=1e-4)


# -- verdict --------------------------------------------------------------------------------------


def judged(draws, movement: float = 30.0, sick: float = 1_000.0) -> str:
    """The word for these differences, where sick leave moves by 3% of 1,000 a year."""
    draws = np.asarray(draws, dtype=float)
    base = SimpleNamespace(
        total=np.linspace(3_900, 4_100, draws.size),
        ledger={("sick_leave_acute", "employer"): np.full(draws.size, sick)},
    )
    rows = {"sl_year_movement": SimpleNamespace(base=movement / sick)}
    limits = {"signal_certainty": np.array([0.975]), "signal_likely": np.array([0.8])}
    model = SimpleNamespace(p=limits, assumptions=rows)
    changes = bool(np.any(draws))
    result = SimpleNamespace(incremental=draws, base=base, model=model, changes=changes)
    return verdict(result).word


@pytest.mark.parametrize(
    ("saving", "amount", "word"),
    [
        (1_000, 40, "signal"), (975, 40, "signal"), (974, 40, "large_and_likely"),
        (800, 60, "large_and_likely"), (799, 60, "large_but_unsure"),
        (1_000, 20, "small_but_sure"), (900, 20, "small_and_likely"), (600, 20, "noise"),
    ],
)  # fmt: skip
def test_the_word_follows_sign_and_size(saving, amount, word):
    """Of 1,000 draws `saving` save `amount`, the others cost it; 30 is the yearly movement."""
    assert judged([-amount] * saving + [amount] * (1_000 - saving)) == word


def test_no_change_has_no_verdict():
    assert judged(np.zeros(100)) == "nothing"
    assert {row["say"] for row in rules()["verdict"]} - {"nothing"} == {
        "signal", "small_but_sure", "large_and_likely", "small_and_likely", "large_but_unsure",
        "noise",
    }  # fmt: skip


@pytest.mark.parametrize("name", list(models.run(draws=50).levers))
def test_sure_is_said_exactly_when_the_interval_leaves_nil_out(name):
    lever = RESULT.levers[name]
    level = lever.max if lever.max != lever.today else lever.min
    found = verdict(models.run({name: level}, draws=2_000))
    if found.word != "nothing":
        outside = found.p2_5 > 0 or found.p97_5 < 0
        assert outside == (found.word in ("signal", "small_but_sure"))


# -- perspectives ---------------------------------------------------------------------------------


def test_each_perspective_sees_the_same_as_the_table_of_all():
    table = RESULT.perspectives()
    for name, row in table.iterrows():
        seen = RESULT.seen_by(name)
        assert seen["incremental_total"]["mean"] == pytest.approx(row["mean"], abs=1e-4)
        assert seen["probability_saving"] == row["probability_saving"]
    assert RESULT.seen_by(SOCIETY) == RESULT.headline


def test_a_year_of_the_matrix_is_the_year_of_the_budget():
    budget = RESULT.budget()
    nominal = budget[~budget["discounted"]].set_index(["year", "payer"])["mean"]
    programmes = RESULT.budget_programme()
    programmes = programmes[~programmes["discounted"]].set_index("year")["mean"]
    for year in range(RESULT.first_year, RESULT.first_year + RESULT.options.years):
        matrix = RESULT.matrix("incremental", year=year)
        assert matrix.loc["total", "total"] == pytest.approx(nominal[year, "total"], abs=1e-3)
        programme = matrix.loc["programme", "total"]
        assert programme == pytest.approx(programmes[year], abs=1e-3)


def test_years_so_far_end_in_the_sum_of_the_years():
    so_far, added = RESULT.budget_so_far(), RESULT.budget_sum()
    for discounted in (False, True):
        last = so_far[so_far["discounted"] == discounted].iloc[-1]
        whole = added[(added["discounted"] == discounted) & (added["payer"] == "total")].iloc[0]
        for name in ("mean", "p2_5", "p97_5"):
            assert last[name] == pytest.approx(whole[name], abs=1e-3)


# -- break-even -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["return_to_work_support", "walking_programme", "stratified_care"])
def test_break_even_put_back_costs_nothing_within_a_euro(name):
    found = breakeven(name, levers=PACKAGE, draws=300)
    if found["value"] is None:
        assert found["reason"]
        return
    edits = {found["parameter"]: found["value"]}
    levels = {**PACKAGE, name: found["level"]}
    others = {n: v for n, v in levels.items() if n != name}
    with_it, without = (
        models.run(chosen, set_assumptions=edits, draws=300) for chosen in (levels, others)
    )
    assert abs(np.mean(with_it.scenario.total - without.scenario.total)) < 1
