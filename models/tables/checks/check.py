"""What the checks of the catalogue share: the rows, the sound parameters and the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.errors import Findings
from models.tables.catalogue import place
from models.tables.levers import Lever
from models.tables.rows import Assumption

Rows = Mapping[str, Sequence[Mapping]]
YEARS = (1980, 2100)  # of a row with a year


class Check:
    """Rows whose cells are in order, and the findings about them; `made` are the levers so far."""

    def __init__(self, rows: Rows, parameters: Mapping[str, Assumption], findings: Findings):
        self.rows, self.parameters, self.findings = rows, parameters, findings
        self.made: dict[str, Lever] = {}

    def add(self, code: str, table: str, raw: Mapping, column: str, found=None, **values) -> None:
        """Add a finding about a cell; `found` replaces what the cell holds."""
        where = place(table, raw, column)
        if found is not None:
            where["found"] = found
        self.findings.add(code, **where, **values)

    def sound(self, name: str) -> list[Mapping]:
        """The rows of a table without a wrong cell."""
        return [raw for raw in self.rows[name] if "__wrong__" not in raw]

    def of(self, names) -> list[Assumption]:
        """The assumptions with these names that are in order."""
        return [self.parameters[name] for name in names if name in self.parameters]


def is_money(row: Assumption) -> bool:
    """Whether the unit of an assumption is money, and not a ratio of two amounts."""
    return row.unit.startswith(("EUR", "USD")) and not row.unit.startswith("EUR per EUR")


def single_euro_price(rows: Sequence[Assumption]) -> bool:
    """Whether a product of these has the unit EUR: one of them is money, and in EUR."""
    money = [row for row in rows if is_money(row)]
    return len(money) == 1 and money[0].unit.startswith("EUR")
