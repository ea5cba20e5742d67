"""The search for a break-even: which of several roots it takes, and where it need not look."""

import pytest

from models.analysis.choice.breakeven import _root


def searched(f, base: float) -> tuple[float | None, set[float]]:
    asked: set[float] = set()

    def heard(x: float) -> float:
        asked.add(x)
        return f(x)

    return _root(heard, 0.0, 12.0, base), asked


def test_the_root_nearest_to_base_is_taken():
    """(x - 2.25)(x - 6.5)(x - 11.25) on a grid of 12: roots in [2, 3], [6, 7] and [11, 12]."""
    f = lambda x: (x - 2.25) * (x - 6.5) * (x - 11.25)  # noqa: E731
    for base, root in ((0.5, 2.25), (3.9, 2.25), (4.9, 6.5), (8.0, 6.5), (9.5, 11.25)):
        found, asked = searched(f, base)
        assert found == pytest.approx(root, abs=1e-9), base
        assert all(abs(x - base) <= abs(root - base) + 1 + 1e-9 for x in asked), base


def test_no_root_is_none_after_the_whole_grid():
    found, asked = searched(lambda x: 1.0, 4.0)
    assert found is None and asked == {float(i) for i in range(13)}
