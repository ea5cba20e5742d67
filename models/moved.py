"""Old module names that code outside the project imports; they go with version 0.3.

`from models.levers import Lever` was written before the modules stood in rooms.
"""

import sys
from types import ModuleType

from models.engine import budget, model, options, result, run, summary
from models.engine.output import document
from models.formulas import lever_effects, payers, people
from models.tables import assumptions, levers

MOVED = {
    "assumptions": (assumptions,),
    "levers": (lever_effects, levers),
    "model": (options, model),
    "payers": (payers,),
    "people": (people,),
    "results": (summary, document, budget, result),
    "run": (run,),
}


def register() -> None:
    """Make `import models.NAME` find the names of the modules that it was split into."""
    for name, modules in MOVED.items():
        old = ModuleType(f"models.{name}", f"Moved: see {', '.join(m.__name__ for m in modules)}.")
        for module in modules:
            old.__dict__.update({k: v for k, v in vars(module).items() if not k.startswith("__")})
        sys.modules.setdefault(old.__name__, old)
