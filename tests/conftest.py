"""No test is decided by time: a busy machine is no mistake. One server, one browser for all."""

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner

from benchmarks.browser import server as serving
from dashboard.documents.chromium import NAMES, installed

# prior draws are kept for every test and every command that a test starts, not for its user
os.environ.setdefault("RUGPIJN_CACHE", str(Path(tempfile.gettempdir()) / "rugpijn-tests"))

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


FLAGS = [
    *("--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run"),
    "--font-render-hinting=none",  # letters as other renderers draw them
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(autouse=True)
def main_module():
    """Streamlit puts a script in place of `__main__`; a process started afterwards would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def what_no_test_changes_is_read_once():
    """Each AppTest looks for components in all installed packages again, a fifth of a second, and
    compiles the scripts of the page again in every run, as no server does."""
    scan, scripts = manifest_scanner.scan_component_manifests, ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: scripts)
        yield


@pytest.fixture(scope="session")
def chromium():
    """The only browser of a test process: Playwright allows no second one beside it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = installed()
    if not path:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is on the path")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server():
    """Address of the app as a reader starts it."""
    with serving("streamlit_app.py") as (address, _):
        yield address
