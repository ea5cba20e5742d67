"""The page without a browser: every page, every lever at both ends, both languages, bad links.

Long: what holds for every page stands together.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import models
from dashboard.address import link
from dashboard.address.link import LinkState, from_query, on_grid, share_query, to_query
from dashboard.address.names import LONGEST, package_name
from dashboard.parts.simulator.sections import SECTIONS
from dashboard.wording.catalogue import LANGUAGES
from models.engine.options import ANCHORS, Options
from models.engine.run import catalogue_of
from models.formulas.lever_effects import OVERLAPS
from models.formulas.work import VALUATIONS

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


# -- links ----------------------------------------------------------------------------------------

LEVEL = st.one_of(
    [
        st.tuples(st.just(name), st.integers(0, round((v.max - v.min) / v.step)))
        for name, v in LEVERS.items()
    ]
)
# assumptions that no lever takes today's level from, nor any other row leans on
FREE = ("price_gp", "price_hour", "sl_share", "eff_rtw_default", "price_ver01_year")


def _edits(name: str):
    row = PUBLISHED[name]
    inside = st.floats(max(row.low / 2, 1e-6), row.high, allow_subnormal=False)
    three = st.tuples(inside, inside, inside).map(sorted).map(lambda t: (t[1], t[0], t[2]))
    wide = three.filter(lambda t: t[1] < t[2] and t != moved_range(row, t[0]))
    return st.tuples(st.just(name), st.one_of(inside, wide))


def moved_range(row, base: float) -> tuple[float, float, float]:
    other = row.moved(base)
    return base, other.low, other.high


EDITS = st.sampled_from(FREE).flatmap(_edits)


@st.composite
def states(draw) -> LinkState:
    steps = dict(draw(st.lists(LEVEL, max_size=15)))
    levels = {n: on_grid(LEVERS[n], LEVERS[n].min + k * LEVERS[n].step) for n, k in steps.items()}
    options = Options(
        **{name: draw(st.integers(*bounds)) for name, bounds in link.NUMBERS.items()},
        **{name: draw(st.booleans()) for name in link.SWITCHES},
        anchor=draw(st.sampled_from(ANCHORS)),
        valuation=draw(st.sampled_from(VALUATIONS)),
        overlap=draw(st.sampled_from(OVERLAPS)),
    )
    moved = {n: v for n, v in levels.items() if v != LEVERS[n].today}
    perspective = draw(st.sampled_from(link.named_options()["perspective"]))
    edits = {n: e for n, e in draw(st.lists(EDITS, max_size=5)) if e != PUBLISHED[n].base}
    name = draw(st.text(max_size=LONGEST).map(package_name).filter(lambda n: n is not None))
    return LinkState(moved, options, draw(st.sampled_from(LANGUAGES)), perspective, edits, name)


def edited(state: LinkState) -> models.Assumptions:
    return PUBLISHED.with_values(state.edits) if state.edits else PUBLISHED


@given(states())
def test_state_to_link_to_state_is_the_identity(state):
    raw = {name: [value] for name, value in to_query(state).items()}
    assert from_query(raw, PUBLISHED) == (state, edited(state), ())


@given(states())
def test_a_shared_link_carries_version_and_assumptions(state):
    from urllib.parse import parse_qs

    raw = parse_qs(share_query(state, edited(state).hash[: link.HASH]))
    assert from_query(raw, PUBLISHED) == (state, edited(state), ())
    raw["assumptions"] = ["other"]
    assert from_query(raw, PUBLISHED)[2][0].kind == "other_assumptions"


def test_choices_are_those_of_the_model():
    assert link.named_options()["valuation"] == VALUATIONS


HOSTILE = {
    "xray_share": (
        "abc", "", " ", "NaN", "nan", "inf", "-inf", "1e400", "1e-3", "0,05", "5%", "0x1", "١٢",
        "１", "1_000", "--1", "0.05.1", "0.055", "0.0500001", "0.21", "-0.01", "9" * 400,
        "0." + "3" * 400,
        "<script>alert(1)</script>", "[x](http://evil.example)", "=1+1", "\u202e5", "true", "None",
        ["0.05", "0.06"], ["0.05", "0.05"],
    ),
    "pain_rehabilitation": ("10001", "30500", "-500"),
    "years": ("0", "11", "2.5", "-1", "1e1", "", "ten"),
    "draws": ("999", "100000000", "1e4", "0"),
    "seed": ("-1", "1.5", "99999999999999999999"),
    "anchor": ("totaal", "", "TOTAL", "null"),
    "valuation": ("both", "human capital"),
    "overlap": ("sum",),
    "presenteeism": ("1", "yes", ""),
    "recalibrate": ("on",),
    "lang": ("de", "NL", "nl-NL"),
    "name": ("a" * 61, "\u202ename", "a\nb", "\0", ["one", "two"]),
    "schema": ("0", "2", "x"),
    "assumptions": ("0" * 12,),
    "xray": ("0.05",),
    "link": ("too_long",),
    "perspective": ("everybody", ""),
    "a.sl_share": (
        "", "abc", "NaN", "1e-2", "0,3", "2", "-0.1", "0.3:0.1", "0.3:0.4:0.5", "0.3:0.1:1.5",
        "0.3:0.1:0.5:0.6", "=1+1", "<b>", "0.3:nan:0.5", "9" * 400, ["0.3", "0.3"],
    ),
    "a.sl_shar": ("0.3",),
    "a.": ("1",),
    "a.sl_S12": ("0.9",),
    "a.pay_employer": ("1",),
}  # fmt: skip
CASES = [(name, value) for name, values in HOSTILE.items() for value in values]


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_hostile_link_is_named_and_gives_today(name, value):
    values = value if isinstance(value, list) else [value]
    state, used, notices_found = from_query({name: values}, PUBLISHED)
    assert state == LinkState() and used is PUBLISHED
    assert [notice.name for notice in notices_found] == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("xray_share", "0.055"), ("xray_share", "nan"), ("xray_share", ["0.05", "0.06"]),
        ("years", "2.5"), ("draws", "1e9"), ("anchor", "totaal"), ("lang", "de"), ("xray", "0.05"),
        ("xray_share", "9" * 5000), ("xray_share", "<img src=x onerror=alert(1)>"),
    ],
)  # fmt: skip
def test_the_page_says_what_it_did_not_use(name, value):
    test = page("simulator", **{name: value})
    assert not test.exception
    said = notices(test)
    assert len(said) == 1 and name in said[0]
    assert len(said[0]) < 400
    assert lead(test).startswith("Vandaag kost rugpijn de samenleving EUR 3,6 miljard")


@pytest.mark.parametrize("name", ["utm_source", "utm_campaign", "fbclid", "gclid", "embed_options"])
def test_parameters_of_others_are_left_alone(name):
    assert from_query({name: ["x"]}, PUBLISHED) == (LinkState(), PUBLISHED, ())


def test_good_and_bad_in_one_link():
    test = page("simulator", xray_share="0.05", mri_share="9", years="3", seed="x")
    assert test.session_state["xray_share"] == 0.05
    assert test.session_state["mri_share"] == LEVERS["mri_share"].today
    assert test.number_input(key="years").value == 3
    assert len(notices(test)) == 2
    test.button(key="close_notices").click().run()
    assert not notices(test)


def test_options_come_from_the_link():
    test = page("simulator", anchor="none", valuation="friction", overlap="additive")
    assert "EUR 2," in lead(test)
    assert test.selectbox(key="overlap").value == "additive"


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
