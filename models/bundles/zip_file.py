"""Read a zip from outside, in memory and with stricter checks than Python's reader; write one.

Checked before anything is unpacked: bytes, number of files, depth of folders, size of each file and
of all together, compression ratio. Refused with a sentence: a file that is not a zip, damage,
encryption, symbolic links, names that leave the folder, that resemble another name or are not
usual file names, entries that share bytes, an archive in the archive. Files that an operating
system adds (`__MACOSX`, `.DS_Store`) are skipped. Nothing is ever written to disk.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from models.errors import DataError, Findings, finding, shown
from models.similar_names import skeleton
from models.tables.csv_file import read_bytes

MAX_BYTES = 4_000_000  # of the zip itself
MAX_FILE = 4_000_000  # unpacked, each
MAX_TOTAL = 16_000_000  # unpacked, together
MAX_FILES = 120
MAX_RATIO = 200  # unpacked / packed; tables of text stay below 30
MAX_DEPTH = 5  # parts of a path: data/text/nl/FILE with a folder around it
MAX_PART = 80  # characters of a file or folder name
SMALL = 10_000  # bytes below which the compression ratio is not checked

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: no date
_UNIX = 3
_MODE = (stat.S_IFREG | 0o644) << 16
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_LOCAL = struct.Struct("<4s2xHH16xHH")  # mark, flags, method, length of name and of extra
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVES = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh"),
    *(b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"),
)
_NESTED = re.compile(r".*\.(zip|7z|rar|gz|tgz|bz2|xz|tar|zst|jar|xlsx|xlsm|ods|docx)", re.I)
_ADDED = re.compile(r"(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*#)", re.I)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.I)  # devices of Windows
_WORKBOOKS = {"[Content_Types].xml": "xlsx", "xl/workbook.xml": "xlsx", "content.xml": "ods"}
_PUNCTUATION = " ._-()+,&'"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError, OverflowError, IndexError, KeyError),
)


def read_zip(
    data: bytes | str | Path, name: str | None = None, max_bytes: int = MAX_BYTES
) -> dict[str, bytes]:
    """Path in the zip -> bytes of each file; `DataError` with everything that is wrong."""
    file = name or (Path(data).name if isinstance(data, (str, Path)) else "upload.zip")
    content = _bytes(data, file, max_bytes)
    if not content.startswith(b"PK\x03\x04"):
        code = "archive_empty" if content.startswith(b"PK\x05\x06") else "archive_format"
        raise DataError([finding(code, file=file, found=_start(content))])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked(archive, content, file)
    except DataError:
        raise
    except _BROKEN as error:
        raise DataError([finding("archive_damaged", file=file, found=error)]) from None


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip with the same bytes for the same files: sorted by name, no date, owner or comment."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, files[name], compresslevel=9)
    return stream.getvalue()


def _bytes(data: bytes | str | Path, file: str, limit: int) -> bytes:
    try:
        return read_bytes(data, file, limit)
    except DataError as error:
        large = [problem for problem in error.findings if problem.code == "file_large"]
        if not large:
            raise
        size = large[0].found
        raise DataError([finding("archive_large", file=file, found=size, limit=limit)]) from None


def _unpacked(archive: zipfile.ZipFile, content: bytes, file: str) -> dict[str, bytes]:
    findings = Findings()
    entries = archive.infolist()
    names = {entry.orig_filename for entry in entries}
    for name, kind in _WORKBOOKS.items():
        if name in names:
            raise DataError([finding("archive_workbook", file=file, found=kind)])
    if len(entries) > MAX_FILES:
        number = len(entries)
        raise DataError([finding("archive_count", file=file, found=number, limit=MAX_FILES)])
    included = [entry for entry in entries if not _added(entry.orig_filename)]
    for entry in included:
        _check_name(entry, file, findings)
        _check_entry(entry, file, findings)
    _check_alike(included, file, findings)
    _check_spans(archive, entries, content, file, findings)
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL:
        findings.add("archive_total", file=file, found=f"{total} bytes", limit=MAX_TOTAL)
    findings.check()
    files = {}
    for entry in included:
        if not entry.is_dir():
            name = unicodedata.normalize("NFC", entry.orig_filename)
            files[name] = _contents(archive, entry, file, findings)
    findings.check()
    if not files:
        raise DataError([finding("archive_empty", file=file, found="0")])
    return files


def _added(name: str) -> bool:
    """Whether an operating system or a spreadsheet program added this file by itself."""
    parts = name.split("/")
    return parts[0] == "__MACOSX" or _ADDED.fullmatch(parts[-1]) is not None


def _check_name(entry: zipfile.ZipInfo, file: str, findings: Findings) -> None:
    name = entry.orig_filename
    place = {"file": file, "key": shown(name), "found": name}
    parts = name.removesuffix("/").split("/")
    drive = len(parts[0]) == 2 and parts[0].endswith(":")
    if name.startswith("/") or "\\" in name or drive or {"..", "."} & set(parts):
        findings.add("archive_path", **place)
    elif len(parts) > MAX_DEPTH:
        findings.add("archive_depth", **place, limit=MAX_DEPTH)
    elif not all(map(_plain, parts)) or name.endswith("/") and entry.file_size:
        findings.add("archive_name", **place, limit=MAX_PART)
    elif _NESTED.fullmatch(name):
        findings.add("archive_nested", **place)


def _plain(part: str) -> bool:
    """Whether a file or folder name is usual: letters, digits, common signs, not reserved."""
    plain = all(unicodedata.category(c)[0] in "LNM" or c in _PUNCTUATION for c in part)
    ends = part.strip(" ") == part and not part.startswith(".") and not part.endswith(".")
    return bool(part) and len(part) <= MAX_PART and plain and ends and not _RESERVED.fullmatch(part)


def _check_entry(entry: zipfile.ZipInfo, file: str, findings: Findings) -> None:
    """A plain or deflated file or folder of a sensible size, not encrypted, not a link."""
    place = {"file": file, "key": shown(entry.orig_filename)}
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        findings.add("archive_link", **place, found=stat.filemode(entry.external_attr >> 16))
    if entry.flag_bits & _ENCRYPTED:
        findings.add("archive_encrypted", **place, found="encrypted")
    elif entry.compress_type not in _METHODS:
        method = zipfile.compressor_names.get(entry.compress_type, entry.compress_type)
        findings.add("archive_method", **place, found=method)
    if entry.file_size > MAX_FILE:
        findings.add("archive_file", **place, found=f"{entry.file_size} bytes", limit=MAX_FILE)
    elif entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size):
        sizes = f"{entry.compress_size} -> {entry.file_size} bytes"
        findings.add("archive_ratio", **place, found=sizes, limit=MAX_RATIO)


def _check_alike(entries: list[zipfile.ZipInfo], file: str, findings: Findings) -> None:
    """Report names that occur twice, or that look the same, or differ in capitals only."""
    seen: dict[str, str] = {}
    for entry in entries:
        name = entry.orig_filename.removesuffix("/")
        key = "/".join(skeleton(part) or part for part in name.split("/"))
        if key in seen:
            findings.add("archive_twice", file=file, key=shown(name), found=name, other=seen[key])
        seen.setdefault(key, shown(name))


def _check_spans(
    archive: zipfile.ZipFile, entries: list, content: bytes, file: str, findings: Findings
) -> None:
    """Entries lie one after the other: none shares bytes with another or with the list of names."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        if not 0 <= start <= len(content) - _LOCAL.size:
            raise zipfile.BadZipFile("an entry lies outside the file")
        mark, flags, method, name, extra = _LOCAL.unpack_from(content, start)
        if mark != b"PK\x03\x04":
            raise zipfile.BadZipFile("an entry has no header")
        if (flags ^ entry.flag_bits) & _ENCRYPTED or method != entry.compress_type:
            raise zipfile.BadZipFile("an entry is described in two ways")
        if start < end:
            key = shown(entry.orig_filename)
            findings.add("archive_overlap", file=file, key=key, found=f"byte {start}")
        end = max(end, start + _LOCAL.size + name + extra + entry.compress_size)
    if end > archive.start_dir:
        findings.add("archive_overlap", file=file, found=f"byte {end}")


def _contents(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str, findings: Findings
) -> bytes:
    """The unpacked bytes; reading stops at the declared size, and the checksum must match."""
    place = {"file": file, "key": shown(entry.orig_filename)}
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except _BROKEN as error:
        findings.add("archive_damaged", **place, found=error)
        return b""
    if len(data) != entry.file_size:
        findings.add("archive_damaged", **place, found=f"{len(data)} bytes")
    if data.startswith(_ARCHIVES):
        findings.add("archive_nested", **place, found=_start(data))
    return data


def _start(data: bytes) -> str:
    return shown(data[:8].decode("latin-1"))
