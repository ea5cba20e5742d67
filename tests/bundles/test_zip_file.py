"""Zips from outside: read in memory, bounded, or refused with every reason.

Long: one list of archives that are wrong, each with what is said of it.
"""

from __future__ import annotations

import io
import stat
import struct
import time
import unicodedata
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.bundles import zip_file
from models.bundles.zip_file import MAX_FILES, MAX_RATIO, read_zip, write_zip
from models.errors import DataError

FILES = {"assumptions/care.csv": b"a,b\n1,2\n", "README.md": b"in words\n"}
GOOD = write_zip(FILES)


def zipped(*entries, mode=zipfile.ZIP_DEFLATED, comment=b"") -> bytes:
    """A zip of (name or ZipInfo, bytes), as any program may write it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", mode) as made:
        made.comment = comment
        for name, data in entries:
            made.writestr(name, data)
    return stream.getvalue()


def entry(name: str, mode: int = 0, system: int = 3) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = system, mode << 16
    return info


def patched(data: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    """Other bytes at an offset from the first header with this mark."""
    at = data.index(mark) + offset
    return data[:at] + value + data[at + len(value) :]


def codes(data: bytes, **options) -> set[str]:
    with pytest.raises(DataError) as caught:
        read_zip(data, "map.zip", **options)
    for lang in ("en", "nl"):
        for line in caught.value.lines(lang):
            assert line.isprintable() and (line.startswith("map.zip") or line[:3] in "and en ")
    return {one.code for one in caught.value.findings}


def test_what_is_written_is_read_back():
    assert read_zip(GOOD) == FILES


def test_the_same_files_give_the_same_bytes():
    backwards = dict(reversed(FILES.items()))
    assert write_zip(backwards) == GOOD
    with zipfile.ZipFile(io.BytesIO(GOOD)) as made:
        assert [one.date_time for one in made.infolist()] == [(1980, 1, 1, 0, 0, 0)] * 2
        assert made.namelist() == sorted(FILES)


def test_a_file_on_disk_is_read_by_its_path(tmp_path):
    path = tmp_path / "map.zip"
    path.write_bytes(GOOD)
    assert read_zip(path) == read_zip(str(path)) == FILES
    with pytest.raises(DataError, match="weg.zip"):
        read_zip(tmp_path / "weg.zip")
    with pytest.raises(DataError):
        read_zip(tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        zipped(*FILES.items()),
        zipped(*FILES.items(), mode=zipfile.ZIP_STORED),
        zipped(("assumptions/", b""), *FILES.items()),
        zipped(*FILES.items(), comment=b"made at home"),
        zipped(*((entry(name, stat.S_IFREG | 0o644), data) for name, data in FILES.items())),
        zipped(*((entry(name, 0, system=0), data) for name, data in FILES.items())),
        zipped(
            *FILES.items(),
            *(
                (name, b"x")
                for name in (
                    *("__MACOSX/._care.csv", "__MACOSX/assumptions/._care.csv", ".DS_Store"),
                    *("assumptions/.DS_Store", "assumptions/._care.csv", "Thumbs.db"),
                    *("desktop.ini", "assumptions/.~lock.care.csv#", "~$care.xlsx"),
                )
            ),
        ),
    ],
)
def test_benign_zips_are_understood(data):
    assert read_zip(data) == FILES


def test_benign_names_are_kept():
    names = ("Aannames (kopie) 2.csv", "één/prijs-2024_v1.csv", "R&D, oud.csv", "LICENSE")
    assert set(read_zip(zipped(*((name, b"1") for name in names)))) == set(names)
    apart = unicodedata.normalize("NFD", "één.csv")
    assert set(read_zip(zipped((apart, b"1")))) == {"één.csv"}


def test_a_streamed_zip_is_understood():
    """Sizes behind the data instead of before it, as macOS and pipes write them."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.kept = b""

        def writable(self):
            return True

        def write(self, data):
            self.kept += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in FILES.items():
            made.writestr(name, data)
    assert read_zip(pipe.kept) == FILES


NAMES = {
    "archive_path": (
        *("/etc/passwd", "../care.csv", "a/../../b.csv", "a\\b.csv", "..\\b.csv", "C:\\b.csv"),
        *("C:/b.csv", "./a.csv", "//server/a.csv", "a/./b.csv", ".."),
    ),
    "archive_name": (
        *("a" * 81 + ".csv", "a\x01.csv", "a\u202egpj.csv", "a\u200b.csv", "a:b.csv", "a*.csv"),
        *("con", "CON.csv", "nul.txt", "lpt1.csv", " a.csv", "a.csv ", "a.", "a//b.csv", "|.csv"),
        *('"a".csv', "<a>.csv", "a\n.csv", "🎉.csv", ".git/config", ".env", "$x.csv", "`a`.csv"),
    ),
    "archive_depth": ("a/b/c/d/e/f.csv", "/".join("abcdefghij")),
    "archive_nested": ("a.zip", "a.XLSX", "a/b.tar", "care.csv.gz", "x.7z", "y.rar"),
}


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, names in NAMES.items() for name in names]
)
def test_names_that_are_refused(code, name):
    assert codes(zipped(*FILES.items(), (name, b"1"))) == {code}


def test_a_name_is_cut_at_nothing():
    """Python's reader cuts a name at a zero byte; what is checked is the whole of it."""
    at = zipped(("aXb.csv", b"1")).replace(b"aXb.csv", b"a\x00b.csv")
    assert codes(at) <= {"archive_name", "archive_damaged"}


@pytest.mark.parametrize(
    "other",
    ["README.MD", "readme.md", "RЕADME.md", "READ-ME.md", "assumptions/CARE.csv", "README.md/"],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_look_alike(other):
    assert codes(zipped(*FILES.items(), (other, b""))) == {"archive_twice"}
    assert codes(zipped(*FILES.items(), ("README.md", b"other"))) == {"archive_twice"}


@pytest.mark.parametrize("kind", ["S_IFLNK", "S_IFIFO", "S_IFCHR", "S_IFBLK", "S_IFSOCK"])
def test_links_and_devices(kind):
    link = entry("assumptions/prices.csv", getattr(stat, kind) | 0o777)
    assert codes(zipped(*FILES.items(), (link, b"/etc/passwd"))) == {"archive_link"}


def test_encrypted():
    local = patched(GOOD, b"PK\x03\x04", 6, b"\x01\x00")
    assert codes(local) == {"archive_damaged"}  # the two headers disagree
    assert codes(patched(local, b"PK\x01\x02", 8, b"\x01\x00")) == {"archive_encrypted"}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression(method):
    assert codes(zipped(*FILES.items(), mode=method)) == {"archive_method"}
    unknown = patched(GOOD, b"PK\x01\x02", 10, struct.pack("<H", 99))
    assert codes(unknown) == {"archive_damaged"}  # the two headers disagree
    agreed = patched(unknown, b"PK\x03\x04", 8, struct.pack("<H", 99))
    assert codes(agreed) == {"archive_method"}


def test_wrong_checksum():
    assert codes(patched(GOOD, b"PK\x01\x02", 16, b"\x00\x00\x00\x00")) == {"archive_damaged"}
    flipped = zipped(("a.csv", b"1,2,3\n"), mode=zipfile.ZIP_STORED).replace(b"1,2,3", b"1,2,4")
    assert codes(flipped) == {"archive_damaged"}


@pytest.mark.parametrize("cut", [1, 10, 30, 60, len(GOOD) // 2, len(GOOD) - 1])
def test_cut_off(cut):
    assert codes(GOOD[:-cut]) & {"archive_damaged", "archive_format", "file_empty"}


@pytest.mark.parametrize(
    "data",
    [
        *(b"parameter,base\nprice_gp,1\n", b"%PDF-1.7", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"),
        *(b"\x1f\x8b\x08", b"MZ\x90\x00" + GOOD, b"#!/bin/sh\n" + GOOD, b"\x00" * 9 + GOOD),
    ],
)
def test_what_is_no_zip(data):
    assert codes(data) == {"archive_format"}


def test_nothing():
    assert codes(b"") == codes(b"\x00" * 99) == {"file_empty"}
    assert codes(zipped()) == {"archive_empty"}
    assert codes(zipped(("a/", b""))) == {"archive_empty"}
    assert codes(zipped(("__MACOSX/._a", b"1"))) == {"archive_empty"}


def test_a_workbook_says_how_to_save():
    assert codes(zipped(("[Content_Types].xml", b"<x/>"), ("xl/a.xml", b""))) == {
        "archive_workbook"
    }


def test_an_archive_within_the_zip_goes_by_its_contents():
    assert codes(zipped(("care.csv", GOOD))) == {"archive_nested"}
    assert codes(zipped(("care.csv", b"\x1f\x8b\x08\x00"))) == {"archive_nested"}


def test_too_much():
    assert codes(zipped(*((f"{i}.csv", b"") for i in range(MAX_FILES + 1)))) == {"archive_count"}
    assert codes(GOOD, max_bytes=100) == {"archive_large"}
    noise = bytes((i * i * 31 + i // 7) % 251 for i in range(10_001))
    many = [(f"{chr(97 + i)}.csv", noise * 390) for i in range(5)]
    assert "archive_total" in codes(zipped(*many))
    assert "archive_file" in codes(zipped(("a.csv", noise * 401)))


def test_bombs_are_refused_before_they_are_unpacked():
    began = time.process_time()
    bomb = zipped(("a.csv", b"\x00" * 3_900_000))
    assert len(bomb) < 3_900_000 / MAX_RATIO and codes(bomb) == {"archive_ratio"}
    assert "archive_file" in codes(zipped(("a.csv", b"0" * 40_000_000)))
    assert time.process_time() - began < 5


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_further():
    """Declared 9,000 bytes, unpacks to 40 million: read to 9,000 and refused by its checksum."""
    bomb = zipped(("a.csv", b"0" * 40_000_000))
    lying = patched(bomb, b"PK\x01\x02", 24, struct.pack("<I", 9_000))
    assert codes(lying) == {"archive_damaged"}


def test_entries_that_share_bytes():
    """The bomb of overlapping files: many names, one kernel of data."""
    made = zipped(("a.csv", b"1,2,3\n" * 99), ("b.csv", b"4,5,6\n" * 99))
    second = made.rindex(b"PK\x01\x02")
    shared = made[: second + 42] + struct.pack("<I", 0) + made[second + 46 :]
    assert codes(shared) == {"archive_overlap"}
    first = made.index(b"PK\x01\x02")
    longer = made[: first + 20] + struct.pack("<I", len(made)) + made[first + 24 :]
    assert "archive_overlap" in codes(longer)


def test_everything_is_said_at_once():
    bad = zipped(("../a.csv", b"1"), (entry("b.csv", stat.S_IFLNK), b"x"), ("c.zip", b"1"))
    assert codes(bad) == {"archive_path", "archive_link", "archive_nested"}


def test_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    read_zip(GOOD)
    assert not list(tmp_path.iterdir())


@settings(max_examples=1500, deadline=None)
@given(st.data())
def test_any_mutation_is_read_or_refused(data):
    """Bytes changed, cut, doubled or moved: the files of the zip, or a DataError; no surprise."""
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        if not content:
            break
        at = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.integers(0, 4)):
            case 0:
                content[at] = data.draw(st.integers(0, 255))
            case 1:
                del content[at : at + data.draw(st.integers(1, 40))]
            case 2:
                content[at:at] = data.draw(st.binary(min_size=1, max_size=20))
            case 3:
                content[at:at] = content[at : at + data.draw(st.integers(1, 80))]
            case 4:
                content[at : at + 4] = data.draw(
                    st.sampled_from([b"\xff" * 4, b"\x00" * 4, b"PK\x01\x02", b"PK\x05\x06"])
                )
    try:
        files = read_zip(bytes(content))
    except DataError as error:
        assert error.findings and all(line.isprintable() for line in error.lines("nl"))
    else:
        assert files and all(isinstance(one, bytes) for one in files.values())


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(st.text(max_size=12), st.binary(max_size=50), max_size=5))
def test_any_names(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in files.items():
            try:
                made.writestr(name, content)
            except (ValueError, IndexError):  # what cannot be written need not be read
                continue
    try:
        found = read_zip(stream.getvalue())
    except DataError:
        return
    for name in found:
        assert not name.startswith("/") and ".." not in name.split("/") and "\\" not in name
        assert name.isprintable() and zlib.crc32(found[name]) >= 0


def test_limits_leave_room_for_the_project_itself():
    data = zip_file.Path(__file__).parents[2] / "data"
    tables = {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*.csv")}
    assert read_zip(write_zip(tables)) == tables
