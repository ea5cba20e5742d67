"""Commands on a recording of the formulas: `engine` for the browser, `trace` of a figure."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from models.browser.errors import TracingError
from models.browser.generator import RUNTIME, generate
from models.browser.trace import trace
from models.command_line.commands import run_arguments
from models.command_line.trace_lines import trace_lines
from models.engine.record import to_json
from models.engine.run import run
from models.errors import UsageError, shown


def engine_(args: Namespace) -> str:
    """Write engine.js, columns.bin, engine.json and runtime.js into a folder; gives their paths."""
    out = vars(args).pop("out", None)  # here --out is a folder, not the file for the text
    if out is None:
        raise UsageError("engine writes four files: name a folder with --out DIR")
    result = run(**run_arguments(args))
    try:
        files = generate(result).files(getattr(args, "encoding", "float64"))
    except TracingError as error:
        raise UsageError(f"the formulas cannot be recorded: {error}") from None
    folder, written = Path(out), []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in {**files, RUNTIME.name: RUNTIME.read_bytes()}.items():
            (folder / name).write_bytes(content)
            written.append(str(folder / name))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"--out {shown(out)}: cannot be written ({why})") from None
    return "\n".join(written)


def trace_(args: Namespace) -> str:
    """The tree of a figure: as indented lines, or as JSON."""
    tree = trace(run(**run_arguments(args)), args.output)
    if getattr(args, "format", "table") == "json":
        return to_json(tree)
    return "\n".join(trace_lines(tree, getattr(args, "depth", None)))


COMMANDS = {"engine": engine_, "trace": trace_}
