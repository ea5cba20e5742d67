"""A PNG as it is published: few colours, which makes it small, and what it shows written inside."""

from __future__ import annotations

from io import BytesIO

import oxipng
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dashboard.charts.finish import Chart
from dashboard.documents.chart_files import LICENCE

COLOURS = 16  # half a byte for each pixel
DEFLATE = oxipng.Deflaters.libdeflater(12)
DOTS = 192  # per inch: pictures are drawn at twice the 96 of a screen


def published(content: bytes, chart: Chart) -> bytes:
    """The picture of a chart with a palette, its resolution, title, text, source and licence."""
    with Image.open(BytesIO(content)) as drawn:
        picture = drawn.convert("RGB")
    method, plain = Image.Quantize.MAXCOVERAGE, Image.Dither.NONE
    few = picture.quantize(COLOURS, method=method, kmeans=2, dither=plain)
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
