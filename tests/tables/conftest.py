"""What the tests of the tables share."""

import shutil

import pytest

from models.tables.folder import FOLDER


@pytest.fixture
def folder(tmp_path):
    """A copy of the published assumptions, to be changed."""
    copy = tmp_path / "mine"
    shutil.copytree(FOLDER, copy)
    return copy
