"""What edits are worth: lines worked by hand, interaction, edits that cannot stand alone."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models
from models import price
from models.command_line.parsers import main
from models.errors import UsageError
from models.paths import DATA
from models.tables.assumptions import Assumptions

A = models.load_assumptions()
PRICES = sorted(name for name in A if A[name].group in ("care", "prices"))
LEVERS = {"xray_share": 0.05, "walking_programme": 0.2}


def edited(used=A, **columns) -> Assumptions:
    """These rows with other cells: price_gp={"base": 40, "reason": "..."}."""
    rows = {**used, **{n: dataclasses.replace(used[n], **cells) for n, cells in columns.items()}}
    return Assumptions(rows.values(), used.sources)


def fixed() -> Assumptions:
    """The published assumptions without doubt, so that a line can be worked by hand."""
    one_point = {"distribution": "fixed", "interval": "none"}
    return edited(**{n: {"low": r.base, "high": r.base, **one_point} for n, r in A.items()})


FIXED = fixed()


def moved(used: Assumptions, **bases) -> Assumptions:
    return edited(used, **{n: {"base": v, "low": v, "high": v} for n, v in bases.items()})


def alone(found: dict) -> dict[str, float]:
    return {edit["parameter"]: edit["alone"] for edit in found["edits"]}


def test_nothing_edited_is_worth_nothing():
    found = price(A, LEVERS, draws=50)
    assert (found["total"], found["interaction"], found["edits"]) == (0, 0, ())
    assert found["total_incremental"] == found["interaction_incremental"] == 0
    assert found["base_case"]["published"] == found["base_case"]["edited"]


def test_a_price_moves_the_total_by_its_own_line():
    # 549,000 acute patients x 1.5 consultations + 500,000 chronic patients x 2 = 1,823,500 a year;
    # EUR 33.12 -> 43.12 is EUR 10 more for each: 18,235,000
    found = price(moved(FIXED, price_gp=43.12), published=FIXED, draws=3)
    assert alone(found) == pytest.approx({"price_gp": 18_235_000}, rel=1e-9)
    assert found["total"] == pytest.approx(18_235_000, rel=1e-9)
    assert found["interaction"] == 0


def test_two_edits_of_one_line_interact():
    # price +10 on 1,823,500 consultations: 18,235,000; 0.5 consultation more for 549,000 patients
    # at 33.12: 9,091,440; both on the same consultations: 0.5 x 549,000 x 10 = 2,745,000
    both = moved(FIXED, price_gp=43.12, use_gp_consults=2.0)
    found = price(both, published=FIXED, draws=3)
    assert alone(found) == pytest.approx(
        {"price_gp": 18_235_000, "use_gp_consults": 9_091_440}, rel=1e-9
    )
    assert found["interaction"] == pytest.approx(2_745_000, rel=1e-7)
    assert found["total"] == pytest.approx(18_235_000 + 9_091_440 + 2_745_000, rel=1e-9)
    assert [edit["parameter"] for edit in found["edits"]] == ["price_gp", "use_gp_consults"]


def test_edits_of_different_lines_add_up():
    # 549,000 x 11% X-rays x EUR 10 more = 603,900, taken out of the top-down secondary care again
    both = moved(FIXED, price_gp=43.12, price_physio=51.73)
    found = price(both, published=FIXED, draws=3)
    assert found["interaction"] == pytest.approx(0, abs=1e-3)
    assert found["total"] == pytest.approx(sum(alone(found).values()), rel=1e-12)


def test_a_drawn_price_scales_its_line():
    """The range keeps its proportion, so every draw of the line is half as much again."""
    base = models.run(draws=400)
    line = base.summary("base_case").loc["physiotherapy", "mean"]
    value = A["price_physio"].base
    found = price(A.with_values({"price_physio": value * 1.5}), draws=400)
    assert found["total"] == pytest.approx(line / 2, rel=1e-9)


def test_the_effect_on_what_the_levers_do():
    # X-rays from 11% to 5% of 549,000 patients: 32,940 fewer. EUR 10 more for each saves 329,400
    # more; that X-rays weigh less in secondary care works on both sides of the difference
    found = price(moved(FIXED, price_xray=FIXED["price_xray"].base + 10), {"xray_share": 0.05},
                  published=FIXED, draws=3)  # fmt: skip
    assert found["edits"][0]["alone_incremental"] == pytest.approx(-329_400, rel=1e-6)
    assert found["total_incremental"] == pytest.approx(-329_400, rel=1e-6)


def test_a_twin_run_gives_the_same():
    values = {"price_hour": 40.0, "sl_share": 0.2}
    found = price(A.with_values(values), LEVERS, draws=300)
    before = models.run(LEVERS, draws=300).headline
    after = models.run(LEVERS, draws=300, set_assumptions=values).headline
    for key, name in (("total", "base_case_total"), ("total_incremental", "incremental_total")):
        assert found[key] == pytest.approx(after[name]["mean"] - before[name]["mean"], rel=1e-6)


def test_ranges_and_distributions_are_priced_too():
    wider = edited(
        price_hour={"low": 20.0, "high": 90.0, "reason": "Sectors differ"},
        sl_share={"distribution": "lognormal"},
    )
    found = {edit["parameter"]: edit for edit in price(wider, draws=500)["edits"]}
    assert found["price_hour"]["changed"] == ("low", "high")
    assert found["price_hour"]["from"] == found["price_hour"]["to"]
    assert found["price_hour"]["to_range"] == (20.0, 90.0)
    assert found["price_hour"]["reason"] == "Sectors differ"
    assert found["price_hour"]["alone"] != 0
    assert found["sl_share"]["changed"] == ("distribution",)


def test_words_are_listed_and_not_priced():
    found = price(edited(price_gp={"note": "Seen again"}), draws=20)
    assert (found["edits"], found["words_only"], found["total"]) == ((), ("price_gp",), 0)


def test_outside_its_published_range():
    found = price(A.with_values({"price_gp": 60.0, "price_physio": 42.0}), draws=20)
    said = {edit["parameter"]: edit["outside_published"] for edit in found["edits"]}
    assert said == {"price_gp": True, "price_physio": False}
    gp = found["edits"][0]
    assert (gp["published_low"], gp["published_high"]) == (A["price_gp"].low, A["price_gp"].high)


def test_the_factor_is_held_unless_asked():
    dearer = A.with_values({"price_hour": A["price_hour"].base * 1.2})
    options = {"draws": 500, "anchor": "total"}
    held, again = price(dearer, **options), price(dearer, **options, recalibrate=True)
    assert held["total"] > 3e8
    assert abs(again["total"]) < 0.1 * held["total"]


def test_editing_the_anchor_solves_again():
    found = price(A.with_values({"tot_article": 5e9}), draws=500, anchor="total")
    assert found["total"] == pytest.approx(1e9, rel=0.02)


def test_an_edit_that_cannot_stand_alone():
    """A curve moved as a whole, published as 0.5, 0.32, 0.26 at 2, 4, 6 weeks.

    0.3 at 2 weeks is below 0.32, but can be the last step; 0.25 at 4 weeks is below 0.26, and
    0.32 above 0.3; 0.2 at 6 weeks goes by itself.
    """
    lower = {"sl_S2": 0.3, "sl_S4": 0.25, "sl_S6": 0.2}
    down = {n: {"base": v, "low": v * 0.9, "high": v * 1.1} for n, v in lower.items()}
    found = price(edited(**down), draws=200)
    standing = {edit["parameter"]: edit["standing"] for edit in found["edits"]}
    assert standing == {"sl_S2": "last", "sl_S4": "together", "sl_S6": "alone"}
    assert alone(found)["sl_S4"] == 0 and found["total"] < 0
    assert found["total"] == pytest.approx(
        sum(alone(found).values()) + found["interaction"], rel=1e-9
    )


def test_twenty_edits_with_progress():
    names = [n for n, r in A.items() if r.distribution == "gamma" and r.group != "context"][:20]
    many = A.with_values({n: A[n].base * 1.05 for n in names})
    seen: list[tuple[int, int]] = []
    found = price(many, LEVERS, progress=lambda *step: seen.append(step), draws=100)
    assert len(found["edits"]) == 20 and seen == [(i, 22) for i in range(1, 23)]
    sizes = [abs(edit["alone"]) for edit in found["edits"]]
    assert sizes == sorted(sizes, reverse=True)
    assert found["total"] == pytest.approx(
        sum(alone(found).values()) + found["interaction"], rel=1e-9
    )


def test_nothing_given_is_changed():
    used = A.with_values({"price_gp": 40.0})
    before = used.hash, A.hash
    first, second = price(used, LEVERS, draws=40), price(used, LEVERS, draws=40)
    assert first == second and (used.hash, A.hash) == before


def test_wrong_requests():
    with pytest.raises(UsageError, match="unknown option"):
        price(A, draw=5)
    with pytest.raises(UsageError, match="out of range"):
        price(A, {"xray_share": 2.0})
    with pytest.raises(UsageError, match="unknown lever"):
        price(A, {"xray": 0.1})


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(PRICES), max_size=4), st.floats(0.7, 1.2))
def test_parts_and_interaction_make_the_total(names, factor):
    try:
        used = A.with_values({n: A[n].base * factor for n in names})
    except UsageError:
        return
    found = price(used, LEVERS, draws=20)
    for suffix in ("", "_incremental"):
        parts = sum(edit[f"alone{suffix}"] for edit in found["edits"])
        whole = parts + found[f"interaction{suffix}"]
        assert found[f"total{suffix}"] == pytest.approx(whole, rel=1e-9, abs=1e-3)


def test_the_command(capsysbinary, tmp_path):
    edited(price_gp={"base": 60.0, "high": 70.0, "reason": "New tariff"}).to_folder(tmp_path)
    words = ["price", "--assumptions", str(tmp_path), "--draws", "50"]
    assert main(words) == 0
    out, err = capsysbinary.readouterr()
    content = json.loads(out)
    assert not err and out.count(b"\n") == 1
    assert content["schema"] == 1 and content["draws"] == 50 and content["seed"] == 1
    (edit,) = content["edits"]
    assert (edit["parameter"], edit["to"], edit["reason"]) == ("price_gp", 60.0, "New tariff")
    assert edit["alone"] == content["total"] and edit["outside_published"]
    assert main([*words, "--format", "table"]) == 0
    table = capsysbinary.readouterr().out.decode()
    assert "outside its published range" in table and "New tariff" in table


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--assumptions", "/nowhere"], 1, b"/nowhere"),
        (["--set-assumption", "price_gpp=3"], 2, b"price_gp"),
        (["--format", "csv"], 2, b"invalid choice"),
    ],
)
def test_the_command_refuses(words, code, said, capsysbinary):
    assert main(["price", *words]) == code
    out, err = capsysbinary.readouterr()
    assert out == b"" and said in err and b"Traceback" not in err


def test_tables_brought_along_are_priced_apart(tmp_path):
    """A folder whose slider goes further prices its numbers as before; the table by itself: nil."""
    values = {"price_gp": 40.0}
    A.with_values(values).to_folder(tmp_path)
    table = (DATA / "levers.csv").read_text(encoding="utf-8")
    row = next(line for line in table.splitlines() if line.startswith("xray_share,"))
    wider = table.replace(row, row.replace(",0,0.2,", ",0,0.9,"))
    (tmp_path / "levers.csv").write_text(wider, encoding="utf-8")
    found = price(models.load_assumptions(tmp_path), {"xray_share": 0.8}, draws=50)
    assert found["catalogue"] == 0
    assert found["total"] == price(A.with_values(values), draws=50)["total"]
    assert price(A.with_values(values), draws=50)["catalogue"] == 0


def test_the_calibration_of_the_published_numbers_is_solved_once(monkeypatch):
    from models.engine import model

    solved = []
    known = model.calibration_factor
    monkeypatch.setattr(
        model, "calibration_factor", lambda *given: solved.append(given) or known(*given)
    )
    for value in (40, 41):
        models.run(set_assumptions={"price_gp": value}, draws=31, seed=77, anchor="total")
    price(A.with_values({"price_gp": 42.0, "price_mri": 260.0}), draws=31, seed=77, anchor="total")
    assert len(solved) == 1
