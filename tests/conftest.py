"""No test is decided by time: a busy machine is no mistake of the programme. One server for all."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks.browser import server as serving

# prior draws are kept for every test and every command that a test starts, not for its user
os.environ.setdefault("RUGPIJN_CACHE", str(Path(tempfile.gettempdir()) / "rugpijn-tests"))

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def server():
    """Address of the app as a reader starts it."""
    with serving("streamlit_app.py") as (address, _):
        yield address
