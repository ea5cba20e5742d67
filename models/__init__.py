"""What low back pain costs the Netherlands, and what policies would change.

>>> import models
>>> result = models.run(levers={"xray_share": 0.05})
>>> result.headline["incremental_total"]["mean"]  # EUR a year, in force
"""

from models.analysis.backcast import backcast
from models.analysis.cross_model import cross_model
from models.analysis.predictions import predict
from models.analysis.scoring import score
from models.archive import read_zip, write_zip
from models.assumptions import Assumptions
from models.attribution import attribute
from models.breakeven import breakeven
from models.browser.generator import generate as browser_engine
from models.bundle import bundle, open_bundle, open_folder
from models.comparison import chance_cheapest
from models.draws import density
from models.errors import DataError, UsageError
from models.frontier import frontier
from models.history import compare
from models.plausibility import warnings
from models.price import price
from models.reconciliation import published, steps
from models.results import VERSION, Result, summary_of
from models.run import load_levers, load_scenarios, run, run_like
from models.sample import sample
from models.sensitivity import tornado, variance_shares
from models.sweep import sweep
from models.tables import read_table
from models.value_of_information import value_of_information
from models.verdict import verdict, verdicts
from models.verify import verify


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
    "cross_model",
    "density",
    "frontier",
    "load_assumptions",
    "load_levers",
    "load_scenarios",
    "open_bundle",
    "open_folder",
    "predict",
    "price",
    "published",
    "read_table",
    "read_zip",
    "run",
    "run_like",
    "sample",
    "score",
    "steps",
    "summary_of",
    "sweep",
    "tornado",
    "value_of_information",
    "variance_shares",
    "verdict",
    "verdicts",
    "verify",
    "warnings",
    "write_zip",
]
