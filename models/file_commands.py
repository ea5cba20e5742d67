"""What the commands about versions and bundles print: price, compare, bundle, verify."""

from __future__ import annotations

from argparse import Namespace

from models.assumptions import Assumptions
from models.bundle import bundle
from models.commands import as_json, run_arguments
from models.errors import DataError, UsageError, shown
from models.history import compare, lines
from models.price import price
from models.run import run
from models.verify import check


def edited(arguments: dict) -> Assumptions:
    """The assumptions that the arguments of a run ask for."""
    changed = arguments["set_assumptions"]
    return arguments["assumptions"].with_values(changed) if changed else arguments["assumptions"]


def price_(args: Namespace) -> str:
    asked = run_arguments(args)
    used = edited(asked)
    options = {
        name: asked[name] for name in asked if name not in ("assumptions", "set_assumptions")
    }
    found = price(used, **options)
    if getattr(args, "format", "json") == "json":
        return as_json(found)
    lines = [
        f"EUR million a year, in force {'from':>23} {'to':>12} {'base case':>12} {'package':>10}"
    ]
    for edit in found["edits"]:
        moved = f"{edit['from']:12.6g} {edit['to']:12.6g}"
        effect = f"{edit['alone'] / 1e6:12.2f} {edit['alone_incremental'] / 1e6:10.2f}"
        remarks = [edit["reason"]] if edit["reason"] else []
        if edit["outside_published"]:
            low, high = edit["published_low"], edit["published_high"]
            remarks.insert(0, f"outside its published range {low:g} to {high:g}")
        lines.append(f"{edit['parameter']:39} {moved} {effect}  {shown('; '.join(remarks), 200)}")
    for name in ("interaction", "total"):
        amounts = found[name] / 1e6, found[f"{name}_incremental"] / 1e6
        lines.append(f"{name:39} {'':25} {amounts[0]:12.2f} {amounts[1]:10.2f}")
    return "\n".join(line.rstrip() for line in lines)


def compare_(args: Namespace) -> str:
    asked = run_arguments(args)
    options = {
        name: asked[name] for name in asked if name not in ("assumptions", "set_assumptions")
    }
    found = compare(args.old, args.new, **options)
    if getattr(args, "format", "table") == "json":
        return as_json(found)
    return "\n".join(lines(found))


def bundle_(args: Namespace) -> bytes:
    if not hasattr(args, "out"):
        raise UsageError("bundle needs --out FILE.zip")
    return bundle(run(**run_arguments(args)))


def verify_(args: Namespace) -> str:
    """One line when the bundle holds; else every difference, as an error."""
    found = check(args.bundle)
    if found.differences:
        raise DataError(found.differences)
    return f"{shown(args.bundle)}: {found.message(getattr(args, 'lang', 'en'))}"


COMMANDS = {"price": price_, "compare": compare_, "bundle": bundle_, "verify": verify_}
