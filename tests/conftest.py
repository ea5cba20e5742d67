"""No test is decided by time: a busy machine is no mistake of the programme. One server for all."""

import pytest
from hypothesis import settings

from benchmarks.browser import server as serving

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def server():
    """Address of the app as a reader starts it."""
    with serving("streamlit_app.py") as (address, _):
        yield address
