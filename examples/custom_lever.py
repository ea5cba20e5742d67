"""A policy of your own, in rows of a table: no Python of the model is touched.

Run it whole from the root of the project, `python -m examples.custom_lever`, or cell by cell in an
editor that knows `# %%`. The policy: employers pay for advice at the workplace, so that fewer
people report sick. What it costs and does are **made up**, to show the steps; the rows say so.
"""

# %% Where the tables go. Everything that is not in the folder is as published.
import csv
import tempfile
from pathlib import Path

import models
from models.paths import DATA

folder = Path(tempfile.mkdtemp(prefix="custom_lever_"))

# %% Two numbers of our own: what the advice costs, and what it does to the number of spells.
OURS = {
    "interval": "95%",
    "source": "expert_guess",
    "source_detail": "Made up for this example",
    "provenance": "expert_guess",
    "quality": "red",
    "note": "Made up to show how a policy is added.",
}
numbers = [
    {
        "parameter": "advice_cost", "label_en": "Advice at the workplace: cost a year",
        "label_nl": "Advies op de werkplek: kosten per jaar", "base": 8e6, "low": 5e6, "high": 12e6,
        "distribution": "gamma", "unit": "EUR/year", "price_year": 2024, "group": "programme",
    },
    {
        "parameter": "eff_advice", "label_en": "Advice at the workplace: spells of sick leave",
        "label_nl": "Advies op de werkplek: aantal ziekmeldingen", "base": 0.99, "low": 0.97,
        "high": 1.01, "distribution": "lognormal", "unit": "ratio", "price_year": "",
        "group": "effects",
    },
]  # fmt: skip


def write(name: str, columns: list[str], rows: list[dict]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def published(name: str) -> tuple[list[str], list[dict]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


columns, _ = published("assumptions/programme.csv")
write("advice.csv", columns, [OURS | row for row in numbers])

# %% The slider: one row beside the published ones.
columns, levers = published("levers.csv")
ours = {
    "id": "workplace_advice", "group": "work", "label_en": "Advice at the workplace",
    "label_nl": "Advies op de werkplek", "unit": "share of employers", "min": 0, "max": 1,
    "step": 0.1, "today": 0, "ramp_years": 2, "programme_fixed": "advice_cost",
    "programme_when": "above", "programme_payer": "employer", "expected_sign": "either",
    "expected_measure": "sick_days", "expected_direction": "down",
    "breakeven_parameter": "eff_advice", "source": "eff_advice",
}  # fmt: skip
write("levers.csv", columns, [*levers, ours])

# %% What it does: at full reach the number of spells is `eff_advice` times what it was.
columns, effects = published("lever_effects.csv")
acts = {
    "lever": "workplace_advice", "parameter": "sl_share", "operation": "scale",
    "effect": "eff_advice", "note": "Number of sick-leave spells",
}  # fmt: skip
write("lever_effects.csv", columns, [*effects, acts])

# %% Read and check. A mistake in a row is named with its file, row, column and remedy.
assumptions = models.load_assumptions(folder)
extra = sorted(set(assumptions) - set(models.load_assumptions()))
print(f"{len(assumptions)} assumptions, of which ours: {', '.join(extra)}")

# %% It is a policy like any other: nothing at today's level, and alive when it is moved.
today = models.run(assumptions=assumptions, draws=1_000)
result = models.run(levers={"workplace_advice": 1.0}, assumptions=assumptions, draws=1_000)
change = result.summary("incremental", "payer")[["mean", "p2_5", "p97_5"]]
print(f"million {change.attrs['units']['mean']}, prices of {change.attrs['price_year']}")
print((change / 1e6).round(1).to_string())

# %% The value of its effect at which it costs nothing.
even = models.breakeven("workplace_advice", assumptions=assumptions, draws=1_000)
print(f"costs nothing at {even['parameter']} = {even['value']:.4f}; made up: {even['base']:g}")

# %% The same from the command line; FOLDER is where the tables are.
print(result.command.replace("FOLDER", str(folder)))
