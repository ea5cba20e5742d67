"""Arrays of the calibration kept on disk: made once, never believed when they do not fit."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

import models
from models import disk_cache
from models.engine import calibration

SEED = 5


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("RUGPIJN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def made(calls: list) -> np.ndarray:
    calls.append(1)
    return np.arange(3.0)


def test_an_array_is_made_once_and_again_when_it_depends_on_something_else(own_cache):
    calls = []
    for key in ("a", "a", "b", "a"):
        values = disk_cache.remembered("test", key, lambda: made(calls))
        assert values.tolist() == [0, 1, 2]
    assert len(calls) == 2 and len(list(own_cache.iterdir())) == 2


def test_a_broken_file_is_made_again(own_cache):
    disk_cache.remembered("test", "a", lambda: made([]))
    (path,) = own_cache.iterdir()
    path.write_bytes(path.read_bytes()[:60])
    calls = []
    assert disk_cache.remembered("test", "a", lambda: made(calls)).tolist() == [0, 1, 2]
    assert calls and disk_cache.remembered("test", "a", lambda: made(calls)).size == 3
    assert len(calls) == 1


def test_another_file_under_the_name_is_not_believed(own_cache):
    disk_cache.remembered("test", "a", lambda: made([]))
    disk_cache.remembered("test", "b", lambda: np.zeros(3))
    first_file, other = sorted(own_cache.iterdir())
    shutil.copy(other, first_file)
    for key, expected in (("a", [0, 1, 2]), ("b", [0, 0, 0])):
        found = disk_cache.remembered("test", key, lambda: np.array(expected, float))  # noqa: B023
        assert found.tolist() == expected


def test_without_a_place_to_write_the_answer_is_the_same(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("RUGPIJN_CACHE", str(tmp_path / "file" / "cache"))
    assert disk_cache.remembered("test", "a", lambda: made([])).tolist() == [0, 1, 2]


def test_old_files_go_first(own_cache, monkeypatch):
    monkeypatch.setattr(disk_cache, "MOST", 2)
    for key in "abc":
        disk_cache.remembered("test", key, lambda: made([]))
    assert len(list(own_cache.iterdir())) == 2


def test_a_cold_and_a_warm_start_agree_to_the_bit(own_cache, small):
    cold, warm = (
        calibration.weigh(models.load_assumptions().with_values({}), SEED).weights for _ in range(2)
    )
    assert np.array_equal(cold, warm)
