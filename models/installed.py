"""Check of the requirements before any other import: a sentence instead of a traceback."""

import sys
from importlib.util import find_spec


def demand(*names: str) -> None:
    """End a command (`python -m`) in a sentence where one of these packages is missing.

    While Python looks for the module of `-m`, the first word of the command line is still "-m".
    Whoever imports our packages in code gets Python's own error instead.
    """
    absent = [name for name in names if find_spec(name) is None]
    if absent and sys.argv[:1] == ["-m"]:
        raise SystemExit(
            f"not installed: {', '.join(absent)}; do: {sys.executable} -m pip install -r "
            "requirements.txt, or use the Python of the environment that README.md makes "
            "(.venv/bin/python)"
        )


demand("numpy", "pandas", "scipy", "cachetools")
