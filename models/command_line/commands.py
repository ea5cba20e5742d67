"""What each command prints, from its parsed arguments."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from models.analysis.choice.breakeven import breakeven
from models.analysis.choice.shapley import attribute
from models.bundles.contents import open_folder
from models.command_line.cash_lines import cash_lines
from models.engine.options import DEFAULTS
from models.engine.output.document import SCHEMA
from models.engine.output.point import point_frame, point_lines
from models.engine.output.warning_texts import warned
from models.engine.output.warnings import not_drawn
from models.engine.record import to_json
from models.engine.result import Result
from models.engine.run import catalogue_of, run, scenarios_of
from models.engine.scenario_file import read_scenario
from models.engine.summary import SCENARIOS
from models.errors import DataError, UsageError, shown
from models.tables.assumptions import Assumptions, Edit
from models.tables.cell_values import parse_number
from models.tables.csv_writer import frame_text

LEVER_FIELDS = (
    *("id", "group", "unit", "min", "max", "step", "today", "label_en", "label_nl"),
    *("trial_low", "trial_high", "ramp_years", "expected_sign"),
)


def run_arguments(args: Namespace) -> dict:
    """Keyword arguments of `models.run`.

    What is given on the command line wins over the scenario file, which wins over the default.
    """
    arguments = vars(args)
    options = {name: arguments[name] for name in DEFAULTS if name in arguments}
    used = _assumptions(args)
    changed = pairs(arguments.get("set_assumption", ()), "--set-assumption", ranges=True)
    scenario = arguments.get("scenario")
    if scenario and (scenario.endswith(".json") or os.sep in scenario):
        seen = used.with_values(changed) if changed else used
        file = read_scenario(Path(scenario), catalogue_of(seen))
        options = {**file.options, **options}
        scenario = {"levers": dict(file.levels)}
    levers = pairs(arguments.get("levels", ()), "--set")
    _in_the_other_table(levers, changed, used)
    return {
        "levers": levers,
        "scenario": scenario,
        "assumptions": used,
        "set_assumptions": changed,
        **options,
    }


def _in_the_other_table(levers: dict, changed: dict, used: Assumptions) -> None:
    """UsageError where a lever is given to --set-assumption, or an assumption to --set."""
    known = catalogue_of(used)
    for name in levers:
        if name in used and name not in known:
            raise UsageError(f"{name} is an assumption: use --set-assumption {name}=VALUE")
    for name in changed:
        if name in known and name not in used:
            raise UsageError(f"{name} is a lever: use --set {name}=LEVEL")


def _assumptions(args: Namespace) -> Assumptions:
    """Those of the folder that is named, else the published ones."""
    path = getattr(args, "assumptions", None)
    return Assumptions.default() if path is None else read_assumptions(path)


def chance_text(share: float | None) -> str:
    """A chance of saving (0 to 1) as the commands print it; None: words for "nothing changes"."""
    return "nothing changes" if share is None else f"{share:.0%}"


def read_assumptions(path: str) -> Assumptions:
    """Those of a folder, a table or a zip of a folder, checked against the published ones."""
    if path.lower().endswith(".zip"):
        return open_folder(path)
    return Assumptions.from_folder(path, baseline=Assumptions.default())


def pairs(items: list[str], flag: str, ranges: bool = False) -> dict[str, Edit]:
    """NAME=NUMBER as a mapping; with `ranges` also NAME=BASE:LOW:HIGH."""
    values: dict[str, Edit] = {}
    problems = []
    form = "NAME=NUMBER or NAME=BASE:LOW:HIGH" if ranges else "NAME=NUMBER"
    for item in items:
        name, sign, text = item.partition("=")
        parts = text.split(":") if ranges else [text]
        if not sign or not name or len(parts) not in (1, 3):
            problems.append(f"{flag} {shown(item)!r}: write {form}")
        elif name in values:
            problems.append(f"{flag} {shown(name)} is given twice; give it once")
        else:
            try:
                numbers = tuple(parse_number(part) for part in parts)
                values[name] = numbers if len(numbers) == 3 else numbers[0]
            except DataError:
                values[name] = 0.0
                wrong = f"{flag} {shown(name)}: {shown(text)!r} is not a number"
                problems.append(f"{wrong}; write it in digits, with a point, such as 0.05")
    if problems:
        raise UsageError("\n".join(problems))
    return values


def check(args: Namespace) -> str:
    """Assumptions, and where the folder has them levers and scenarios; or a scenario file."""
    published = Assumptions.default()
    path = getattr(args, "path", None)
    if path is not None and path.endswith(".json"):
        file = read_scenario(Path(path), catalogue_of(published))
        return _in_order(args, levers=len(file.levels))
    assumptions = published if path is None else read_assumptions(path)
    levers, packages = catalogue_of(assumptions), scenarios_of(assumptions)
    changed = [name for name, row in assumptions.items() if row != published.get(name)]
    counts = {"assumptions": len(assumptions), "levers": len(levers), "scenarios": len(packages)}
    counts |= {"changed": len(changed), "as_published": len(assumptions) - len(changed)}
    lines = _not_drawn(assumptions, getattr(args, "lang", "en"))
    if getattr(args, "format", "text") == "json":
        report = {"assumptions_hash": assumptions.hash, "rows_changed": changed, "warnings": lines}
        return _in_order(args, **counts)[:-1] + ", " + to_json(report)[1:]
    if not changed:
        del counts["changed"], counts["as_published"]
    return "\n".join([_in_order(args, **counts), *lines])


def _not_drawn(used: Assumptions, lang: str = "en") -> list[str]:
    """A line for each edit whose draws have another 95% interval than the stated one."""
    text = {
        "en": "{parameter}: no distribution with this mean has the stated range {low:g} to "
        "{high:g}; drawn is {drawn_low:g} to {drawn_high:g}",
        "nl": "{parameter}: geen verdeling met dit gemiddelde heeft de opgegeven marge {low:g} tot "
        "{high:g}; er wordt getrokken uit {drawn_low:g} tot {drawn_high:g}",
    }[lang]
    return [text.format(**warning.values) for warning in not_drawn(used)]


def _in_order(args: Namespace, **counts: int) -> str:
    """The sentence of `check` when all is in order, in the language asked for; or as JSON."""
    if getattr(args, "format", "text") == "json":
        return to_json({"schema": SCHEMA, "status": "in order", **counts})
    nl = {"assumptions": "aannames", "levers": "maatregelen", "scenarios": "scenario's",
          "changed": "gewijzigd", "as_published": "zoals gepubliceerd"}  # fmt: skip
    dutch = getattr(args, "lang", None) == "nl"
    names = (
        f"{count} {nl[name] if dutch else name.replace('_', ' ')}" for name, count in counts.items()
    )
    return f"{', '.join(names)}: {'in orde' if dutch else 'in order'}"


def levers(args: Namespace) -> str:
    rows = catalogue_of(_assumptions(args)).values()
    if getattr(args, "format", "table") == "table":
        return "\n".join(
            f"{lever.id:26} {lever.min:>8g} {lever.today:>8g} {lever.max:>8g}  {lever.unit}"
            for lever in rows
        )
    listed = [{name: getattr(lever, name) for name in LEVER_FIELDS} for lever in rows]
    return to_json({"schema": SCHEMA, "levers": listed})


def run_(args: Namespace) -> str:
    result = run(**run_arguments(args))
    if getattr(args, "point", False):
        return _point(args, result)
    args.warned = [warning["text"] for warning in warned(result)]
    match getattr(args, "format", "table"):
        case "json":
            return result.to_json()
        case "csv":
            return frame_text(result.table).rstrip("\n")
    lines = [
        f"EUR million a year, in force, price year {result.price_year}; mean and 95% interval; "
        f"scenario {result.scenario_id}"
    ]
    for name in SCENARIOS:
        lines.append(f"{name:24}" + _millions(result.headline[f"{name}_total"]))
    saving = chance_text(result.headline["probability_saving"])
    lines.append(f"{'probability of saving':24} {saving:>10}")
    for by in ("cost_item", "payer"):
        change = result.summary("incremental", by)["mean"]
        lines += ["", f"{by:24} {'scenario':>10} {'2.5%':>10} {'97.5%':>10} {'change':>10}"]
        for name, row in result.summary("scenario", by).iterrows():
            lines.append(f"{name:24}{_millions(row)} {change[name] / 1e6:10.1f}")
    return "\n".join([*lines, *cash_lines(result), *_not_drawn(result.model.assumptions)])


def _point(args: Namespace, result: Result) -> str:
    match getattr(args, "format", "table"):
        case "json":
            head = {"schema": SCHEMA, "scenario_id": result.scenario_id, "levers": result.levels}
            return to_json(head | {"point": point_frame(result).to_dict("records")})
        case "csv":
            return frame_text(point_frame(result)).rstrip("\n")
    return "\n".join(point_lines(result))


def breakeven_(args: Namespace) -> str:
    arguments = run_arguments(args)
    answer = breakeven(args.lever, getattr(args, "solve", None), **arguments)
    if getattr(args, "format", "json") == "json":
        return to_json(answer)
    parameter, unit = answer.parameter, answer.unit
    if answer.value is None:
        low, high = answer.plausible
        return f"{answer.lever}: {answer.reason} ({parameter}, {low:g} to {high:g} {unit})"
    given = args.lever in arguments["levers"] or arguments["scenario"]
    note = "" if given else " (strongest; --set for another)"
    return (
        f"{answer.lever} at {answer.level:g}{note}: nil at {parameter} = "
        f"{answer.value:.6g} {unit} (now {answer.base:g})"
    )


def attribute_(args: Namespace) -> str:
    answer = attribute(run(**run_arguments(args)))
    if getattr(args, "format", "json") == "json":
        return to_json(answer)
    lines = [f"EUR million a year, in force{'':10} {'alone':>10} {'share':>10}"]
    for part in answer.parts:
        lines.append(f"{part.lever:38}{part.alone / 1e6:11.1f}{part.share / 1e6:11.1f}")
    return "\n".join([*lines, f"{'total':38}{'':11}{answer.total / 1e6:11.1f}"])


def _millions(row) -> str:
    return "".join(f" {row[name] / 1e6:10.1f}" for name in ("mean", "p2_5", "p97_5"))


COMMANDS = {
    "check": check,
    "levers": levers,
    "run": run_,
    "breakeven": breakeven_,
    "attribute": attribute_,
}
