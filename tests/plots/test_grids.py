from matplotlib.figure import Figure

from plasticity.plots import grids


def test_a_matrix_writes_every_cell_and_frames_the_marked_one():
    axes = Figure().subplots()
    grids.matrix(axes, [[1, 2], [3, 4]], [["a", "b"], ["c", "d"]], (["x", "y"], ["p", "q"]), marked=[[1, 0], [0, 0]])
    assert [text.get_text() for text in axes.texts] == ["a", "b", "c", "d"]
    assert [text.get_weight() for text in axes.texts] == ["bold", "normal", "normal", "normal"]
    assert len(axes.patches) == 1


def test_signs_are_written_and_coloured_and_what_is_none_stays_empty():
    axes = Figure().subplots()
    grids.signs(axes, [[2.0, -0.1], [0.0, float("nan")]], (["x", "y"], ["p", "q"]))
    assert [text.get_text() for text in axes.texts] == ["+", "\u2212", "0"]
    assert axes.images[0].get_array()[0].tolist() == [1, -1]
