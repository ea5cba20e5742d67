"""The page on what drives the answer: every tab, and the same figures as the model."""

from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import models
from dashboard.charts import CHARTS
from dashboard.wording.catalogue import LANGUAGES, words_in
from dashboard.wording.drivers import in_words, knowing, money, option_name, steps, study_text
from dashboard.wording.numbers import euros, percent
from models.analysis.choice.conditions import Conditions
from models.analysis.choice.screening import ladder
from models.engine.run import catalogue_of

ROOT = Path(__file__).parents[2]
LEVERS = catalogue_of(models.load_assumptions())
TABS = ("doubt", "swing", "knowing", "best")
DRAWS = 1_000
WITH_X_RAYS = Conditions(must=("xray_share",))
PACKAGE = {"walking_programme": 0.2, "xray_share": 0.05}
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


def opened(tab: str, lang: str = "nl", **query: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    for name, value in {"lang": lang, "draws": str(DRAWS), **query}.items():
        test.query_params[name] = value
    test.run()
    test.session_state["drivers"] = words_in(lang)(f"drivers.tab.{tab}")
    return test.switch_page("dashboard/pages/drivers.py").run()


shown = cache(opened)  # of a page that a test only reads


def html(test: AppTest) -> str:
    return "\n".join(block.proto.body for block in test.get("html"))


@pytest.fixture(scope="module")
def result():
    return models.run(levers=PACKAGE, draws=DRAWS)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize(
    ("lang", "levels"), [("nl", {}), ("en", {"walking_programme": "0.2"})], ids=["nl", "en"]
)
def test_every_tab_shows(tab, lang, levels):
    test = shown(tab, lang, **levels)
    assert not test.exception and not test.error
    assert len(test.get("plotly_chart")) == 1


def test_the_pictures_of_a_choice_follow_the_perspective():
    test = shown("choosing", perspective="employers")
    assert not test.exception and len(test.get("plotly_chart")) == 3
    answer = models.decide(models.run(draws=DRAWS), "employers")
    at = next(v for v in answer.values if v.reference_value == answer.reference_value)
    titles = html(test)
    assert option_name(at.preferred, models.run(draws=DRAWS), words_in("nl")) in titles
    assert percent(at.chance_preferred, "nl") in titles and euros(at.evpi, "nl", 1e5) in titles


def test_the_page_says_what_the_model_says():
    found = models.value_of_information(models.run(draws=DRAWS))
    assert euros(found["evpi"], "nl") in html(shown("knowing"))


def test_the_frontier_follows_the_perspective():
    texts = {"society": html(shown("best"))}
    texts["care_budget"] = html(shown("best", perspective="care_budget"))
    for view, text in texts.items():
        found = models.frontier(models.run(draws=DRAWS), perspective=view)
        cost = found["packages"][0]["cost"]
        assert money(abs(cost["mean"]), cost, words_in("nl")) in text
    assert texts["society"] != texts["care_budget"]


def test_the_best_package_for_a_budget_sets_the_sliders():
    test = opened("best", perspective="care_budget")
    test.number_input(key="budget").set_value(-20).run()
    found = models.frontier(models.run(draws=DRAWS), -20e6, "care_budget")
    levels = found["best"]["levels"]
    button = next(b for b in test.button if b.label == words_in("nl")("drivers.budget.load"))
    button.click().run()
    assert not test.exception
    for name, lever in LEVERS.items():
        assert test.session_state[name] == levels.get(name, lever.today)
    assert not test.text  # no notice that a level is off its slider


def test_a_budget_that_no_package_meets_is_said():
    test = opened("best", perspective="care_budget")
    test.number_input(key="budget").set_value(-900).run()
    assert "geen pakket" in html(test)
    found = models.frontier(models.run(draws=DRAWS), None, "care_budget", conditions=WITH_X_RAYS)
    first = found["packages"][0]["cost"]
    test.button_group(key="if-must").set_value(["xray_share"]).run()
    assert money(abs(first["mean"]), first, words_in("nl")) in html(test) and not test.warning
    test.button_group(key="if-without").set_value(["xray_share"]).run()
    label = words_in("nl").of(LEVERS["xray_share"])
    assert [said.value for said in test.warning] == [
        words_in("nl")("drivers.conditions.impossible", names=label)
    ]


def test_every_level_of_the_frontier_lies_on_its_slider():
    for lever in LEVERS.values():
        for level in ladder(lever):
            steps_away = (level - lever.min) / lever.step
            assert abs(steps_away - round(steps_away)) < 1e-6


@EVERY
def test_bars_of_the_tornado_end_at_its_figures(lang, result):
    found = models.tornado(result)
    figure = CHARTS["tornado"](result, words_in(lang)).figure
    for trace, end in zip(figure.data, ("low", "high"), strict=True):
        drawn = [trace.base + x for x in trace.x]
        expected = [bar[end] / 1e6 for bar in found["bars"][:10]]
        assert drawn == pytest.approx(expected, abs=0.002)


@EVERY
def test_dots_stand_at_the_worth_of_knowing(lang, result):
    found = models.value_of_information(result)
    chart = CHARTS["worth_of_knowing"](result, words_in(lang))
    assert chart.figure.data[0].x[0] == pytest.approx(found["evpi"] / 1e6, abs=1e-4)
    assert chart.data[-1]["worth"] == found["study"]["evsi"]
    assert chart.data[0]["standard_error"] == found["evpi_standard_error"]


def test_the_readers_package_stands_beside_the_frontier(result):
    line, here = CHARTS["frontier"](result, words_in("nl")).figure.data[-2:]
    assert len(line.x) == len(models.frontier(result)["packages"])
    assert here.text == ("Vandaag", "Uw pakket")
    assert here.x[1] == pytest.approx(result.headline["incremental_total"]["mean"] / 1e6, abs=0.01)


def test_each_step_says_what_changes(result):
    packages = [
        {"levels": {"xray_share": 0.0}},
        {"levels": {"xray_share": 0.0, "walking_programme": 0.4}},
        {"levels": {"walking_programme": 0.4}},
    ]
    said = list(steps(packages, result, words_in("en")))
    assert said[0].endswith("at 0%") and "X-ray" in said[0]
    assert "X-ray" not in said[1] and "40%" in said[1]
    assert said[2] == in_words({"xray_share": 0.11}, result, words_in("en"))


@EVERY
def test_the_study_is_told_apart_from_nothing(lang, result):
    words = words_in(lang)
    found = models.value_of_information(result)
    nothing = {**found["study"], "evsi": 0.0, "at_most": 0.0, "standard_error": 0.0}
    little = {**nothing, "evsi": 1e5, "at_most": 4e5, "standard_error": 1e5}
    much = {**little, "evsi": 4e5}
    texts = [study_text({**found, "study": one}, words)[0] for one in (nothing, little, much)]
    assert len(set(texts)) == 3
    assert euros(4e5, lang) in texts[2]


@EVERY
def test_options_have_names(lang, result):
    words = words_in(lang)
    found = models.value_of_information(result)
    names = [option_name(one["option"], result, words) for one in found["options"]]
    assert len(set(names)) == len(names) == 7  # today, five packages, what was moved
    lead, rest = knowing(found, result, words)
    assert euros(found["evpi"], lang) in lead and "7" in rest[-1]
