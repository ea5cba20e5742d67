"""The columns of an engine as bytes: one line of JSON, then the draws of each column.

    {"id", "crc32", "encoding", "draws": n, "columns": k, "lows": [...], "steps": [...]}

The line is filled with spaces so that the data begin at a multiple of 8. Little-endian.

float64, float32   k times n numbers.
fixed24, fixed16   whole numbers of 3 or 2 bytes: value = low + step * number. All highest bytes
                   come first, then the lower ones, which compresses better. The rounding error is
                   half a step at most: 1 / 34 million (fixed16: 1 / 131 thousand) of the range of
                   the column.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence

import numpy as np

BYTES = {"fixed24": 3, "fixed16": 2}
ENCODINGS = ("float64", "float32", *BYTES)


def encode(columns: Sequence[np.ndarray], id: str, encoding: str = "float64") -> bytes:
    """The bytes of columns.bin; `id` is that of the engine they belong to."""
    if encoding not in ENCODINGS:
        raise ValueError(f"unknown encoding {encoding!r}; known: {', '.join(ENCODINGS)}")
    table = np.array(columns, dtype="<f8").reshape(len(columns), -1)
    head: dict = {"draws": table.shape[1], "columns": table.shape[0]}
    if encoding in BYTES:
        size = BYTES[encoding]
        lows = table.min(axis=1)
        steps = (table.max(axis=1) - lows) / (256**size - 1)
        whole = np.rint((table - lows[:, None]) / steps[:, None]).astype("<u4")
        planes = [(whole >> 8 * power & 255).astype(np.uint8) for power in reversed(range(size))]
        data = np.stack(planes, axis=1).tobytes()
        head |= {"lows": lows.tolist(), "steps": steps.tolist()}
    else:
        data = table.astype("<f8" if encoding == "float64" else "<f4").tobytes()
    line = json.dumps({"id": id, "crc32": zlib.crc32(data), "encoding": encoding, **head})
    line += " " * (-(len(line) + 1) % 8) + "\n"
    return line.encode() + data


def decode(content: bytes) -> tuple[dict, np.ndarray]:
    """The line of JSON and the columns (columns, draws), as the browser reads them."""
    line, _, data = content.partition(b"\n")
    head = json.loads(line)
    if zlib.crc32(data) != head["crc32"]:
        raise ValueError("the columns are damaged: their checksum is another")
    shape = head["columns"], head["draws"]
    if head["encoding"] not in BYTES:
        kind = "<f8" if head["encoding"] == "float64" else "<f4"
        return head, np.frombuffer(data, kind).reshape(shape).astype(float)
    size = BYTES[head["encoding"]]
    planes = np.frombuffer(data, np.uint8).reshape(shape[0], size, shape[1]).astype(float)
    whole = sum(planes[:, power] * 256.0 ** (size - 1 - power) for power in range(size))
    lows, steps = (np.array(head[name])[:, None] for name in ("lows", "steps"))
    return head, lows + steps * whole


def to_text(content: bytes) -> str:
    """Bytes as text for an HTML page: base 85, five characters for four bytes, never a `<`."""
    return base64.b85encode(content).decode().replace("<", ",")


def from_text(text: str) -> bytes:
    """The bytes of `to_text`; ValueError when they cannot be read."""
    return base64.b85decode(text.strip().replace(",", "<"))
