"""No file of the project holds a secret, a path of somebody's machine, or a person's address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECRET_FILES = {"secrets.toml", ".env", "id_rsa", "id_ed25519", "credentials.json"}
SECRET_PATTERN = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bxox[abp]-[0-9A-Za-z-]{10,}"
)
# a folder of somebody's machine, and an address that reaches somebody; .example is nobody's
MACHINE_PATTERN = re.compile(r"/(?:home|Users|root|work|tmp|mnt)/[A-Za-z]|[A-Z]:\\\\?Users")
ADDRESS_PATTERN = re.compile(
    r"\b[\w.+-]+@(?![\w.-]*\.example\b)[A-Za-z][\w-]*(?:\.[A-Za-z]{2,})+\b"
)
TEXTS = {"", ".py", ".toml", ".csv", ".json", ".md", ".txt", ".yml", ".cff", ".html", ".js", ".sh"}
LOCAL = {
    ".git",
    ".venv",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".mypy_cache",
    ".hypothesis",
    "out",
}


def files() -> list[Path]:
    """Every file of the project, without what a machine makes for itself."""
    tops = [p for p in ROOT.iterdir() if p.name not in LOCAL]
    found = [p for top in tops for p in ([top] if top.is_file() else top.rglob("*"))]
    return [p for p in found if p.is_file() and not LOCAL & set(p.relative_to(ROOT).parts)]


@pytest.mark.parametrize("pattern", [SECRET_PATTERN, MACHINE_PATTERN, ADDRESS_PATTERN])
def test_no_secret_no_path_of_a_machine_and_no_address_of_a_person(pattern):
    assert not [p for p in files() if p.name in SECRET_FILES or p.suffix in {".pem", ".key"}]
    texts = [p for p in files() if p.suffix in TEXTS]
    assert len(texts) > 100
    found = [(p, pattern.search(p.read_text("utf-8", errors="replace"))) for p in texts]
    assert not [f"{p.relative_to(ROOT)}: {hit[0]}" for p, hit in found if hit]


def test_a_planted_secret_is_found():
    assert SECRET_PATTERN.search("-----BEGIN RSA " + "PRIVATE KEY-----")
    for planted in ("/ho" + "me/ann/data", "/wo" + "rk/main", "C:" + "\\Users\\ann"):
        assert MACHINE_PATTERN.search(planted)
    assert ADDRESS_PATTERN.search("ann" + "@ministry.nl")
    assert not ADDRESS_PATTERN.search("me@other.example or x@y or @media.print")
