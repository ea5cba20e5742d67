"""What the commands about choosing print: frontier with its conditions, decision, rank."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

import pandas as pd

from models.analysis.choice.conditions import Conditions
from models.analysis.choice.decision import decide, decision_frame
from models.analysis.choice.frontier import Frontier, frontier
from models.analysis.choice.rank import Ranking, rank
from models.command_line.analysis_commands import progress
from models.command_line.arguments import Once, Parser, real
from models.command_line.commands import pairs, run_arguments
from models.engine.record import plain, to_json
from models.engine.result import SOCIETY, Result
from models.engine.run import run
from models.tables.csv_writer import frame_text


def add_conditions(parser: Parser) -> None:
    parser.add_argument(
        "--must", action="append", metavar="LEVER", help="a lever that is moved; may be repeated"
    )
    parser.add_argument(
        "--without", action="append", metavar="LEVER", help="a lever that stays at today"
    )
    parser.add_argument(
        "--payer-limit", action="append", metavar="PAYER=EUR",
        help="how much more a payer may bear in a year; below 0: how much less it must",
    )  # fmt: skip
    parser.add_argument(
        "--worse-off", action=Once, type=real, metavar="EUR",
        help="how much more any other payer may bear in a year",
    )  # fmt: skip


def conditions_of(args: Namespace, result: Result) -> Conditions:
    """The conditions in the arguments; levels given by --set and --scenario are held."""
    limits = pairs(getattr(args, "payer_limit", []), "--payer-limit")
    return Conditions(
        held=tuple(result.levels.items()),
        must=tuple(getattr(args, "must", ())),
        without=tuple(getattr(args, "without", ())),
        payers=tuple((name, float(most)) for name, most in limits.items()),  # type: ignore[arg-type]
        worse_off=getattr(args, "worse_off", None),
    )


def condition_lines(conditions: Conditions) -> list[str]:
    """A line with the conditions that every package meets; no line without conditions."""
    parts = [f"{levels_text(dict(conditions.held))} held"] if conditions.held else []
    parts += [f"with {', '.join(conditions.must)}"] if conditions.must else []
    parts += [f"without {', '.join(conditions.without)}"] if conditions.without else []
    parts += [f"{name} at most {most / 1e6:.1f} more" for name, most in conditions.payers]
    if conditions.worse_off is not None:
        parts.append(f"no other payer more than {conditions.worse_off / 1e6:.1f} worse off")
    return ["conditions: " + "; ".join(parts)] if parts else []


def levels_text(levels: Mapping[str, float]) -> str:
    return " ".join(f"{name}={level:g}" for name, level in levels.items()) or "today"


def frontier_(args: Namespace) -> str:
    flags = {"reference": "reference_value"}
    flags |= {name: name for name in ("budget", "perspective", "outside_research")}
    options = {name: getattr(args, flag) for name, flag in flags.items() if hasattr(args, flag)}
    result = run(**run_arguments(args))
    conditions = conditions_of(args, result)
    answer = frontier(result, progress=progress, conditions=conditions, **options)
    if getattr(args, "format", "json") == "json":
        return to_json(answer)
    lines = [
        f"{answer.combinations} combinations screened, {answer.screening.run_in_full} run "
        f"in full; EUR million and QALYs a year against today, {answer.perspective}",
        f"{_searched(answer)}; a best of many looks better than it is",
        *condition_lines(conditions),
        f"{'cost':>10} {'2.5%':>10} {'97.5%':>10} {'QALY':>8} {'EUR/QALY':>10} {'sure':>6}",
    ]
    for package in answer.packages:
        cost = package.cost
        amounts = " ".join(map(_millions, (cost.mean, cost.p2_5, cost.p97_5)))
        price = f"{package.price_of_next_qaly or 0:10.0f} {package.sure:6.0%}"
        lines.append(f"{amounts} {package.qaly.mean:8.0f} {price}  {levels_text(package.levels)}")
    if answer.budget is not None:
        best = "no package" if answer.best is None else levels_text(answer.best.levels)
        lines.append(f"best within {answer.budget / 1e6:g} million: {best}")
    return "\n".join(lines)


def _searched(answer: Frontier) -> str:
    """A line on how many combinations were searched."""
    if answer.outside_research:
        return "what-ifs and levels outside research too"
    left = ", ".join(answer.what_ifs_left_out) or "none"
    return f"only levels inside research; what-ifs left out: {left}; all: --outside-research"


def decision_(args: Namespace) -> str:
    view = getattr(args, "perspective", SOCIETY)
    answer = decide(run(**run_arguments(args)), view, getattr(args, "reference_value", None))
    match getattr(args, "format", "table"):
        case "json":
            return to_json(answer)
        case "csv":
            return frame_text(decision_frame(answer)).rstrip("\n")
    lines = [
        f"{answer.perspective}; EUR million and QALYs a year against today; share of draws "
        "with more health (better or not) and with money saved (saves or not)",
        f"{'':24} {'cost':>10} {'QALY':>8} {'better,saves':>13} {'better,not':>13} "
        f"{'not,saves':>13} {'not,not':>13}",
    ]
    for option in answer.options:
        shares = " ".join(f"{share:13.0%}" for share in option.quadrants.values())
        means = f"{_millions(option.cost.mean)} {option.qaly.mean:8.0f}"
        lines.append(f"{option.option:24} {means} {shares}")
    lines += ["", f"{'EUR/QALY':>10} {'preferred':24} {'best in':>8} {'loss':>10} (= EVPI, EUR m)"]
    for at in answer.values:
        chance = f"{at.chance_preferred:8.0%} {at.evpi / 1e6:10.2f}"
        lines.append(f"{at.reference_value:10.0f} {at.preferred:24} {chance}")
    return "\n".join(lines)


def rank_(args: Namespace) -> str:
    ranking = rank(run(**run_arguments(args)))
    match getattr(args, "format", "table"):
        case "json":
            return to_json(ranking)
        case "csv":
            return _rank_csv(ranking)
    lines = [
        "EUR million a year in force against today; premium: EUR an adult a year, by the rule; "
        "* no researched range, end of the slider",
        f"{'':34} {'EUR m':>10} {'2.5%':>10} {'97.5%':>10} {'saves':>6} {'QALY':>8} "
        f"{'premium':>8}  {'evidence':8} verdict",
    ]
    for row in ranking.levers:
        name = f"{row.lever}={row.level:g}{'' if row.researched else ' *'}"
        change = row.incremental
        amounts = " ".join(map(_millions, (change.mean, change.p2_5, change.p97_5)))
        saving = "-" if row.probability_saving is None else f"{row.probability_saving:.0%}"
        lines.append(
            f"{name:34} {amounts} {saving:>6} {row.qaly.mean:8.0f} "
            f"{row.premium_per_adult.mean:8.2f}  {row.evidence:8} {row.verdict}"
        )
    return "\n".join(lines)


def _rank_csv(ranking: Ranking) -> str:
    """One row a lever: quantities as mean and interval, payers as columns of their own."""
    rows = []
    for lever in plain(ranking.levers):
        flat: dict[str, object] = {}
        for name, value in lever.items():
            parts = value.items() if isinstance(value, dict) else [("", value)]
            flat |= {f"{name}_{part}" if part else name: cell for part, cell in parts}
        rows.append(flat)
    return frame_text(pd.DataFrame(rows)).rstrip("\n")


def _millions(amount: float) -> str:
    return f"{amount / 1e6:10.1f}"


COMMANDS = {"frontier": frontier_, "decision": decision_, "rank": rank_}
