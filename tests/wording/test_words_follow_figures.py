"""Sentences, cards and packages say what the tables say now: figures by arithmetic, not by feel."""

import re
from functools import cache, partial
from pathlib import Path

import pytest

import models
from dashboard.wording.catalogue import LANGUAGES, words_in
from dashboard.wording.claims import claims
from dashboard.wording.interpretation import warnings
from dashboard.wording.levers import PARTS, part_text
from dashboard.wording.numbers import euro_range
from models.tables.measures import facts

ROOT = Path(__file__).parents[2]
PUBLISHED = models.load_assumptions()
LEVERS = models.load_levers()
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


def base(name: str) -> float:
    return PUBLISHED[name].base


def written(value: float, lang: str) -> str:
    """A figure as it stands in a sentence: the fewest decimals, with the mark of the language."""
    text = f"{value:,.10g}" if value >= 1000 else f"{value:.10g}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def card(lever: str, lang: str) -> str:
    words = words_in(lang)
    return " ".join(part_text(LEVERS[lever], part, words, partial(alone, lever)) for part in PARTS)


@cache
def alone(lever: str) -> models.Result:
    return models.run({lever: LEVERS[lever].max}, draws=200)


def percent(name: str) -> float:
    return round(100 * abs(base(name)), 6)


FIGURES = [  # lever, figures its card must hold, as worked out from the tables
    ("physio_basic_package", lambda: [
        base("use_physio_sessions"), base("ins_deductible"), percent("ins_elasticity"),
        # a course: 9.5 x 41.73 = 396, said as 400
        round(base("use_physio_sessions") * base("price_physio"), -1),
    ]),
    ("xray_share", lambda: [round(base("price_xray"))]),
    ("imaging_red_flags_only", lambda: [
        percent("eff_imaging_unneeded"), percent("eff_imaging_audit"),
        round(percent("eff_imaging_form")), percent("vol_red_flag"),
    ]),
    ("opioid_share", lambda: [percent("use_opioid_long"), base("eff_opioid_harm_cost")]),
    ("walking_programme", lambda: [
        base("eff_walkback_hr"), round(percent("course_recurrence")),
        percent("course_recurrence_limiting"), percent("course_recurrence_any"),
    ]),
    ("stratified_care", lambda: [round(100 * (1 - base("eff_stratified_nl")))]),
    ("return_to_work_support", lambda: [
        base("eff_rtw_default"), base("eff_rtw_cost"), base("eff_rtw_first_hr"),
        round(100 * PUBLISHED["eff_rtw_additional"].low),
        round(100 * PUBLISHED["eff_rtw_additional"].high),
    ]),
    ("pain_rehabilitation", lambda: [
        base("use_rehab_patients"), base("use_rehab_eligible"),
        LEVERS["pain_rehabilitation"].max, base("price_rehab_traject"),
    ]),
    ("public_campaign", lambda: [
        round(100 * (1 - PUBLISHED["eff_campaign_spells"].low)),
        round(100 * (PUBLISHED["eff_campaign_spells"].high - 1)),
        base("eff_campaign_forecast") / 1e6, base("eff_campaign_cost") / 1e6,
    ]),
    ("unproven_treatments", lambda: [
        base("care_unproven_total") / 1e6, base("care_unproven_limit") / 1e6,
        percent("vat_rate"), percent("eff_unproven_stop"),
    ]),
]  # fmt: skip


@EVERY
@pytest.mark.parametrize(("lever", "figures"), FIGURES, ids=[name for name, _ in FIGURES])
def test_a_card_holds_the_figures_of_the_tables(lever, figures, lang):
    text = card(lever, lang)
    for value in figures():
        said = re.escape(written(value, lang))
        assert re.search(rf"(?<![\d.,]){said}(?![\d]|[.,]\d)", text), (lever, said)


@EVERY
def test_the_sentence_on_the_deductible_says_what_a_course_costs_beside_it(lang):
    """Within a tenth of the deductible it is "about" as much; below that it would stay under it."""
    course = base("use_physio_sessions") * base("price_physio")
    assert course == pytest.approx(base("ins_deductible"), rel=0.1)
    about = {"en": "about", "nl": "ongeveer"}[lang]
    words = words_in(lang)
    for text in (words("lever.physio_basic_package.not"), words("evidence.money.text")):
        assert about in text
        assert not re.search(r"stays below|blijft onder|hoger dan al|higher than all", text)


BELOW = {"en": r"less than the (whole )?deductible|below the deductible",
         "nl": r"minder dan het (hele )?eigen risico|onder het eigen risico"}  # fmt: skip
COURSE = {"en": r"\bcourse\b", "nl": r"\breeks\b"}
FIRST = {"en": r"(largest|biggest|best|most contested) (policy|choice|measure)|most contested",
         "nl": r"(grootste|beste|meest omstreden) (maatregel|keuze)|meest omstreden"}  # fmt: skip


@EVERY
def test_no_text_puts_a_course_below_the_deductible_or_a_policy_first(lang):
    """One page said that a course stays below it, the cards that it is about all of it."""
    words = words_in(lang)
    for key in words.keys():
        text = words._texts[key]
        for sentence in re.split(r"(?<=[.;]) ", text if isinstance(text, str) else ""):
            course = re.search(COURSE[lang], sentence) and re.search(BELOW[lang], sentence)
            assert not course or "X-ray" in sentence or "foto" in sentence, (key, sentence)
            assert not re.search(FIRST[lang], sentence) or "{" in sentence, (key, sentence)


@EVERY
def test_what_the_method_says_of_disability_is_the_models(lang):
    """63 million instead of 42 at half of the workers: half as large again, not twice."""
    alone = {"return_to_work_support": 0.5}
    fixed = {"eff_disability_follows": (0.0, 0.0, 0.0)}
    runs = models.run(alone, draws=2000), models.run(alone, draws=2000, set_assumptions=fixed)
    ratio = runs[0].incremental.mean() / runs[1].incremental.mean()
    assert ratio == pytest.approx(1.5, abs=0.1)
    said = words_in(lang)("method.choices.disability_text")
    assert {"en": "half as large again", "nl": "anderhalf keer"}[lang] in said


def test_under_friction_cost_support_costs_on_average():
    result = models.run({"return_to_work_support": 0.5}, draws=2000, valuation="friction")
    change = result.headline["incremental_total"]
    assert change["mean"] > 0 > change["p2_5"], "on average, and not in every draw"


def test_the_break_even_that_the_card_names_is_the_models():
    """1.05, just below Cochrane's lasting return of 1.07."""
    found = models.breakeven("return_to_work_support", draws=2000)
    assert round(found["value"], 2) == pytest.approx(1.05, abs=0.011)


@EVERY
def test_the_figure_that_is_the_anchor_is_nowhere_called_outdated(lang):
    """One page may not rest on a figure that another page calls out of date."""
    words = words_in(lang)
    out = re.compile(r"outdated|out of date|older than it looks|verouderd|ouder dan", re.I)
    said = {key: words._texts[key] for key in words.keys() if isinstance(words._texts[key], str)}
    assert not {key: text for key, text in said.items() if out.search(text)}
    anchored = [claim for claim in claims(lang) if "tot_article" in claim.uses]
    assert [claim.verdict for claim in anchored] == ["differs_by_definition"]
    assert not out.search(anchored[0].explanation)


@EVERY
def test_a_package_names_every_lever_that_it_moves(lang):
    """Each lever of a package is named in its label or sentence, by a word of its own label."""
    for name, package in models.load_scenarios().items():
        said = f"{package[f'label_{lang}']} {package[f'motivation_{lang}']}".lower()
        for lever in package["levels"]:
            label = getattr(LEVERS[lever], f"label_{lang}").lower()
            stems = {word[:4] for word in re.findall(r"\w{5,}", label)} - {"pati"}
            assert any(stem in said for stem in stems), (name, lever)


def test_no_number_is_green_that_nobody_but_the_newspaper_or_this_project_says():
    ours = [row for row in PUBLISHED.values() if row.provenance in ("article", "expert_guess")]
    ours += [row for row in PUBLISHED.values() if row.source in ("article_2025", "expert_guess")]
    assert ours and not [row.parameter for row in ours if row.quality == "green"]


@EVERY
def test_every_page_says_the_same_number_of_assumptions_in_the_same_words(lang):
    """One count: the rows that a formula uses. Whoever says another number says something else."""
    words = words_in(lang)
    used, shown = len(PUBLISHED.used), len(PUBLISHED.shown)
    assert used + shown == len(PUBLISHED) and 0 < shown < used
    same = {"en": "The model works with {} assumptions", "nl": "Het model rekent met {} aannames"}
    for key in ("workbench.lead", "method.guesses.text", "reference.assumptions.lead"):
        assert words._texts[key].startswith(same[lang].format("{used}")), key
    for page in (ROOT / "docs" / "reference" / lang / "assumptions.md",):
        assert same[lang].format(used) in page.read_text(encoding="utf-8")
    said = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert f"the model works with {used} assumptions; {shown} more are shown" in said


PLAIN = {"ins_elasticity": tuple(round(-e / (1 + e), 3) for e in (0.31, 0.5, 0.15))}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_card_of_the_exemption_tells_both_readings_in_euros(lang):
    """-31% from free care is +45% from full price, 1 / 0.69; as +31% it is 1 / 1.31 - 1 = -24%."""
    assert PLAIN["ins_elasticity"] == (-0.237, -0.333, -0.130)
    assert round(100 * (1 / (1 - 0.31) - 1)) == 45
    levels = {"physio_basic_package": 1.0, "physio_deductible_exempt": 1.0}
    text = words_in(lang)("lever.physio_deductible_exempt.evidence")
    for edits in (None, PLAIN):
        mean = models.run(levels, set_assumptions=edits).headline["incremental_total"]["mean"]
        assert f" {round(mean / 1e6)}" in text


NOTHING = re.compile(
    r"\b(does|do) nothing\b|\bno effect at all\b|\bmakes sense only\b"
    r"|\bdoe[tn] niets\b|\bheeft alleen zin\b|\bgeen enkel effect\b"
)


@EVERY
def test_no_policy_is_said_to_do_nothing_where_the_model_moves(lang):
    """Card, warnings of that policy alone, and the facts of its sheet, for every policy."""
    words = words_in(lang)
    for name in LEVERS:
        result = alone(name)
        if not result.changes:
            continue
        texts = [card(name, lang), *warnings(result, words)]
        texts += [getattr(fact, f"text_{lang}") for fact in facts(name)]
        assert not [text for text in texts if NOTHING.search(text)], name


@EVERY
def test_the_exemption_alone_is_told_as_the_model_gives_it(lang):
    """Only the care that basic insurance pays already: a small cost, its range on one side."""
    change = alone("physio_deductible_exempt").headline["incremental_total"]
    assert 0 < change["p2_5"] < change["p97_5"] < 20e6
    text = card("physio_deductible_exempt", lang)
    assert euro_range(change["p2_5"], change["p97_5"], lang) in text
    assert "{" not in text
