"""Checks between the tables of the catalogue and the assumptions.

Every name refers to a row, every lever can be moved over its whole range, every cost item is
made and borne in full.

Long: one class with a method a table; they share the rows, the names and the findings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from numpy.linalg import LinAlgError

from models.errors import Findings
from models.formulas.base_case import QUANTITIES
from models.formulas.cash import TRANSFERS
from models.formulas.draws import KNOT_PREFIX, copula
from models.formulas.lever_effects import CURVE
from models.formulas.payers import PAYERS, REST
from models.tables.by_year_checks import check_values_by_year
from models.tables.catalogue import all_measures, listed, near, place
from models.tables.catalogue_columns import FORMULA_ITEMS, PROGRAMME, RULES, TABLES, VOCABULARY
from models.tables.levers import TEXTS, Lever, lever_of
from models.tables.rows import Assumption, cell

Rows = Mapping[str, Sequence[Mapping]]

MAX_STEPS = 10_000
YEARS = (1980, 2100)
MAX_RAMP = 50
SOCIETY = "society"
BY_ROWS_ONLY = {"physiotherapy", PROGRAMME, *TRANSFERS}  # split by formulas of their own
WARNINGS = frozenset(  # sentences with other fields than two levers
    "title factor_out_of_range beyond_evidence physiotherapists shares_above_one "
    "few_draws_count assumption_beyond_range large_change of_physiotherapy of_sick_leave "
    "of_total of_episodes "
    "of_chronic_patients of_sick_days of_physiotherapy_sessions".split()
)
# names with another meaning in a link, on a page or in a table of results
RESERVED = frozenset(
    "lang anchor valuation overlap years draws seed recalibrate presenteeism schema assumptions "
    "link perspective name levers scenario notices past refused to_default edits total rest "
    "own_assumptions holder document today scenario_id choices kept_packages compared compare "
    "all_to_today all_to_today_here close_notices even examples language section undo undo_here "
    "ways_back page package source ref claim assumption whose years_here budget drivers preview "
    "perspectives share keep_package to_published to_published_again own_assumptions_notice "
    "years_by_perspective live engine".split()
)
_STARTS = re.compile(  # of the ids of page elements for one lever, chart or package
    "(card|chart|claims|compare|drop|even|export|ledger|package|plain|printable|section|today)_"
)


def reserved(name: str) -> bool:
    """Whether the name of a lever has another meaning on a page, in a link or in results."""
    return name in RESERVED or _STARTS.match(name) is not None


# allowed names in English and Dutch, where a list of all would be too long
SETS = {
    "levers": ("an id of levers.csv", "een id uit levers.csv"),
    "cost_items": ("an id of cost_items.csv", "een id uit cost_items.csv"),
    "scenarios": ("an id of scenarios.csv", "een id uit scenarios.csv"),
    "sources": ("a key of sources.csv", "een key uit sources.csv"),
    "parameters": ("a parameter of the assumptions", "een parameter uit de aannames"),
    "drawn": ("a parameter of the assumptions", "een parameter uit de aannames"),
    "drawn or rest": ("a parameter, or rest", "een parameter, of rest"),
    "drawn or curve": ("a parameter, or absence_curve", "een parameter, of absence_curve"),
    "measures": (
        "a health measure, a cost item or a payer",
        "een gezondheidsmaat, een kostenpost of een betaler",
    ),
}


def check_catalogue(
    rows: Rows,
    parameters: Mapping[str, Assumption],
    named: Collection[str],
    sources: Collection[str],
    findings: Findings,
    views: Collection[str] = (),
) -> None:
    """Check rows and tables of the catalogue against each other; errors go to `findings`.

    `parameters` are the assumptions that are in order, `named` all that have a row (a wrong row
    already has its finding), and `views` the perspectives that links may ask for.
    """
    known = _known(rows, parameters, named, sources, findings)
    for name, columns in TABLES.items():
        for column in (c for c in columns if c.kind == "names"):
            for raw in rows[name]:
                _names(name, raw, column, known, parameters, findings)
    check = _Check(rows, parameters, findings)
    check.levers()
    check.items()
    check.shares()
    check.rules()
    check_values_by_year(check, YEARS)
    check.perspectives()
    check.rows_that_must_be(views)
    check.scenarios()
    check.targets()
    check.correlations()


def _known(rows, parameters, named, sources, findings) -> dict[str, Collection[str]]:
    """The names that a cell may hold. A row that could not be read counts as a row that exists."""
    unread = {}
    for problem in findings:
        unread.setdefault(problem.file.removesuffix(".csv"), set()).add(problem.key)
    ids = {
        name: {row["id"] for row in rows[name]} | unread.get(name, set())
        for name in ("levers", "cost_items", "scenarios")
    }
    return VOCABULARY | {
        **ids,
        "sources": sources,
        "parameters": named,
        "drawn": named,
        "drawn or rest": {*named, REST},
        "drawn or curve": {*named, CURVE},
        "measures": all_measures(ids["cost_items"]),
    }


def _names(name, raw, column, known, parameters, findings) -> None:
    """One cell of names: none missing, none twice, each known, each drawn where it must be."""
    where = place(name, raw, column.name)
    names = listed(raw.get(column.name, ""), column.sign)
    if not names and not column.empty:
        names = ("",)
    if len(set(names)) < len(names):
        findings.add("name_twice", **where)
    allowed = known[column.known]
    allowed_names = SETS.get(column.known) or ", ".join(part for part in allowed if part)
    for id_ in names:
        place_ = where | {"found": id_}
        if id_ not in allowed:
            findings.add(
                "name_unknown", **place_, names=allowed_names, nearest=near(id_, allowed, findings)
            )
        elif column.known.startswith("drawn") and id_ in parameters:
            if parameters[id_].group == "context":
                findings.add("name_context", **place_)
            elif column.name in ("amount", "share") and id_.startswith(KNOT_PREFIX):
                findings.add("name_knot", **place_, name=KNOT_PREFIX)


class _Check:
    """The checks between rows, on rows whose cells are in order."""

    def __init__(self, rows: Rows, parameters: Mapping[str, Assumption], findings: Findings):
        self.rows, self.parameters, self.findings = rows, parameters, findings
        self.made: dict[str, Lever] = {}

    def add(self, code: str, table: str, raw: Mapping, column: str, found=None, **values) -> None:
        where = place(table, raw, column)
        if found is not None:
            where["found"] = found
        self.findings.add(code, **where, **values)

    def sound(self, name: str) -> list[Mapping]:
        return [raw for raw in self.rows[name] if "__wrong__" not in raw]

    def of(self, names) -> list[Assumption]:
        return [self.parameters[name] for name in names if name in self.parameters]

    # -- levers -------------------------------------------------------------------------------

    def levers(self) -> None:
        effects: dict[str, list[Mapping]] = {}
        for raw in self.sound("lever_effects"):
            effects.setdefault(raw["lever"], []).append(raw)
        idle = {raw["lever"] for raw in self.rows["lever_effects"]}
        for raw in self.sound("levers"):
            if reserved(raw["id"]):
                self.add("id_reserved", "levers", raw, "id")
            if raw["id"] not in idle:
                self.add("lever_idle", "levers", raw, "id")
            for part in TEXTS:
                texts = [f"{part}_{lang}" for lang in ("en", "nl")]
                for column, other in (texts, texts[::-1]):
                    if raw.get(other) and not raw.get(column):
                        self.add("text_both", "levers", raw, column, name=other)
            self.programme(raw, effects.get(raw["id"], []))
            if self.range(raw):
                lever = lever_of(raw, effects.get(raw["id"], []), self.parameters)
                self.made[lever.id] = lever
        for raw in self.sound("lever_conflicts"):
            if raw["key"] in WARNINGS:
                self.add("id_reserved", "lever_conflicts", raw, "key")
        for lever_id, rows in effects.items():
            for raw in rows:
                self.effect(raw, self.made.get(lever_id))

    def range(self, raw: Mapping) -> bool:
        """Whether the range of the slider is in order: whole steps, and countable years."""
        before = len(self.findings)
        low, high, step, today, ramp = (
            float(raw[name]) for name in ("min", "max", "step", "today", "ramp_years")
        )
        three = " / ".join((raw["min"], raw["today"], raw["max"]))
        if not low <= today <= high or low == high:
            self.add("lever_order", "levers", raw, "today", three)
        steps = (high - low) / step if step > 0 else 0
        if not 1 <= round(steps) <= MAX_STEPS or abs(steps - round(steps)) > 1e-6:
            self.add("lever_step", "levers", raw, "step", limit=MAX_STEPS)
        if ramp % 1 or not 1 <= ramp <= MAX_RAMP:
            self.add("lever_ramp", "levers", raw, "ramp_years", limit=MAX_RAMP)
        trials = raw["trial_low"], raw["trial_high"]
        both = all(trials)
        if any(trials) and not (both and float(trials[0]) <= float(trials[1])):
            self.add("lever_trial", "levers", raw, "trial_low", " / ".join(trials))
        return len(self.findings) == before

    def programme(self, raw: Mapping, effects: list[Mapping]) -> None:
        """Programme costs are money, per participant only where participants can be counted."""
        units = listed(raw["programme_unit"], "*")
        for column, names in (
            ("programme_fixed", [raw["programme_fixed"]]),
            ("programme_unit", units),
        ):
            rows = self.of(names)
            if rows and len(rows) == len(names) and not _single_euro_price(rows):
                self.add("money_once", "levers", raw, column)
        if bool(units) != bool(raw["programme_population"]):
            self.add("programme_both", "levers", raw, "programme_population")
        on_curve = any(row["parameter"] == CURVE for row in effects)
        if raw["programme_population"] == "absent" and not on_curve:
            self.add("programme_absent", "levers", raw, "programme_population")

    def effect(self, raw: Mapping, lever: Lever | None) -> None:
        """Whether the operation has a meaning for its parameter over the whole slider."""
        name, operation, effect = "lever_effects", raw["operation"], raw["effect"]
        curve = raw["parameter"] == CURVE
        for column in ("effect", "reach"):
            if operation == "set" and raw.get(column):
                self.add("effect_empty", name, raw, column)
        for row in self.of([raw.get("reach", "")]):
            if _money(row) or row.support != (0.0, 1.0):
                self.add("share_kind", name, raw, "reach", what=row.unit)
        if operation != "set" and not effect:
            self.add("effect_needed", name, raw, "effect")
        if curve != bool(raw["from_week"]) or (curve and operation != "hazard"):
            self.add("effect_week", name, raw, "from_week")
        elif curve and f"{KNOT_PREFIX}{raw['from_week']}" not in self.parameters:
            self.add("effect_knot", name, raw, "from_week")
        for row in self.of([effect]):
            lower, upper = row.support
            if _money(row) or lower < 0 or (operation == "reduce" and upper > 1):
                self.add("effect_kind", name, raw, "effect", what=f"{operation}, {row.unit}")
        target = next(iter(self.of([raw["parameter"]])), None)
        if target and operation == "hazard" and target.support != (0.0, 1.0):
            self.add("effect_risk", name, raw, "parameter", what=target.unit)
        if lever is None:
            return
        reach = max(lever.max - lever.today, lever.today - lever.min)
        if operation != "set" and reach > 1 + 1e-9:
            self.add("effect_reach", name, raw, "operation", found=cell(reach))
        if target and operation == "set":
            times = 1.0 if lever.today == 0 else target.base / lever.today
            lower, upper = target.support
            for end in (lever.min * times, lever.max * times):
                if not lower - 1e-9 <= end <= upper + 1e-9:
                    limits = {"lower": cell(lower), "upper": cell(upper), "what": target.unit}
                    self.add("effect_set", name, raw, "parameter", found=cell(end), **limits)
                    break

    # -- costs --------------------------------------------------------------------------------

    def items(self) -> None:
        """Each cost item has one origin: a formula, or the product of the parameters in its row."""
        name = "cost_items"
        base_year = self.parameters.get("price_base_year")
        for raw in self.sound(name):
            item, amount, follows = raw["id"], raw.get("amount", ""), raw.get("follows", "")
            if item in FORMULA_ITEMS:
                kind = "transfer" if item in TRANSFERS else "resource"
                if amount or follows:
                    self.add("item_formula", name, raw, "amount" if amount else "follows")
                if raw["kind"] != kind:
                    self.add("item_kind", name, raw, "kind", name=kind)
                continue
            if item in RESERVED or item in all_measures(()):
                self.add("id_reserved", name, raw, "id")
            if raw["kind"] != "resource":
                self.add("item_kind", name, raw, "kind", name="resource")
            for column in ("amount", "follows"):
                if not raw.get(column):
                    self.add("item_empty", name, raw, column)
            rows = self.of(names := listed(amount, "*"))
            if names and len(rows) == len(names):
                year = next((row.price_year for row in rows if _money(row)), None)
                if not _single_euro_price(rows):
                    self.add("money_once", name, raw, "amount")
                elif base_year and year != base_year.base:
                    base_text = cell(base_year.base)
                    self.add("money_year", name, raw, "amount", cell(year), name=base_text)
                if any(row.support[0] < 0 for row in rows):
                    self.add("amount_sign", name, raw, "amount")

    def shares(self) -> None:
        """Shares have the unit share, existing items and payers, and one payer of the rest."""
        name = "payer_shares"
        rest = {raw["id"]: [] for raw in self.sound("cost_items") if raw["id"] not in BY_ROWS_ONLY}
        for raw in self.rows[name]:
            if raw["cost_item"] in BY_ROWS_ONLY:
                self.add("share_formula", name, raw, "cost_item")
            elif raw["share"] == REST:
                rest.setdefault(raw["cost_item"], []).append(raw)
            for row in self.of([raw["share"]]):
                if _money(row) or row.support != (0.0, 1.0):
                    self.add("share_kind", name, raw, "share", what=row.unit)
        for item, rows in rest.items():
            if len(rows) != 1:
                where = place(name, rows[-1] if rows else {}, "share") | {"key": item}
                self.findings.add("share_rest", **where | {"found": f"{len(rows)} x {REST}"})

    def rules(self) -> None:
        """Dated rules: whole years, possible values, a row for each rule that a formula reads."""
        name, first, last = "dated_rules", *YEARS
        for raw in self.sound(name):
            year, value = float(raw["year"]), float(raw["value"])
            if year % 1:
                self.add("whole", name, raw, "year")
            elif not first <= year <= last:
                limits = {"lower": str(first), "upper": str(last), "what": "year"}
                self.add("range", name, raw, "year", **limits)
            share = raw["unit"].startswith("share")
            if value < 0 or (share and value > 1):
                limits = {"lower": "0", "upper": "1" if share else ">", "what": raw["unit"]}
                self.add("range", name, raw, "value", **limits)
        laws = {raw["rule"] for raw in self.rows[name] if raw.get("status") == "law"}
        unread = {
            item.key.partition(" / ")[0] for item in self.findings if item.file == f"{name}.csv"
        }
        for item in RULES:
            if item not in laws | unread:
                self.findings.add("row_gone", file=f"{name}.csv", key=item, found="", name=item)

    def perspectives(self) -> None:
        """A perspective sums resource cost by payer and category, or money by cash payer."""
        for raw in self.sound("perspectives"):
            resource = raw["payers"], raw["categories"]
            if any(resource) == bool(raw["cash"]) or (any(resource) and not all(resource)):
                self.add("perspective_view", "perspectives", raw, "cash")

    def rows_that_must_be(self, views: Collection[str]) -> None:
        """Cost items, payers and perspectives that formulas and pages need, with `society`."""
        unread = {problem.key for problem in self.findings}
        for name, wanted in (
            ("cost_items", FORMULA_ITEMS),
            ("payers", PAYERS),
            ("perspectives", views),
        ):
            present = {raw["id"] for raw in self.rows[name]}
            for id in wanted:
                if id not in present | unread:
                    self.findings.add("row_gone", file=f"{name}.csv", key=id, found="", name=id)
        society = [raw for raw in self.rows["perspectives"] if raw["id"] == SOCIETY]
        for raw in society or [{"id": SOCIETY}]:
            if SOCIETY in unread and not society:
                continue
            for column in ("payers", "categories"):
                if raw.get(column) != "*":
                    self.add("perspective_society", "perspectives", raw, column)

    # -- scenarios ----------------------------------------------------------------------------

    def scenarios(self) -> None:
        """Levels that the sliders can have; every package has at least one level."""
        name = "scenario_levels"
        for raw in self.sound(name):
            lever = self.made.get(raw["lever"])
            if lever is None:
                continue
            level = float(raw["level"])
            if not lever.min <= level <= lever.max:
                limits = {"lower": f"{lever.min:g}", "upper": f"{lever.max:g}", "what": lever.unit}
                self.add("level_range", name, raw, "level", **limits)
            elif level != lever.today and not _whole((level - lever.min) / lever.step):
                step = f"{lever.step:g}"
                self.add("level_step", name, raw, "level", name=f"{lever.min:g}", what=step)
        with_levels = {raw["scenario"] for raw in self.rows[name]}
        for raw in self.sound("scenarios"):
            if raw["id"] in RESERVED:
                self.add("id_reserved", "scenarios", raw, "id")
            if raw["id"] not in with_levels:
                self.add("scenario_idle", "scenarios", raw, "id")

    # -- targets ------------------------------------------------------------------------------

    def targets(self) -> None:
        """Published figures: a mean inside a range above 0, in the unit of their quantity."""
        name = "targets"
        for raw in self.sound(name):
            quantity = QUANTITIES.get(raw["quantity"])
            if quantity is None:
                continue
            low, mean, high = (float(raw[column]) for column in ("low", "mean", "high"))
            if not 0 < low < mean < high:
                three = " / ".join((raw["low"], raw["mean"], raw["high"]))
                self.add("target_range", name, raw, "mean", three)
            if raw["unit"] != quantity.unit:
                self.add("target_unit", name, raw, "unit", name=quantity.unit)
            for column in ("from_day", "day"):
                if bool(raw[column]) != (column in quantity.days):
                    code = "target_day" if column in quantity.days else "target_no_day"
                    self.add(code, name, raw, column, what=raw["quantity"])
                elif raw[column] and float(raw[column]) < 0:
                    self.add("target_day", name, raw, column, what=raw["quantity"])

    # -- correlations -------------------------------------------------------------------------

    def correlations(self) -> None:
        """Rank correlations between two drawn parameters, which together form a possible matrix."""
        name, pairs = "correlations", {}
        for raw in self.sound(name):
            rho = float(raw["rank_correlation"])
            if raw["first"] == raw["second"] or not -1 < rho < 1:
                self.add("correlation_pair", name, raw, "rank_correlation")
            elif (raw["second"], raw["first"]) in pairs:
                reverse = f"{raw['second']} / {raw['first']}"
                self.add("id_twice", name, raw, "second", other=reverse)
            elif raw["use"] == "1":
                pairs[raw["first"], raw["second"]] = rho
        try:
            copula(pairs)
        except LinAlgError:
            self.findings.add("correlation_matrix", file=f"{name}.csv", found=len(pairs))


def _money(row: Assumption) -> bool:
    return row.unit.startswith(("EUR", "USD")) and not row.unit.startswith("EUR per EUR")


def _single_euro_price(rows: Sequence[Assumption]) -> bool:
    money = [row for row in rows if _money(row)]
    return len(money) == 1 and money[0].unit.startswith("EUR")


def _whole(steps: float) -> bool:
    return abs(steps - round(steps)) < 1e-6
