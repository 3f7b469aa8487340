"""Functions from rule to rule: the variants that the literature speaks of, never a subclass or a switch."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from plasticity.errors import ArgumentError, RuleError, said, unknown
from plasticity.inputs import number, text
from plasticity.parameters import Parameter, with_parameters
from plasticity.rules.conventions import PRESETS, WEIGHT, words
from plasticity.rules.record import Rule, with_bounds
from plasticity.rules.system import system
from plasticity.rules.variables import UNBOUNDED, Bounds, Variable

_SCALE = "factor on every change"  # what scaled() says of its parameter


def unbounded(rule: Rule) -> Rule:
    """The artificial comparison: the same changes, and no bound at all, neither hard nor soft.

    raises RuleError for what is no rule

    >>> from plasticity import RULES, final_weight, unbounded
    >>> late = [1.010, 2.010], [1.0, 2.0]
    >>> [round(final_weight(rule, *late, w0=0.0), 6) for rule in (RULES["pair_stdp"], unbounded(RULES["pair_stdp"]))]
    [0.0, -0.006369]
    """
    _require_rule(rule, "unbounded")
    return replace(with_bounds(rule, UNBOUNDED), name=f"unbounded({rule.name})")


def biological(rule: Rule, upper: float = math.inf) -> Rule:
    """The same changes, clamped at zero, and at `upper` when one is given.

    >>> from plasticity.rules import RULES, biological, unbounded
    >>> str(biological(unbounded(RULES["pair_stdp"]), 2.0).bounds)
    '0 <= w <= 2'
    """
    _require_rule(rule, "biological")
    if not (isinstance(upper, float) and upper == math.inf):
        upper = number(upper, "the upper bound", above=0.0)
    return replace(with_bounds(rule, Bounds(0.0, upper)), name=f"biological({rule.name})")


def nearest(rule: Rule) -> Rule:
    """Nearest-spike interaction: each spike sees only the last one of the other train (traces are set, not raised).

    raises RuleError for a rule without traces that spikes raise

    >>> from plasticity import RULES, final_weight
    >>> from plasticity.rules import nearest
    >>> burst, post = [0.010, 0.014, 0.018], [0.020]
    >>> forms = RULES["pair_stdp"], nearest(RULES["pair_stdp"])
    >>> [round(final_weight(form, burst, post, w0=0.5), 6) for form in forms]
    [0.511261, 0.504524]
    """
    _require_rule(rule, "nearest")
    traces = system(rule).traces
    if not traces:
        raise RuleError(f"nearest() needs a rule with traces of spikes; {rule.name} has none")
    state = tuple(_set_by_spikes(variable) if variable.name in traces else variable for variable in rule.state)
    return replace(rule, name=f"nearest({rule.name})", state=state)


def anti(rule: Rule) -> Rule:
    """Every change of the weight with its sign reversed. Soft bounds stay: what raises the weight slows towards the
    upper bound, whichever change it is.

    >>> from plasticity import RULES, final_weight
    >>> from plasticity.rules import anti
    >>> round(final_weight(anti(RULES["pair_stdp"]), [0.010], [0.020], w0=0.5), 6)
    0.496967
    """
    _require_changes(rule, "anti")
    return _rewritten(rule, f"anti({rule.name})", lambda change: f"-({change})")


def scaled(rule: Rule, factor: float) -> Rule:
    """Every change of the weight times `factor` (more than zero; `anti` turns the sign).

    >>> from plasticity import RULES, final_weight
    >>> from plasticity.rules import scaled
    >>> round(final_weight(scaled(RULES["pair_stdp"], 2), [0.010], [0.020], w0=0.5), 6)
    0.506065
    """
    _require_changes(rule, "scaled")
    factor = number(factor, "the factor of scaled(), where anti() turns the sign,", above=0.0)
    name = f"scaled({rule.name}, {factor:g})"
    scales = [parameter for parameter in rule.parameters if parameter.name == "scale"]
    if scales and scales[0].meaning != _SCALE:
        raise RuleError(f"{rule.name} has a parameter 'scale' of its own; give it another name, for scaled() makes one")
    if scales:
        return replace(with_parameters(rule, scale=rule.values["scale"] * factor), name=name)
    scale = Parameter("scale", factor, meaning=_SCALE)
    return _rewritten(replace(rule, parameters=(*rule.parameters, scale)), name, lambda change: f"scale*({change})")


def soft_bounds(rule: Rule, *, mu_plus: float = 1.0, mu_minus: float = 1.0, w_max: float | None = None) -> Rule:
    """Weight dependence: potentiation times (1 - x)**mu_plus, depression times x**mu_minus, where x is the part of the
    way from the lower to the upper bound that the weight has come: w/w_max without a floor.

    mu_plus, mu_minus : exponents of zero or more; 0 is additive, 1 multiplicative
    w_max             : the upper bound; by default the rule's own
    The lower bound is the rule's own, 0 if it has none. The result is also clipped to both. Source: `guetig2003`, eq.
    2-3; mu_plus = 0, mu_minus = 1 is the mixed form of van Rossum, Bi & Turrigiano (2000).
    raises RuleError for a rule that has soft bounds already, or whose weight never changes

    >>> from plasticity import RULES, final_weight
    >>> from plasticity.rules import soft_bounds
    >>> round(final_weight(soft_bounds(RULES["pair_stdp"]), [0.010], [0.020], w0=0.5), 6)
    0.501516
    """
    _require_changes(rule, "soft_bounds")
    if rule.bounds.is_soft:
        raise RuleError(f"{rule.name} has soft bounds already; change their powers with with_parameters")
    lower = max(rule.bounds.lower, 0.0) if math.isinf(rule.bounds.lower) else rule.bounds.lower
    upper = rule.bounds.upper if w_max is None else number(w_max, "w_max", above=lower)
    mu_plus, mu_minus = number(mu_plus, "mu_plus", least=0.0), number(mu_minus, "mu_minus", least=0.0)
    if not (math.isfinite(upper) and upper > lower):
        raise ArgumentError(
            f"soft bounds of {rule.name} need a finite w_max above {lower:g}; {upper} came: give w_max="
        )
    powers = (
        Parameter("mu_plus", mu_plus, meaning="weight dependence of potentiation", least=0.0),
        Parameter("mu_minus", mu_minus, meaning="weight dependence of depression", least=0.0),
    )
    soft = Bounds(lower, upper, soft_lower="mu_minus", soft_upper="mu_plus")
    return replace(
        rule,
        name=f"soft_bounds({rule.name})",
        parameters=(*rule.parameters, *powers),
        weight=replace(rule.weight, bounds=soft),
    )


def noiseless(rule: Rule) -> Rule:
    """The same rule without noise, in flows and at jumps: what it does on average, where its changes are linear.

    raises RuleError for what is no rule

    >>> from plasticity.rules import RULES, noiseless
    >>> RULES["calcium_noisy"].weight.noise, noiseless(RULES["calcium_noisy"]).weight.noise
    ('sigma*sqrt((step(c - theta_d) + step(c - theta_p))/tau)', '0')
    """
    _require_rule(rule, "noiseless")
    weight, *state = (replace(variable, noise="0", scatter={}) for variable in rule.variables)
    return replace(rule, name=f"noiseless({rule.name})", weight=weight, state=tuple(state))


def with_short_term(rule: Rule, short_term: Rule) -> Rule:
    """Both at one synapse: the weight changes as `rule` says, and a spike transmits what `short_term` makes of it.

    short_term : a rule under which the weight never changes, such as RULES["tsodyks_markram"]
    Source, bounds, unit, conventions and delays are those of `rule`.
    raises RuleError when `short_term` changes the weight or has delays, when `rule` already transmits something else
    than its weight, and when both use a name for different things

    >>> from plasticity.rules import RULES, with_short_term
    >>> with_short_term(RULES["pair_stdp"], RULES["tsodyks_markram"]).transmits
    'w*after(u)*R'
    """
    _require_rule(rule, "with_short_term")
    _require_rule(short_term, "with_short_term")
    if _changes_weight(short_term):
        raise RuleError(f"with_short_term() needs a second rule that never changes the weight; {short_term.name} does")
    if short_term.delays:
        late = ", ".join(short_term.delays)
        raise RuleError(f"{short_term.name} delays {late}; give the delay to {rule.name}, whose delays hold for both")
    if rule.transmits != WEIGHT:
        raise RuleError(f"with_short_term() needs a rule that transmits its weight; {rule.name} has {rule.transmits}")
    return replace(
        rule,
        name=f"with_short_term({rule.name}, {short_term.name})",
        parameters=(*rule.parameters, *short_term.parameters),
        state=(*rule.state, *short_term.state),
        signals=(*rule.signals, *(signal for signal in short_term.signals if signal not in rule.signals)),
        events=(*rule.events, *(event for event in short_term.events if event not in rule.events)),
        transmits=short_term.transmits,
        sets=(*rule.sets, *short_term.sets),
        spiking_form="",
    )


def _changes_weight(rule: Rule) -> bool:
    return bool(rule.weight.jumps) or rule.weight.flow != "0" or rule.weight.noise != "0" or bool(rule.weight.scatter)


def with_conventions(rule: Rule, preset: str = "", **settings: Any) -> Rule:
    """The same rule under other conventions; its name stays.

    preset   : one of PRESETS, in place of all conventions of the rule; empty for those that it has
    settings : fields of `Conventions`, in place of those of the preset: imagined="pre at 0"
    raises UnknownName for a preset or a field that there is not; RuleError for a word that a field does not allow

    >>> from plasticity import RULES, final_weight
    >>> from plasticity.rules import with_conventions
    >>> rule = with_conventions(RULES["pair_stdp"], coincidence="pre first")
    >>> final_weight(RULES["pair_stdp"], [0.01], [0.01], w0=0.5), final_weight(rule, [0.01], [0.01], w0=0.5)
    (0.5, 0.505)
    """
    _require_rule(rule, "with_conventions")
    text(preset, "the preset of conventions", error=RuleError)
    if preset and preset not in PRESETS:
        raise unknown("preset of conventions", preset, PRESETS)
    for name in settings:
        if name not in words():
            raise unknown("convention", name, words())
    return replace(rule, conventions=replace(PRESETS[preset] if preset else rule.conventions, **settings))


def _set_by_spikes(trace: Variable) -> Variable:
    jumps = {event: f"= {texts[0].removeprefix('=')}" for event, texts in trace.changes.items()}
    return replace(trace, jumps=jumps)


def _rewritten(rule: Rule, name: str, change: Callable[[str], str]) -> Rule:
    """The rule with every change of w rewritten; the spiking form of a rule on rates is no longer the same."""
    weight = rule.weight

    def rewritten(text: str) -> str:
        return change(f"({text[1:]}) - {WEIGHT}" if text.startswith("=") else text)

    jumps = {event: tuple(rewritten(text) for text in texts) for event, texts in weight.changes.items()}
    moved: dict[str, Any] = {
        field: change(getattr(weight, field)) for field in ("flow", "noise") if getattr(weight, field) != "0"
    }
    moved["scatter"] = {event: change(text) for event, text in weight.scatter.items()}
    return replace(rule, name=name, weight=replace(weight, jumps=jumps, **moved), spiking_form="")


def _require_rule(rule: Any, function: str) -> None:
    if not isinstance(rule, Rule):
        raise RuleError(f"{function}() got {said(rule)}; a rule is allowed, plasticity.rules.RULES holds them by name")


def _require_changes(rule: Any, function: str) -> None:
    _require_rule(rule, function)
    if not rule.weight.jumps and rule.weight.flow == "0":
        raise RuleError(f"{function}() needs a rule that changes the weight; {rule.name} never does")
