"""What the commands about edits, versions and bundles print."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from models.analysis.evidence.edit_effects import price
from models.analysis.evidence.versions import compare, lines
from models.browser.verify_page import verify_page
from models.bundles.contents import bundle
from models.bundles.differences import Difference
from models.bundles.verify import check
from models.command_line.commands import run_arguments
from models.engine.output.document import SCHEMA
from models.engine.record import to_json
from models.engine.run import run
from models.errors import DataError, Finding, UsageError, shown
from models.tables.assumptions import Assumptions

PAGE_SAME = {
    "en": "the same: engine, draws and figures are those of this version",
    "nl": "hetzelfde: rekenprogramma, trekkingen en getallen zijn die van deze versie",
}


def edited(arguments: dict) -> Assumptions:
    """The assumptions that the arguments of a run ask for."""
    changed = arguments["set_assumptions"]
    return arguments["assumptions"].with_values(changed) if changed else arguments["assumptions"]


def price_(args: Namespace) -> str:
    arguments = run_arguments(args)
    used = edited(arguments)
    options = {
        name: arguments[name]
        for name in arguments
        if name not in ("assumptions", "set_assumptions")
    }
    answer = price(used, **options)
    if getattr(args, "format", "json") == "json":
        return to_json(answer)
    lines = [
        f"EUR million a year, in force {'from':>23} {'to':>12} {'base case':>12} {'package':>10}"
    ]
    for edit in answer.edits:
        values = f"{edit.value_before:12.6g} {edit.value_after:12.6g}"
        effect = _millions(edit.alone, edit.alone_incremental)
        remarks = [edit.reason] if edit.reason else []
        if edit.outside_published:
            low, high = edit.published_low, edit.published_high
            remarks.insert(0, f"outside its published range {low:g} to {high:g}")
        family, before = _families(used, edit.parameter)
        if family != before:
            remarks.insert(0, f"distribution {before} to {family}")
        lines.append(f"{edit.parameter:39} {values} {effect}  {shown('; '.join(remarks), 200)}")
    for name in ("interaction", "total"):
        effect = _millions(getattr(answer, name), getattr(answer, f"{name}_incremental"))
        lines.append(f"{name:39} {'':25} {effect}")
    return "\n".join(line.rstrip() for line in lines)


def _families(used: Assumptions, parameter: str) -> tuple[str, str]:
    """The distribution of a row now, and as published (the same for a row that is new)."""
    now, published = used[parameter], Assumptions.default().get(parameter)
    return now.distribution, (published or now).distribution


def _millions(*amounts: float) -> str:
    rounded = [round(amount / 1e6, 2) + 0.0 for amount in amounts]
    return " ".join(
        f"{amount:{width},.2f}" for amount, width in zip(rounded, (12, 10), strict=False)
    )


def compare_(args: Namespace) -> str:
    if hasattr(args, "assumptions") or hasattr(args, "set_assumption"):
        raise UsageError("compare reads OLD_DIR and NEW_DIR; leave out other assumptions")
    arguments = run_arguments(args)
    options = {
        name: arguments[name]
        for name in arguments
        if name not in ("assumptions", "set_assumptions")
    }
    answer = compare(args.old, args.new, **options)
    if getattr(args, "format", "table") == "json":
        return to_json(answer)
    return "\n".join(lines(answer))


def bundle_(args: Namespace) -> bytes:
    if not hasattr(args, "out"):
        raise UsageError("bundle needs --out FILE.zip")
    return bundle(run(**run_arguments(args)))


def verify_(args: Namespace) -> str:
    """One line when a bundle or simulator file is correct; else DataError with all differences.

    As JSON the differences are part of the answer; the exit code is 1 either way.
    """
    lang = getattr(args, "lang", "en")
    wants_json = getattr(args, "format", "text") == "json"
    facts: dict[str, object]
    if args.bundle.lower().endswith((".html", ".htm")):
        differences: Sequence[Difference | Finding] = verify_page(args.bundle)
        facts, line = {}, PAGE_SAME[lang]
    else:
        verification = check(args.bundle)
        differences, facts = verification.differences, dict(verification.run)
        facts |= {"files": verification.files, "numbers": verification.numbers}
        line = verification.message(lang)
    if differences and not wants_json:
        raise DataError(differences)
    if wants_json:
        messages = [difference.message(lang) for difference in differences]
        args.failed = bool(messages)
        status = {"schema": SCHEMA, "status": "differs" if messages else "same"}
        return to_json({**status, **facts, "differences": messages})
    return f"{shown(args.bundle)}: {line}"


COMMANDS = {
    "price": price_,
    "compare": compare_,
    "bundle": bundle_,
    "verify": verify_,
}
