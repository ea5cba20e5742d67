"""`trace` as text: a tree of indented lines, and the sources that its parameters name."""

from __future__ import annotations

from models.browser.tree import CalibratedLeaf, ConstantLeaf, Formula, LeverLeaf, Part, Trace
from models.tables.edits import READER


def trace_lines(trace: Trace, depth: int | None = None) -> list[str]:
    """The tree as indented lines, `depth` levels deep; a step listed before is not repeated."""
    lines: list[str] = []
    seen: set[int] = set()

    def add(number: int, level: int) -> None:
        part = trace.steps[number]
        indent = "  " * level
        if number in seen and isinstance(part, Formula):
            lines.append(f"{indent}{_title(part)} (see above)")
            return
        seen.add(number)
        lines.append(f"{indent}{_title(part)}{_description(part)}")
        if isinstance(part, Formula) and (depth is None or level < depth):
            for operand in part.of:
                add(operand, level + 1)

    add(trace.top, 0)
    lines += ["", "sources"]
    for key, row in trace.sources.items():
        parts = (row.get("authors"), row.get("title"), row.get("year"), row.get("url"))
        lines.append(f"  {key}: " + ". ".join(str(part) for part in parts if part))
    return lines


def _title(part: Part) -> str:
    return getattr(part, "label_en", "") or part.name.replace("_", " ")


def _description(part: Part) -> str:
    """The text after the title: value, range and origin."""
    if isinstance(part, Formula):
        place = f"[{part.function}, {part.file}:{part.line}]"
        return f": {part.mean:,.6g} = {part.words}  {place}"
    if isinstance(part, LeverLeaf):
        return f": level {part.value:g}, today {part.today:g}, {part.unit}"
    if isinstance(part, CalibratedLeaf):
        return f": {part.mean:.4g}; solved in every draw to meet the anchor {part.anchor}"
    if isinstance(part, ConstantLeaf):
        return f": {part.mean:.6g}"
    spread = f" ({part.low:g} to {part.high:g})" if part.low != part.high else ""
    known = f"{part.provenance}, {part.source}"
    if part.provenance == READER:
        known = f"the reader's own. {part.source_detail or 'No reason given.'}"
    return f": {part.base:g}{spread} {part.unit}; {known}"
