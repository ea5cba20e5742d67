"""A PNG as it is published: few colours, which makes it small, and what it shows written inside."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dashboard.charts.finish import Chart
from dashboard.documents.chart_files import LICENCE

COLOURS = 32
DOTS = 192  # per inch: pictures are drawn at twice the 96 of a screen


def published(content: bytes, chart: Chart, width: int | None = None) -> bytes:
    """The picture of a chart with a palette, its resolution, and title, text, source and licence.

    `width`: pixels; as drawn where it is not given.
    """
    with Image.open(BytesIO(content)) as drawn:
        picture = drawn.convert("RGB")
    if width:
        height = round(picture.height * width / picture.width)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    method, plain = Image.Quantize.FASTOCTREE, Image.Dither.NONE
    few = picture.quantize(COLOURS, method=method, dither=plain)
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
    few.save(made, "PNG", pnginfo=about, optimize=True, dpi=(DOTS, DOTS))
    return made.getvalue()
