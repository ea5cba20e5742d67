"""The link: a state and back is the same, and a link that cannot be is named and gives today."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from dashboard.address import link
from dashboard.address.link import LinkState, from_query, on_grid, share_query, to_query
from dashboard.address.names import LONGEST, package_name
from dashboard.parts.frame import options
from dashboard.wording.catalogue import LANGUAGES
from models.engine.options import ANCHORS, Options
from models.formulas.lever_effects import OVERLAPS
from models.formulas.work import VALUATIONS
from tests.pages.test_app import LEVERS, PUBLISHED, lead, notices, page, with_options

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
    assert with_options(test).number_input(key="years").value == 3
    assert len(notices(test)) == 2
    test.button(key="close_notices").click().run()
    assert not notices(test)


def test_options_come_from_the_link():
    test = page("simulator", anchor="none", valuation="friction", overlap="additive")
    assert "EUR 2," in lead(test)
    assert with_options(test).selectbox(key="overlap").value == "additive"


def test_options_that_are_folded_again_hold_on_every_page():
    test = with_options(page("simulator"))
    test.selectbox(key="valuation").set_value("friction").run()
    test.toggle(key="presenteeism").set_value(True).run()
    test.number_input(key="years").set_value(4).run()
    answer = lead(test)
    test.session_state[options.KEY] = False
    for _ in range(2):  # Streamlit forgets a widget after the first run without it
        assert not test.run().selectbox and lead(test) == answer
    test.switch_page("dashboard/pages/overview.py").run()
    test.switch_page("dashboard/pages/simulator.py").run()
    assert lead(test) == answer and "friction" in test.query_params["valuation"]
    with_options(test)
    assert test.selectbox(key="valuation").value == "friction"
    assert test.toggle(key="presenteeism").value is True
    assert test.number_input(key="years").value == 4
