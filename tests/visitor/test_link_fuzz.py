"""Any link gives a state that the tables allow, and a notice for all that is not used."""

from hypothesis import given, settings
from hypothesis import strategies as st

import models
from dashboard.address.link import EDIT, from_query, to_query
from models.engine.options import KINDS

PUBLISHED = models.load_assumptions()
LEVERS = models.load_levers()
names = st.sampled_from(
    [*list(LEVERS)[:4], *KINDS, "lang", "perspective", f"{EDIT}price_gp", f"{EDIT}use_xray", "name"]
) | st.text(max_size=6)
texts = st.sampled_from(
    ["0.05", "1", "nan", "1e5", "0,1", "-0", "９", "true", "friction", "30:20:40", "=1+1", "<b>"]
) | st.text(max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(names, st.lists(texts, min_size=1, max_size=2), max_size=5))
def test_any_link_is_used_as_the_tables_allow_or_named(query):
    state, assumptions, notices = from_query(query, PUBLISHED)
    for name, level in state.levels.items():
        lever = models.load_levers(assumptions=assumptions)[name]
        assert lever.min <= level <= lever.max
    for name, kind in KINDS.items():
        kind.check(name, getattr(state.options, name))
    again, same, more = from_query({n: [v] for n, v in to_query(state).items()}, PUBLISHED)
    assert (again.levels, again.options, same.hash, more) == (
        state.levels,
        state.options,
        assumptions.hash,
        (),
    )
    asked = {name for name in query if name in LEVERS}
    named = {notice.name for notice in notices}
    for name in asked - named:
        assert name in state.levels or float(query[name][0]) == LEVERS[name].today
