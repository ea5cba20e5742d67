"""The JSON Schema of a record: what a program may expect of an answer, made of its own types."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from models.engine.record import Named

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SIMPLE: dict[Any, dict] = {
    float: {"type": "number"},
    int: {"type": "integer"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
    Any: {},
    object: {},
}


def schema_of(kind: type, title: str) -> dict:
    """The whole schema of a record class; the classes within it stand under `$defs`.

    An object has all of its fields and no other. A class is described by its docstring, where the
    units stand.
    """
    definitions: dict[str, dict] = {}
    whole = _object(kind, definitions)
    head = {"$schema": DRAFT, "title": title, **whole}
    return head | ({"$defs": dict(sorted(definitions.items()))} if definitions else {})


def _object(kind: type, definitions: dict[str, dict]) -> dict:
    properties = _properties(kind, definitions)
    return {
        "type": "object",
        "description": " ".join((inspect.getdoc(kind) or "").split()),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _properties(kind: type, definitions: dict[str, dict]) -> dict[str, dict]:
    """Name in the JSON -> schema; the fields of what stands inline are among them."""
    hints = get_type_hints(kind, include_extras=True)
    properties: dict[str, dict] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        hint, name = hints[field.name], field.name
        notes = [n for n in getattr(hint, "__metadata__", ()) if isinstance(n, Named)]
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
        if notes and not notes[0].name:
            properties |= _properties(hint, definitions)
        else:
            properties[notes[0].name if notes else name] = _type(hint, definitions)
    return properties


def _type(hint: Any, definitions: dict[str, dict]) -> dict:
    """The schema of one type."""
    if hint in SIMPLE:
        return dict(SIMPLE[hint])
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type(inner[0], definitions)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_type(part, definitions) for part in inner]}
    if origin is tuple and inner[-1:] == (...,):
        return {"type": "array", "items": _type(inner[0], definitions)}
    if origin is tuple:
        parts = [_type(part, definitions) for part in inner]
        return {"type": "array", "prefixItems": parts, "minItems": len(parts), "items": False}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        values = _type(inner[1], definitions) if inner else {}
        return {"type": "object", "additionalProperties": values}
    if isinstance(hint, type) and is_dataclass(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}  # a tree holds itself
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if hint is dict or hint is Mapping:
        return {"type": "object"}
    raise TypeError(f"no JSON Schema for {hint!r}")
