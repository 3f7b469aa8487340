"""Short-term plasticity beside a rule of the weight."""

from dataclasses import replace

import pytest

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
