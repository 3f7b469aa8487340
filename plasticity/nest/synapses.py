"""Records as NEST's plastic synapses: recognised by their form, whatever they are called.

A change of w is taken apart into its coefficients, numbers at a few weights, so that a record need not be written in
NEST's letters. What is arranged in the record, not here, are the conventions: `with_conventions(rule, "nest")`.
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.nest.dopamine import dopamine
from plasticity.nest.forms import ALIKE, Form, form_of, only, refusal
from plasticity.nest.models import Synapse
from plasticity.nest.short_term import short_term
from plasticity.rules import Rule, with_conventions
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.needs import NEEDS
from plasticity.rules.system import system

_NEGATIVE = (
    "NEST's synapses of pairs raise w at postsynaptic spikes and lower it at presynaptic ones; another sign needs a "
    "negative rate there, under which w overruns the bound that it is led to (see nest_negative_rate)"
)
# These pair the first postsynaptic spikes with a presynaptic one at time 0, which there was not
_IMAGINED = {"imagined": "pre at 0"}
_IMAGINING = ("stdp_nn_symm_synapse", "stdp_nn_restr_synapse")
_EXPRESSED = frozenset({"spikes", "general state", "no polynomial"})


def synapse_of(rule: Rule) -> Synapse:
    """The rule as a synapse of NEST. Raises UnsupportedRule, with the reason, when NEST cannot express it."""
    found = system(with_conventions(rule, imagined="none"))  # in NEST it is imagined or not, whatever the record says
    if reward := dopamine(found):
        return reward
    if beyond := [NEEDS[need] for need in NEEDS if need in found.needs - _EXPRESSED]:
        raise refusal(rule, f"it needs {' and '.join(beyond)}, which none of NEST's synapses of this kind has")
    if rule.bounds.lower != 0:
        raise refusal(rule, f"NEST clips at 0, and this weight at {rule.bounds.lower:g}")
    if released := short_term(found):
        return released
    if rule.transmits != WEIGHT:
        raise refusal(rule, f"it transmits {rule.transmits}, and a synapse of NEST that learns transmits its weight")
    form = form_of(found)
    for recognised in (_triplet, _vogels, _of_pairs):
        if synapse := recognised(form):
            return synapse
    raise refusal(rule, "NEST has no synapse whose changes have this form")


def _of_pairs(form: Form) -> Synapse | None:
    """Additive to multiplicative, and the power law; of all pairs, or of some."""
    schemes: dict[str, tuple[str, ...]] = {
        "stdp_synapse": ("pre all", "post all"),
        "stdp_nn_symm_synapse": ("pre last", "post last"),
        "stdp_nn_pre_centered_synapse": ("pre reset all", "post last"),
        "stdp_nn_restr_synapse": ("pre reset last", "post last", "gate"),
    }
    for model, kinds in schemes.items():
        names = only(form, *kinds)
        if not names:
            continue
        x, *seen = names
        if not (form.has_only("pre", tuple(seen)) and form.has_only("post", (x,))):
            return None
        up, down = form.of("post", x), -form.of("pre", *seen)
        if not (np.all(up > 0) and np.all(down >= 0)):
            raise refusal(form.found.rule, _NEGATIVE)
        times = {"tau_plus": form.ms(x)}, {"tau_minus": form.ms(seen[0])}
        return _power_law(form, model, up, down, times) or _weight_dependent(form, model, up, down, times)
    return None


Times = tuple[dict[str, float], dict[str, float]]


def _weight_dependent(form: Form, model: str, up: Floats, down: Floats, times: Times) -> Synapse | None:
    part = form.w / form.w_max
    plus, minus = _power(up, 1 - part), _power(down, part)
    if plus is None or minus is None:
        return None
    rate = plus[0] / form.w_max
    own = {"Wmax": form.w_max, "lambda": rate, "alpha": minus[0] / plus[0], "mu_plus": plus[1], "mu_minus": minus[1]}
    return Synapse(model, {**own, **times[0]}, times[1], settings=_IMAGINED if model in _IMAGINING else {})


def _power_law(form: Form, model: str, up: Floats, down: Floats, times: Times) -> Synapse | None:
    if model != "stdp_synapse" or np.isfinite(form.found.rule.bounds.upper):
        return None
    plus, minus = _power(up, form.w), _power(down, form.w)
    if plus is None or minus is None or abs(minus[1] - 1) > ALIKE:
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
        if np.allclose(factor * base**guess, values, rtol=ALIKE, atol=0) and guess >= 0:
            return factor, guess + 0.0
    return None


def _triplet(form: Form) -> Synapse | None:
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


def _fast_and_slow(form: Form, event: str, own: list[str], other: list[str]) -> tuple[str, str]:
    """Of the traces of one side, that by which the other's spikes change w, and the one that is left, '' for none."""
    acting = {name for powers, value in form.coefficients[event].items() if np.any(value) for name in powers}
    (fast,) = acting & set(own)
    (slow,) = [name for name in own if name != fast] or [""]
    return fast, slow


def _vogels(form: Form) -> Synapse | None:
    """Any pair raises w, and every presynaptic spike lowers it by a constant."""
    names = only(form, "pre all", "post all")
    if not names:
        return None
    x, y = names
    up, again, down = form.of("post", x), form.of("pre", y), form.of("pre")
    is_fit = form.has_only("post", (x,)) and form.has_only("pre", (y,), ()) and form.ms(x) == form.ms(y)
    if not is_fit or np.ptp(up) or np.ptp(down) or np.any(up != again) or not (up[0] > 0 > down[0]):
        return None
    parameters = {"Wmax": form.w_max, "eta": float(up[0]), "alpha": float(-down[0] / up[0]), "tau": form.ms(x)}
    return Synapse("vogels_sprekeler_synapse", parameters, {"tau_minus": form.ms(y)})
