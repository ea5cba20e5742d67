"""Whatever a program sends: an error that names a field, or arguments that the tables allow."""

import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from models.engine.options import KINDS
from models.service.questions import QUESTIONS, fields_of
from models.service.requests import WrongRequest, arguments
from models.service.tools import call, tools

FIELDS = fields_of("run", 2_000)
LEVERS = FIELDS["levers"]["properties"]
TOOLS = tools()

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["evidence", "1", "total", "../levers.csv", "=1+1", "keep_moving"])
)
names = st.sampled_from([*FIELDS, *LEVERS, "price_gp", "packages", "output", "name"]) | st.text(
    max_size=8
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
objects = st.dictionaries(names, values, max_size=4)


def understood(body: bytes) -> None:
    """Ask, and look at what would reach the model."""
    try:
        args = vars(arguments(body, QUESTIONS["run"], FIELDS))
    except WrongRequest as error:
        assert 400 <= error.status < 500 and str(error) and len(str(error)) < 1_000
        return
    assert set(args) <= {"format", "levels", "scenario", "set_assumption", *KINDS}
    for item in args.get("levels", []):
        name, _, number = item.partition("=")
        assert LEVERS[name]["minimum"] <= float(number) <= LEVERS[name]["maximum"]
    for item in args.get("set_assumption", []):
        numbers = item.partition("=")[2].split(":")
        assert len(numbers) in (1, 3) and all(math.isfinite(float(n)) for n in numbers)
    for name in set(args) & set(KINDS):
        KINDS[name].check(name, args[name])


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60) | objects.map(lambda o: json.dumps(o).encode()))
def test_any_body_is_refused_or_fits_the_tables(body):
    understood(body)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["explain", "compare", "sources", "list_levers"]), objects)
def test_any_call_of_an_assistant_is_refused_or_fits_the_tables(name, given_):
    def reached(**fields):
        assert set(fields) <= set(TOOLS[name].fields)
        return {}

    tool = TOOLS[name]
    try:
        assert call(type(tool)(tool.meaning, tool.fields, reached, tool.required), given_) == {}
    except WrongRequest as error:
        assert str(error) and len(str(error)) < 1_000
