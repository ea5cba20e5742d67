"""A calibration of few prior draws, for tests that make a second one."""

from __future__ import annotations

import pytest

import models
from models.engine import calibration

POOL = 3_000


@pytest.fixture
def small(monkeypatch):
    """Few prior draws, so that a second calculation is done soon; nothing of it stays behind."""
    everybodys = models.load_assumptions().memory
    before = {name: dict(values) for name, values in everybodys.items()}
    everybodys.clear()
    monkeypatch.setattr(calibration, "POOL", POOL)
    yield
    everybodys.clear()
    everybodys.update(before)
