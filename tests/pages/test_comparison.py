"""Packages side by side: which ones, how a link names them, and what is kept."""

import json

import pytest
from hypothesis import given

import models
from dashboard.wording import comparison
from tests.address.test_link import states
from tests.pages.test_app import (
    LEVERS,
    html,
    move,
    notices,
    page,
)
from tests.pages.test_simulator import EVERY, PACKAGE, QUERY, SIGNED, Tables, millions


@given(states())
def test_levels_in_a_comparison_come_back(state):
    if state.levels:
        text = comparison.to_text(state.levels, state.name)
        assert comparison.name_in(text) == state.name
        assert comparison.levels_of(text, {}, SIGNED, LEVERS) == dict(state.levels)
        names, notices_found = comparison.from_link([f"now,{text}"], SIGNED, LEVERS)
        assert names == ("now", text) and not notices_found


HOSTILE = (
    "", " ", "all", "NOW", "article_proposal", "xray_share", "xray_share:", "xray_share:abc",
    "xray_share:nan", "xray_share:inf", "xray_share:1e999", "xray_share:0.055", "xray_share:9",
    "xray_share:-0.01", "xray_share:0.0.5", "xray_share:0.11", "xray_share:0.05~xray_share:0.06",
    "xray_share:0.05~", "xray_share:0.05~other:1", "xray_share:1_0", "xray_share:٠",
    "<script>alert(1)</script>", "=1+1", "../../etc", "now~now", "xray_share:0.05:0.06", "a" * 1999,
    "~~~~", "\u202enow", "%00", "None", "xray_share:0,05", "xray_share:+0.05", "xray_share:5e-2",
    "xray_share: 0.05", "xray_share:0.05;", "xray_share:0.05;\u202ename", "now;my name",
    f"xray_share:0.05;{'a' * 61}",
)  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_comparison_is_named_and_not_used(value):
    names, said = comparison.from_link([value], SIGNED, LEVERS)
    assert names == () and [notice.name for notice in said] == ["compare"]


def test_too_many_too_long_twice_and_repeated_are_said():
    six = ",".join(["now", *SIGNED])
    names, said = comparison.from_link([six], SIGNED, LEVERS)
    assert len(names) == 4 and [notice.kind for notice in said] == ["compare_many"] * 2
    assert comparison.from_link(["a" * 9_000], SIGNED, LEVERS)[1][0].kind == "compare_long"
    assert comparison.from_link(["now,now"], SIGNED, LEVERS)[0] == ("now",)
    assert comparison.from_link(["now", "now"], SIGNED, LEVERS)[0] == ()


@EVERY
@pytest.mark.parametrize("value", ["nonsense", "xray_share:9", "<b>x</b>"])
def test_the_comparison_says_what_it_did_not_use(value, lang):
    test = page("compare", compare=value, lang=lang)
    assert not test.exception
    assert any(value in text for text in notices(test))


def test_the_comparison_shows_what_the_model_says():
    test = page("compare", **QUERY, compare="now,keep_moving")
    test.session_state["compare_figures"] = True
    test.run()
    rows = next(
        r
        for c, r in Tables(html(test)).found.items()
        if c.startswith("Verschil met vandaag per jaar")
    )
    for column, levels in enumerate((PACKAGE, SIGNED["keep_moving"]["levels"]), 1):
        mean = models.run(levels).headline["incremental_total"]["mean"]
        assert millions(rows[1][column].split("\n")[0], "nl") == round(mean / 1e6)
    assert test.query_params["compare"] == "now,keep_moving"


def test_a_package_is_kept_while_the_sliders_go_on():
    test = page("compare", xray_share="0.05")
    test.button(key="keep_package").click().run()
    move(test, xray_share=0.08)
    assert "xray_share:0.05" in test.query_params["compare"]
    assert "Patiënten die een röntgenfoto krijgen 5%" in html(test)  # its label, without a name


def test_a_package_has_a_name_of_its_own_wherever_it_goes():
    """Typed, in the link, kept under it, written over its panel, and back with its levels."""
    test = page("simulator", xray_share="0.05", lang="en")
    test.text_input(key="name-here").set_value("  Fewer   X-rays, fewer pills ").run()
    assert test.query_params["name"] == "Fewer X-rays, fewer pills"
    test.text_input(key="name-here").set_value("\u202eturned").run()
    assert any("turned" in text for text in notices(test))
    assert test.query_params["name"] == "Fewer X-rays, fewer pills"
    test.switch_page("dashboard/pages/compare.py").run()
    test.button(key="keep_package").click().run()
    assert test.query_params["compare"].endswith("xray_share:0.05;Fewer X-rays%2C fewer pills")
    assert "name" not in test.query_params  # the next package has a name of its own
    shown = html(test)
    assert "Fewer X-rays, fewer pills</a>" in shown and "name=Fewer+X-rays%2C+fewer+pills" in shown
    test.switch_page("dashboard/pages/simulator.py").run()
    drawn = [json.loads(each.proto.json) for each in test.get("bidi_component")]
    *_, beside = next(data["kept"] for data in drawn if "kept" in data)
    assert beside["label"] == "Fewer X-rays, fewer pills" and beside["levels"] == {
        "xray_share": 0.05
    }
    assert test.query_params["compare"].endswith(beside["name"])  # in the address of What if too
    test.text_input(key="name-here").set_value("Again").run()
    test.button(key="package_back_to_work").click().run()
    assert "name" not in test.query_params
    test.button(key="keep_package").click().run()  # a signed package keeps its own name
    assert test.query_params["compare"].endswith(",back_to_work")
    test.button(key="undo_here").click().run()
    assert test.query_params["name"] == "Again"


def test_the_chance_of_being_cheapest_adds_up_and_by_hand():
    """Of two opposite effects each is cheapest in its own half; ties are shared."""
    results = {n: models.run(p["levels"], draws=300) for n, p in SIGNED.items()}
    assert sum(models.chance_cheapest(results).values()) == pytest.approx(1)
    same = {"a": models.run(PACKAGE, draws=100), "b": models.run(PACKAGE, draws=100)}
    shares = models.chance_cheapest(same)
    assert shares["a"] == shares["b"]
    with pytest.raises(ValueError, match="same assumptions"):
        models.chance_cheapest({"a": same["a"], "b": models.run(PACKAGE, draws=200)})
