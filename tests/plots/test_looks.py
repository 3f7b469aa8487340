"""A picture has the size where it is used, one panel when one is asked for, and says in words what it shows."""

import io
import re
from zlib import decompress

import pytest
from PIL import Image

from plasticity.errors import ArgumentError
from plasticity.plots import FORMATS, Look, one_panel, own_style, picture
from plasticity.plots.figure import composed
from plasticity.plots.panels import panels

SIZE = (7.2, 2.4)


def draw(figure):
    """Three panels: two that share the axis of the first, a map with its scale; the last of two axes."""
    first, second, third, fourth = figure.subplots(1, 4)
    first.sharey(second)
    first.plot([0, 1], [0.0, -0.5], label="line")
    first.set(ylabel="w_max", title="one")
    second.plot([0, 1], [1.0, 2.0], label="pair_stdp")
    second.tick_params(labelleft=False)
    figure.colorbar(third.imshow([[0, 1]]), ax=third)
    third.set_title("map")
    one_panel([third, fourth])


def made(look, format="png"):
    return picture(draw, size=SIZE, caption="From w_max to -0.5.", title="What <is> it?", format=format, look=look)


def figure_of(look):
    with own_style():
        return composed(draw, size=SIZE, caption="From w_max to -0.5.", look=look)


@pytest.mark.parametrize(
    "look, millimetres", [(Look(), 183), (Look(panel="b"), 89), (Look("double", "b"), 183), (Look("slide"), 338.7)]
)
def test_a_picture_is_as_wide_as_its_place_in_every_format(look, millimetres):
    pixels = Image.open(io.BytesIO(made(look)))
    box = re.search(rb"/MediaBox \[\s*0 0 ([\d.]+)", made(look, "pdf"))
    points = re.search(r'width="([\d.]+)pt"', made(look, "svg").decode())
    widths = [pixels.width / pixels.info["dpi"][0], float(box[1]) / 72, float(points[1]) / 72]
    assert [25.4 * width for width in widths] == pytest.approx([millimetres] * 3, abs=0.3)  # a pixel of a slide


def test_a_slide_is_of_16_to_9_and_all_on_it_is_enlarged():
    text = made(Look("slide"), "svg").decode()
    width, height, within = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt" viewBox="0 0 ([\d.]+)', text).groups()
    assert float(width) / float(height) == pytest.approx(16 / 9, rel=1e-3)
    assert 7.6 * float(width) / float(within) >= 14.0
    content = b"".join(
        map(decompress, re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", made(Look("slide"), "pdf"), re.S))
    )
    assert re.search(rb"^1\.85\d* 0 0 1\.85\d* 0 0 cm", content, re.M)


def test_a_panel_alone_keeps_its_scale_and_gets_the_labels_of_its_neighbour_and_a_legend():
    alone, last = figure_of(Look(panel="b")), figure_of(Look(panel="c"))
    (axes,) = alone.axes
    assert axes.get_ylabel() == r"$w_\mathrm{max}$" and alone.legends[0].get_texts()[0].get_text() == "pair STDP"
    assert len(last.axes) == 3 and not any(text.get_text() == "c" for text in last.axes[0].texts)


def test_a_panel_alone_fills_the_figure():
    figure = figure_of(Look(panel="a", is_captioned=False))
    figure.draw_without_rendering()
    box = figure.axes[0].get_tightbbox().transformed(figure.transFigure.inverted())
    assert box.width > 0.95 and box.height > 0.8  # above it is its legend


def test_letters_are_for_panels_alone():
    figure = figure_of(Look())
    letters = [[text.get_text() for text in axes.texts] for axes in figure.axes]
    assert letters == [["a"], ["b"], ["c"], [], []] and [len(parts) for parts in panels(figure)] == [1, 1, 3]


def test_one_panel_has_no_letter_and_goes_into_one_column():
    with own_style():
        figure = composed(lambda figure: figure.subplots(), size=(4, 3), caption="It.", look=Look("single"))
    assert not figure.axes[0].texts and figure.get_size_inches()[0] == pytest.approx(89 / 25.4)


@pytest.mark.parametrize(
    "look, said",
    [(Look("single"), "needs --panel a, b or c"), (Look(panel="d"), "no panel d; there are a, b or c")],
)
def test_what_a_figure_does_not_have_is_refused_with_what_it_has(look, said):
    with pytest.raises(ArgumentError, match=said):
        made(look)


def test_the_caption_is_painted_beneath_or_not_at_all():
    captions = [len(figure_of(look).texts) for look in (Look(), Look(is_captioned=False), Look("slide"))]
    assert captions == [1, 0, 0]


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_says_in_words_what_it_shows(format):
    content = made(Look(is_captioned=False), format)
    if format == "png":
        told = Image.open(io.BytesIO(content)).text
        assert (told["Title"], told["Description"]) == ("What <is> it?", "From w max to \u22120.5.")
    elif format == "svg":
        named, described = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', content.decode()).groups()
        assert f'<title id="{named}">What &lt;is&gt; it?</title>' in content.decode()
        assert f'<desc id="{described}">From w max to \u22120.5.</desc>' in content.decode()
    else:
        assert b"/Title (What <is> it?)" in content
        assert "From w max to \u22120.5.".encode("utf-16-be") in content
