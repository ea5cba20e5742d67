"""What low back pain costs the Netherlands, and what policies would change.

>>> import models
>>> result = models.run(levers={"xray_share": 0.05})
>>> result.headline["incremental_total"]["mean"]  # EUR a year, in force
"""

from models.analysis.backcast import backcast
from models.analysis.breakeven import breakeven
from models.analysis.comparison import chance_cheapest
from models.analysis.correlations import correlations
from models.analysis.cross_model import cross_model
from models.analysis.deliberation import deliberate
from models.analysis.edit_effects import price
from models.analysis.frontier import frontier
from models.analysis.predictions import predict
from models.analysis.rank import rank
from models.analysis.reconciliation import published, steps
from models.analysis.sample import sample
from models.analysis.scoring import score
from models.analysis.sensitivity import tornado, variance_shares
from models.analysis.shapley import attribute
from models.analysis.sheet import sheet, sheets
from models.analysis.signal import verdict, verdicts
from models.analysis.sweep import sweep
from models.analysis.targets import newspaper_free, targets, total_without_newspaper
from models.analysis.value_of_information import value_of_information
from models.analysis.versions import compare
from models.analysis.warnings import warnings
from models.browser.generator import generate as browser_engine
from models.browser.trace import trace
from models.bundles.contents import bundle, open_bundle, open_folder
from models.bundles.verify import verify
from models.bundles.zip_file import read_zip, write_zip
from models.engine.result import Result
from models.engine.run import load_levers, load_scenarios, run, run_like
from models.engine.summary import summary_of
from models.errors import DataError, UsageError
from models.formulas.draws import density
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
    "breakeven",
    "browser_engine",
    "chance_cheapest",
    "bundle",
    "compare",
    "correlations",
    "cross_model",
    "deliberate",
    "density",
    "frontier",
    "load_assumptions",
    "load_levers",
    "load_scenarios",
    "newspaper_free",
    "open_bundle",
    "open_folder",
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
