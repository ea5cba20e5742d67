"""The page without a browser: every page, every lever at both ends, both languages."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import models
from dashboard.address import link
from dashboard.parts.frame import options
from dashboard.parts.simulator.sections import SECTIONS
from dashboard.wording.catalogue import LANGUAGES
from models.engine.run import catalogue_of

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "dashboard" / "pages").glob("*.py"))
PUBLISHED = models.load_assumptions()
LEVERS = catalogue_of(PUBLISHED)


def app(**query: str | list[str]) -> AppTest:
    test = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def page(name: str, **query: str | list[str]) -> AppTest:
    return app(**query).switch_page(f"dashboard/pages/{name}.py").run()


def live(test: AppTest) -> dict:
    """What the simulator is sent, or {} on a page without one."""
    for one in test.get("bidi_component"):
        if one.proto.component_name == "live":
            return json.loads(one.proto.json or one.proto.mixed.json)
    return {}


def html(test: AppTest) -> str:
    """What a page shows as text of ours, the answer of the simulator first."""
    texts = live(test).get("told", {}).get("texts", {})
    return "\n".join([*texts.values(), *(block.proto.body for block in test.get("html"))])


def lead(test: AppTest) -> str:
    """The answer: that to the chosen perspective where there is one, else that to society."""
    other = html(test).split('class="lead">')
    return other[1].split("</p>")[0] if other[1:] else live(test)["told"]["texts"]["lead"]


def move(test: AppTest, **levels: float) -> AppTest:
    """As when a hand has let go of levers."""
    for name, level in levels.items():
        test.session_state[name] = level
    return test.run()


def with_options(test: AppTest) -> AppTest:
    """The page with the options of the calculation unfolded."""
    test.session_state[options.KEY] = True
    return test.run()


def notices(test: AppTest) -> list[str]:
    return [text.value for text in test.text]


# -- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows(name, lang):
    test = page(name, lang=lang)
    assert not test.exception and not test.error
    assert len(test.title) == 1
    assert not test.slider


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_of_the_simulator_shows(lang):
    test = page("simulator", lang=lang, walking_programme="0.2", physio_basic_package="1")
    for section in SECTIONS:
        test.session_state["section"] = section
        test.run()
        assert not test.exception and not test.error, section


def test_untouched_levers_give_today():
    result = models.run()
    assert "EUR 3,6 miljard" in lead(page("simulator"))
    assert result.headline["incremental_total"]["mean"] == 0


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_at_both_ends(name):
    test = page("simulator")
    for level in (LEVERS[name].min, LEVERS[name].max):
        move(test, **{name: level})
        assert not test.exception and not test.error
        assert (lead(test).startswith("Vandaag")) == (level == LEVERS[name].today)


def test_the_page_and_the_package_say_the_same():
    test = page("simulator", return_to_work_support="0.5")
    mean = models.run({"return_to_work_support": 0.5}).headline["incremental_total"]["mean"]
    assert f"EUR {round(-mean / 1e7) * 10:.0f} miljoen" in lead(test)


def test_languages_show_the_same_figures():
    dutch, english = (page("simulator", lang=lang, public_campaign="1") for lang in LANGUAGES)

    def digits(text):
        return [c for c in text if c.isdigit()]

    assert digits(lead(dutch)) == digits(lead(english))


def test_back_to_today_and_undo():
    test = page("simulator")
    start = lead(test)
    move(test, xray_share=0.05)
    move(test, public_campaign=1.0)
    test.button(key="undo_here").click().run()
    assert test.session_state["public_campaign"] == 0
    assert test.session_state["xray_share"] == 0.05
    test.button(key="all_to_today_here").click().run()
    assert lead(test) == start
    test.button(key="undo_here").click().run()
    assert test.session_state["xray_share"] == 0.05


def test_an_example_loads_its_package():
    test = page("simulator", xray_share="0.05")
    test.button(key="package_back_to_work").click().run()
    assert test.session_state["return_to_work_support"] == 0.5
    assert test.session_state["xray_share"] == LEVERS["xray_share"].today


def test_an_example_on_another_page_opens_the_simulator_whatever_the_link_holds():
    test = page("overview", xray_share="0.05", lang="en")
    test.button(key="package_back_to_work").click().run()
    assert not test.exception and not test.error
    assert test.title[0].value == "What if we did it differently?"
    assert test.session_state["return_to_work_support"] == 0.5
    assert test.session_state["xray_share"] == LEVERS["xray_share"].today


def test_levels_survive_a_change_of_language_and_page():
    test = page("simulator", mri_share="0.005")
    test.segmented_control(key="lang").set_value("en").run()
    assert test.session_state["mri_share"] == 0.005
    assert test.title[0].value == "What if we did it differently?"
    test.switch_page("dashboard/pages/overview.py").run()
    assert test.session_state["mri_share"] == 0.005


@pytest.mark.parametrize("lang", LANGUAGES)
def test_broken_data_are_named_without_a_traceback(lang, monkeypatch):
    from dashboard.visitor import session
    from models.errors import DataError, Finding

    def broken():
        raise DataError([Finding("levers.csv", 7, "max", "veel", "a number", "write a number")])

    monkeypatch.setattr(session, "levers", broken)
    test = app(lang=lang)
    assert not test.exception
    said = "\n".join(notices(test))
    assert "levers.csv" in said and "7" in said and "max" in said and "veel" in said


# -- assumptions of one's own ---------------------------------------------------------------------


def test_a_link_brings_edited_assumptions_and_says_so_on_every_page():
    edits = {"sl_share": (0.3, 0.1, 0.5), "price_gp": 40.0}
    query = {f"a.{name}": link.edit_text(edit) for name, edit in edits.items()}
    test = page("simulator", walking_programme="0.2", **query)
    mean = models.run({"walking_programme": 0.2}, set_assumptions=edits).headline[
        "base_case_total"
    ]["mean"]
    assert f"EUR {mean / 1e9:.1f} miljard".replace(".", ",") in html(test)
    assert any("gewijzigd: 2" in text for text in notices(test))
    assert "--set-assumption sl_share=0.3:0.1:0.5" in _account(test)
    test.button(key="to_published").click().run()
    assert "EUR 3,6 miljard" in html(test) and not notices(test)
    assert test.session_state["walking_programme"] == 0.2


def _account(test: AppTest) -> str:
    test.session_state["section"] = "account"
    return test.run().code[0].value


def test_today_of_a_lever_follows_an_edited_assumption():
    test = page("simulator", **{"a.use_xray": "0.13"})
    assert test.session_state["xray_share"] == 0.13
    assert lead(test).startswith("Vandaag")
    test.button(key="to_published").click().run()
    assert test.session_state["xray_share"] == 0.11
    assert lead(test).startswith("Vandaag")


def test_two_visitors_of_one_link_with_the_same_edits_both_get_their_page():
    """What both keep is alike to the last figure, tables included, and still the store of each."""
    visitors = []
    for _ in range(2):
        test = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        test.query_params["walking_programme"], test.query_params["a.sl_share"] = "0.2", "0.4"
        test.switch_page("dashboard/pages/drivers.py").run()
        test.session_state["section"] = "years"
        visitors.append(test.switch_page("dashboard/pages/simulator.py").run())
    assert lead(visitors[0]) == lead(visitors[1])
    move(visitors[1], walking_programme=0.4)
    assert not visitors[0].exception and not visitors[1].exception


def test_two_visitors_never_see_the_assumptions_of_the_other():
    first = page("simulator", **{"a.sl_share": "0.4"})
    other = page("simulator")
    move(first, public_campaign=1.0)
    move(other, public_campaign=1.0)
    for test, edits in ((first, {"sl_share": 0.4}), (other, {})):
        result = models.run({"public_campaign": 1.0}, set_assumptions=edits)
        assert result.scenario_id in "\n".join(c.value for c in test.caption)
