"""Command line: the same numbers as the page and the package, to the cent."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from pathlib import Path

from models.assumptions import Assumptions
from models.breakeven import breakeven
from models.errors import DataError, UsageError
from models.levers import OVERLAPS, check_levels, load_levers, load_scenarios
from models.model import ANCHORS, Options
from models.results import SCENARIOS
from models.run import catalogue_of, run
from models.tables import parse_number
from models.work import VALUATIONS

MAX_SCENARIO_BYTES = 100_000
COMMANDS = ("check", "levers", "run", "breakeven")


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise UsageError(message)


def _run_options() -> argparse.ArgumentParser:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--scenario", metavar="NAME|FILE.json")
    parser.add_argument("--set", dest="levels", action="append", default=[], metavar="LEVER=LEVEL")
    parser.add_argument("--assumptions", metavar="DIR")
    parser.add_argument("--set-assumption", action="append", default=[], metavar="PARAM=VALUE")
    parser.add_argument("--anchor", choices=ANCHORS, default=Options.anchor)
    parser.add_argument("--valuation", choices=VALUATIONS, default=Options.valuation)
    parser.add_argument("--overlap", choices=OVERLAPS, default=Options.overlap)
    for name in ("years", "draws", "seed"):
        parser.add_argument(f"--{name}", type=_whole, default=getattr(Options, name), metavar="N")
    parser.add_argument("--recalibrate", action="store_true")
    parser.add_argument("--presenteeism", action="store_true")
    parser.add_argument("--out", metavar="FILE")
    return parser


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _parser() -> _Parser:
    parser = _Parser(prog="python -m models", description="What low back pain costs the Netherlands.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS), parser_class=_Parser)
    check = commands.add_parser("check", help="check assumption files; every error at once")
    check.add_argument("path", nargs="?", metavar="DIR|FILE")
    levers = commands.add_parser("levers", help="the levers, their range and today's level")
    levers.add_argument("--format", choices=("json", "table"), default="table")
    common = _run_options()
    running = commands.add_parser("run", parents=[common], help="base case and scenario")
    running.add_argument("--format", choices=("json", "csv", "table"), default="table")
    even = commands.add_parser("breakeven", parents=[common], help="value at which a lever neither costs nor saves")
    even.add_argument("--lever", required=True)
    even.add_argument("--solve", metavar="PARAM")
    even.add_argument("--format", choices=("json", "table"), default="json")
    return parser


def _pairs(items: list[str], flag: str) -> dict[str, float]:
    pairs: dict[str, float] = {}
    for item in items:
        name, sign, text = item.partition("=")
        if not sign:
            raise UsageError(f"{flag} {item!r}: write NAME=NUMBER")
        if name in pairs:
            raise UsageError(f"{flag} {name} is given twice; give it once")
        try:
            pairs[name] = parse_number(text)
        except ValueError:
            raise UsageError(f"{flag} {name}: {text!r} is not a number; write it with a point, such as 0.05") from None
    return pairs


def _no_repeats(pairs: list[tuple]) -> dict:
    keys = [key for key, _ in pairs]
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    if repeated:
        raise ValueError(f"repeated name {repeated[0]!r}")
    return dict(pairs)


def _refuse(text: str):
    raise ValueError(f"{text} is not a number")


def read_scenario(path: Path) -> dict:
    """A scenario file: {"levers": {id: level}, ...}; UsageError or DataError says what is wrong."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise UsageError(f"scenario file {path.name}: not found or not readable") from None
    where = f"scenario file {path.name}"
    if len(raw) > MAX_SCENARIO_BYTES:
        raise ScenarioError(f"{where}: {len(raw)} bytes; allowed: at most {MAX_SCENARIO_BYTES}")
    try:
        text = raw.decode("utf-8-sig")
        depth = max((text[: i + 1].count("{") + text[: i + 1].count("[") for i in range(min(len(text), 1))), default=0)
        if depth and (text.count("[") + text.count("{")) > 50:
            raise ValueError("nested or listed too deeply; a scenario has one object of levers")
        value = json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{where}: not a usable JSON text ({error})") from None
    if not isinstance(value, dict) or not isinstance(value.get("levers"), dict):
        raise ScenarioError(f'{where}: expected an object with "levers": {{"lever": level}}')
    known = {"schema", "levers", "name", *Options.__dataclass_fields__}
    for name in value:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=2)
            raise ScenarioError(f"{where}: unknown field {name!r}; nearest: {', '.join(near) or 'levers'}")
    if "schema" in value and value["schema"] != 1:
        raise ScenarioError(f"{where}: schema {value['schema']!r}; this version reads schema 1")
    return value


class ScenarioError(ValueError):
    """Wrong content of a scenario file: exit 1."""


def _arguments(args) -> dict:
    """Keyword arguments of models.run from the parsed command line; a scenario file's options count."""
    options = {name: getattr(args, name) for name in Options.__dataclass_fields__}
    used = Assumptions.default()
    if args.assumptions:
        used = Assumptions.from_folder(Path(args.assumptions), baseline=used)
    scenario = args.scenario
    if scenario and (scenario.endswith(".json") or os.sep in scenario):
        given = read_scenario(Path(scenario))
        for name, spec in Options.__dataclass_fields__.items():
            if name in given and options[name] == spec.default:
                options[name] = given[name]
        try:
            check_levels(given["levers"], catalogue_of(used))
            Options(**options)
        except UsageError as error:
            raise ScenarioError(f"scenario file {Path(scenario).name}: {error}") from None
        scenario = {"levers": given["levers"]}
    return dict(levers=_pairs(args.levels, "--set"), scenario=scenario, assumptions=used,
                set_assumptions=_pairs(args.set_assumption, "--set-assumption"), **options)


def _check(args) -> str:
    if args.path is None:
        assumptions = Assumptions.default()
        levers = load_levers(None, assumptions)
        load_scenarios(None, levers)
        return f"{len(assumptions)} assumptions and {len(levers)} levers are in order"
    path = Path(args.path)
    if not path.exists():
        raise UsageError(f"{args.path}: no such file or folder")
    assumptions = (Assumptions.from_folder if path.is_dir() else Assumptions.from_file)(path, baseline=Assumptions.default())
    return f"{len(assumptions)} assumptions are in order"


def _levers(args) -> str:
    levers = load_levers(None, Assumptions.default()).values()
    if args.format == "table":
        return "\n".join(f"{v.id:26} {v.min:>8g} {v.today:>8g} {v.max:>8g}  {v.unit}" for v in levers)
    fields = ("id", "unit", "min", "max", "step", "today", "label_en", "label_nl", "trial_low", "trial_high",
              "ramp_years", "expected_sign", "group")
    return json.dumps({"schema": 1, "levers": [{f: getattr(v, f) for f in fields} for v in levers]}, ensure_ascii=False)


def _run(args) -> str:
    result = run(**_arguments(args))
    if args.format == "json":
        return result.to_json()
    if args.format == "csv":
        return result.table.to_csv(index=False, lineterminator="\n").rstrip("\n")
    lines = [f"EUR million a year, in force, price year 2024; mean and 95% interval; scenario {result.scenario_id}"]
    for name in SCENARIOS:
        row = result.headline[f"{name}_total"]
        lines.append(f"{name:24} {row['mean'] / 1e6:10.1f} {row['p2_5'] / 1e6:10.1f} {row['p97_5'] / 1e6:10.1f}")
    lines.append(f"{'probability of saving':24} {result.headline['probability_saving']:10.2f}")
    for by in ("cost_item", "payer"):
        frame = result.summary("scenario", by)
        change = result.summary("incremental", by)["mean"]
        lines += ["", f"{by:24} {'scenario':>10} {'2.5%':>10} {'97.5%':>10} {'change':>10}"]
        for name, row in frame.iterrows():
            lines.append(f"{name:24} {row['mean'] / 1e6:10.1f} {row['p2_5'] / 1e6:10.1f} {row['p97_5'] / 1e6:10.1f} {change[name] / 1e6:10.1f}")
    return "\n".join(lines)


def _breakeven(args) -> str:
    given = _arguments(args)
    levels = (given.pop("scenario") or {})
    levels = dict(levels.get("levers", {})) if isinstance(levels, dict) else load_scenarios()[levels]["levels"]
    levels |= given.pop("levers")
    found = breakeven(args.lever, args.solve, levels, **given)
    if args.format == "json":
        return json.dumps(found, ensure_ascii=False)
    if found["value"] is None:
        return f"{found['lever']}: {found['reason']} ({found['parameter']}, {found['plausible'][0]:g} to {found['plausible'][1]:g})"
    return f"{found['lever']}: nil at {found['parameter']} = {found['value']:.6g} {found['unit']} (now {found['base']:g})"


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 for wrong data, 2 for wrong usage."""
    try:
        args = _parser().parse_args(arguments)
        text = {"check": _check, "levers": _levers, "run": _run, "breakeven": _breakeven}[args.command](args)
        if getattr(args, "out", None):
            try:
                Path(args.out).write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                raise UsageError(f"--out {args.out}: cannot be written ({error.strerror})") from None
        else:
            print(text)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except (DataError, ScenarioError) as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 0
