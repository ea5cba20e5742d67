"""What stands in data/: complete, within physical bounds, and tied together.

Expected counts are those of the tables as published, added up by hand.

Long: one law a table of data, and what all tables share.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import models

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
NOT_PUBLICATIONS = {"expert_guess", "convention", "hand_calculation"}
HISTORY = ("history/inputs.csv", "history/published.csv", "history/cross_model.csv")
FOLLOW_THE_LEVERS = {"physiotherapy", "programme"}  # cost items without fixed payer shares
UNUSED = "Not used by the model: "
WHOLES = (("ins_physio_cover", "ins_basic_physio_today"), ("pay_employer", "pay_uwv"))
WORDS = {
    "interval": {"95%", "none"},
    "distribution": {"beta", "gamma", "lognormal", "normal", "fixed"},
    "provenance": {"article", "published", "recalled", "derived", "expert_guess"},
    "quality": {"green", "amber", "red"},
}


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables() -> list[str]:
    return sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv"))


def listed(cell: str) -> list[str]:
    return cell.replace("+", " ").replace("*", " ").split()


ROWS = [row for name in tables() if name.startswith("assumptions/") for row in read(name)]
BY_NAME = {row["parameter"]: row for row in ROWS}
SOURCES = {row["key"]: row for row in read("sources.csv")}
SERIES = [(name, row) for name in tables() if name.startswith("series/") for row in read(name)]


def money(unit: str) -> bool:
    return unit.startswith(("EUR", "USD")) and unit != "EUR per EUR"


def numbers(row: dict[str, str]) -> tuple[float, float, float]:
    return float(row["low"]), float(row["base"]), float(row["high"])


# -- assumptions ------------------------------------------------------------------------------


def test_A1_every_number_has_its_parts_and_a_source():
    needed = "parameter label_en label_nl base low high unit group source source_detail".split()
    assert [(r["parameter"], c) for r in ROWS for c in needed if not r[c]] == []
    assert [r["parameter"] for r in ROWS if r["source"] not in SOURCES] == []
    stated = re.search(r"In all (\d+) rows", (DATA / "README.md").read_text(encoding="utf-8"))
    assert stated and len(BY_NAME) == len(ROWS) == int(stated[1])


def test_A1_money_has_a_price_year_and_nothing_else_has_one():
    wrong = [r["parameter"] for r in ROWS if money(r["unit"]) != bool(r["price_year"])]
    assert wrong == []


def test_A1_the_142_numbers_of_the_evidence_are_all_there_as_they_were():
    """A changed figure is changed here too, and named in CHANGELOG.md."""
    with (ROOT / "tests/cases/evidence_numbers.csv").open(encoding="utf-8") as file:
        evidence = list(csv.DictReader(file))
    assert len(evidence) == 142
    for given in evidence:
        row = BY_NAME[given["parameter"]]
        low, base, high = numbers(row)
        assert base == float(given["base"]), given["parameter"]
        if row["distribution"] != "fixed":  # the range of a fixed row is in its note
            assert (low, high) == (float(given["low"]), float(given["high"])), given["parameter"]
    came = Counter(
        (given["evidence"], BY_NAME[given["parameter"]]["provenance"]) for given in evidence
    )
    assert came == {
        ("article", "article"): 5,
        ("article", "published"): 1,  # opioid recipients: seen at SFK too
        ("found", "published"): 59,
        ("recalled", "recalled"): 8,
        ("recalled", "published"): 3,  # looked up since: both discount rates, OPAL
        ("recalled", "derived"): 1,  # the arc elasticity
        ("assumption", "derived"): 35,  # 35 + 30 = the 65 guesses
        ("assumption", "expert_guess"): 30,
    }


def test_A2_low_base_high_in_order_and_a_range_unless_fixed():
    for row in ROWS:
        low, base, high = numbers(row)
        assert low <= base <= high, row["parameter"]
        assert (low == high) == (row["distribution"] == "fixed"), row["parameter"]


def test_A3_shares_lie_between_0_and_1():
    share = re.compile(r"(share|probability|fraction)\b")
    for row in ROWS:
        if share.match(row["unit"]) or row["distribution"] == "beta":
            assert 0 <= numbers(row)[0] and numbers(row)[2] <= 1, row["parameter"]


def test_A3_shares_of_one_whole_do_not_pass_1():
    for names in WHOLES:
        assert sum(float(BY_NAME[name]["base"]) for name in names) <= 1
    # pay_employer 0.80 + pay_uwv 0.12: employees lose 0.08; cover 0.65 + 0.08: patients pay 0.27
    assert float(BY_NAME["pay_employer"]["base"]) + float(BY_NAME["pay_uwv"]["base"]) == 0.92
    assert float(BY_NAME["ins_physio_cover"]["base"]) == 0.65


def test_A3_every_cost_item_is_borne_in_full():
    items = {row["id"] for row in read("cost_items.csv") if row["kind"] == "resource"}
    split: dict[str, list[str]] = {}
    for row in read("payer_shares.csv"):
        split.setdefault(row["cost_item"], []).append(row["share"])
    assert set(split) == items - FOLLOW_THE_LEVERS
    for item, shares in split.items():
        assert shares.count("rest") == 1, item
        named = [float(BY_NAME[name]["base"]) for name in shares if name != "rest"]
        assert sum(named) <= 1, item


def test_A4_no_negative_price_count_or_duration():
    signed = re.compile(r"(points|.*points|utility|elasticity|days \(negative)")
    negative = [r for r in ROWS if numbers(r)[0] < 0 and not signed.match(r["unit"])]
    assert negative == []
    assert all(numbers(r)[0] >= 0 for r in ROWS if money(r["unit"]))


def test_A5_a_row_is_named_by_code_or_tables_or_is_context_with_the_reason():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "models").rglob("*.py"))
    used = set(re.findall(r"\w+", code))
    for name in ("levers.csv", "lever_effects.csv", "payer_shares.csv", "published_totals.csv"):
        used |= {word for row in read(name) for cell in row.values() for word in listed(cell)}
    used |= {row["parameter"] for row in ROWS if re.fullmatch(r"sl_S\d+", row["parameter"])}
    used |= {f"study_sd_{name}" for name in BY_NAME}  # what the cohort study would see
    informs = {r["parameter"] for r in ROWS if r["group"] == "context"}
    shown = {row["parameter"] for row in read("published_totals.csv")}
    assert {r["parameter"] for r in ROWS} - used - informs == set()
    assert informs & (used - shown) == set()
    says = {r["parameter"] for r in ROWS if r["note"].startswith(UNUSED)}
    assert says == informs


def test_A9_published_figures_in_prices_of_2024_are_the_figure_times_its_index():
    """3.5 x 1.486 = 5.201 billion; 937 x 1.281 = 1,200.297; 244.7 x 1.281 = 313.4607 million."""
    by_hand = {
        ("prices_2024", "lambeek_2011"): (5_201_000_000, 3_500_000_000, "cpi_2007_2024"),
        ("care_prices_2024", "rivm_costs_2017"): (1_200_297_000, 937_000_000, "cpi_2017_2024"),
        ("register", "van_der_wurf_2021"): (313_460_700, 244_700_000, "cpi_2017_2024"),
    }
    for (series, source), (value, nominal, index) in by_hand.items():
        found = [
            float(row["value"])
            for _, row in SERIES
            if (row["series"], row["source"], row["price_year"]) == (series, source, "2024")
        ]
        assert found == [value]
        assert value / float(BY_NAME[index]["base"]) == pytest.approx(nominal, rel=1e-12)
    later = [float(BY_NAME[f"{name}_2024"]["base"]) for name in ("cpi_2007", "cpi_2017")]
    assert later == sorted(later, reverse=True) and min(later) > 1


def test_A13_family_follows_the_unit():
    for row in ROWS:
        if row["distribution"] == "beta":
            assert 0 < float(row["base"]) < 1, row["parameter"]
        if money(row["unit"]):
            assert row["distribution"] in ("gamma", "lognormal", "fixed"), row["parameter"]
        if row["distribution"] == "gamma":
            assert numbers(row)[0] > 0, row["parameter"]


def test_words_for_provenance_and_quality_and_a_note_for_every_red_row():
    for column, words in WORDS.items():
        assert {row[column] for row in ROWS} == words
    assert [r["parameter"] for r in ROWS if r["quality"] == "red" and not r["note"]] == []
    guesses = [r for r in ROWS if r["provenance"] == "expert_guess"]
    assert all(r["source"] == "expert_guess" and r["quality"] != "green" for r in guesses)


def test_group_is_the_name_of_the_file():
    for name in tables():
        if name.startswith("assumptions/"):
            assert {row["group"] for row in read(name)} == {Path(name).stem}


# -- sources, languages -----------------------------------------------------------------------


def test_A1_sources_have_a_plain_link_or_say_that_none_was_found():
    link = re.compile(r"https?://[A-Za-z0-9.-]+(/\S*)?")
    for key, row in SOURCES.items():
        assert row["title"] and row["licence"], key
        if row["url"]:
            assert link.fullmatch(row["url"]), key
        elif key not in NOT_PUBLICATIONS:
            assert "Address not found" in row["note"], key


def test_every_source_is_used_and_every_key_has_its_row():
    history = [row for name in HISTORY for row in read(name)]
    columns = (
        "claims.csv",
        "scenarios.csv",
        "dated_rules.csv",
        "values_by_year.csv",
        "structures.csv",
        "trials.csv",
    )
    used = {row["source"] for row in read("lineage.csv") if row["source"]}
    used |= {row["source"] for name in columns for row in read(name)}
    used |= {row["source"] for row in history}
    used |= {row["source"] for row in ROWS} | {row["source"] for _, row in SERIES}
    used |= {row["source"] for row in read("targets.csv")}
    used |= {key for row in read("measures.csv") for key in row["sources"].split(" + ") if key}
    assert used <= set(SOURCES)
    text = " ".join(r["source_detail"] + r["note"] for r in ROWS)
    text += " ".join(r["source_detail"] for r in history)
    text += (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    text += " ".join(row["note_en"] for row in read("dated_rules.csv"))
    named = {key for key in SOURCES if re.search(rf"\b{key}\b", text)}
    assert set(SOURCES) - used - named == set()


@pytest.mark.parametrize("name", tables())
def test_both_languages_are_filled(name):
    for row in read(name):
        for column in row:
            if column.endswith("_en"):
                english, dutch = row[column], row[column.removesuffix("_en") + "_nl"]
                assert bool(english) == bool(dutch), (row, column)
                assert english or column.startswith("note"), (row, column)


# -- levers, packages, perspectives -----------------------------------------------------------


def test_packages_name_existing_levers_within_their_range():
    levers = models.load_levers()
    packages = models.load_scenarios()
    assert list(packages) == [
        "article_proposals",
        "article_no_deductible",
        "keep_walking",
        "keep_moving",
        "back_to_work",
    ]
    for package in packages.values():
        assert package["levels"] and package["signed_by"]
        for language in ("en", "nl"):
            assert package[f"motivation_{language}"].count(". ") == 0  # one sentence
        for lever, level in package["levels"].items():
            assert levers[lever].min <= level <= levers[lever].max != levers[lever].today


def test_perspectives_add_up_existing_payers_and_categories_or_money():
    items = read("cost_items.csv")
    payers = {row["id"] for row in read("payers.csv")}
    rows = {row["id"]: row for row in read("perspectives.csv")}
    for row in rows.values():
        assert set(listed(row["payers"])) <= payers
        assert set(listed(row["categories"])) <= {item["category"] for item in items}
        assert bool(row["cash"]) != bool(row["payers"])
        assert set(listed(row["cash"])) <= {"employer", "uwv", "state", "insurer", "household"}
    assert rows["society"]["payers"] == rows["society"]["categories"] == "*"
    assert list(rows) == [
        *("society", "care_budget", "basic_insurance", "employers", "households", "public_funds"),
    ]


# -- claims and series ------------------------------------------------------------------------


def test_claims_hold_every_number_of_the_article_and_name_what_the_model_uses():
    claims = read("claims.csv")
    assert {row["question"] for row in claims} == set("123456")
    for row in claims:
        assert set(listed(row["model_uses"])) <= set(BY_NAME), row["id"]
    stated = [float(row["article_value"]) for row in claims if row["article_value"]]
    article = [549_000, 4e9, 0.9, 35_000, 0.01, 0.3, 0.96, 3_000, 0.11, 301, 56, 8, 30, 3, 2, 1e6]
    assert [number for number in article if number not in stated] == []
    verdicts = Counter(row["verdict"] for row in claims)
    assert verdicts == {
        "agrees": 18, "differs_by_definition": 15, "no_source_found": 8,
    }  # fmt: skip


def test_series_points_lie_within_their_interval_and_in_order():
    for name, row in SERIES:
        ends = [float(row[column]) for column in ("low", "value", "high") if row[column]]
        assert ends == sorted(ends), (name, row)
        assert bool(row["low"]) == bool(row["high"]) and bool(row["x"]) == bool(row["x_unit"])
        if row["unit"].startswith("share"):
            assert 0 <= min(ends) and max(ends) <= 1, (name, row)
        if money(row["unit"]) and "article" not in row["source"]:
            assert row["price_year"], (name, row)
    for key in {(name, row["series"]) for name, row in SERIES}:
        xs = [float(r["x"]) for n, r in SERIES if (n, r["series"]) == key and r["x"]]
        assert xs == sorted(xs), key


def test_recurrence_with_walking_follows_the_hazard_ratio():
    """1 - 0.667^0.72 = 1 - exp(0.72 ln 0.667) = 1 - exp(-0.29158) = 0.2529."""
    row = [r for n, r in SERIES if "recurrence" in n and r["provenance"] == "derived"]
    assert [float(r["value"]) for r in row] == [0.2529]
