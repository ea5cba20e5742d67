"""Turns a JSON request into the arguments of a command; an error names the field it is about."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from math import isfinite
from typing import Any

from models.errors import shown
from models.service.questions import Question, Schema
from models.similar_names import nearest

MANY = 10  # allowed names that an error lists in full; of a longer list only the nearest
# fields of a request whose command-line argument has another name
ARGUMENTS = {"levers": "levels", "set_assumptions": "set_assumption"}


class WrongRequest(ValueError):
    """A request that cannot be answered: the field, and a sentence for the one who sent it."""

    def __init__(self, name: str, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.field, self.status = name, status


def arguments(body: bytes, question: Question, fields: Mapping[str, Schema]) -> Namespace:
    """The arguments of the command; WrongRequest names the first field that does not fit."""
    content = _parsed(body)
    check_fields(content, fields, question.required)
    for name, written in ARGUMENTS.items():
        if name in content:
            content[written] = [
                f"{key}={_number(value)}" for key, value in content.pop(name).items()
            ]
    return Namespace(format="json", **content)


def check_fields(
    content: Mapping[str, Any], fields: Mapping[str, Schema], required: tuple[str, ...]
) -> None:
    """WrongRequest for the first field that is unknown, missing or does not fit its schema."""
    for name in content:
        if name not in fields:
            near = ", ".join(nearest(name, fields)) or ", ".join(fields)
            raise WrongRequest(shown(name), f"unknown field {shown(name)!r}; nearest: {near}")
    for name in required:
        if name not in content:
            raise WrongRequest(name, f"{name} is missing")
    for name, value in content.items():
        _check(name, value, fields[name])


def _parsed(body: bytes) -> dict[str, Any]:
    """The JSON object of the body. An empty body asks for every default."""
    if not body.strip():
        return {}
    try:
        content = json.loads(body, object_pairs_hook=_once, parse_constant=_no_number)
    except WrongRequest:
        raise
    except (ValueError, RecursionError) as error:
        message = f"the body is not JSON in UTF-8 ({shown(error)})"
        raise WrongRequest("body", message, 400) from None
    if not isinstance(content, dict):
        raise WrongRequest("body", 'the body is not an object; write {"levers": {...}}', 400)
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object from its pairs; WrongRequest for a name given twice, which JSON readers allow."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise WrongRequest(shown(name), f"{shown(name)} is given twice; give it once")
    return dict(pairs)


def _no_number(text: str) -> None:
    raise WrongRequest("body", f"{text} is not a number of JSON", 400)


def _check(name: str, value: Any, schema: Schema) -> None:
    """WrongRequest unless a value fits its schema (only the parts of JSON Schema used here)."""
    if "anyOf" in schema:
        plain, several = schema["anyOf"]
        return _check(name, value, several if isinstance(value, list) else plain)
    if "enum" in schema:
        if value not in schema["enum"]:
            allowed = schema["enum"]
            near = nearest(str(value), allowed) if len(allowed) > MANY else allowed
            listed = ", ".join(near) or "see /openapi.json"
            raise WrongRequest(name, f"{name} {shown(value)!r} is unknown; allowed: {listed}")
        return None
    match schema["type"]:
        case "object":
            _check_object(name, value, schema)
        case "array":
            if not schema["minItems"] <= len(value) <= schema["maxItems"]:
                raise WrongRequest(name, f"{name}: write a number, or [value, low, high]")
            for each in value:
                _check(name, each, schema["items"])
        case "string":
            if not isinstance(value, str) or not 1 <= len(value) <= schema["maxLength"]:
                most = schema["maxLength"]
                raise WrongRequest(name, f"{name}: write a text of 1 to {most} characters")
        case "boolean":
            if not isinstance(value, bool):
                raise WrongRequest(name, f"{name} {shown(value)!r}: write true or false")
        case kind:
            _check_number(name, value, schema, kinds=int if kind == "integer" else (int, float))
    return None


def _check_object(name: str, value: Any, schema: Schema) -> None:
    if not isinstance(value, dict):
        raise WrongRequest(name, f'{name}: write an object, such as {{"name": 1}}')
    most, least = schema.get("maxProperties", len(value)), schema.get("minProperties", 0)
    if len(value) > most:
        raise WrongRequest(name, f"{name} has {len(value)} values; at most {most} are allowed")
    if len(value) < least:
        raise WrongRequest(name, f"{name} has {len(value)} values; at least {least} are needed")
    named: Mapping[str, Schema] = schema.get("properties", {})
    if not named:  # any name, each of the same schema
        each_of: Schema = schema["additionalProperties"]
        named = dict.fromkeys(value, each_of)
    for key, each in value.items():
        if key not in named:
            near = ", ".join(nearest(key, named)) or "see /openapi.json"
            raise WrongRequest(
                f"{name}.{shown(key)}", f"unknown name {shown(key)!r}; nearest: {near}"
            )
        _check(f"{name}.{shown(key)}", each, named[key])


def _check_number(name: str, value: Any, schema: Schema, kinds: Any) -> None:
    low, high = schema.get("minimum"), schema.get("maximum")
    fits = isinstance(value, kinds) and not isinstance(value, bool) and _finite(value)
    if not fits or (low is not None and value < low) or (high is not None and value > high):
        whole = "a whole number" if kinds is int else "a number"
        span = "" if low is None else f" from {low:g} to {high:g}"
        raise WrongRequest(name, f"{name} {shown(value)!r}: write {whole}{span}")


def _finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def _number(value: float | list[float]) -> str:
    """A value as the command line reads it: exactly this number, or three of them."""
    return ":".join(map(repr, value)) if isinstance(value, list) else repr(value)
