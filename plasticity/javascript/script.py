"""Rules and what they need, in one script."""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from plasticity.errors import RuleError, said
from plasticity.inputs import listed
from plasticity.javascript.records import rule_text
from plasticity.rules import Rule

# Of the library, in their order: the first opens the function that holds all, the last one closes it
_PARTS = ("instants", "flows", "courses", "ledgers", "rules")


def source(rules: Iterable[Rule]) -> str:
    """One script that defines `plasticity`, with every rule by its name in `plasticity.rules`.

    It needs nothing else, is ASCII, and can stand between <script> and </script> as it is. `plasticity.rules[name]`
    has `run(trains, w0, parameters, bounds)`, `ledger` and `change`; trains are {pre: [seconds], post: [seconds]}.
    rules : a list of them; RuleError for what is no rule, and for two of one name
    raises UnsupportedRule for a rule whose flows have no closed form, or that reads more than events

    >>> from plasticity import RULES, javascript
    >>> "A_plus*r_pre" in javascript.source([RULES["pair_stdp"]])
    True
    """
    chosen = listed(rules, "the rules", RuleError)
    texts = [rule_text(rule) for rule in chosen]
    names = [rule.name for rule in chosen]
    if twice := [name for name in names if names.count(name) > 1]:
        raise RuleError(f"two rules are called {said(twice[0])}; give one of them another name")
    return "\n".join([_library(), *texts])


def exported(rule: Rule) -> str:
    """The script of a single rule; as `source`.

    >>> from plasticity import RULES
    >>> from plasticity.javascript import exported
    >>> "pair_stdp" in exported(RULES["pair_stdp"])
    True
    """
    return source([rule])


@lru_cache(maxsize=1)
def _library() -> str:
    """What every rule needs."""
    folder = files("plasticity.javascript").joinpath("library")
    return "\n".join(folder.joinpath(f"{part}.js").read_text(encoding="ascii") for part in _PARTS)
