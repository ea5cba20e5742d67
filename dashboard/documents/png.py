"""A PNG as it is published: few colours, which makes it small, and what it shows written inside."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import oxipng
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dashboard.charts.finish import Chart
from dashboard.documents.chart_files import LICENCE

COLOURS = (16, 32, 64, 128, 256)  # 16 are half a byte for each pixel; more where areas need them
MOST = 200  # areas of one picture
SHADES = 7  # at least so many for the edges of letters and lines
AREA = 3e-4  # of all pixels: a colour with as many fills an area, such as a mark of the legend
GREY = 12  # of 255 between its channels: below it a colour is a shade of a letter
DEFLATE = oxipng.Deflaters.libdeflater(12)
DOTS = 192  # per inch: pictures are drawn at twice the 96 of a screen


def palette(picture: Image.Image) -> Image.Image:
    """The picture in as few of `COLOURS` as keep the colour of every area.

    Each area has its own colour, and what is left goes to the shades between. With the commonest
    colours alone two cost items of like colours would become one.
    """
    pixels = _packed(np.asarray(picture).astype(np.int32))
    listed = sorted(picture.getcolors(pixels.size) or [], reverse=True)
    counts, colours = (np.array(part) for part in zip(*listed, strict=True))
    own = (counts >= AREA * pixels.size) & (np.ptp(colours, axis=-1) > GREY)
    own[MOST:] = False
    number = next(most for most in COLOURS if most >= own.sum() + SHADES)
    rest = np.repeat(colours[~own], counts[~own], axis=0).astype(np.uint8)[np.newaxis]
    shades = Image.fromarray(rest).quantize(
        number - int(own.sum()), method=Image.Quantize.MAXCOVERAGE, kmeans=2
    )
    chosen = np.array([*colours[own].ravel(), *(shades.getpalette("RGB") or [])]).reshape(-1, 3)
    apart = ((colours[:, np.newaxis] - chosen[np.newaxis]) ** 2).sum(axis=-1)
    place = np.zeros(1 << 24, np.uint8)
    place[_packed(colours)] = apart.argmin(axis=-1)
    few = Image.fromarray(place[pixels], "P")
    few.putpalette(chosen.astype(np.uint8).tobytes())
    return few


def _packed(colours: np.ndarray) -> np.ndarray:
    """Red, green and blue on the last axis -> one whole number."""
    return colours[..., 0] * 65536 + colours[..., 1] * 256 + colours[..., 2]


def published(content: bytes, chart: Chart) -> bytes:
    """The picture of a chart with a palette, its resolution, title, text, source and licence."""
    with Image.open(BytesIO(content)) as drawn:
        few = palette(drawn.convert("RGB"))
    about = PngInfo()
    for key, text in (
        ("Title", chart.title),
        ("Description", chart.alt),
        ("Source", chart.source),
        ("Comment", chart.mark),
        ("Copyright", LICENCE),
    ):
        about.add_itxt(key, text, chart.lang)
    made = BytesIO()
    few.save(made, "PNG", pnginfo=about, dpi=(DOTS, DOTS))
    return oxipng.optimize_from_memory(
        made.getvalue(), level=1, filter=[oxipng.RowFilter.NoOp], deflate=DEFLATE
    )
