"""What `trials` prints: the trials of each effect, their pooled effect, and what it changes."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from models.analysis.evidence.trial_rows import read_trials
from models.analysis.evidence.trials import EffectEvidence, trials
from models.command_line.arguments import Once, Parser
from models.command_line.commands import run_arguments
from models.engine.record import Quantity, to_json

MILLION = 1e6


def add_options(parser: Parser) -> None:
    parser.add_argument(
        "--trials", action=Once, metavar="FILE.csv", help="a table of your own, with all columns"
    )
    parser.add_argument(
        "--drop", action="append", metavar="ID", help="a trial that does not count; may be repeated"
    )
    parser.add_argument("--effect", action=Once, metavar="PARAM", help="one effect alone")


def trials_(args: Namespace) -> str:
    arguments = run_arguments(args)
    used, changed = arguments.pop("assumptions"), arguments.pop("set_assumptions")
    table = read_trials(Path(args.trials)) if hasattr(args, "trials") else None
    evidence = trials(
        used.with_values(changed) if changed else used,
        table=table,
        drop=tuple(getattr(args, "drop", ())),
        only=getattr(args, "effect", None),
        **arguments,
    )
    if getattr(args, "format", "table") == "json":
        return to_json(evidence)
    lines = ["estimate (95% interval); the published effects stay as they are"]
    for effect in evidence.effects:
        lines += ["", *_effect(effect, evidence.left_out)]
    return "\n".join(lines)


def _effect(effect: EffectEvidence, left_out: tuple[str, ...]) -> list[str]:
    lines = [f"{effect.effect}: {effect.label_en}, {effect.unit}"]
    for trial in effect.trials:
        counts = "counts" if trial.counts and trial.id not in left_out else "left out"
        figure = _figure(trial.estimate, trial.low, trial.high)
        seen = "" if trial.status == "seen" else "; figures not seen"
        where = f"{trial.country} {trial.year}"
        lines.append(f"  {trial.id:24} {where:8} {figure:28} {counts}; bias {trial.bias}{seen}")
    lines.append(f"  {'in the assumptions':33} {_figure(effect.base, effect.low, effect.high)}")
    if effect.pooled:
        p, moved = effect.pooled, effect.moved
        lines += [
            f"  {'pooled from ' + str(p.trials) + ' trials':33} "
            f"{_figure(p.estimate, p.low, p.high)}; tau {p.tau:.3g}, I2 {p.i2:.0%}",
            f"  {'no narrower than their errors':33} "
            f"{_figure(p.estimate, p.cautious_low, p.cautious_high)}",
            f"  {'in a next place':33} {_figure(p.estimate, p.predicted_low, p.predicted_high)}",
        ]
        if moved:
            levels = " ".join(f"{name}={level:g}" for name, level in moved.levers.items())
            lines.append(
                f"  with it {levels or 'today'} would bring {_millions(moved.incremental_pooled)} "
                f"instead of {_millions(moved.incremental_now)} EUR million a year; the total "
                f"moves {moved.total / MILLION + 0.0:,.1f}"
            )
    if effect.certainty:
        down = ", ".join(f"{r.reason} -{r.steps}" for r in effect.reasons if r.steps) or "nothing"
        lines.append(f"  certainty {effect.certainty}: {down}")
    if effect.by_hand_en:
        lines.append(f"  set by hand, because: {effect.by_hand_en}")
    return lines


def _millions(amount: Quantity) -> str:
    mean, low, high = (end / MILLION for end in (amount.mean, amount.p2_5, amount.p97_5))
    return f"{mean:,.1f} ({low:,.1f} to {high:,.1f})"


def _figure(estimate: float | None, low: float | None, high: float | None) -> str:
    if estimate is None:
        return "no figure seen"
    ends = "" if low is None or high is None else f" ({low:.3g} to {high:.3g})"
    return f"{estimate:.3g}{ends}"


COMMANDS = {"trials": trials_}
