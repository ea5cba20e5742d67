"""What `sheet` prints: the measure sheet of one lever, as text or as JSON."""

from __future__ import annotations

from argparse import Namespace

from models.analysis.choice.sheet import QUANTITY, sheet
from models.command_line.commands import run_arguments
from models.engine.record import to_json
from models.engine.result import Result
from models.engine.run import run
from models.errors import UsageError

STATUS = {"seen": "", "not_seen": "not looked up", "own": "own judgement", "not_found": "not found"}
NOTHING = "no facts on file about this lever"


def sheet_(args: Namespace) -> str:
    result = run(**run_arguments(args))
    others = [name for name in result.levels if name != args.lever]
    if others:
        wrong = ", ".join(others)
        raise UsageError(f"a sheet is about one lever alone; leave out --set of {wrong}")
    found = sheet(result, args.lever, result.levels.get(args.lever))
    return to_json(found) if getattr(args, "format", "text") == "json" else _text(found, result)


def _text(found: dict, result: Result) -> str:
    lines = [
        f"{found['label_en']}: {found['lever']} = {found['level']:g} ({found['unit']}; "
        f"today {found['today']:g})",
        f"EUR million a year against today; mean (95% interval); prices of {found['price_year']}, "
        "years in their own prices",
        *_facts(found),
        "",
        *_policies(found),
        *_money(found, result),
        "",
        f"{'premium by the rule, EUR an adult':40} {_euros(found['premium_per_adult'])}",
        f"{'average deductible, EUR an adult':40} {_euros(found['average_deductible'])}",
        f"{'healthy years gained (QALY)':40} {_counts(found['qaly'])}",
    ]
    for name, row in found["health"].items():
        label = f"{name} ({row['unit']})"
        lines.append(f"{label:40} {_counts(row)}")
    other = found["other_valuation"]
    lines += [
        f"{'chance of saving':40} {found['probability_saving']:.0%}",
        f"{'evidence, verdict':40} {found['evidence']}, {found['verdict']}",
        f"{'with the value ' + other['valuation']:40} {_millions(other['incremental'])}",
    ]
    if found["changes"]:
        lines += ["", f"{'number':30} {'low':>10} {'high':>10} {'at low':>10} {'at high':>10}"]
    for one in found["changes"]:
        ends = f"{one['low']:10.4g} {one['high']:10.4g}"
        moved = f"{one['at_low'] / 1e6:+10.1f} {one['at_high'] / 1e6:+10.1f}"
        lines.append(f"{one['parameter']:30} {ends} {moved}")
    return "\n".join(lines)


def _facts(found: dict) -> list[str]:
    """A line a fact: its field, its text, and how it is known."""
    lines, last = [], ""
    for fact in found["facts"]:
        about = fact["field"].replace("_", " ") + (f", {fact['policy']}" if fact["policy"] else "")
        lines += [""] if about != last else []
        known = ", ".join(filter(None, (STATUS[fact["status"]], *fact["sources"])))
        lines.append(f"{about if about != last else '':22} {fact['text_en']} [{known}]")
        last = about
    return lines or ["", NOTHING]


def _policies(found: dict) -> list[str]:
    rows = []
    for one in found["policies"]:
        label = f"{one['label_en']} ({one['level']:g})"
        rows.append(f"{label:50} {_millions(one['incremental'])}")
    return [*rows, ""] if rows else []


def _money(found: dict, result: Result) -> list[str]:
    """Payers by year and in force."""
    years = found["years"]
    head = "".join(f" {one['year']:>8}" for one in years)
    lines = [f"{'payer':30}{head} in force"]
    for name in result.catalogue["payers"]:
        cells = "".join(f" {one['payers'][name['id']]['mean'] / 1e6:8.1f}" for one in years)
        lines.append(f"{name['id']:30}{cells} {found['payers'][name['id']]['mean'] / 1e6:8.1f}")
    cells = "".join(f" {one['total']['mean'] / 1e6:8.1f}" for one in years)
    lines.append(f"{'total':30}{cells} {_millions(found['incremental'])}")
    return lines


def _millions(row: dict) -> str:
    mean, low, high = (f"{row[part] / 1e6:.1f}" for part in QUANTITY)
    return f"{mean:>8} ({low} to {high})"


def _euros(row: dict) -> str:
    return "{:.2f} ({:.2f} to {:.2f})".format(*(row[part] for part in QUANTITY))


def _counts(row: dict) -> str:
    return "{:,.0f} ({:,.0f} to {:,.0f})".format(*(row[part] for part in QUANTITY))


COMMANDS = {"sheet": sheet_}
