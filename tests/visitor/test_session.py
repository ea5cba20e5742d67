"""Levels that a browser tells: gone back to, a package has the name again that it had."""

from types import SimpleNamespace

from dashboard.visitor import session


class State(dict):
    """As st.session_state: keys are attributes too."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


def test_the_browsers_back_brings_the_name_back_with_the_levels(monkeypatch):
    first, second = {"xray_share": 0.05}, {"walking_programme": 0.2}
    state = State(past=[(first, ""), (second, "My package")], name="My package")
    monkeypatch.setattr(session, "st", SimpleNamespace(session_state=state))
    session.take_levels(first)
    assert state.name == "" and state.xray_share == 0.05 and state.walking_programme == 0
    session.take_levels(second)
    assert state.name == "My package"
    session.take_levels({"walking_programme": 0.3})  # a move keeps the name
    assert state.name == "My package"
