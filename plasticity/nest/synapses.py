"""Records as NEST's plastic synapses: recognised by their form, whatever they are called.

A change of w is taken apart into its coefficients, numbers at a few weights, so that a record need not be written in
NEST's letters. What is arranged in the record, not here, are the conventions: `with_conventions(rule, "nest")`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import UnsupportedRule
from plasticity.nest.dopamine import dopamine
from plasticity.nest.models import Synapse
from plasticity.rules import Rule, with_conventions
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.needs import NEEDS
from plasticity.rules.polynomials import NoPolynomial, Polynomial, added, polynomial
from plasticity.rules.system import System, system

UNBOUNDED_W_MAX = 2.0**20  # in place of none: of a power of two a part is exact
_AT = np.array([0.2, 0.45, 0.7, 0.95])  # weights at which coefficients are looked at, parts of the way to the bound
_ALIKE = 1e-12  # of two numbers that are the same but for their rounding
_NEGATIVE = (
    "NEST's synapses of pairs raise w at postsynaptic spikes and lower it at presynaptic ones; another sign needs a "
    "negative rate there, under which w overruns the bound that it is led to (see nest_negative_rate)"
)
# These pair the first postsynaptic spikes with a presynaptic one at time 0, which there was not
_IMAGINED = {"imagined": "pre at 0"}
_IMAGINING = ("stdp_nn_symm_synapse", "stdp_nn_restr_synapse")
_EXPRESSED = frozenset({"spikes", "general state", "no polynomial"})
Coefficients = dict[str, dict[tuple[str, ...], Floats]]  # {event: {traces multiplied: at each weight}}


@dataclass(frozen=True)
class _Form:
    """What a rule is recognised by: its coefficients, and of each side how its trace hears: 'all', 'last', 'reset'."""

    found: System
    w: Floats
    coefficients: Coefficients
    kinds: Mapping[str, str]

    def of(self, event: str, *traces: str) -> Floats:
        """A coefficient at every weight; 0 where there is none."""
        found = self.coefficients[event].get(tuple(sorted(traces)), np.zeros(self.w.size))
        return np.broadcast_to(found, self.w.shape)

    def ms(self, trace: str) -> float:
        """The time constant of a trace, milliseconds."""
        return self.found.decays[trace].tau * 1e3

    @property
    def w_max(self) -> float:
        upper = self.found.rule.bounds.upper
        return float(upper) if np.isfinite(upper) else UNBOUNDED_W_MAX

    def has_only(self, event: str, *monomials: tuple[str, ...]) -> bool:
        """Whether no other products of traces change w at the event."""
        allowed = {tuple(sorted(one)) for one in monomials}
        return all(powers in allowed or not np.any(value) for powers, value in self.coefficients[event].items())


def synapse_of(rule: Rule) -> Synapse:
    """The rule as a synapse of NEST. Raises UnsupportedRule, with the reason, when NEST cannot express it."""
    found = system(with_conventions(rule, imagined="none"))  # in NEST it is imagined or not, whatever the record says
    if reward := dopamine(found):
        return reward
    if beyond := [NEEDS[need] for need in NEEDS if need in found.needs - _EXPRESSED]:
        raise _refusal(rule, f"it needs {' and '.join(beyond)}, which none of NEST's synapses of this kind has")
    if rule.bounds.lower != 0:
        raise _refusal(rule, f"NEST clips at 0, and this weight at {rule.bounds.lower:g}")
    if short_term := _short_term(found):
        return short_term
    if rule.transmits != WEIGHT:
        raise _refusal(rule, f"it transmits {rule.transmits}, and a synapse of NEST that learns transmits its weight")
    form = _form(found)
    for recognised in (_triplet, _vogels, _of_pairs):
        if synapse := recognised(form):
            return synapse
    raise _refusal(rule, "NEST has no synapse whose changes have this form")


def _form(found: System) -> _Form:
    upper = found.rule.bounds.upper
    w = _AT * (upper if np.isfinite(upper) else 2.0 * found.start_weight)
    read = {name for jump in found.jumps[WEIGHT] for name in jump.reads}
    names = [variable.name for variable in found.rule.state if variable.name in read]  # others do nothing to w
    values: dict[str, Any] = {**found.values, WEIGHT: w}
    coefficients: Coefficients = {"pre": {}, "post": {}}
    try:
        for jump in found.jumps[WEIGHT]:
            terms = polynomial(jump.tree, values, names)
            coefficients[jump.event] = added(coefficients[jump.event], terms) if coefficients[jump.event] else terms
    except NoPolynomial:
        raise _refusal(found.rule, "a change of w is no polynomial in traces, as all of NEST's are") from None
    return _Form(found, w, coefficients, {name: _kind(found, name) for name in names})


def _kind(found: System, name: str) -> str:
    """'pre all', 'post last', ...: whose spikes a variable remembers and how, each as 1; 'gate'; else nothing."""
    jumps = {jump.event: jump for jump in found.jumps[name]}
    if name in found.traces and found.amplitude(name) == 1:
        trace = found.traces[name]
        return f"{trace.event} {'last' if trace.is_set else 'all'}"
    if (
        len(found.jumps[name]) != 2
        or set(jumps) != {"pre", "post"}
        or any(j.reads - set(found.values) for j in jumps.values())
    ):
        return ""
    values = {event: polynomial(jump.tree, found.values, []).get((), None) for event, jump in jumps.items()}
    set_to = {event: values[event] for event, jump in jumps.items() if jump.is_set}
    if name in found.decays:
        for own, other in (("pre", "post"), ("post", "pre")):
            if set_to.get(other) == 0 and values[own] == 1:
                return f"{own} {'reset last' if own in set_to else 'reset all'}"
        return ""
    return "gate" if set_to == {"pre": 0, "post": 1} and name not in found.flows else ""


def _only(form: _Form, *kinds: str) -> list[str] | None:
    """The variables of these kinds, in their order, if the rule has them and no others."""
    names = [next((name for name, own in form.kinds.items() if own == kind), "") for kind in kinds]
    return names if all(names) and len(form.kinds) == len(names) else None


def _of_pairs(form: _Form) -> Synapse | None:
    """Additive to multiplicative, and the power law; of all pairs, or of some."""
    schemes: dict[str, tuple[str, ...]] = {
        "stdp_synapse": ("pre all", "post all"),
        "stdp_nn_symm_synapse": ("pre last", "post last"),
        "stdp_nn_pre_centered_synapse": ("pre reset all", "post last"),
        "stdp_nn_restr_synapse": ("pre reset last", "post last", "gate"),
    }
    for model, kinds in schemes.items():
        names = _only(form, *kinds)
        if not names:
            continue
        x, *seen = names
        if not (form.has_only("pre", tuple(seen)) and form.has_only("post", (x,))):
            return None
        up, down = form.of("post", x), -form.of("pre", *seen)
        if not (np.all(up > 0) and np.all(down >= 0)):
            raise _refusal(form.found.rule, _NEGATIVE)
        times = {"tau_plus": form.ms(x)}, {"tau_minus": form.ms(seen[0])}
        return _power_law(form, model, up, down, times) or _weight_dependent(form, model, up, down, times)
    return None


Times = tuple[dict[str, float], dict[str, float]]


def _weight_dependent(form: _Form, model: str, up: Floats, down: Floats, times: Times) -> Synapse | None:
    part = form.w / form.w_max
    plus, minus = _power(up, 1 - part), _power(down, part)
    if plus is None or minus is None:
        return None
    rate = plus[0] / form.w_max
    own = {"Wmax": form.w_max, "lambda": rate, "alpha": minus[0] / plus[0], "mu_plus": plus[1], "mu_minus": minus[1]}
    return Synapse(model, {**own, **times[0]}, times[1], settings=_IMAGINED if model in _IMAGINING else {})


def _power_law(form: _Form, model: str, up: Floats, down: Floats, times: Times) -> Synapse | None:
    if model != "stdp_synapse" or np.isfinite(form.found.rule.bounds.upper):
        return None
    plus, minus = _power(up, form.w), _power(down, form.w)
    if plus is None or minus is None or abs(minus[1] - 1) > _ALIKE:
        return None
    common = {"lambda": plus[0], "mu": plus[1], "alpha": minus[0] / plus[0], **times[0]}
    return Synapse("stdp_pl_synapse_hom", {}, times[1], common)


def _power(values: Floats, base: Floats) -> tuple[float, float] | None:
    """(factor, power) of values that are factor*base**power; None when they are not."""
    if not np.all(values > 0):
        return None
    power = float(np.log(values[-1] / values[0]) / np.log(base[-1] / base[0]))
    near = round(power, 12)  # what rounding left beside the power of the record
    for guess in (near, power):
        factor = float(values[0] / base[0] ** guess)
        if np.allclose(factor * base**guess, values, rtol=_ALIKE, atol=0) and guess >= 0:
            return factor, guess + 0.0
    return None


def _triplet(form: _Form) -> Synapse | None:
    """Pairs and triplets of all spikes; up to four traces, of which those that act are told by what they multiply."""
    own = {side: [name for name, kind in form.kinds.items() if kind == f"{side} all"] for side in ("pre", "post")}
    if sum(map(len, own.values())) != len(form.kinds) or not 3 <= len(form.kinds) <= 4:
        return None
    try:
        r1, r2 = _fast_and_slow(form, "post", own["pre"], own["post"])
        o1, o2 = _fast_and_slow(form, "pre", own["post"], own["pre"])
    except ValueError:
        return None
    is_fit = form.has_only("post", (r1,), (r1, o2)) and form.has_only("pre", (o1,), (o1, r2))
    numbers = {
        "Aplus": form.of("post", r1),
        "Aplus_triplet": form.of("post", r1, o2),
        "Aminus": -form.of("pre", o1),
        "Aminus_triplet": -form.of("pre", o1, r2),
    }
    if not is_fit or any(np.ptp(value) or value[0] < 0 for value in numbers.values()):
        return None
    parameters = {name: float(value[0]) for name, value in numbers.items()}
    # the time constant of a trace that is not there is any
    times = {"tau_plus": form.ms(r1), "tau_plus_triplet": form.ms(r2 or r1)}
    post = {"tau_minus": form.ms(o1), "tau_minus_triplet": form.ms(o2 or o1)}
    return Synapse("stdp_triplet_synapse", {"Wmax": form.w_max, **parameters, **times}, post)


def _fast_and_slow(form: _Form, event: str, own: list[str], other: list[str]) -> tuple[str, str]:
    """Of the traces of one side, that by which the other's spikes change w, and the one that is left, '' for none."""
    acting = {name for powers, value in form.coefficients[event].items() if np.any(value) for name in powers}
    (fast,) = acting & set(own)
    (slow,) = [name for name in own if name != fast] or [""]
    return fast, slow


def _vogels(form: _Form) -> Synapse | None:
    """Any pair raises w, and every presynaptic spike lowers it by a constant."""
    names = _only(form, "pre all", "post all")
    if not names:
        return None
    x, y = names
    up, again, down = form.of("post", x), form.of("pre", y), form.of("pre")
    is_fit = form.has_only("post", (x,)) and form.has_only("pre", (y,), ()) and form.ms(x) == form.ms(y)
    if not is_fit or np.ptp(up) or np.ptp(down) or np.any(up != again) or not (up[0] > 0 > down[0]):
        return None
    parameters = {"Wmax": form.w_max, "eta": float(up[0]), "alpha": float(-down[0] / up[0]), "tau": form.ms(x)}
    return Synapse("vogels_sprekeler_synapse", parameters, {"tau_minus": form.ms(y)})


def _short_term(found: System) -> Synapse | None:
    """Resources R and their utilisation u (Tsodyks & Markram): w u R is transmitted, u as the spike has raised it."""
    rule = found.rule
    if found.jumps[WEIGHT] or WEIGHT in found.flows or len(rule.state) != 2:
        return None
    u, r = sorted(found.decays, key=lambda name: found.decays[name].rest) if len(found.decays) == 2 else ("", "")
    if not u or [jump.event for name in (u, r) for jump in found.jumps[name]] != ["pre", "pre"]:
        return None
    (rise,), (release,) = found.jumps[u], found.jumps[r]
    after = f"after({u})"
    try:
        raised = polynomial(rise.tree, found.values, [u])
        used = polynomial(release.tree, found.values, [after, r])
        sent = polynomial(found.transmits, found.values, [after, r, WEIGHT])
    except NoPolynomial:
        return None
    part, kept = float(raised.get((), 0.0)), float(raised.get((u,), 0.0)) + (0.0 if rise.is_set else 1.0)
    is_fit = np.isclose(kept, 1 - part, rtol=_ALIKE) or kept == 0
    is_fit &= _is_one(used, -1.0, after, r) and _is_one(sent, 1.0, after, r, WEIGHT)
    is_fit &= found.decays[u].rest == found.starts[u] == 0 and found.decays[r].rest == found.starts[r] == 1
    if not is_fit:
        return None
    times = {"tau_rec": found.decays[r].tau * 1e3, "tau_fac": found.decays[u].tau * 1e3 if kept else 0.0}
    # NEST keeps what the next spike finds: u as it will have been raised
    parameters = {"U": part, "u": part, "x": 1.0, **times}
    return Synapse("tsodyks2_synapse", parameters, {}, settings={"transmitted": "before"})


def _is_one(found: Polynomial, coefficient: float, *names: str) -> bool:
    """Whether a polynomial is one product of these names, times a coefficient."""
    left = {powers: value for powers, value in found.items() if value}
    return left == {tuple(sorted(names)): coefficient}


def _refusal(rule: Rule, reason: str) -> UnsupportedRule:
    return UnsupportedRule(f"{rule}: {reason}")
