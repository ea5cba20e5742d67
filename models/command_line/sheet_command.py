"""What `sheet` prints: the measure sheet of one lever, as text or as JSON."""

from __future__ import annotations

from argparse import Namespace

from models.analysis.choice.sheet import Sheet
from models.analysis.choice.sheet import sheet as lever_sheet
from models.command_line.commands import chance_text, run_arguments
from models.engine.record import Interval, to_json
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
    sheet = lever_sheet(result, args.lever, result.levels.get(args.lever))
    return to_json(sheet) if getattr(args, "format", "text") == "json" else _text(sheet, result)


def _text(sheet: Sheet, result: Result) -> str:
    figures = sheet.figures
    lines = [
        f"{sheet.label_en}: {sheet.lever} = {sheet.level:g} ({sheet.unit}; today {sheet.today:g})",
        f"EUR million a year against today; mean (95% interval); prices of {sheet.price_year}, "
        "years in their own prices",
        *_facts(sheet),
        "",
        *_policies(sheet),
        *_money(sheet, result),
        "",
        f"{'premium by the rule, EUR an adult':40} {_euros(figures.premium_per_adult)}",
        f"{'average deductible, EUR an adult':40} {_euros(figures.average_deductible)}",
        f"{'healthy years gained (QALY)':40} {_counts(figures.qaly)}",
    ]
    for name, quantity in figures.health.items():
        label = f"{name} ({quantity.unit})"
        lines.append(f"{label:40} {_counts(quantity)}")
    other = sheet.other_valuation
    lines += [
        f"{'chance of saving':40} {chance_text(figures.probability_saving)}",
        f"{'evidence, verdict':40} {sheet.evidence}, {sheet.verdict}",
        f"{'with the value ' + other.valuation:40} {_millions(other.incremental)}",
    ]
    if sheet.changes:
        lines += ["", f"{'number':30} {'low':>10} {'high':>10} {'at low':>10} {'at high':>10}"]
    for change in sheet.changes:
        ends = f"{change.low:10.4g} {change.high:10.4g}"
        amounts = f"{change.at_low / 1e6:+10.1f} {change.at_high / 1e6:+10.1f}"
        lines.append(f"{change.parameter:30} {ends} {amounts}")
    return "\n".join(lines)


def _facts(sheet: Sheet) -> list[str]:
    """A line for each fact: its field, its text, and how it is known."""
    lines: list[str] = []
    last = ""
    for fact in sheet.facts:
        about = fact.field.replace("_", " ") + (f", {fact.policy}" if fact.policy else "")
        lines += [""] if about != last else []
        known = ", ".join(filter(None, (STATUS[fact.status], *fact.sources)))
        lines.append(f"{about if about != last else '':22} {fact.text_en} [{known}]")
        last = about
    return lines or ["", NOTHING]


def _policies(sheet: Sheet) -> list[str]:
    rows = []
    for row in sheet.policies:
        label = f"{row.policy.label_en} ({row.policy.level:g})"
        rows.append(f"{label:50} {_millions(row.figures.incremental)}")
    return [*rows, ""] if rows else []


def _money(sheet: Sheet, result: Result) -> list[str]:
    """Payers by year and in force."""
    head = "".join(f" {year.year:>8}" for year in sheet.years)
    lines = [f"{'payer':30}{head} in force"]
    for payer in (row["id"] for row in result.catalogue["payers"]):
        cells = "".join(f" {year.payers[payer].mean / 1e6:8.1f}" for year in sheet.years)
        lines.append(f"{payer:30}{cells} {sheet.payers[payer].mean / 1e6:8.1f}")
    cells = "".join(f" {year.total.mean / 1e6:8.1f}" for year in sheet.years)
    lines.append(f"{'total':30}{cells} {_millions(sheet.figures.incremental)}")
    return lines


def _millions(amount: Interval) -> str:
    mean, low, high = (f"{value / 1e6:.1f}" for value in _values(amount))
    return f"{mean:>8} ({low} to {high})"


def _euros(amount: Interval) -> str:
    return "{:.2f} ({:.2f} to {:.2f})".format(*_values(amount))


def _counts(amount: Interval) -> str:
    return "{:,.0f} ({:,.0f} to {:,.0f})".format(*_values(amount))


def _values(amount: Interval) -> tuple[float, float, float]:
    return amount.mean, amount.p2_5, amount.p97_5


COMMANDS = {"sheet": sheet_}
