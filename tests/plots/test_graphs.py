"""Computation graphs as pictures: every node once, left to right, with its two numbers."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from plasticity.errors import ArgumentError
from plasticity.plots import Look, graphs
from plasticity.plots.figure import composed

EDGES = [(0, 2), (1, 2), (2, 4), (3, 4)]  # (x + y) z


def test_every_edge_runs_to_the_right_and_the_output_is_last():
    places = graphs.layout(5, EDGES)

    assert all(places[child, 0] > places[parent, 0] for parent, child in EDGES)
    assert places[:, 0].argmax() == 4
    assert len({tuple(place) for place in places.tolist()}) == 5


def test_a_node_stands_level_with_the_mean_of_its_parents():
    places = graphs.layout(5, EDGES)

    assert places[2, 1] == pytest.approx((places[0, 1] + places[1, 1]) / 2)


def test_all_numbers_are_written():
    axes = Figure().subplots()
    graphs.computation_graph(
        axes,
        ["x", "y", "+", "z", "×"],
        EDGES,
        values=np.arange(5) + 10,
        gradients=np.arange(5) + 20,
        slopes=[1, 1, 7, 8],
    )

    written = {text.get_text() for text in axes.texts}
    assert {"10", "14", "20", "24", "7", "8", "x", "×"} <= written


def test_nodes_with_the_same_parents_do_not_stand_on_one_another():
    places = graphs.layout(5, [(0, 2), (1, 2), (0, 3), (1, 3), (2, 4), (3, 4)])

    assert places[2, 0] == places[3, 0] and places[2, 1] - places[3, 1] == 1
    assert places[2:4, 1].mean() == places[:2, 1].mean() == places[4, 1]


def _beside_a_long_chain(figure):
    chain, _ = figure.subplots(1, 2)
    nodes = np.arange(8)
    edges = np.column_stack([nodes[:-1], nodes[1:]])
    graphs.computation_graph(chain, ["x"] * 8, edges, values=nodes, gradients=nodes, slopes=nodes[1:])


def test_a_long_chain_alone_is_two_columns_wide_and_refused_in_one():
    is_of = {"size": (7.2, 3.0), "caption": "A chain."}

    assert composed(_beside_a_long_chain, look=Look(panel="a"), **is_of).get_figwidth() == pytest.approx(183 / 25.4)
    with pytest.raises(ArgumentError, match="panel a .* --size double gives it two"):
        composed(_beside_a_long_chain, look=Look("single", "a"), **is_of)
