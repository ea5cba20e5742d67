"""No title or headline claims against its own interval: what is rendered, beside the figures.

The check is worked out here from the exported rows, not by the rules that make the titles. Presets
and a hundred random packages, both languages, three starting points; few draws, no pictures.
"""

import random
import re
from unittest.mock import MagicMock

import numpy as np
import plotly.graph_objects as go
import pytest

import models
from benchmarks.engine import random_levels
from dashboard.charts import CHARTS
from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import words_in
from dashboard.wording.live import alone_text
from dashboard.wording.sentences import simulator_answer

DRAWS, SAMPLE = 40, 100
ANCHORS = ("evidence", "total", "none")
FOLLOW = ("change_by_payer", "change_by_item", "waterfall", "budget_impact", "budget_by_payer")
LESS = {"en": r"\bless\b|\bsaves\b", "nl": r"\bminder\b|\bbespaart\b"}
MORE = {"en": r"\bmore\b|\bcosts\b", "nl": r"\bmeer\b|\bkost\b"}
HEDGED = {
    "en": r"not certain|save or cost|[Oo]n average|probably",
    "nl": r"niet zeker|besparen of kosten|[Gg]emiddeld|waarschijnlijk",
}
RANKED = {"en": r"\bmost\b|\bleast\b|\blargest\b|\bcheapest\b",
          "nl": r"\bmeest\w*|\bminste?\b|\bgrootste\b|\b(goedkoop|voordelig)ste\b"}  # fmt: skip


def clear(row, side: int) -> bool:
    """Whether the whole interval lies on this side of nil: -1 saves, 1 costs."""
    return side * row["p2_5"] > 0 and side * row["p97_5"] > 0


def named(title: str, rows: list[dict]) -> list[dict]:
    """The rows that a title names, the longest label first."""
    found, rest = [], title.lower()
    for row in sorted(rows, key=lambda row: -len(row["label"])):
        if row["label"].lower() in rest:
            found.append(row)
            rest = rest.replace(row["label"].lower(), "")
    return found


def wrong(chart, lang: str) -> bool:
    """Whether the title of a chart of differences says more than its rows.

    What it calls the package stands before the finding, and is a name: it claims nothing. A finding
    that names the package's only policy stands alone.
    """
    assert chart.package and chart.title in (chart.finding, f"{chart.package}. {chart.finding}")
    title, rows = chart.finding, chart.data
    if re.search(f"{LESS[lang]}|{MORE[lang]}|{RANKED[lang]}", chart.package):
        return True
    if re.search(RANKED[lang], title):
        return True
    if chart.id == "budget_impact":
        told = rows[-1:] if not re.search(HEDGED[lang], title) else []
    else:
        told = named(title, [row for row in rows if row.get("policy") != "package"])
    claims = bool(re.search(f"{LESS[lang]}|{MORE[lang]}", title))
    if not told:
        return claims and not re.search(HEDGED[lang], title)
    sides = [-1 if row["mean"] < 0 else 1 for row in told]
    words = {-1: LESS[lang], 1: MORE[lang]}
    return not all(
        clear(row, side) and re.search(words[side], title)
        for row, side in zip(told, sides, strict=True)
    )


@pytest.fixture(scope="module")
def packages() -> list[models.Result]:
    """The presets from every starting point, and random packages from each in turn."""
    chance, levers = random.Random(17), models.load_levers()
    presets = [package["levels"] for package in models.load_scenarios().values()]
    asked = [(levels, anchor) for levels in presets for anchor in ANCHORS]
    for number in range(SAMPLE):
        levels = random_levels(levers, chance)
        few = dict(chance.sample(sorted(levels.items()), min(len(levels), 3)))
        asked.append((few, ANCHORS[number % len(ANCHORS)]))
    runs = [models.run(levels, draws=DRAWS, anchor=anchor, years=2) for levels, anchor in asked]
    return [result for result in runs if result.levels]


def test_no_title_of_a_package_claims_against_its_interval(packages, monkeypatch):
    """Every fourth package also by policy: contributions in any order take as long as the rest."""
    for kind in ("Figure", "Bar", "Scatter"):
        monkeypatch.setattr(go, kind, MagicMock())  # titles, not pictures
    bad = []
    for number, result in enumerate(packages):
        budget = (result.budget(), result.budget_sum(), result.budget_so_far(), None)
        found = {"budget_impact": budget, "budget_by_payer": budget}
        if number % 4 == 0:
            found["waterfall"] = models.attribute(result)
        for lang in LANGUAGES:
            for name in FOLLOW:
                if name == "waterfall" and name not in found:
                    continue
                chart = CHARTS[name](
                    result, words_in(lang), *([found[name]] if name in found else [])
                )
                if not chart:
                    continue
                if wrong(chart, lang):
                    bad.append((name, chart.title, result.levels))
                policies = [words_in(lang).of(result.levers[lever]) for lever in result.levels]
                alone = len(policies) == 1 and policies[0].lower() in chart.finding.lower()
                assert (chart.title == chart.finding) == alone, chart.title
    assert not bad


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_headline_claims_against_its_interval(packages, lang):
    """The lead as every perspective sees it, and each lever alone; by the signs of all draws."""
    words, bad = words_in(lang), []
    for result in packages:
        changes = {
            row["id"]: result.change_draws(row["id"]) for row in result.catalogue["perspectives"]
        }
        told = {view: simulator_answer(result, words, view)[0] for view in changes}
        for name, level in list(result.levels.items())[:1]:
            told[name] = alone_text(result, name, level, words)
            changes[name] = models.run_like(result, {name: level}).incremental
        for key, text in told.items():
            ends = np.percentile(changes[key], [2.5, 97.5])
            says = (re.search(LESS[lang], text), re.search(MORE[lang], text))
            if re.search(HEDGED[lang], text) or not any(says):
                continue
            if not (says[0] and ends[1] < 0 or says[1] and ends[0] > 0):
                bad.append((key, text, ends))
    assert not bad


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("anchor", ANCHORS)
def test_a_ranking_holds_in_nine_draws_of_ten(lang, anchor):
    """Which of several comes first, and the parts of today's total."""
    words = words_in(lang)
    for draws in (DRAWS, 7):
        result = models.run(scenario="back_to_work", draws=draws, anchor=anchor)
        chart = CHARTS["compare"](result, words)
        labels = {package[f"label_{lang}"]: package["levels"] for package in
                  models.load_scenarios().values()}  # fmt: skip
        runs = {label: models.run_like(result, levels) for label, levels in labels.items()}
        shares = models.chance_cheapest(runs)
        told = named(chart.title, chart.data)
        if re.search(RANKED[lang], chart.title):
            assert shares[told[0]["label"]] >= 0.9
        assert all(clear(row, -1) for row in told) or re.search(HEDGED[lang], chart.title)
        chart = CHARTS["today_by_payer"](result, words)
        if re.search(RANKED[lang], chart.title):
            bears: dict[str, np.ndarray] = {}
            for (_, payer), amount in result.base.ledger.items():
                bears[payer] = bears.get(payer, 0.0) + amount
            first = max(bears, key=lambda payer: bears[payer].mean())
            others = np.max([bears[payer] for payer in bears if payer != first], axis=0)
            assert np.mean(bears[first] > others) >= 0.9


ONE = {"en": r"[Oo]ne assumption\b(?! alone)|[Yy]our package",
       "nl": r"[Ee]én aanname\b(?! alleen)|[Uu]w pakket"}  # fmt: skip
BOUND = {"en": r"at (most|least)", "nl": r"ten (hoogste|minste)"}


def test_no_other_title_ranks_or_names_no_one():
    """Titles of published figures and of what drives the answer: nothing is the most of all."""
    result = models.run({"walking_programme": 0.2}, draws=DRAWS)
    for name in sorted(CHARTS.keys() - {*FOLLOW, "compare", "today_by_payer", "ranking"}):
        for lang in LANGUAGES:
            title = re.sub(BOUND[lang], "", CHARTS[name](result, words_in(lang)).title)
            for kind in (RANKED[lang], ONE[lang], "−"):
                assert not re.search(kind, title), (name, title)
