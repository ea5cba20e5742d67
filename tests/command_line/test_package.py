"""The package as others install it: built, unpacked elsewhere, run from another folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import tomllib
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest

import models
from models.bundles.provenance import source_hash

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = ("run", "--draws", "200", "--set", "xray_share=0.05", "--format", "json")
WITHIN = 60  # seconds in which the page must answer


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the built package, unpacked as pip does it; the libraries are those here."""
    made, folder = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", made]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = made.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--target", folder]
    subprocess.run([*pip, wheel], check=True, capture_output=True)
    return folder


@pytest.fixture
def surroundings(installed):
    """Variables with which Python finds the unpacked package and not the checkout."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "STREAMLIT"))}
    return {**plain, "PYTHONPATH": str(installed)}


@pytest.fixture
def python(surroundings, tmp_path):
    """A line of Python, run in a folder that is not the checkout."""

    def call(line: str, *words: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-c", line, *words]
        return subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True)

    return call


@pytest.fixture
def rugpijn(python):
    """The command, called in a folder that is not the checkout."""
    module, name = PROJECT["scripts"]["rugpijn"].split(":")
    return partial(python, f"import sys; from {module} import {name}; sys.exit({name}())")


def test_only_two_packages_and_the_command_are_installed(installed):
    names = {path.name for path in installed.iterdir()}
    assert names == {"models", "dashboard", "bin", f"rugpijn-{models.VERSION}.dist-info"}
    assert [path.name for path in (installed / "bin").iterdir()] == ["rugpijn"]
    for package in ("models", "dashboard"):
        assert (installed / package / "py.typed").is_file()


def test_the_installed_command_gives_the_bytes_of_the_checkout(rugpijn):
    here = subprocess.run([sys.executable, "-m", "models", *ASKED], cwd=ROOT, capture_output=True)
    done = rugpijn(*ASKED)
    assert done.returncode == 0 and len(done.stdout) > 10_000
    assert (done.stdout, done.stderr) == (here.stdout, here.stderr)
    assert all(line.startswith(b"warning: ") for line in done.stderr.splitlines())


def test_the_installed_data_are_in_order_and_named_as_in_the_checkout(rugpijn, python):
    assert rugpijn("check").stdout.endswith(b"in order\n")
    hashes = "from models.bundles.provenance import source_hash; print(source_hash())"
    assert python(hashes).stdout.decode().strip() == source_hash()


def test_the_command_has_every_command_of_model_and_page(rugpijn):
    listed = rugpijn("--help").stdout.decode()
    names = {line.split()[0] for line in listed.splitlines() if line.startswith("  ")}
    assert {"run", "check", "bundle", "charts", "export", "brief", "site", "app"} <= names
    assert listed.startswith("usage: rugpijn COMMAND")
    for words in (("app", "--help"), ("run", "--help"), ("charts", "--help")):
        done = rugpijn(*words)
        assert done.returncode == 0 and done.stdout.startswith(
            f"usage: rugpijn {words[0]}".encode()
        )
    assert rugpijn("charts").stdout.count(b"\n") > 20


def test_a_port_that_cannot_be_is_a_sentence(rugpijn):
    done = rugpijn("app", "--port", "0")
    assert (done.returncode, done.stderr) == (2, b"--port 0: write a number from 1 to 65535\n")


PAGE = """
from streamlit.testing.v1 import AppTest
from dashboard.paths import ENTRY, PAGES
page = AppTest.from_file(str(ENTRY), default_timeout=120).run()
assert not page.exception, page.exception
page.switch_page(str(PAGES / "method.py")).run()
assert not page.exception and not page.error, (page.exception, page.error)
print(len(page.main.markdown))
"""


def test_the_installed_page_and_its_documents_are_drawn(python):
    done = python(PAGE)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert int(done.stdout) > 10


def test_the_command_serves_the_page_until_it_is_stopped(surroundings, installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, installed / "bin" / "rugpijn", "app", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=surroundings, stdout=subprocess.PIPE) as page:
        try:
            assert b"<title>Wat kost rugpijn?</title>" in answer(f"http://localhost:{port}/", page)
        finally:
            page.terminate()


def answer(address: str, process: subprocess.Popen) -> bytes:
    """What a page answers once its server is ready."""
    for _ in range(WITHIN * 10):
        try:
            with urlopen(address, timeout=WITHIN) as page:
                return page.read()
        except OSError:
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address} within {WITHIN} seconds")
