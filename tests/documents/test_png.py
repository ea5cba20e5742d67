"""Published pictures: few colours, and still one for every area that has its own."""

from PIL import Image, ImageDraw

from dashboard.charts.today.field import CARE, EVIDENCE, PAYERS, WORK
from dashboard.documents.png import palette

ALL = list(dict.fromkeys((*WORK, *CARE, *PAYERS, *EVIDENCE.values())))


def test_every_area_keeps_its_colour_among_many_shades():
    """Sixteen colours for all of these and the shades of letters made two cost items one."""
    picture = Image.new("RGB", (600, 400), "white")
    draw = ImageDraw.Draw(picture)
    for number, colour in enumerate(ALL):
        draw.rectangle((20 * number, 20, 20 * number + 15, 200), fill=colour)
    for shade in range(256):  # as the edges of letters have them
        draw.line((shade, 300, shade, 304), fill=(shade, shade, shade))
    few = palette(picture).convert("RGB")
    drawn = [few.getpixel((20 * number + 7, 100)) for number in range(len(ALL))]
    assert [bytes(colour).hex() for colour in drawn] == [colour[1:] for colour in ALL]


def test_a_picture_of_few_colours_has_a_palette_of_sixteen():
    picture = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(picture).rectangle((10, 10, 100, 100), fill=WORK[0])
    assert palette(picture).getpalette("RGB")[48:] == []
