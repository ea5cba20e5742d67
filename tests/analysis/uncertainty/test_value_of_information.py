"""Value of information: cases with a closed form, and laws that no estimate may break."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import models
from models.analysis.choice.options import choices, of_levels, uncertain
from models.analysis.uncertainty.value_of_information import _annuity, _together, evpi, evppi, evsi
from models.command_line.parsers import main
from models.engine.record import plain, to_json
from tests.verification.bench import PUBLISHED

N = 20_000
RNG = np.random.default_rng(11)
X, Y = RNG.standard_normal((2, N))
PACKAGE = {"return_to_work_support": 0.5, "walking_programme": 0.2}


def loss(mean: float, spread: float) -> float:
    """Unit normal loss: E max(b, 0) - max(E b, 0) for b normal with this mean and spread."""
    return spread * norm.pdf(mean / spread) - abs(mean) * norm.cdf(-abs(mean) / spread)


def against_nothing(benefit: np.ndarray) -> np.ndarray:
    return np.stack([np.zeros_like(benefit), benefit])


def test_two_options_in_two_states():
    """Hand: 10 or -4 at even odds, or 0. Best on average 3; knowing gives 10 or 0, that is 5."""
    benefit = against_nothing(np.tile([10.0, -4.0], 500))
    assert evpi(benefit)[0] == pytest.approx(2.0)


def test_knowing_everything_of_a_normal_difference():
    value, error = evpi(against_nothing(1 + 2 * X))
    assert abs(value - loss(1, 2)) < 4 * error
    assert 0 < error < 0.02


@pytest.mark.parametrize("mean", [-1.5, 0.0, 0.7])
def test_one_of_two_normal_inputs_has_the_value_of_its_own_spread(mean):
    """b = mean + 2 x + y; given x the expectation is mean + 2 x, with spread 2; given y it is 1."""
    benefit = against_nothing(mean + 2 * X + Y)
    for values, spread in ((X, 2), (Y, 1)):
        value, error = evppi(benefit, {"it": values})
        assert abs(value - loss(mean, spread)) < 4 * error + 0.01
    both, error = evppi(benefit, {"x": X, "y": Y})
    assert abs(both - loss(mean, np.hypot(2, 1))) < 4 * error + 0.01


def test_a_lognormal_input():
    """b = exp(x) - 2: E max(b, 0) is Black and Scholes with spread 1, here at strike 2."""
    d1 = -np.log(2) + 1
    expected = np.exp(0.5) * norm.cdf(d1) - 2 * norm.cdf(d1 - 1) - 0  # E exp(x) = 1.65 < 2
    value, error = evppi(against_nothing(np.exp(X) - 2 + Y), {"x": X})
    assert abs(value - expected) < 4 * error


def test_two_inputs_that_only_count_together():
    """b = x y: given either one the expectation is nil, given both E max(x y, 0) = 1 / pi."""
    benefit = against_nothing(X * Y)
    assert evppi(benefit, {"x": X})[0] < 0.02
    # x and y by themselves are told apart from nil only where they have an effect of their own
    benefit = against_nothing(X * Y + 0.2 * X + 0.2 * Y)
    both, whole = evppi(benefit, {"x": X, "y": Y})[0], evpi(benefit)[0]
    assert both == pytest.approx(whole, rel=0.01)


@pytest.mark.parametrize("patients", [10, 100, 1000])
def test_a_study_of_a_normal_mean_is_worth_the_conjugate_value(patients):
    """Belief N(0, 1), data of variance 50 a patient: prior sample 50. Preposterior variance of the
    mean n / (n + 50), so the worth is the loss at spread 2 sqrt(n / (n + 50))."""
    benefit = against_nothing(0.5 + 2 * X + Y)
    value, error = evsi(benefit, {"x": X}, {"x": 50.0}, patients)
    expected = loss(0.5, 2 * np.sqrt(patients / (patients + 50)))
    assert abs(value - expected) < 4 * error + 0.01


def test_a_larger_study_is_worth_more_and_never_more_than_all_it_sees():
    benefit = against_nothing(0.5 + 2 * X + Y)
    worths = [evsi(benefit, {"x": X}, {"x": 50.0}, n)[0] for n in (0, 5, 50, 500, 1e9)]
    assert worths[0] == 0
    assert worths == sorted(worths)
    assert worths[-1] == pytest.approx(evppi(benefit, {"x": X})[0], rel=1e-3)


@given(st.integers(0, 10_000), st.floats(-2, 2), st.integers(2, 5))
@settings(max_examples=40, deadline=None)
def test_a_part_is_never_worth_more_than_the_whole_and_more_is_never_worth_less(seed, mean, n):
    rng = np.random.default_rng(seed)
    inputs = {f"x{i}": rng.standard_normal(300) for i in range(4)}
    weights = rng.normal(size=(n, 4))
    benefit = weights @ np.stack(list(inputs.values())) + rng.normal(mean, 1, size=(n, 300))
    whole = evpi(benefit)[0]
    alone = {name: evppi(benefit, {name: values}) for name, values in inputs.items()}
    last = 0.0
    for size in range(1, 5):
        some = dict(list(inputs.items())[:size])
        value = _together(benefit, some, alone)[0]
        assert max(alone[name][0] for name in some) <= value <= whole + 1e-12
        last = max(last, value)
    assert all(0 <= value <= whole + 1e-12 for value, _ in alone.values())
    shifted = benefit + rng.normal(size=300)  # the same for every option: no choice depends on it
    assert evpi(shifted)[0] == pytest.approx(whole, abs=1e-9)
    for name, values in inputs.items():
        assert evppi(shifted, {name: values})[0] == pytest.approx(alone[name][0], abs=1e-9)


def test_what_all_options_share_is_worth_nothing_to_know_and_hides_nothing():
    """Hand: b = 0.2 x with spread 0.2 and mean 0 is worth 0.2 x 0.3989 = 0.0798, whatever is added
    to both options: a hundred times its spread as well."""
    benefit = against_nothing(0.2 * X)
    loaded = benefit + 20 * Y
    alone, error = evppi(benefit, {"x": X})
    assert abs(alone - loss(0, 0.2)) < 4 * error
    assert evppi(loaded, {"x": X})[0] == pytest.approx(alone, rel=1e-9)
    studies = [evsi(b, {"x": X}, {"x": 50.0}, 50)[0] for b in (benefit, loaded)]
    assert studies[1] == pytest.approx(studies[0], rel=1e-9)


def test_absolute_net_benefits_of_the_model_give_what_differences_give():
    """What a reader works out from `sample`, cost and QALYs as they are, 20,000 draws."""
    result = models.run(PACKAGE, draws=N)
    options = [{}, *({name: level} for name, level in PACKAGE.items()), PACKAGE]
    among = of_levels(result, {str(levels): levels for levels in options})
    value = PUBLISHED["mac_wtp"].base
    absolute = value * among.health - among.cost
    for name in ("eff_walkback_hr", "eff_rtw_default", "eff_rtw_cost"):
        inputs = {name: result.model.p[name]}
        against = evppi(among.net_benefit(value), inputs)[0]
        assert evppi(absolute, inputs)[0] == pytest.approx(against, abs=1)  # EUR
        assert evppi(absolute[::-1], inputs)[0] == pytest.approx(against, rel=0.02, abs=1e3)


def test_annuity():
    """Hand at 3%: 1 + 1/1.03 + 1/1.0609 = 2.913470; two years later divided by 1.0609."""
    assert _annuity(0.03, 0, 3) == pytest.approx(2.9134697, abs=1e-7)
    assert _annuity(0.03, 2, 3) == pytest.approx(2.9134697 / 1.0609, abs=1e-7)


# -- on the model ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def result():
    return models.run(levers=PACKAGE, draws=4_000)


@pytest.fixture(scope="module")
def found(result):
    return models.value_of_information(result)


def test_the_contract(found, result):
    assert json.loads(to_json(found)) == plain(found)
    assert {"schema", "assumptions_hash", "draws", "seed", "reference_value"} <= set(found.keys())
    assert found["reference_value"] == models.load_assumptions()["mac_wtp"].base
    assert [one["option"] for one in found["options"]][0] == "today"
    last = found["options"][-1]
    assert last.option == "scenario" and last.levels == PACKAGE
    assert {"parameter", "evppi", "standard_error"} == set(found["evppi"][0].keys())
    assert {"evsi", "cost"} <= set(found["study"].keys())
    assert {one["parameter"] for one in found["evppi"]} == set(uncertain(result))


def test_costs_of_the_options_are_those_of_runs(found):
    for one in found["options"]:
        run = models.run(levers=one["levels"], draws=4_000)
        assert one["cost"]["mean"] == pytest.approx(run.headline["incremental_total"]["mean"])
        measures = run.health(("qaly_loss",)).set_index("scenario")["mean"]
        assert one["qaly"]["mean"] == pytest.approx(-measures["incremental"])
        benefit = found["reference_value"] * one["qaly"]["mean"] - one["cost"]["mean"]
        assert one["net_benefit"]["mean"] == pytest.approx(benefit)


def test_parts_groups_and_study_stay_within_the_whole(found):
    worth = {one["parameter"]: one["evppi"] for one in found["evppi"]}
    assumptions = models.load_assumptions()
    for group in found["groups"]:
        members = [worth[n] for n in worth if assumptions[n].group == group["group"]]
        assert max(members) <= group["evppi"] <= found["evpi"]
    study = found["study"]
    assert 0 <= study["evsi"] <= study["at_most"] <= found["evpi"]
    value = study["present_value"]
    assert value["net"] == pytest.approx(value["evsi"] - value["cost"])


def test_what_a_lever_of_the_package_rests_on_is_worth_most(found):
    assert found["evppi"][0]["parameter"] == "eff_rtw_default"
    idle = {one["parameter"]: one["evppi"] for one in found["evppi"]}
    assert idle["price_gp"] == 0  # no choice hangs on the price of a consultation


def test_a_named_package_is_not_listed_twice():
    names = list(choices(models.run(scenario="back_to_work", draws=20)).levels)
    assert "back_to_work" in names and "scenario" not in names
    assert list(choices(models.run(draws=20)).levels) == [n for n in names if n != "scenario"]


def test_a_study_of_what_matters_is_worth_something():
    """Had the cohort seen the effect of return-to-work support, it would have had worth."""
    benefit = choices(models.run(draws=4_000)).net_benefit(20_000)
    effect = uncertain(models.run(draws=4_000))["eff_rtw_default"]
    value, _ = evsi(benefit, {"it": effect}, {"it": 100.0}, 500)
    assert 0 < value < evppi(benefit, {"it": effect})[0]


def test_without_a_price_on_health_only_money_counts(result):
    free = models.value_of_information(result, 0)
    for one in free["options"]:
        assert one["net_benefit"]["mean"] == pytest.approx(-one["cost"]["mean"])


def test_the_command_gives_the_same(found, capsysbinary):
    words = [f"--set={name}={level}" for name, level in PACKAGE.items()]
    assert main(["voi", *words, "--draws", "4000"]) == 0
    assert json.loads(capsysbinary.readouterr().out) == plain(found)
    assert main(["voi", "--draws", "200", "--format", "table", "--reference-value", "50000"]) == 0
    assert b"reference value 50000 EUR/QALY" in capsysbinary.readouterr().out


@pytest.mark.parametrize("value", ["-1", "2000000", "abc", "nan", "1e9", ""])
def test_a_reference_value_that_cannot_be_is_refused(value, capsys):
    assert main(["voi", "--draws", "50", "--reference-value", value]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.strip().splitlines()) == 1
