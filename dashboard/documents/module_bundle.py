"""ES modules of ours as one script, for a page that may load nothing: no tool, no eval.

Only the forms that our modules use are known: `import { a, b } from "./x.js"`,
`import * as x from "./x.js"`, and `export` before a function, a class or a constant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMED = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)"$', re.M)
WHOLE = re.compile(r'^import \* as (\w+) from "\./([\w.]+)"$', re.M)
EXPORT = re.compile(r"^export (?=(?:function|class|const) (\w+))", re.M)


def bundle(modules: Mapping[str, str]) -> str:
    """The script of these modules by file name, each after those it imports."""
    parts = ['"use strict";', "(() => {", "const modules = {}"]
    for name, text in modules.items():
        for pattern in (NAMED, WHOLE):
            for match in pattern.finditer(text):
                if match[2] not in [*modules][: [*modules].index(name)]:
                    raise ValueError(f"{name} imports {match[2]}, which does not stand before it")
        exported = EXPORT.findall(text)
        body = NAMED.sub(lambda match: f'const {{{match[1]}}} = modules["{match[2]}"]', text)
        body = WHOLE.sub(lambda match: f'const {match[1]} = modules["{match[2]}"]', body)
        body = EXPORT.sub("", body)
        if re.search(r"^(import|export)\b", body, re.M):
            raise ValueError(f"{name}: a form of import or export that is not known here")
        parts.append(
            f'modules["{name}"] = (() => {{\n{body}\nreturn {{{", ".join(exported)}}}\n}})()'
        )
    return "\n".join([*parts, "})()\n"])
