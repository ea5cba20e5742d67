"""Two hundred damaged uploads: each gets a sentence or shows what it changes; no traceback."""

import random

from dashboard.assumptions import upload
from models.bundles.zip_file import write_zip
from models.errors import DataError
from models.tables.assumptions import FOLDER, Assumptions

USED = Assumptions.default()
TABLE = b"\n".join((FOLDER / "prices.csv").read_bytes().splitlines()[:3]) + b"\n"
ARCHIVE = write_zip({"prices.csv": (FOLDER / "prices.csv").read_bytes()})
SIGNS = (b"\x00", b'"', b",", b";", b"\n", b"\xff", b"-", b"9", b"e", b"\xc3", b"<b>", b"=", b" ")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes cut off, with a part gone, twice, turned round, or with signs put in."""
    start, end = sorted(chance.sample(range(len(data)), 2))
    match chance.randrange(6):
        case 0:
            return data[:end]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:end] + data[start:]
        case 3:
            return data[:start] + data[start:end][::-1] + data[end:]
        case 4:
            return data[:start] + chance.choice(SIGNS) + data[start + 1 :]
    for sign in chance.choices(SIGNS, k=20):
        at = chance.randrange(len(data))
        data = data[:at] + sign + data[at:]
    return data


def test_damage_is_said_or_shown():
    chance = random.Random(18)
    refused = shown = same = 0
    for number in range(200):
        whole = ARCHIVE if number % 4 == 0 else TABLE
        data = damaged(whole, chance)
        try:
            found = upload.read(data, f"upload {number}", USED)
        except DataError as error:
            assert error.findings and all(map(str.isprintable, error.lines("nl")))
            refused += 1
            continue
        if found.assumptions != USED:
            assert upload.changes(USED, found.assumptions), number
            shown += 1
        else:
            same += 1
    assert refused + shown + same == 200 and refused > 100, (refused, shown, same)
