"""A run: base case and scenario on common draws, from levels and options."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from inspect import Parameter, signature
from pathlib import Path
from typing import Unpack, get_type_hints

from models.caching import cached
from models.engine.model import model
from models.engine.options import DEFAULTS, Options, RunOptions
from models.engine.result import Result
from models.errors import UsageError
from models.tables.assumptions import Assumptions
from models.tables.levers import Lever, check_levels, levers_of, packages


def run(
    levers: dict | None = None,
    scenario: str | dict | None = None,
    assumptions: Assumptions | None = None,
    set_assumptions: dict | None = None,
    **options: Unpack[RunOptions],
) -> Result:
    """Base case and scenario on common draws.

    levers: lever id -> level in the unit of the lever; one that is not named stays at today.
    scenario: a name of scenarios.csv or {"levers": {...}}; `levers` win over it. assumptions:
    default the published ones; set_assumptions: parameter -> value in its unit on top of them.
    Options as in `Options`. Raises UsageError (wrong call) or DataError (wrong data).
    """
    unknown = sorted(set(options) - set(DEFAULTS))
    if unknown:
        raise UsageError(f"unknown option: {', '.join(unknown)}")
    chosen = Options(**options)
    published = Assumptions.default()
    used = assumptions if assumptions is not None else published
    if set_assumptions:
        used = used.with_values(set_assumptions)
    catalogue = catalogue_of(used)
    levels = scenario_levels(scenario, used) | dict(levers or {})
    levels = check_levels(levels, catalogue)
    return Result(model(used, published, chosen), levels, catalogue, chosen, command, python)


def _with_options(call: Callable) -> None:
    """`help(models.run)` names every option with its type and default."""
    known = [p for p in signature(call).parameters.values() if p.kind is not Parameter.VAR_KEYWORD]
    named = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=DEFAULTS[name], annotation=kind)
        for name, kind in get_type_hints(RunOptions).items()
    ]
    call.__signature__ = signature(call).replace(parameters=[*known, *named])  # type: ignore


_with_options(run)


@cached(most=1)
def catalogue_of(assumptions: Assumptions) -> dict[str, Lever]:
    """Levers as these assumptions see them: today's rates follow the assumptions."""
    tables = assumptions.catalogue
    return levers_of(tables["levers"], tables["lever_effects"], assumptions)


@cached(most=1)
def scenarios_of(assumptions: Assumptions) -> dict[str, dict]:
    """Named scenarios: id -> row of scenarios.csv plus `levels` (lever -> level)."""
    tables = assumptions.catalogue
    return packages(tables["scenarios"], tables["scenario_levels"])


def load_levers(
    folder: str | Path | None = None, assumptions: Assumptions | None = None
) -> dict[str, Lever]:
    """Levers by id: of a folder of tables, else of these assumptions, else the published ones."""
    return catalogue_of(_used(folder, assumptions))


def load_scenarios(
    folder: str | Path | None = None, assumptions: Assumptions | None = None
) -> dict[str, dict]:
    """Named scenarios by id, from the same places as `load_levers`."""
    return scenarios_of(_used(folder, assumptions))


def _used(folder: str | Path | None, assumptions: Assumptions | None) -> Assumptions:
    used = assumptions if assumptions is not None else Assumptions.default()
    return used if folder is None else Assumptions.from_folder(folder, baseline=used)


def scenario_levels(scenario: str | dict | None, used: Assumptions) -> dict[str, float]:
    """Levels of a named or given scenario; UsageError with the names when unknown."""
    if scenario is None:
        return {}
    if isinstance(scenario, dict):
        return dict(scenario.get("levers", {}))
    named = scenarios_of(used)
    if scenario not in named:
        raise UsageError(f"unknown scenario {scenario!r}; known: {', '.join(named)}")
    return named[scenario]["levels"]


def command(levels: dict, assumptions: Assumptions, options: Options) -> str:
    """The shell command that gives the same numbers.

    Edits that `--set-assumption` cannot express need the tables themselves: the command then
    holds the word FOLDER, for the folder in which the reader has these tables.
    """
    words = ["python", "-m", "models", "run"]
    for name, level in levels.items():
        words += ["--set", f"{name}={level!r}"]
    differences = assumptions.as_values(Assumptions.default())
    if differences.without_value:
        words += ["--assumptions", "FOLDER"]
    else:
        for name, value in differences.values.items():
            three = value if isinstance(value, tuple) else (value,)
            words += ["--set-assumption", f"{name}={':'.join(map(repr, three))}"]
    for name, default in DEFAULTS.items():
        value = getattr(options, name)
        if value != default:
            words += [f"--{name.replace('_', '-')}"] + ([] if value is True else [str(value)])
    return shlex.join(words)


def python(levels: dict, assumptions: Assumptions, options: Options) -> str:
    """The lines of Python that give the same numbers; FOLDER as in `command`."""
    differences = assumptions.as_values(Assumptions.default())
    arguments = {"levers": repr(levels)} if levels else {}
    if differences.without_value:
        arguments["assumptions"] = 'models.load_assumptions("FOLDER")'
    elif differences.values:
        arguments["set_assumptions"] = repr(differences.values)
    for name, default in DEFAULTS.items():
        value = getattr(options, name)
        if value != default:
            arguments[name] = repr(value)
    inner = "".join(f"    {name}={value},\n" for name, value in arguments.items())
    call = f"models.run(\n{inner})" if inner else "models.run()"
    return f"import models\n\nresult = {call}\nprint(result.headline)"


def run_like(result: Result, levels: dict[str, float], **options) -> Result:
    """The same run with other levels (and options): same draws, same assumptions."""
    chosen = Options(**{**vars(result.options), **options})
    used = result.model.assumptions
    checked = check_levels(levels, catalogue_of(used))
    base = model(used, Assumptions.default(), chosen)
    return Result(base, checked, result.levers, chosen, command, python)
