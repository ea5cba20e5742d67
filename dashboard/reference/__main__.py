"""Write the generated documents and the description of data/, or say which are not current."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from dashboard.reference import FOLDER, amounts, data_package, files, outputs
from models.paths import DATA

COMMAND = "python -m dashboard.reference"


def stale(folder: Path) -> list[str]:
    """Files that differ from what the tables say, are missing, or have no table."""
    contents = files()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    differing = {
        name
        for name, data in contents.items()
        if name in there and (folder / name).read_bytes() != data
    }
    return sorted(differing | (contents.keys() ^ there))


def stale_package() -> list[str]:
    """Files of data/ that are not what tables.csv and columns.csv say."""
    made = data_package.files()
    there = {f"schemas/{path.name}" for path in (DATA / "schemas").glob("*.json")}
    differing = {
        name
        for name, data in made.items()
        if not (DATA / name).is_file() or (DATA / name).read_bytes() != data
    }
    return sorted(differing | (there - made.keys()))


def stale_schemas() -> list[str]:
    """Schemas of answers that are not what the types of the answers say."""
    made = outputs.files()
    there = {path.name: path.read_bytes() for path in outputs.FOLDER.glob("*.json")}
    return sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write these files; what else lies in the folder is left as it is."""
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__, allow_abbrev=False)
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when stale")
    parser.add_argument(
        "--amounts", action="store_true", help="only work out the amounts that documents quote"
    )
    args = parser.parse_args(arguments)
    if args.amounts:
        amounts.write()
        return 0
    if not args.check:
        write(args.out, files())
        if args.out == FOLDER:
            write(DATA, data_package.files())
            write(outputs.FOLDER, outputs.files())
        return 0
    stale_files = stale(args.out)
    if args.out == FOLDER:
        stale_files += stale_package() + stale_schemas()
    for name in stale_files:
        print(f"{name} is not what the tables say: run {COMMAND}, or remove it", file=sys.stderr)
    return int(bool(stale_files))


if __name__ == "__main__":
    sys.exit(main())
