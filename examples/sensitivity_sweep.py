"""How the answer moves when one assumption does: a sweep, and the assumptions that matter most.

Run it whole from the root of the project, `python -m examples.sensitivity_sweep`, or cell by cell
in an editor that knows `# %%`. Frames say their units and what made them in `frame.attrs`.
"""

# %% A policy, and one assumption that carries it.
import numpy as np
import pandas as pd

import models
from models.analysis.uncertainty.sensitivity import tornado

POLICY = {"return_to_work_support": 0.5}
NAME = "eff_rtw_default"
DRAWS = 1_000


def millions(frame: pd.DataFrame) -> str:
    return (frame / 1e6).round(1).to_string()


# %% What the policy changes, per payer.
result = models.run(levers=POLICY, draws=DRAWS)
payers = result.summary("incremental", by="payer")[["mean", "p2_5", "p97_5"]]
print(f"million {payers.attrs['units']['mean']}, prices of {payers.attrs['price_year']}")
print(millions(payers))

# %% The assumption over its own range. Draws keep their ranks and the calibration is held, so that
# the difference shows the assumption and no noise.
row = models.load_assumptions()[NAME]
runs = {
    value: models.run(levers=POLICY, set_assumptions={NAME: value}, draws=DRAWS)
    for value in np.linspace(row.low, row.high, 7).round(3).tolist()
}
sweep = pd.DataFrame({v: run.headline["incremental_total"] for v, run in runs.items()}).T
sweep = sweep.drop(columns="unit").astype(float).rename_axis(NAME)
sweep.attrs["units"] = {NAME: row.unit} | dict.fromkeys(sweep.columns, "EUR/year")
print(f"\n{row.label_en}, {row.low:g} to {row.high:g} ({row.quality}; source {row.source})")
print(millions(sweep))

# %% The value at which the policy costs nothing.
(lever,) = POLICY
even = models.breakeven(lever, NAME, levers=POLICY, draws=DRAWS)
print(f"\ncosts nothing at {even['value']:.3f}; the model uses {even['base']:g}")

# %% Which assumptions move the answer most: one at a time, each over its own range.
bars = pd.DataFrame(tornado(models.run(levers=POLICY, draws=200))["bars"]).set_index("parameter")
bars.attrs["units"] = dict.fromkeys(["low", "high"], "EUR/year")
print("\nlargest swings of the difference, million EUR a year")
print(millions(bars[["low", "high"]].head(8)))

# %% The same run elsewhere: a command, and lines of Python.
print(f"\n{result.command}\n\n{result.python}")
