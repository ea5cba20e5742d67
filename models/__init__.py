"""What low back pain costs the Netherlands, and what policies would change.

>>> import models
>>> result = models.run(levers={"xray_share": 0.05})
>>> result.headline["incremental_total"]["mean"]  # EUR a year, in force
"""

# the first import, for its sentence where a requirement is missing
from models import installed  # noqa: F401, I001
from models.analysis.choice.breakeven import breakeven
from models.analysis.choice.comparison import chance_cheapest, chance_largest_payer
from models.analysis.choice.decision import decide
from models.analysis.choice.frontier import frontier
from models.analysis.choice.rank import rank
from models.analysis.choice.shapley import attribute
from models.analysis.choice.sheet import sheet, sheets
from models.analysis.sweeps.table import sweep
from models.analysis.evidence.basis import basis
from models.analysis.evidence.deliberation import deliberate
from models.analysis.evidence.elicitation import elicited, read_answers
from models.analysis.evidence.round_table import round_table
from models.analysis.evidence.edit_effects import price
from models.analysis.evidence.reconciliation import published, steps
from models.analysis.evidence.targets import newspaper_free, targets, total_without_newspaper
from models.analysis.evidence.trial_rows import read_trials
from models.analysis.evidence.trials import trials
from models.analysis.evidence.versions import compare
from models.analysis.history.backcast import backcast
from models.analysis.history.cross_model import cross_model, per_inhabitant
from models.analysis.history.predictions import predict
from models.analysis.history.scoring import score
from models.analysis.signal import verdict, verdicts
from models.analysis.uncertainty.correlations import correlations
from models.analysis.uncertainty.sample import sample
from models.analysis.uncertainty.sensitivity import tornado, variance_shares
from models.analysis.uncertainty.value_of_information import value_of_information
from models.engine.output.warnings import warnings
from models.browser.generator import generate as browser_engine
from models.browser.trace import trace
from models.bundles.contents import bundle, open_bundle, open_folder
from models.bundles.verify import verify
from models.bundles.zip_file import read_zip, write_zip
from models.engine.result import Result
from models.engine.run import load_levers, load_scenarios, run, run_like
from models.engine.summary import summary_of
from models.errors import DataError, UsageError
from models.formulas.distributions import density
from models.moved import register
from models.tables.assumptions import Assumptions
from models.tables.csv_file import read_table
from models.version import VERSION

register()


def load_assumptions(path=None) -> Assumptions:
    """The published assumptions, or those of a folder (or a zip of it) checked against them."""
    if path is None:
        return Assumptions.default()
    if str(path).lower().endswith(".zip"):
        return open_folder(path)
    return Assumptions.from_folder(path, baseline=Assumptions.default())


__all__ = [
    "VERSION",
    "Assumptions",
    "DataError",
    "Result",
    "UsageError",
    "attribute",
    "backcast",
    "basis",
    "breakeven",
    "browser_engine",
    "chance_cheapest",
    "chance_largest_payer",
    "bundle",
    "compare",
    "correlations",
    "cross_model",
    "decide",
    "deliberate",
    "elicited",
    "read_answers",
    "read_trials",
    "round_table",
    "trials",
    "density",
    "frontier",
    "load_assumptions",
    "load_levers",
    "load_scenarios",
    "newspaper_free",
    "open_bundle",
    "open_folder",
    "per_inhabitant",
    "predict",
    "price",
    "published",
    "rank",
    "read_table",
    "read_zip",
    "run",
    "run_like",
    "sample",
    "score",
    "sheet",
    "sheets",
    "steps",
    "summary_of",
    "sweep",
    "targets",
    "total_without_newspaper",
    "tornado",
    "trace",
    "value_of_information",
    "variance_shares",
    "verdict",
    "verdicts",
    "verify",
    "warnings",
    "write_zip",
]
