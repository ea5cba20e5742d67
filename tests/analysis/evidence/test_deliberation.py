"""Deliberation: the parts add up, sides can be exchanged, and the dividing row is found."""

import json

import pytest

import models
from models.engine.record import plain
from models.errors import UsageError

DRAWS = {"draws": 300}
PUBLISHED = models.load_assumptions()
PACKAGE = {"return_to_work_support": 0.5}


def other(**edits):
    return PUBLISHED.with_values(edits)


def shares(found: dict) -> dict[str, float]:
    return {row["parameter"]: row["share"] for row in found["rows"]}


def test_prices_of_different_care_add_up_without_interaction():
    """Hand: a price a fifth higher adds a fifth of what that care costs."""
    base = models.run(**DRAWS)
    means = base.means("base_case")
    b = other(
        price_gp=PUBLISHED["price_gp"].base * 1.2, price_physio=PUBLISHED["price_physio"].base * 1.2
    )
    found = models.deliberate(PUBLISHED, b, **DRAWS)
    assert shares(found) == pytest.approx(
        {"price_gp": 0.2 * means["gp"], "price_physio": 0.2 * means["physiotherapy"]}, rel=0.02
    )
    assert found["interaction"] == pytest.approx(0, abs=0.01)
    assert found["agreed"] == len(PUBLISHED) - 2


@pytest.mark.parametrize("levers", [{}, PACKAGE])
def test_the_parts_sum_to_the_whole_and_sides_can_be_exchanged(levers):
    b = other(price_hour=50.0, sl_share=0.5, eff_rtw_additional=0.2)
    forth = models.deliberate(PUBLISHED, b, levers, **DRAWS)
    back = models.deliberate(b, PUBLISHED, levers, **DRAWS)
    assert sum(shares(forth).values()) == pytest.approx(forth["total"], abs=0.01)
    assert back["total"] == pytest.approx(-forth["total"], abs=0.01)
    for name, share in shares(forth).items():
        assert shares(back)[name] == pytest.approx(-share, abs=0.01)
    assert (forth["decision"]["a"], forth["decision"]["b"]) == (
        back["decision"]["b"],
        back["decision"]["a"],
    )


def test_equal_sides_disagree_about_nothing():
    found = models.deliberate(PUBLISHED, PUBLISHED, PACKAGE, **DRAWS)
    assert found["rows"] == () and found["total"] == 0 and not found["decision"]["changes"]


def test_many_rows_are_sampled_and_still_sum():
    names = [n for n in PUBLISHED if n.startswith("price_") and n != "price_base_year"][:9]
    b = other(**{name: PUBLISHED[name].base * 1.1 for name in names})
    found = models.deliberate(PUBLISHED, b, draws=50)
    assert found["method"] == "sampled" and len(found["rows"]) == 9
    assert sum(shares(found).values()) == pytest.approx(found["total"], abs=0.01)


def test_the_row_on_which_the_decision_turns_is_named():
    """With no effect of support on absence it only costs; a dearer GP visit changes nothing."""
    b = other(eff_rtw_default=(1.0, 0.999, 1.001), price_gp=40.0)
    found = models.deliberate(PUBLISHED, b, PACKAGE, **DRAWS)["decision"]
    assert plain(found) == {
        "a": "package",
        "b": "today",
        "changes": True,
        "dividing": ["eff_rtw_default"],
    }


def test_points_of_one_curve_are_one_row():
    b = other(sl_S2=0.45, sl_S4=0.3)
    found = models.deliberate(PUBLISHED, b, **DRAWS)
    assert [row["parameter"] for row in found["rows"]] == ["sl_S2 + sl_S4"]
    assert found["rows"][0]["a"] == (PUBLISHED["sl_S2"].base, PUBLISHED["sl_S4"].base)


def test_an_unknown_option_is_named():
    with pytest.raises(UsageError, match="unknown option: drawz"):
        models.deliberate(PUBLISHED, PUBLISHED, drawz=5)


def test_the_command_says_the_same(tmp_path, capsys):
    from models.command_line.parsers import main

    for side, edits in (("a", {}), ("b", {"price_gp": 40.0})):
        other(**edits).to_folder(tmp_path / side)
    sides = [str(tmp_path / side) for side in "ab"]
    assert main(["deliberate", *sides, "--draws", "300", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    found = models.deliberate(PUBLISHED, other(price_gp=40.0), **DRAWS)
    assert shares(told) == shares(found) and told["decision"] == plain(found["decision"])
    assert main(["deliberate", *sides, "--set-assumption", "price_gp=30"]) == 2
    assert "leave out" in capsys.readouterr().err
