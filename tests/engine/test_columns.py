"""Columns as bytes: 64 bits are the same bits; fewer are off by no more than is stated."""

import json

import numpy as np
import pytest

from models.browser.columns import decode, encode, from_text, to_text

COLUMNS = [np.linspace(-3, 5, 101), np.random.default_rng(1).lognormal(10, 1, 101)]


def test_64_bits_are_the_same_bits():
    head, columns = decode(encode(COLUMNS, "abc"))
    assert (columns == COLUMNS).all()
    assert (head["id"], head["draws"], head["columns"]) == ("abc", 101, 2)


@pytest.mark.parametrize("encoding, parts", (("fixed24", 2**24 - 1), ("fixed16", 2**16 - 1)))
def test_whole_numbers_are_off_by_half_a_step(encoding, parts):
    """The width in 2^24 - 1 (2^16 - 1) steps, and half of one at most, with a bit for rounding."""
    _, columns = decode(encode(COLUMNS, "abc", encoding))
    for given, column in zip(COLUMNS, columns, strict=True):
        assert np.abs(given - column).max() <= np.ptp(given) / parts / 2 * (1 + 1e-6)


def test_32_bits_are_off_by_a_part_in_16_million():
    _, columns = decode(encode(COLUMNS, "abc", "float32"))
    assert columns == pytest.approx(np.array(COLUMNS), rel=2.0**-24)


@pytest.mark.parametrize("encoding", ("float64", "float32", "fixed24", "fixed16"))
def test_the_data_begin_at_a_multiple_of_8(encoding):
    content = encode(COLUMNS, "abc", encoding)
    assert (content.index(b"\n") + 1) % 8 == 0
    size = {"float64": 8, "float32": 4, "fixed24": 3, "fixed16": 2}[encoding]
    assert len(content) - content.index(b"\n") - 1 == 2 * 101 * size


def test_damage_is_noticed():
    content = bytearray(encode(COLUMNS, "abc"))
    content[-3] ^= 1
    with pytest.raises(ValueError, match="damaged"):
        decode(bytes(content))


def test_the_first_line_is_json():
    line = encode(COLUMNS, "abc", "fixed16").partition(b"\n")[0]
    assert set(json.loads(line)) == {
        "id", "crc32", "encoding", "draws", "columns", "lows", "steps"
    }  # fmt: skip


@pytest.mark.parametrize("size", range(9))
def test_bytes_become_letters_of_a_page_and_back(size):
    content = bytes(range(250, 256))[:size] + bytes(max(0, size - 6))
    text = to_text(content)
    assert "<" not in text and from_text(f" {text}\n") == content


def test_an_unknown_encoding_is_refused():
    with pytest.raises(ValueError, match="float64"):
        encode(COLUMNS, "abc", "int8")
