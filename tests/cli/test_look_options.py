"""Size, panel and caption of a picture are chosen on the command line, and refused where nothing is drawn."""

import pytest
from command_line import assert_refused, plasticity

ASK = ("ask", "--rule", "pair_stdp", "--pre", "10,30", "--post", "15,35")


@pytest.mark.parametrize(
    "arguments, said",
    [
        ((*ASK, "--size", "slide"), "--size is of the picture that --out leaves"),
        (("run", "--all", "--panel", "b"), "name the experiment"),
        (("show", "pair_stdp", "--no-caption"), "give it too"),
    ],
)
def test_an_option_of_a_picture_is_refused_where_none_is_drawn(tmp_path, arguments, said):
    assert_refused(plasticity(tmp_path, *arguments), said)


def test_a_panel_that_is_not_there_leaves_no_folder(tmp_path):
    assert_refused(plasticity(tmp_path, *ASK, "--out", "a", "--panel", "z"), "there are a, b or c")
    assert not (tmp_path / "a").exists()


def test_the_caption_is_beside_the_picture_that_lacks_it(tmp_path):
    asked = plasticity(tmp_path, *ASK, "--out", "a", "--format", "svg", "--no-caption", "--panel", "c")
    assert asked.returncode == 0
    caption = (tmp_path / "a" / "caption.txt").read_text(encoding="utf-8")
    drawn = (tmp_path / "a" / "figure.svg").read_text(encoding="utf-8")
    assert caption.startswith("Under pair STDP") and ">Under pair STDP" not in drawn
    assert "Panel c of: Under pair STDP" in drawn  # the description
