"""Scenario files from outside: understood to the letter, or refused with every reason."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models import load_levers, run
from models.engine.options import Options
from models.engine.scenario_file import MAX_BYTES, MAX_DEPTH, depth, read_scenario, write_scenario
from models.errors import DataError

LEVERS = load_levers()
GOOD = {"schema": 1, "levers": {"xray_share": 0.05}}


def read(content: object):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_scenario(data, LEVERS)


def found(content: object) -> list:
    with pytest.raises(DataError) as caught:
        read(content)
    assert all(line.isprintable() for line in caught.value.lines())
    assert all(line.isprintable() for line in caught.value.lines("nl"))
    return [(one.code, one.key) for one in caught.value.findings]


@pytest.mark.parametrize(
    "text",
    [
        b'{"levers": {"xray_share": 0.05}}',
        b'\xef\xbb\xbf{"schema": 1, "levers": {"xray_share": 5e-2}}',
        b'{\r\n "levers":\t{"xray_share": 0.050}, "name": "Minder foto\\u0027s"}\r\n',
        b'{"levers": {"xray_share": 0.05}, "draws": 500, "seed": 7, "recalibrate": false}',
    ],
)
def test_what_is_understood(text):
    assert dict(read(text).levels) == {"xray_share": 0.05}


def test_options_are_those_that_the_file_names():
    file = read(GOOD | {"draws": 500, "valuation": "friction", "presenteeism": True})
    assert file.options == {"draws": 500, "valuation": "friction", "presenteeism": True}
    assert read(GOOD).options == {}


def test_d13_a_scenario_written_is_read_to_the_bit():
    options = Options(draws=77, seed=2**62, anchor="none", years=10, presenteeism=True)
    levels = {"walking_programme": 0.1 + 0.2, "xray_share": 1e-9, "opioid_share": 1 / 3 / 3}
    file = read(write_scenario(levels, options, "Wandelen, 30%").encode())
    assert file.levels == levels and file.name == "Wandelen, 30%"
    assert Options(**file.options) == options
    same = run({"xray_share": 0.05}, draws=20), run(scenario={"levers": GOOD["levers"]}, draws=20)
    assert same[0].to_json() == same[1].to_json()


LEVELS = {
    "lever_unknown": [
        *({"xray": 0.05}, {"xray_shаre": 0.05}, {"XRAY_SHARE": 0.05}, {" xray_share": 0.05}),
        *(
            {"": 0},
            {"xray_share\u200b": 0.05},
            {"constructor": 1},
            {"__proto__": 1},
            {"a" * 999: 1},
        ),
        *({"levers": 1}, {"\ud800": 1}, {"price_gp": 30}),
    ],
    "level_number": [
        *({"xray_share": value} for value in ("0.05", None, True, False, [], {}, [0.05], "", "5%")),
        {"xray_share": {"level": 0.05}},
    ],
    "level_range": [
        *({"xray_share": value} for value in (-0.01, 1.01, 5, 10**30, -1e-9, 1e13)),
        *({"return_to_work_support": 2}, {"research_programme": -1}),
    ],
}


@pytest.mark.parametrize(
    ("code", "levers"), [(code, one) for code, many in LEVELS.items() for one in many]
)
def test_wrong_levels(code, levers):
    assert code in {one for one, _ in found({"levers": levers})}


OPTIONS = {
    "draws": (0, -1, 100_001, 1e9, 1000.0, "1000", True, None, [], {}, 10**30),
    "seed": (-1, 2**63, 1.5, "1", True, None),
    "years": (0, 11, -3, 5.0, "5", False),
    "anchor": ("Total", "", None, 1, [], "totaal", {}),
    "valuation": ("friction ", "fca", 0, ["friction"]),
    "overlap": ("multiply", None, True),
    "recalibrate": (0, 1, "true", None, []),
    "presenteeism": ("yes", 1.0, None),
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, many in OPTIONS.items() for value in many]
)
def test_wrong_options(name, value):
    assert found(GOOD | {name: value}) == [("field_value", name)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        *(({"schema": value}, "json_schema") for value in (0, 2, -1, "1", 1.0, True, None, [1])),
        *(({"name": value}, "field_text") for value in (1, None, [], {}, True)),
        ({"name": "x" * 201}, "cell_long"),
        *(({"name": text}, "text_markup") for text in ("<b>", "[a](b)", "$x$", "https://a.nl")),
        *(({"name": text}, "text_formula") for text in ("=1+1", "@a", "-1", "a;=1")),
        *(({"name": text}, "cell_control") for text in ("a\nb", "a\u202eb", "\x00", "\ud800")),
        *(({name: 1}, "field_unknown") for name in ("lever", "Levers", "year", "sead", "", "a\n")),
        *(({name: {}}, "field_unknown") for name in ("assumptions", "__class__", "results")),
        *(({"levers": value}, "field_levers") for value in (None, [], "x", 1, True, [["a", 1]])),
    ],
)
def test_wrong_fields(change, code):
    assert code in {one for one, _ in found(GOOD | change)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "json_form") for text in (b"{", b"levers", b"{'levers': {}}", b'{"levers": {},}')),
        *((text, "json_form") for text in (b'{"levers": {}} x', b'{"levers": {}}{}', b"{]")),
        *((text, "json_form") for text in (b'// x\n{"levers": {}}', b'{"levers": {"a": 01}}')),
        *((text, "json_form") for text in (b'{"levers": {"a": .5}}', b'{"levers": {"a": 0x1}}')),
        *((text, "json_form") for text in (b'{"levers": {"a": +1}}', b'{"levers": {"a": 1_0}}')),
        *((text, "json_form") for text in (b'{"levers": {"a\nb": 1}}', b'{"levers": {"a: 1}}')),
        *((text, "json_form") for text in (b"<html></html>", b"schema: 1", b"a,b\n1,2\n", b"nan")),
        *(
            (text, "json_form")
            for text in ('{"levers": {}}'.encode("utf-16-le"), b'{"levers": 0,5}')
        ),
        *((text, "json_object") for text in (b"[]", b"1", b'"x"', b"null", b"true", b'[{"a": 1}]')),
        *((text, "json_encoding") for text in (b'{"n": "\xeb"}', b"\xff\xfe{\x00}\x00", b"\x81")),
        *((text, "file_empty") for text in (b"", b"\xef\xbb\xbf", b"  \n", b"\x00\x00")),
        *((text, "field_missing") for text in (b"{}", b'{"schema": 1}')),
        (b'{"levers": {}, "levers": {}}', "json_twice"),
        (b'{"levers": {"xray_share": 0.05, "xray_share": 0.06}}', "json_twice"),
        (b'{"levers": {"xray_share": 0.05, "xray\\u005fshare": 0.06}}', "json_twice"),
        *(
            (b'{"levers": {"xray_share": %s}}' % text, "json_number")
            for text in (b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e999", b"1e-400", b"1e14")
        ),
        (b'{"levers": {"xray_share": 0.%s}}' % (b"1" * 60), "json_number"),
        (b'{"levers": {"xray_share": %s}}' % (b"1" * 5000), "json_number"),
        (b"[" * 50_000 + b"]" * 50_000, "json_depth"),
        (b"[" * 100_000, "json_depth"),
        (b'{"a":' * 15_000, "json_depth"),
        (b'{"levers": {"xray_share": [[[1]]]}}', "json_depth"),
        (b" " * (MAX_BYTES + 1), "file_large"),
    ],
)
def test_wrong_texts(text, code):
    start = time.process_time()
    assert code in {one for one, _ in found(text)}
    assert time.process_time() - start < 2


def test_everything_wrong_is_said_at_once():
    text = b"""{"schema": 2, "levres": 1, "draws": 0, "seed": NaN,
                "levers": {"xray_share": 7, "mri": 0.1, "mri": 0.2, "opioid_share": "x"}}"""
    codes = {code for code, _ in found(text)}
    assert codes == {
        *("json_schema", "field_unknown", "field_value", "json_number", "level_range"),
        *("lever_unknown", "json_twice", "level_number"),
    }


def test_the_nearest_names_are_said():
    with pytest.raises(DataError, match="perhaps xray_share"):
        read({"levers": {"xrayshare": 0.1}})
    with pytest.raises(DataError, match="perhaps valuation"):
        read(GOOD | {"valuaton": "friction"})
    with pytest.raises(DataError, match="line|row 3"):
        read(b'{\n"levers":\n{"xray_share" 0.1}}')


def test_brackets_in_texts_are_not_depth():
    assert depth('{"a": "[[[[\\"[[", "b": {}}') == 2
    assert depth('"' + "[" * 1000) == 0
    assert depth("}}}[[") == -1 or depth("}}}[[") == 0


SIMPLE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just("total")
)
NAMES = st.one_of(st.sampled_from(["schema", "levers", "name", "draws", "anchor"]), st.text())
JSON = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=8,
)


@settings(max_examples=2000, deadline=None)
@given(st.one_of(JSON, st.dictionaries(st.sampled_from([*LEVERS, "x"]), SIMPLE).map(dict)))
def test_any_json_is_a_scenario_or_findings(value):
    for content in (value, {"levers": value}):
        try:
            file = read_scenario(json.dumps(content).encode(), LEVERS)
        except DataError as error:
            assert error.findings and all(line.isprintable() for line in error.lines())
            continue
        assert content.get("levers") == dict(file.levels)
        Options(**file.options)


@settings(max_examples=2000, deadline=None)
@given(
    st.one_of(st.binary(max_size=120), st.text('{}[]",:0123456789.eE-+ \\ntrufals', max_size=60))
)
@example('{"a":{"a":{"a":{"a":1}}}}')
def test_any_text_is_a_scenario_or_findings(text):
    data = text if isinstance(text, bytes) else text.encode()
    try:
        read_scenario(data, LEVERS)
    except DataError as error:
        assert error.findings


@settings(max_examples=500, deadline=None)
@given(st.text('{}[]"\\a', max_size=60))
def test_depth_bounds_what_the_parser_nests(text):
    try:
        value = json.loads(text)
    except ValueError:
        return

    def nested(one) -> int:
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        return (1 + max(map(nested, inner), default=0)) if isinstance(one, (dict, list)) else 0

    assert depth(text) == nested(value)
    assert MAX_DEPTH >= 2
