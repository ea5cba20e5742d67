"""C. Costs and results: one whole, its parts, two ways to value lost work, one anchor."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models
from dashboard.wording import row_texts
from dashboard.wording.catalogue import words_in
from models.engine.result import cost_items
from models.engine.summary import SCENARIOS
from models.errors import UsageError
from tests.verification.bench import LEVERS, PUBLISHED, USED, in_force, items, point, run, total

PACKAGE = {"return_to_work_support": 0.4, "physio_basic_package": 0.7, "xray_share": 0.06}
SETTINGS = [
    {"anchor": anchor, "valuation": valuation}
    for anchor in ("total", "sick_leave", "none")
    for valuation in ("human_capital", "friction")
]
CENT = 0.01
PRICES = tuple(n for n, r in USED.items() if r.unit.startswith("EUR"))


@pytest.mark.parametrize("options", SETTINGS, ids=lambda o: "-".join(o.values()))
def test_C1_C2_parts_sum_to_the_whole_to_the_cent(options):
    result = run(PACKAGE, draws=500, years=3, **options)
    for view, year in (("steady_state", None), ("budget_impact", 1), ("budget_impact", 3)):
        for scenario in SCENARIOS:
            sums = [
                result.summary(scenario, by, view, year)["mean"].sum()
                for by in ("payer", "category", "cost_item", "total")
            ]
            assert sums == pytest.approx([sums[0]] * 4, abs=CENT)
    for scenario in SCENARIOS:
        cells = result.matrix(scenario)
        inner = cells.iloc[:-1, :-1]
        assert inner.sum(axis=0).to_numpy() == pytest.approx(
            cells.iloc[-1, :-1].to_numpy(), abs=CENT
        )
        assert inner.sum(axis=1).to_numpy() == pytest.approx(
            cells.iloc[:-1, -1].to_numpy(), abs=CENT
        )


@pytest.mark.parametrize("options", SETTINGS, ids=lambda o: "-".join(o.values()))
def test_C1_parts_sum_to_the_whole_in_every_draw(options):
    result = run(PACKAGE, draws=500, **options)
    for state in (result.base, result.scenario):
        assert sum(state.ledger.values()) == pytest.approx(state.total, rel=1e-12)
    change = result.scenario.total - result.base.total
    assert (change == result.incremental).all()


def test_C3_prices_times_two_is_costs_times_two_and_the_same_volumes():
    """Bottom-up: an anchor in euros would hold the total."""
    before = point().base
    after = point({name: 2 * USED[name].base for name in PRICES}).base
    for key, amount in before.ledger.items():
        assert after.ledger[key][0] == pytest.approx(2 * amount[0], rel=1e-12)
    assert all(after.health[key][0] == value[0] for key, value in before.health.items())


@pytest.mark.parametrize(
    "price, item",
    [("price_gp", "gp"), ("price_physio", "physiotherapy"), ("sl_disability_output", "disability")],
)
def test_C4_one_price_moves_the_total_by_exactly_its_line(price, item):
    before, after = point(), point({price: 2 * PUBLISHED[price].base})
    line = items(before.base)[item]
    assert total(after.base) - total(before.base) == pytest.approx(line, rel=1e-9)


def test_C5_without_volumes_no_cost_hides():
    """As B4, under both valuations and with presenteeism switched on."""
    nobody = {"vol_gp_acute": 0, "vol_physio_lbp": 0, "vol_chronic_lbp_care": 0,
              "use_rehab_patients": 0, "sl_wia_stock": 0}  # fmt: skip
    for valuation in ("human_capital", "friction"):
        assert total(point(nobody, valuation=valuation, presenteeism=True).base) == 0


@pytest.mark.parametrize("anchor", ["total", "sick_leave", "none"])
def test_C6_friction_never_exceeds_human_capital(anchor):
    human, friction = (
        run(PACKAGE, draws=4_000, anchor=anchor, valuation=v) for v in ("human_capital", "friction")
    )
    for first, second in ((friction.base, human.base), (friction.scenario, human.scenario)):
        assert (first.total <= second.total + CENT).all()
        for key in first.ledger:
            assert (first.ledger[key] <= second.ledger[key] + CENT).all()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_C6_for_any_input(data):
    """Any three assumptions anywhere in their ranges."""
    names = data.draw(st.lists(st.sampled_from(sorted(USED)), min_size=3, max_size=3, unique=True))
    values = {n: data.draw(st.floats(USED[n].low, USED[n].high), label=n) for n in names}
    try:
        human, friction = (total(point(values, anchor="total", valuation=v).base) for v in
                           ("human_capital", "friction"))  # fmt: skip
    except UsageError:  # a combination that the checks refuse, such as shares above 1
        return
    assert friction <= human + CENT


def test_C7_both_ends_of_the_friction_period():
    work = ("sick_leave_acute", "sick_leave_chronic")
    none = items(point({"price_friction": 0}, valuation="friction").base)
    assert [none[item] for item in work] == [0, 0]
    longest = items(point({"price_friction": 7 * 104}, valuation="friction").base)
    human = items(point(valuation="human_capital").base)
    assert [longest[i] for i in work] == pytest.approx([human[i] for i in work], rel=1e-12)
    assert longest["disability"] == 0  # replaced for good: never a friction cost


def test_C8_friction_cost_rises_with_the_friction_period():
    costs = [total(point({"price_friction": days}, valuation="friction").base)
             for days in range(0, 400, 20)]  # fmt: skip
    assert np.all(np.diff(costs) >= 0) and costs[-1] > costs[0]


def test_C9_a_rate_of_nil_does_not_discount_and_a_higher_rate_never_adds():
    def sums(rate):
        result = run({"return_to_work_support": 0.5}, draws=300, years=6,
                     set_assumptions={"mac_disc_cost": rate})  # fmt: skip
        frame = result.budget()
        frame = frame[frame["payer"] == "total"].set_index(["view", "year"])["mean"]
        years = result.budget_constant_prices().set_index("payer").loc["total", "mean"]
        return frame.loc["nominal"].to_numpy(), frame.loc["constant_prices"].to_numpy(), years

    nominal, same, constant = sums(0.0)
    assert (same == constant).all()
    never_discounted, low, constant = sums(0.03)
    assert (never_discounted == nominal).all()
    _, high, _ = sums(0.05)
    assert (np.abs(high) <= np.abs(low) + 1e-9).all()
    assert low == pytest.approx(constant / 1.03 ** np.arange(6), rel=1e-9)


def test_C9_neither_view_moves_with_what_belongs_to_the_other():
    """Growth of prices, wages and ageing is nothing to constant prices."""
    lever = {"return_to_work_support": 0.5, "walking_programme": 0.2}
    grown = {"mac_wage_growth": 0.06, "mac_price_growth": 0.05, "mac_ageing_index": 0.2}
    before, after = (
        # an amount that the law fixes in money of its year is worth less where prices rise more
        run(lever, draws=200, years=4, set_assumptions=edit, calendar="none")
        .budget()
        .set_index("view")["mean"]
        for edit in ({}, grown)
    )
    assert (before["constant_prices"] == after["constant_prices"]).all()
    assert not np.allclose(before["nominal"], after["nominal"])


def test_C10_the_first_year_is_not_discounted():
    result = run({"xray_share": 0.05, "opioid_share": 0.1}, draws=300, years=1)
    frame = result.budget()
    frame = frame[frame["view"] == "constant_prices"].set_index("payer")["mean"]
    years = result.budget_constant_prices().set_index("payer")["mean"]
    assert len(frame) == 8 and (frame == years[frame.index]).all()
    health = result.budget_health().set_index(["measure", "discounted"])["mean"]
    assert health["qaly_loss", True] == health["qaly_loss", False] != 0


def test_C11_transfers_net_to_nil_and_stay_out_of_the_total():
    result = run(PACKAGE, draws=500)
    transfers = result.entries(kind="transfer")
    kinds = {item for item, _ in transfers}
    assert kinds
    for kind in kinds:
        for scenario in (0, 1):
            parts = [pair[scenario] for (item, _), pair in transfers.items() if item == kind]
            assert len(parts) == 2 and (sum(parts) == 0).all()
    assert not {i for i, _ in result.base.ledger} & kinds
    higher = run(PACKAGE, draws=500, set_assumptions={"mac_wage": 60.0})
    assert (higher.base.total == result.base.total).all()


def test_C12_the_deductible_moves_money_between_payers_not_the_total():
    before, after = point(), point({"pay_ded_medical": 0.0})
    assert total(after.base) == pytest.approx(total(before.base), rel=1e-12)
    moved = {p: sum(v[0] for (_, q), v in after.base.ledger.items() if q == p) for p in
             ("household_deductible", "basic_insurance")}  # fmt: skip
    was = {p: sum(v[0] for (_, q), v in before.base.ledger.items() if q == p) for p in moved}
    down = was["household_deductible"] - moved["household_deductible"]
    assert down > 0
    assert moved["basic_insurance"] - was["basic_insurance"] == pytest.approx(down, rel=1e-9)
    exempt = in_force(before, physio_basic_package=1.0, physio_deductible_exempt=1.0)
    assert exempt.ledger["physiotherapy", "household_deductible"][0] == 0


def test_C13_C14_presenteeism_is_a_line_of_its_own_that_can_be_off():
    """Hand: its share of the cost of sick leave; no other line moves. No informal care."""
    off, on = (items(point(presenteeism=flag).base) for flag in (False, True))
    assert off["presenteeism"] == 0
    leave = on["sick_leave_acute"] + on["sick_leave_chronic"]
    assert on["presenteeism"] == pytest.approx(PUBLISHED["sl_presenteeism"].base * leave)
    assert all(on[key] == off[key] for key in on if key != "presenteeism")


def test_C15_society_is_never_less_than_a_narrower_view():
    for scenario in ("base_case", "scenario"):
        frame = run(PACKAGE).perspectives(scenario)
        for name in ("care_budget", "basic_insurance", "employers", "households", "public_funds"):
            assert frame.loc[name, "mean"] <= frame.loc["society", "mean"] + CENT


def test_C15_each_year_a_perspective_counts_its_payers_or_their_money():
    result = run({"return_to_work_support": 0.5}, draws=300, years=4)
    years, added = (
        f.set_index(["perspective", "discounted"]) for f in result.budget_by_perspective()
    )
    payer = result.budget().set_index(["payer", "discounted"])["mean"]
    rate = PUBLISHED["mac_disc_cost"].base
    for year, place in ((2027, 0), (2030, 3)):
        seen = years[years["year"] == year]["mean"]
        pays = {key: float(payer.loc[key, False].iloc[place]) for key, _ in payer.index}
        benefit = sum(
            float(np.mean(after - before))
            for (item, whose), (before, after) in result.entries(
                "budget_impact", place + 1, "transfer"
            ).items()
            if (item, whose) == ("disability_benefit", "public_funds")
        )
        assert (benefit < 0) == (year == 2030)  # after two years of sick pay
        money = result.cash.table
        money = money[(money["year"] == year) & (money["scenario"] == "incremental")]
        money = money.groupby("payer")["mean"].sum()
        assert seen["society", False] == pytest.approx(pays["total"])
        assert seen["basic_insurance", False] == pytest.approx(pays["basic_insurance"])
        assert seen["public_funds", False] == pytest.approx(money["uwv"] + money["state"])
        assert seen["households", False] == pytest.approx(money["household"])
        constant = result.budget_constant_prices().set_index(["year", "payer"])["mean"]
        discounted = constant[year, "total"] / (1 + rate) ** place
        assert seen["society", True] == pytest.approx(discounted)
    for key, amounts in years.groupby(level=[0, 1])["mean"]:
        assert added.loc[key, "mean"] == pytest.approx(amounts.sum())


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_C16_rounded_parts_differ_by_less_than_half_a_unit_each(lang):
    words = words_in(lang)
    rows = row_texts.changes(run(PACKAGE), "payer", row_texts.payer_name(words), words)
    plain = str.maketrans({".": "", ",": "", "−": "-", "+": ""})
    for column in (1, 2, 3):
        *parts, whole = (int(row[column].translate(plain)) for row in rows)
        assert abs(sum(parts) - whole) <= len(parts) / 2 + 0.5


def test_C17_the_anchor_is_met_in_every_draw_and_the_gap_is_shown():
    result = run(draws=4_000, anchor="total")
    target = result.model.p["tot_article"]
    floor = result.model.factor <= PUBLISHED["cal_floor"].base
    assert floor.mean() < 0.02
    assert result.base.total[~floor] == pytest.approx(target[~floor], rel=1e-9)
    steps = models.steps(result)["mean"]
    gap = steps["human_capital_total"] - steps["bottom_up"]
    assert steps["calibration"] == pytest.approx(gap, rel=1e-6)
    assert total(point(anchor="total").base) == pytest.approx(4e9, abs=CENT)
    leave = items(point(anchor="sick_leave").base)
    assert leave["sick_leave_acute"] + leave["sick_leave_chronic"] == pytest.approx(4e9, abs=CENT)


def test_C18_calibration_moves_sick_leave_only_and_once():
    free, held = (items(point(anchor=a).base) for a in ("none", "total"))
    moved = {key for key in free if held[key] != pytest.approx(free[key], rel=1e-12)}
    assert moved == {"sick_leave_acute", "sick_leave_chronic"}
    again = items(point(anchor="total", recalibrate=True).base)
    assert again == held


def test_C18_an_edit_keeps_the_factor_unless_asked_otherwise():
    edit = {"price_gp": 2 * PUBLISHED["price_gp"].base}
    held, again = (point(edit, anchor="total", recalibrate=flag) for flag in (False, True))
    assert held.factor[0] == point(anchor="total").factor[0]
    line = items(point(anchor="total").base)["gp"]
    assert total(held.base) == pytest.approx(4e9 + line, abs=CENT)
    assert total(again.base) == pytest.approx(4e9, abs=CENT)


def test_every_cost_item_has_a_category_and_an_index():
    assert {row["category"] for row in cost_items().values()} == {"care", "work"}
    assert {row["index"] for row in cost_items().values()} == {"care", "work", "prices"}
    assert LEVERS
