"""One engine against another on random trains: the exact one against its definition, loops, scripts, Brian2, NEST."""

from typing import Literal, get_args

from plasticity.catalogue import SET
from plasticity.inputs import choice, count, instance
from plasticity.rules import Rule
from plasticity.verification.findings import Finding, Place

Against = Literal["events", "compiled", "javascript", "brian2", "nest"]
AGAINST: tuple[Against, ...] = get_args(Against)
SEEDS = 3  # our choice: 36 pairs of trains


def verified(rule: Rule, against: Against, *, seeds: int = SEEDS) -> Finding:
    """How far the exact engine and another are apart on a rule.

    against : 'events', its own definition read aloud; 'compiled', the same rule as a compiled loop;
              'javascript', the same as a script in a browser; 'brian2'; or 'nest', which needs the extra `compare`
    seeds   : of the random trains, from 1 on; a dozen pairs each, of a rule on rates two courses of a layer each
    raises MissingPackage without NEST, and without a browser

    >>> from plasticity import RULES
    >>> from plasticity.verification import verified
    >>> verified(RULES["pair_stdp"], "events", seeds=1).difference < 1e-12
    True
    """
    instance(rule, Rule, "the rule")
    choice(against, AGAINST, "the engine to compare with")
    n = count(seeds, "the number of seeds", most=1000)
    match against:  # each is loaded when it is asked for
        case "events":
            from plasticity.verification.by_definition import against_definition
            from plasticity.verification.rates_by_definition import is_on_rates, rates_against_definition

            return rates_against_definition(rule, n) if is_on_rates(rule) else against_definition(rule, n)
        case "compiled":
            from plasticity.verification.by_compiled import against_compiled

            return against_compiled(rule, n)
        case "javascript":
            from plasticity.verification.by_javascript import against_javascript

            return against_javascript([rule], n)[rule.name]
        case "brian2":
            from plasticity.verification.by_brian2 import against_brian2

            return against_brian2(rule, n)
    from plasticity.verification.by_nest import against_nest
    from plasticity.verification.voltage_by_nest import VOLTAGE_RULE, voltage_against_nest

    return voltage_against_nest(rule, n) if rule.name.partition(SET)[0] == VOLTAGE_RULE else against_nest(rule, n)


__all__ = ["AGAINST", "SEEDS", "Against", "Finding", "Place", "verified"]
