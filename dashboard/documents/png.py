"""A PNG as it is published: few colours, which makes it small, and what it shows written inside."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import oxipng
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dashboard.charts.finish import Chart
from dashboard.documents.chart_files import LICENCE

COLOURS = (16, 32, 64, 128, 256)  # 16 are half a byte for each pixel; more where those mix areas
AREA = 3e-4  # of all pixels: a colour with as many fills an area, such as a mark of the legend
APART = 5  # of 255: an area may be so far from its own colour; two colours of ours are twice it
GREY = 12  # of 255 between its channels: below it a colour is a shade of a letter, and may move
DEFLATE = oxipng.Deflaters.libdeflater(12)
DOTS = 192  # per inch: pictures are drawn at twice the 96 of a screen


def palette(picture: Image.Image) -> Image.Image:
    """The picture in as few of `COLOURS` as keep the colour of every area.

    With too few, two cost items of like colours would become one.
    """
    counts = picture.getcolors(picture.width * picture.height) or []
    least = AREA * picture.width * picture.height
    areas = [
        _packed(np.array(colour))
        for count, colour in counts
        if count >= least and max(colour) - min(colour) > GREY
    ]
    pixels = np.asarray(picture).astype(int)
    filled = np.isin(_packed(pixels), areas)
    method, plain = Image.Quantize.MAXCOVERAGE, Image.Dither.NONE
    for number in COLOURS:
        few = picture.quantize(number, method=method, kmeans=2, dither=plain)
        apart = np.abs(np.asarray(few.convert("RGB")).astype(int) - pixels)[filled]
        if apart.max(initial=0) <= APART:
            break
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
