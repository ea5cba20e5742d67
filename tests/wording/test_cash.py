"""Sentences on money: by the rule, and households never without their premiums."""

import re

import pytest

import models
from dashboard.wording import cash, sentences
from dashboard.wording.catalogue import words_in

RESULT = models.run(levers={"physio_basic_package": 1.0}, draws=300)
PREMIUM = {"nl": "premie", "en": "premium"}
RULE = {"nl": "volgens de regel", "en": "by the rule"}
HOUSEHOLDS = {"nl": "huishoudens", "en": "households"}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_sentence_on_households_names_their_premiums(lang):
    words = words_in(lang)
    lead, rest = sentences.simulator_answer(RESULT, words, "households")
    told = [lead, sentences.who_pays(RESULT, words), *cash.answer(RESULT, words)]
    about = [text for text in told if HOUSEHOLDS[lang] in text.lower()]
    assert len(about) >= 3
    assert not [text for text in about if PREMIUM[lang] not in text.lower()]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_premium_is_by_the_rule_and_says_when_its_direction_is_open(lang):
    words = words_in(lang)
    first = cash.answer(RESULT, words)[0]
    assert RULE[lang] in first.lower()
    premium = RESULT.cash.premium_quantity("premium_per_adult")
    unsure = {"nl": "al kan zij ook", "en": "though it may"}[lang] in first
    assert unsure == (premium["p2_5"] < 0 < premium["p97_5"])


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_flow_payer_and_measure_has_words(lang):
    words = words_in(lang)
    frame, premium = RESULT.cash.table, RESULT.cash.premium
    for kind, names in (
        ("flows", frame["flow"]),
        ("payers", frame["payer"]),
        ("measures", premium["measure"]),
        ("units", premium["unit"]),
    ):
        assert not [name for name in set(names) if f"cash.{kind}.{name}" not in words]
    head, rows = cash.flows(RESULT, "incremental", words)
    assert all(len(row) == len(head) for row in rows)
    assert re.fullmatch(r"[+−0-9.,–]+", rows[-1][-1])


def test_nothing_is_said_of_nothing():
    words = words_in("en")
    assert cash.answer(models.run(draws=50), words) == [words("cash.unchanged")]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_one_name_of_who_pays_has_one_figure(lang):
    """Payers of the costs, perspectives and payers of the cash ledger: same name, same amount."""
    words, catalogue = words_in(lang), RESULT.catalogue
    payer = {row["id"]: words.of(row) for row in catalogue["payers"]}
    view = {row["id"]: words.of(row) for row in catalogue["perspectives"]}
    found: dict[str, set[float]] = {}
    for name, row in RESULT.statistics("base_case", "payer").items():
        found.setdefault(payer[name], set()).add(round(row["mean"]))
    for name, mean in RESULT.perspectives("base_case")["mean"].items():
        found.setdefault(view[name], set()).add(round(mean))
    for name, draws in RESULT.cash.payers("base_case").items():
        found.setdefault(words(f"cash.payers.{name}"), set()).add(round(draws.mean()))
    assert not {name: amounts for name, amounts in found.items() if len(amounts) > 1}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_planned_deductible_says_whose_plan_it_is(lang):
    """values_by_year.csv: 460 and 520 stand in the coalition agreement; by law none."""
    words, agreement = words_in(lang), {"nl": "coalitieakkoord", "en": "coalition agreement"}[lang]
    assert agreement in cash.deductible(RESULT, words)
    held = models.run_like(RESULT, {}, calendar="law")
    assert agreement not in cash.deductible(held, words)
