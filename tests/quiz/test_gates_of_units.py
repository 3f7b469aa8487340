"""Gates built from threshold units: by enumeration and by pencil, with the lecture's weights and with others."""

import itertools

import pytest
from asked_once import answered

from plasticity.artificial.gates import or_gate, xnor_gate
from plasticity.artificial.truth_tables import tabulate, truth_table
from plasticity.artificial.units import Network, Unit
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gates import building, by_hand, inversion

PATTERNS = list(itertools.product((0, 1), repeat=2))


def asked(id, *assignments):
    """The answer of a question with other numbers."""
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found


def test_units_are_written_as_one_writes_them():
    units = [Unit("y", {"a": -1, "b": 2}, 0.5), Unit("y", {"a": 1, "b": 0}), Unit("y", {"a": -0.5, "b": -1}, -1.5)]
    written = ["y = [-a + 2 b + 0.5 > 0]", "y = [a > 0]", "y = [-0.5 a - b - 1.5 > 0]"]
    assert [by_hand.written(unit) for unit in units] == written


def test_a_unit_that_fires_at_zero_is_seen_to_differ():
    unit = Network(("a",), (Unit("y", {"a": -1}),))
    outputs = {name: [by_hand.output(unit, [a], fires) for a in (0, 1)] for name, fires in by_hand.FIRES.items()}
    assert outputs == {"above zero": [0, 0], "at zero too": [1, 0]}


@pytest.mark.parametrize(("id", "n"), [("and-gate", 2), ("not-gate", 1)])
def test_the_number_of_units_that_do_it_is_that_of_an_exact_count(id, n):
    halves = range(-6, 7)  # everything doubled, so that the sums are whole
    wanted = {(1, 1)} if n == 2 else {(0,)}
    count = sum(
        all((b + sum(map(int.__mul__, w, x)) > 0) == (x in wanted) for x in itertools.product((0, 1), repeat=n))
        for *w, b in itertools.product(halves, repeat=n + 1)
    )
    assert answered(id).answer.measurements["units_that_do_it"] == count


@pytest.mark.parametrize(
    ("id", "weights", "wrong", "verdict"),
    [
        ("and-gate", "2,3,-4", [], "agrees"),
        ("and-gate", "1,1,-0.5", ["01", "10"], "differs"),  # that is OR
        ("and-gate", "1,1,-1", [], "depends"),  # z is 0 in two rows
        ("and-gate", "0.1,0.2,-0.3", ["11"], "depends"),  # 0 on paper, though doubles say 0.1 + 0.2 > 0.3
        ("not-gate", "-3,2", [], "agrees"),
        ("not-gate", "-1,2", ["1"], "differs"),  # too much bias
    ],
)
def test_a_unit_of_ones_own_is_tried_on_every_row(id, weights, wrong, verdict):
    found = asked(id, f"weights={weights}")
    rows = found.answer.measurements["rows"]
    assert [row["inputs"] for row in rows if row["y"] != row["wanted"]] == wrong and found.verdict == verdict
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)
    assert found.told("en").answer.startswith("No" if wrong else "Yes")


def test_a_weight_too_small_to_be_added_exactly_is_refused():
    with pytest.raises(ArgumentError, match="weights holds 1e-300; allowed: 0, or a size of 1e-06"):
        asked("and-gate", "weights=1e-300,1,1")


def test_a_unit_with_too_few_weights_is_refused():
    with pytest.raises(ArgumentError, match="weights has 2 numbers; allowed: 3, for a, b and the bias"):
        asked("and-gate", "weights=1,1")


@pytest.mark.parametrize("n_hidden", [4, 2, 1])
def test_by_hand_a_network_says_what_its_truth_table_says(n_hidden):
    table = truth_table(xnor_gate(n_hidden))
    assert [by_hand.output(xnor_gate(n_hidden), p) for p in PATTERNS] == table.values[:, 0].tolist()


@pytest.mark.parametrize("n_hidden", [4, 2, 1])
def test_the_numbers_of_a_network_give_it_back(n_hidden):
    again = building.network_of(building.numbers_of(xnor_gate(n_hidden)))
    assert truth_table(again).values.tolist() == truth_table(xnor_gate(n_hidden)).values.tolist()
    assert len(again.units) == n_hidden + 1


def test_without_a_bypass_one_hidden_unit_does_or_but_not_xnor():
    xnor, either = tabulate(lambda a, b: a == b, "ab"), truth_table(or_gate())
    assert [building._best_without_bypass(table.values[:, 0]) for table in (xnor, either)] == [3, 4]
    assert [building._best_listed(table) for table in (xnor, either)] == [3, 4]


@pytest.mark.parametrize(
    ("id", "hidden", "weights", "wrong", "outcome"),
    [
        ("xnor-two-hidden", "1,1,-0.5,1,1,-1.5", "-1,1,0.5", 0, "right"),  # neither, or both: NOR and AND
        ("xnor-two-hidden", "1,1,-1.5,-1,-1,0.5", "1,1,-1.5", 2, "wrong"),  # AND in place of OR is never 1
        ("xnor-one-hidden", "1,1,-0.5", "1,1,-2,0.5", 0, "right"),  # the hidden unit is an OR
        ("xnor-one-hidden", "1,1,-1.5", "-1,-1,1,0.5", 1, "wrong"),  # too weak to correct 11
        ("xnor-four-hidden", "1,1,-1.5,-1,-1,0.5", "1,1,-0.5", 0, "true rows"),  # two units, not four
    ],
)
def test_a_network_of_ones_own_is_tried_on_every_row(id, hidden, weights, wrong, outcome):
    found = asked(id, f"hidden={hidden}", f"output={weights}")
    measured = found.answer.measurements
    assert (measured["wrong_rows"], measured["outcome"]) == (wrong, outcome)
    assert all(check.holds(measured) for check in found.answer.checks)
    assert (found.verdict == "agrees") == (not wrong and id != "xnor-four-hidden")


def test_a_network_with_a_weight_too_few_is_refused():
    with pytest.raises(ArgumentError, match="hidden has 4 numbers; three are allowed for each hidden unit"):
        asked("xnor-two-hidden", "hidden=1,1,1,1")
    with pytest.raises(ArgumentError, match="output has 2 numbers; allowed: 3, for h1, h2 and the bias"):
        asked("xnor-two-hidden", "output=1,1")


@pytest.mark.parametrize("with_bias", [True, False])
def test_inverting_an_output_is_wrong_only_where_the_bias_is_kept(with_bias):
    for network in map(xnor_gate, (4, 2, 1)):
        inverse = inversion.negated(network, with_bias=with_bias)
        outputs = [by_hand.output(inverse, p) for p in PATTERNS]
        assert (outputs == [0, 1, 1, 0]) == (with_bias or network.units[-1].bias == 0)
        assert inverse.units[:-1] == network.units[:-1]


def test_a_unit_is_inverted_wrongly_in_just_the_rows_where_its_sum_is_zero():
    for network in inversion.study(inversion.Parameters()).units:
        unit = network.units[0]
        zeros = sum(unit.bias + unit.weights["a"] * a + unit.weights["b"] * b == 0 for a, b in PATTERNS)
        assert inversion.wrong_rows(network, with_bias=True) == zeros


@pytest.mark.parametrize(
    ("weights", "with_bias", "without_bias"),
    [
        ("2,1,-1.5", 0, 2),  # z = -1.5, -0.5, 0.5, 1.5; kept bias: never on, as where it was off
        ("1,-1,0", 2, 2),  # z = 0 in two rows
        ("0.1,0.2,-0.3", 1, 4),  # z = 0 in one, on paper; with the bias kept every z is below 0, as it was
        ("3,3,0", 1, 1),  # no bias: it makes no difference
    ],
)
def test_a_unit_of_ones_own_is_inverted(weights, with_bias, without_bias):
    found = asked("invert-output", f"weights={weights}")
    row = found.answer.measurements["rows"][-1]
    assert (row["with_bias"], row["without_bias"]) == (with_bias, without_bias) and found.verdict == "depends"
