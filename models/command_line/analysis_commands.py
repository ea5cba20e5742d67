"""What the commands about what drives the answer print: tornado, voi, sample, frontier."""

from __future__ import annotations

import sys
from argparse import Namespace

from models.analysis.evidence.structures import beside
from models.analysis.evidence.targets import targets, targets_frame
from models.analysis.uncertainty.correlations import correlations
from models.analysis.uncertainty.sample import write_sample
from models.analysis.uncertainty.sensitivity import OUTCOMES, tornado, variance_shares
from models.analysis.uncertainty.value_of_information import value_of_information
from models.command_line.commands import run_arguments
from models.engine.record import Quantity, to_json
from models.engine.result import Result
from models.engine.run import run
from models.errors import UsageError
from models.tables.csv_writer import frame_text

WHEN = ("published", "before", "after")


def _result(args: Namespace) -> Result:
    return run(**run_arguments(args))


def _wants_json(args: Namespace) -> bool:
    return getattr(args, "format", "json") == "json"


def tornado_(args: Namespace) -> str:
    result, outcome = _result(args), getattr(args, "outcome", OUTCOMES[1])
    answer, parts = tornado(result, outcome), variance_shares(result, outcome)
    if _wants_json(args):
        return to_json({**answer, "variance_shares": parts})
    shares = {row.parameter: row.share for row in parts.shares}
    lines = [
        f"{answer.outcome}: {answer.base / 1e6:.1f} EUR million a year; from and to are the "
        "ends of the range",
        f"{'':34} {'from':>12} {'to':>12} {'at from':>10} {'at to':>10} {'variance':>9}",
    ]
    for bar in answer.bars:
        name, share = bar.parameter, shares.get(bar.parameter, 0.0)
        ends = f"{bar.input_low:12.6g} {bar.input_high:12.6g}"
        lines.append(f"{name:34} {ends} {_millions(bar.low)} {_millions(bar.high)} {share:9.1%}")
    lines += [
        "at from, at to: the sum at base values with this one row at that end, EUR million",
        "variance: share of the spread over all draws, in which calibration ties rows together; "
        "a long bar may have a small share",
    ]
    return "\n".join(lines)


def targets_(args: Namespace) -> str:
    result = _result(args)
    answer = targets(result)
    match getattr(args, "format", "table"):
        case "json":
            return to_json(answer)
        case "csv":
            return frame_text(targets_frame(answer)).rstrip("\n")
    share = f"{answer.effective_draws:.0f} of {answer.prior_draws} prior draws count"
    lines = [
        f"anchor {answer.stamp.options.anchor}; under evidence {share}; mean and 95% interval",
        f"{'':20}{'':6}{'published':>34} {'before':>34} {'after':>34}  unit",
    ]
    for row in answer.targets:
        three = " ".join(_spread(getattr(row, name)) for name in ("published", "before", "after"))
        used = "used" if row.used else "shown"
        lines.append(f"{row.id:20}{used:6}{three}  {row.unit}")
    lines += ["", f"{'pulled apart':26}{'distance':>10}  by"]
    for row in answer.contradictions:
        by = ", ".join(row.pulled_by) or "-"
        lines.append(f"{row.target:26}{row.distance:10.2f}  {by}")
    lines += ["", f"{'total without the study':26}{'EUR million a year':>34}"]
    for row in answer.without:
        lines.append(f"{row.study:26}{_spread(row.total, 1e6)}")
    lines += ["", f"{'anchor':12}{'total, EUR million a year':>34} {'change by the package':>34}"]
    for row in answer.anchors:
        both = _spread(row.base_case_total, 1e6), _spread(row.incremental_total, 1e6)
        lines.append(f"{row.anchor:12}{' '.join(both)}  {row.answer}")
    lines += ["", f"{'moved by calibration':26}{'before':>34} {'after':>34}  unit"]
    for row in answer.parameters:
        three = " ".join(_spread(getattr(row, name)) for name in ("before", "after"))
        lines.append(f"{row.parameter:26}{three}  {row.unit}")
    return "\n".join(lines)


def _spread(figure: Quantity, scale: float = 1.0) -> str:
    mean, low, high = (f"{end / scale:.4g}" for end in (figure.mean, figure.p2_5, figure.p97_5))
    return f"{mean} ({low} to {high})".rjust(34)


def correlations_(args: Namespace) -> str:
    answer = correlations(_result(args))
    if getattr(args, "format", "table") == "json":
        return to_json(answer)
    lines = [f"{'stated pair':52}{'stated':>8}{'found':>8}  in use"]
    for row in answer.stated:
        pair = f"{row.first} and {row.second}"
        used = "yes" if row.used else "no"
        lines.append(f"{pair:52}{row.rank_correlation:8.2f}{row.found:8.2f}  {used}")
    lines += ["", f"{'changed by published figures':52}{'':8}{'by':>8}"]
    for row in answer.implied:
        lines.append(f"{row.first + ' and ' + row.second:52}{'':8}{row.found:8.2f}")
    lines += ["", f"{'EUR million a year':20}{'total':>34} {'change by the package':>34}"]
    for name, totals in (("independent", answer.independent), ("correlated", answer.correlated)):
        both = _spread(totals.base_case_total, 1e6), _spread(totals.incremental_total, 1e6)
        lines.append(f"{name:20}{' '.join(both)}")
    return "\n".join(lines)


def voi_(args: Namespace) -> str:
    answer = value_of_information(_result(args), getattr(args, "reference_value", None))
    if _wants_json(args):
        return to_json(answer)
    lines = [
        f"EUR million a year, in force, {answer.population}; "
        f"reference value {answer.reference_value:g} EUR/QALY",
        f"{'option':40} {'benefit':>10} {'cost':>10} {'QALY':>10} {'best':>6}",
    ]
    for choice in answer.choices:
        means = _millions(choice.net_benefit.mean), _millions(choice.cost.mean)
        best = f"{choice.probability_best:6.0%}"
        lines.append(f"{choice.option:40} {' '.join(means)} {choice.qaly.mean:10.0f} {best}")
    lines += ["", f"{'worth of knowing at most':40} {'':10} {'error':>10}"]
    lines.append(_worth("everything", answer.evpi, answer.evpi_standard_error))
    for kind, rows in (("group", answer.groups), ("parameter", answer.evppi)):
        lines += [
            _worth(f"{kind} {getattr(row, kind)}", row.evppi, row.standard_error)
            for row in rows
            if row.evppi > 0
        ]
    study = answer.study
    lines.append(_worth("what the cohort study sees", study.at_most,
                        study.at_most_standard_error))  # fmt: skip
    lines.append(_worth("the cohort study", study.evsi, study.standard_error))
    lines.append(f"{'its cost, while it runs':40} {_millions(study.cost)}")
    return "\n".join(lines)


def sample_(args: Namespace) -> str:
    out = vars(args).pop("out", None)  # here --out is a folder, not the file for the text
    if out is None:
        raise UsageError("sample writes three tables: name a folder with --out DIR")
    options_ = {name: vars(args)[name] for name in ("perspective", "layout") if hasattr(args, name)}
    return "\n".join(str(path) for path in write_sample(_result(args), out, **options_))


def structures_(args: Namespace) -> str:
    answer = beside(_result(args))
    if getattr(args, "format", "table") == "json":
        return to_json(answer)
    lines = []
    for row in answer.structures:
        total, change = map(_in_millions, (row.base_case_total, row.incremental_total))
        lines += [
            f"{row.structure}: total {total}, package {change} EUR million a "
            f"year; {row.effective_draws:,.0f} prior draws count",
            f"  {'':20} {'published':>12} {'before':>12} {'after':>12} {'distance':>9}",
        ]
        for target in row.targets:
            means = " ".join(f"{target[when].mean:12.5g}" for when in WHEN)
            away = row.distances.get(target.id)
            lines.append(f"  {target.id:20} {means} {'' if away is None else f'{away:9.1f}'}")
        lines += [f"  {row.command}", ""]
    return "\n".join(lines).rstrip("\n")


def _in_millions(amount: Quantity) -> str:
    mean, low, high = (value / 1e6 for value in (amount.mean, amount.p2_5, amount.p97_5))
    return f"{mean:,.1f} ({low:,.1f} to {high:,.1f})"


def progress(part: float) -> None:
    """Progress on one line of a terminal; nothing where stderr is no terminal."""
    if sys.stderr.isatty():
        print(f"\r{part:4.0%}", end="\r" if part < 1 else "\n", file=sys.stderr, flush=True)


def _worth(name: str, worth: float, error: float) -> str:
    return f"{name:40} {worth / 1e6:10.2f} {error / 1e6:10.2f}"


def _millions(amount: float) -> str:
    return f"{amount / 1e6:10.1f}"


COMMANDS = {
    "correlations": correlations_,
    "targets": targets_,
    "structures": structures_,
    "tornado": tornado_,
    "voi": voi_,
    "sample": sample_,
}
