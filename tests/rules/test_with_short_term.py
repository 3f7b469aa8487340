"""Short-term plasticity beside a rule of the weight."""

from dataclasses import replace

import numpy as np
import pytest
from changing import with_delay

from plasticity import events
from plasticity.errors import RuleError
from plasticity.rules import RULES, Parameter, with_short_term

SHORT = RULES["tsodyks_markram"]


def test_both_rules_are_found_in_the_whole():
    both = with_short_term(RULES["triplet_stdp"], SHORT)

    assert both.weight == RULES["triplet_stdp"].weight and both.transmits == SHORT.transmits
    assert both.values == RULES["triplet_stdp"].values | SHORT.values
    assert both.name == "with_short_term(triplet_stdp, tsodyks_markram)"


REFUSED = {
    "a second rule that learns": (RULES["pair_stdp"], RULES["anti_stdp"], "never changes the weight; anti_stdp does"),
    "short-term plasticity twice": (RULES["tsodyks_markram_stdp"], SHORT, r"has w\*after\(u\)\*R"),
    "a delay of the second": (RULES["pair_stdp"], with_delay(SHORT, "pre", 1e-3), "give the delay to pair_stdp, whose"),
    "a name": ("pair_stdp", SHORT, r"with_short_term\(\) got 'pair_stdp'"),
    "a name for two things": (
        replace(RULES["pair_stdp"], parameters=(*RULES["pair_stdp"].parameters, Parameter("U", 1.0))),
        SHORT,
        "the name 'U' is reserved or used twice",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_combined_is_refused(case):
    rule, short_term, message = REFUSED[case]

    with pytest.raises(RuleError, match=message):
        with_short_term(rule, short_term)


def test_a_delay_of_the_first_holds_for_both():
    late = with_short_term(with_delay(RULES["pair_stdp"], "pre", 3e-3), SHORT)
    pre, post = np.array([0.01, 0.03]), [0.02]

    found = events.transmitted(late, pre, post, 0.5)

    np.testing.assert_allclose(found, events.transmitted(RULES["tsodyks_markram_stdp"], pre + 3e-3, post, 0.5))
