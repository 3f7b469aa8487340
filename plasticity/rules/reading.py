"""Which engine reads which rule. An engine that does not read a rule refuses it, and names one that does."""

from typing import Literal, get_args

from plasticity.errors import RuleError, UnsupportedRule, said
from plasticity.inputs import choice
from plasticity.rules.needs import NEEDS
from plasticity.rules.record import Rule
from plasticity.rules.system import System, system

Engine = Literal["events", "compiled", "javascript", "rates", "spiking"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

# What is known in closed form from one event to the next
_CLOSED = frozenset({"spikes", "third events", "moving weight", "general state", "no polynomial"})

# Of each engine, the sets of needs that it reads together.
READS: dict[Engine, tuple[frozenset[str], ...]] = {
    "events": (frozenset(NEEDS) - {"noise", "random jumps", "rate"},),
    "compiled": (_CLOSED,),
    "javascript": (_CLOSED,),
    "rates": (
        frozenset({"spikes", "moving weight", "general state", "flow without closed form", "random jumps"}),
        frozenset({"rate", "general state", "flow without closed form"}),
    ),
    "spiking": (frozenset(NEEDS) - {"rate"},),
}


def readable(rule: Rule, engine: Engine) -> System:
    """The rule as `engine` reads it.

    raises UnsupportedRule when it needs something that the engine does not read, naming an engine that does; RuleError
    for what is no rule

    >>> from plasticity.rules import RULES, readable
    >>> sorted(readable(RULES["pair_stdp"], "events").needs)
    ['spikes']
    """
    choice(engine, ENGINES, "the engine")
    if not isinstance(rule, Rule):
        raise RuleError(
            f"plasticity.{engine} needs a rule, and {said(rule)} is none; plasticity.rules.RULES holds them by name"
        )
    found = system(rule)
    if not _reads(engine, found):
        raise UnsupportedRule(_refusal(found, engine))
    return found


def engines_for(rule: Rule) -> tuple[Engine, ...]:
    """The engines that read the rule. Raises RuleError for what is no rule.

    >>> from plasticity.rules import RULES, engines_for
    >>> engines_for(RULES["bcm"])
    ('rates',)
    """
    if not isinstance(rule, Rule):
        raise RuleError(f"{said(rule)} is no rule; plasticity.rules.RULES holds them by name")
    return tuple(engine for engine in ENGINES if _reads(engine, system(rule)))


def is_readable(rule: Rule, engine: Engine) -> bool:
    """Whether `engine` reads the rule. Raises RuleError for what is no rule.

    >>> from plasticity.rules import RULES, is_readable
    >>> is_readable(RULES["pair_stdp"], "events"), is_readable(RULES["bcm"], "events")
    (True, False)
    """
    return choice(engine, ENGINES, "the engine") in engines_for(rule)


def _reads(engine: Engine, found: System) -> bool:
    return any(found.needs <= together for together in READS[engine])


def _refusal(found: System, engine: Engine) -> str:
    rule = found.rule
    lacking = min((found.needs - together for together in READS[engine]), key=len)
    needed = " and ".join(NEEDS[need] for need in NEEDS if need in lacking)
    others = " or ".join(f"plasticity.{other}" for other in engines_for(rule))
    cure = f"use {others}" if others else "no engine reads it"
    if engine == "rates" and "plasticity.events" in others:
        cure = "average plasticity.events over Poisson trains instead"
    if rule.spiking_form and engine != "rates":
        cure += f", or its spiking form RULES['{rule.spiking_form}'] here"
    return f"{rule} needs {needed}, which plasticity.{engine} does not read; {cure}"


__all__ = ["ENGINES", "READS", "Engine", "engines_for", "is_readable", "readable"]
