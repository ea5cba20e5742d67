"""Deliberation: the parts add up, sides can be exchanged, and the dividing row is found."""

import json

import pytest

import models
from models.analysis.evidence.dividing import half_smaller, smallest
from models.command_line.deliberate_command import read_link
from models.engine.record import plain
from models.errors import DataError, UsageError

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
    names = [n for n in PUBLISHED if n.startswith("price_") and PUBLISHED[n].group == "prices"][:9]
    b = other(**{name: PUBLISHED[name].base * 1.1 for name in names})
    found = models.deliberate(PUBLISHED, b, draws=50)
    assert found["method"] == "sampled" and len(found["rows"]) == 9
    assert sum(shares(found).values()) == pytest.approx(found["total"], abs=0.01)


def test_the_row_on_which_the_decision_turns_is_named():
    """With no effect of support on absence it only costs; a dearer GP visit changes nothing."""
    b = other(eff_rtw_default=(1.0, 0.999, 1.001), price_gp=40.0)
    made = models.deliberate(PUBLISHED, b, PACKAGE, **DRAWS).decision
    assert (made.a, made.b, made.changes, made.proven) == ("package", "today", True, True)
    assert made.dividing == made.dividing_b == ("eff_rtw_default",)
    assert 0 < made.research.settled == pytest.approx(made.research.everything, rel=1e-9)
    back = models.deliberate(b, PUBLISHED, PACKAGE, **DRAWS).decision
    assert (back.dividing, back.dividing_b) == (made.dividing_b, made.dividing)


@pytest.mark.parametrize(
    ("first", "second", "worth"),
    [
        (-6.0, 10.0, 3.0),  # knowing (0 + 10) / 2 = 5, not knowing (-6 + 10) / 2 = 2
        (-10.0, 6.0, 3.0),  # knowing 3, not knowing 0
        (4.0, 8.0, 0.0),  # both choose alike: 6 less 6
        (-4.0, -8.0, 0.0),
    ],
)
def test_settling_is_worth_half_the_smaller_loss(first, second, worth):
    assert half_smaller(first, second) == pytest.approx(worth)


def test_the_smallest_set_is_found_by_trying():
    """Hand: own choice is 10 better; taken over, a brings 6, b 5, c 3: two are needed, a and b."""
    brings = {"c": 3.0, "a": 6.0, "b": 5.0}
    assert smallest(list(brings), lambda some: sum(map(brings.get, some)) - 10) == (
        ("a", "b"),
        True,
    )
    many = brings | {f"nothing_{i}": 0.0 for i in range(30)}
    assert smallest(list(many), lambda some: sum(map(many.get, some)) - 10) == (("a", "b"), False)
    four = {f"row_{i}": 1.0 for i in range(12)}  # 3.5 is passed by four rows, not by three
    turning, proven = smallest(list(four), lambda some: sum(map(four.get, some)) - 3.5)
    assert len(turning) == 4 and not proven


def test_rows_that_are_only_shown_are_listed_and_worth_nothing():
    name = next(n for n, row in PUBLISHED.items() if row.group == "context" and row.base)
    found = models.deliberate(PUBLISHED, other(**{name: PUBLISHED[name].base * 1.01}), **DRAWS)
    (row,) = found.rows
    assert (row.parameter, row.share, row.alone) == (name, 0.0, 0.0)


def test_three_sides_are_compared_two_by_two():
    sides = {
        "ministry": PUBLISHED,
        "insurer": other(price_gp=40.0),
        "union": other(eff_rtw_default=(1.0, 0.999, 1.001)),
    }
    found = models.round_table(sides, PACKAGE, **DRAWS)
    assert [(pair.a, pair.b) for pair in found.pairs] == [
        ("ministry", "insurer"), ("ministry", "union"), ("insurer", "union"),
    ]  # fmt: skip
    assert [one.decision for one in found.sides] == ["package", "package", "today"]
    assert not found.agree
    with pytest.raises(UsageError, match="1 sides given; a deliberation has 2 to 6"):
        models.round_table({"alone": PUBLISHED}, **DRAWS)


def test_points_of_one_curve_are_one_row():
    b = other(sl_S2=0.45, sl_S4=0.3)
    found = models.deliberate(PUBLISHED, b, **DRAWS)
    assert [row["parameter"] for row in found["rows"]] == ["sl_S2 + sl_S4"]
    assert found["rows"][0]["a"] == (PUBLISHED["sl_S2"].base, PUBLISHED["sl_S4"].base)


def test_an_unknown_option_is_named():
    with pytest.raises(UsageError, match="unknown option: drawz"):
        models.deliberate(PUBLISHED, PUBLISHED, drawz=5)


def test_a_link_is_a_side_when_it_holds_all_its_edits():
    made = other(price_gp=(40.0, 30.0, 50.0))
    link = f"http://localhost:8501/?a.price_gp=40:30:50&assumptions={made.hash[:12]}"
    assert read_link(link) == made
    for broken, sentence in (
        (link.replace("=40:", "=41:"), "not all edits are in the link"),
        (link.replace("price_gp", "price_gq"), "price_gq"),
        (link.replace("=40:", "=x:"), "is not a number"),
    ):
        with pytest.raises(DataError, match=sentence):
            read_link(broken)


def test_the_command_says_the_same(tmp_path, capsys):
    from models.command_line.parsers import main

    for side, edits in (("a", {}), ("b", {"price_gp": 40.0})):
        other(**edits).to_folder(tmp_path / side)
    sides = [str(tmp_path / side) for side in "ab"]
    assert main(["deliberate", *sides, "--draws", "300", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    found = models.deliberate(PUBLISHED, other(price_gp=40.0), **DRAWS)
    assert shares(told) == shares(found) and told["decision"] == plain(found["decision"])
    assert main(["deliberate", *sides, *sides[:1], "--draws", "300"]) == 0
    assert capsys.readouterr().out.count("a is ") == 3
    assert main(["deliberate", *sides, "--set-assumption", "price_gp=30"]) == 2
    assert "leave out" in capsys.readouterr().err
