"""Parameters of the catalogue's rules: what no model of theirs can have is refused, with the range."""

import pytest

from plasticity.errors import ParameterError
from plasticity.rules import RULES, with_parameters

OR_NONE = {"D", "late", "tau_facil"}  # times of which 0 means that there is no such delay, or memory
TIMES = [
    (name, p.name) for name, rule in RULES.items() for p in rule.parameters if p.unit == "ms" and p.name not in OR_NONE
]


@pytest.mark.parametrize(("rule", "name"), TIMES)
@pytest.mark.parametrize("value", [0.0, -0.02])
def test_a_time_constant_is_more_than_zero(rule, name, value):
    with pytest.raises(ParameterError, match=rf"parameter {name} is .* ms; 0.001 ms or more is allowed"):
        with_parameters(RULES[rule], **{name: value})


def test_a_window_is_measured_with_one_pairing_or_more():
    with pytest.raises(ParameterError, match="parameter n_pairings is 0; 1 or more is allowed"):
        with_parameters(RULES["bi_poo"], n_pairings=0)


def test_a_usual_rate_is_not_negative():
    with pytest.raises(ParameterError, match="parameter mean_post is -1 Hz; 0 Hz or more is allowed"):
        with_parameters(RULES["covariance"], mean_post=-1.0)
