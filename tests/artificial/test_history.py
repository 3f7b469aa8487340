import numpy as np
import pytest

from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent
from plasticity.artificial.exact import exact
from plasticity.artificial.examples import Examples
from plasticity.artificial.history import trace_table
from plasticity.artificial.learning import gradient_descent, hebb
from plasticity.artificial.perceptron import perceptron
from plasticity.errors import ArgumentError

# The lecture's rows (perceptron-and-trace): the patterns are x0 x1 x2, printed up to the ninth.
LECTURE = """\
step  x0  x1  x2    w0    w1    w2  output  target           change
   0   1   1   0  -1.2  -0.3  -0.4       0       0
   1   1   0   1  -1.2  -0.3  -0.4       0       0
   2   1   0   0  -1.2  -0.3  -0.4       0       0
   3   1   1   1  -1.2  -0.3  -0.4       0       1  (0.9, 0.9, 0.9)
   4   1   1   0  -0.3   0.6   0.5       1       0  (-0.9, -0.9, 0)
   5   1   0   1  -1.2  -0.3   0.5       0       0
   6   1   0   0  -1.2  -0.3   0.5       0       0
   7   1   1   1  -1.2  -0.3   0.5       0       1  (0.9, 0.9, 0.9)
   8   1   1   0  -0.3   0.6   1.4       1       0"""


def test_the_table_of_the_perceptron_is_the_one_of_the_lecture():
    examples = Examples([[1, 1, 0], [1, 0, 1], [1, 0, 0], [1, 1, 1]], [0, 0, 0, 1])
    history = perceptron(examples, exact([-1.2, -0.3, -0.4]), rate=exact(0.9)).history
    assert trace_table(history).startswith(LECTURE)


def test_a_batch_shows_its_change_after_its_last_pattern_and_the_end_its_weights():
    examples = Examples([[10.0], [5.0]], [8.5, 3.8])
    history = gradient_descent(examples, [2.0], activation=LINEAR, descent=Descent(rate=0.01))
    assert trace_table(history) == (
        "step  x0    w0  output  target   change\n"
        "   0  10     2      20     8.5\n"
        "   0   5     2      10     3.8  (-0.73)\n"
        " end      1.27"
    )


def test_the_table_of_a_layer_shows_one_unit():
    history = hebb([[1.0]], [[1.0], [2.0]], rate=0.5)
    rows = [trace_table(history, unit=unit).splitlines()[1].split() for unit in (0, 1)]
    assert rows == [["0", "1", "1", "1", "(0.5)"], ["0", "1", "2", "2", "(1)"]]
    with pytest.raises(ArgumentError, match="give a unit from 0 to 1"):
        trace_table(history)
    with pytest.raises(ArgumentError, match="give unit=None"):
        trace_table(hebb([[1.0]], [1.0], rate=0.5), unit=0)


def test_each_step_starts_where_the_last_one_ended():
    history = hebb([[1.0], [2.0]], [1.0], rate=0.5)
    assert len(history) == 2
    assert history.before.ravel().tolist() == [1.0, 1.5]
    assert history.after.ravel().tolist() == [1.5, 4.5] and history.final == 4.5


def test_a_history_cannot_be_changed():
    history = hebb([[1.0]], [1.0], rate=0.5)
    with pytest.raises(ValueError, match="read-only"):
        history.weights[0] = np.nan
