"""Rules on rates against their definition: the flow as it is written, one synapse of a small layer at a time.

It shares with `plasticity.rates` the record and the language of its expressions: no arrays, no steps that adapt, and
sums over inputs and neurons written out. Every flow is followed in equal steps by the classical method of order 4.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from plasticity import rates
from plasticity.arrays import Floats
from plasticity.rules import Rule, Signal, is_readable, scaled
from plasticity.verification.facts import Facts, Values
from plasticity.verification.findings import Course, Finding, judged

STEP = 2.5e-3  # seconds
TIMES = np.linspace(0.0, 1.0, 21)  # seconds, at which weights are compared
CORNERS = TIMES[::2]  # of rates that are given; bounds are met and left between two of them
N_NEURONS, N_INPUTS = 2, 3
STRONGER = 20.0  # times the published amplitude
RATE = (2.0, 40.0)  # hertz
TOLERANCE = 1e-8
REASON = f"an error of order 4 in steps of {STEP * 1e3:g} ms; ours is right to about 1e-9"
AT_BOUNDS = 1e-4
MET = "of order 2 where a bound is met within a step of the definition, which does not look for it"

Rate = Callable[[float], float]
Layer = list[list[Values]]  # the variables of each synapse, by neuron and input


@dataclass(frozen=True)
class _Drive:
    """What a layer hears. post : None for the rates that the weights make, of linear neurons."""

    kind: str
    pre: Sequence[Rate]
    post: Sequence[Rate] | None


def is_on_rates(rule: Rule) -> bool:
    """Whether a rule hears rates, and `plasticity.rates` runs it."""
    return any(signal.kind == "rate" for signal in rule.signals) and is_readable(rule, "rates")


def rates_against_definition(rule: Rule, seeds: int) -> Finding:
    """The weights of a small layer in the course of random rates, given with corners, and made by the weights; of a
    rule with bounds also so strong that it meets them."""
    forms = [rule, scaled(rule, STRONGER)] if math.isfinite(rule.bounds.upper) else [rule]
    free, bound = list[Course](), list[Course]()
    for seed in range(1, seeds + 1):
        rng = np.random.default_rng(seed)
        for drive in (_cornered(rng), _waving(rng)):
            w0 = rule.start_weight * rng.uniform(0.5, 1.5, (N_NEURONS, N_INPUTS))
            for form in forms:
                courses = _courses(form, drive, w0, f"seed {seed}, {drive.kind}")
                (bound if _meets_a_bound(rule, courses) else free).extend(courses)
    return _both(rule, free, bound)


def _meets_a_bound(rule: Rule, courses: Sequence[Course]) -> bool:
    ends = [rule.bounds.lower, rule.bounds.upper]
    return any(np.isin(weights, ends).any() for course in courses for weights in (course.ours, course.theirs))


def _both(rule: Rule, free: Sequence[Course], bound: Sequence[Course]) -> Finding:
    """What is told are the courses that meet no bound, and of the others how far they are apart, unless too far."""
    finding = Finding(rule.name, "events", partner="the definition", conventions="of the rule", reason=REASON)
    ends = rule.bounds.lower, rule.bounds.upper
    found = judged(replace(finding, tolerance=TOLERANCE), free, ends)
    if not bound:
        return found
    clipped = judged(replace(finding, tolerance=AT_BOUNDS, reason=MET), bound, ends)
    if clipped.status == "differs" or not free:
        return clipped
    more = {f"difference where bounds are met, at most {AT_BOUNDS:g}": clipped.difference or 0.0}
    n = found.n + clipped.n
    return replace(found, n=n, at_lower=clipped.at_lower, at_upper=clipped.at_upper, note=MET, more=more)


def weights_by_definition(rule: Rule, drive: _Drive, w0: Floats) -> Floats:
    """The weights at each of the times, shape (n_times, n_neurons, n_inputs)."""
    facts = Facts(rule)
    first = {variable.name: facts.value(variable.start, rule.values) for variable in rule.state}
    layer: Layer = [[{**first, "w": float(w)} for w in row] for row in w0]
    found = [[[synapse["w"] for synapse in row] for row in layer]]
    for begin, end in zip(TIMES[:-1].tolist(), TIMES[1:].tolist(), strict=True):
        n = round((end - begin) / STEP)
        for k in range(n):
            layer = _stepped(facts, drive, layer, begin + (end - begin) * k / n, (end - begin) / n)
        found.append([[synapse["w"] for synapse in row] for row in layer])
    return np.array(found)


def _stepped(facts: Facts, drive: _Drive, layer: Layer, time: float, h: float) -> Layer:
    """After one step of the classical method; what left its bounds is put back."""
    k1 = _slopes(facts, drive, layer, time)
    k2 = _slopes(facts, drive, _moved(layer, (h / 2, k1)), time + h / 2)
    k3 = _slopes(facts, drive, _moved(layer, (h / 2, k2)), time + h / 2)
    k4 = _slopes(facts, drive, _moved(layer, (h, k3)), time + h)
    return _within(facts.rule, _moved(layer, (h / 6, k1), (h / 3, k2), (h / 3, k3), (h / 6, k4)))


def _within(rule: Rule, layer: Layer) -> Layer:
    bounds = {variable.name: variable.bounds for variable in rule.variables}
    return [
        [{name: min(max(x, bounds[name].lower), bounds[name].upper) for name, x in synapse.items()} for synapse in row]
        for row in layer
    ]


def _moved(layer: Layer, *ways: tuple[float, Layer]) -> Layer:
    return [
        [
            {name: x + math.fsum(h * slopes[j][i][name] for h, slopes in ways) for name, x in synapse.items()}
            for i, synapse in enumerate(row)
        ]
        for j, row in enumerate(layer)
    ]


def _slopes(facts: Facts, drive: _Drive, layer: Layer, time: float) -> Layer:
    """The change per second of every variable of every synapse, its weight read within the bounds."""
    layer = _within(facts.rule, layer)
    x = [rate(time) for rate in drive.pre]
    if drive.post is None:
        y = [math.fsum(synapse["w"] * rate for synapse, rate in zip(row, x, strict=True)) for row in layer]
    else:
        y = [rate(time) for rate in drive.post]
    left = [
        [x[i] - math.fsum(y[other] * layer[other][i]["w"] for other in range(j)) for i in range(len(x))]
        for j in range(len(y))
    ]
    return [
        [_flows(facts, synapse, x[i], y[j], left[j][i]) for i, synapse in enumerate(row)] for j, row in enumerate(layer)
    ]


def _flows(facts: Facts, synapse: Values, x: float, y: float, left: float) -> Values:
    """Of one synapse, with what soft bounds leave of a change of the weight."""

    def heard(signal: Signal) -> float:
        return left if signal.is_residual else x if signal.of == "pre" else y

    here = {**synapse, **{signal.name: heard(signal) for signal in facts.rule.signals}}
    found = {variable.name: facts.value(variable.flow, here) for variable in facts.rule.variables}
    return {**found, "w": found["w"] * facts.room(synapse["w"], found["w"])}


def _courses(rule: Rule, drive: _Drive, w0: Floats, kind: str) -> list[Course]:
    pre = lambda time: np.array([rate(time) for rate in drive.pre])  # noqa: E731
    post = rates.WeightedSum() if drive.post is None else _column(drive.post)
    ours = rates.trajectory(rule, pre, post, w0, times=TIMES).weights
    theirs = weights_by_definition(rule, drive, w0)
    return [
        Course(f"{kind}, neuron {j + 1}, input {i + 1}", TIMES, ours[:, j, i], theirs[:, j, i], ours[:, j, i])
        for j in range(N_NEURONS)
        for i in range(N_INPUTS)
    ]


def _column(post: Sequence[Rate]) -> Callable[[float], Floats]:
    return lambda time: np.array([[rate(time)] for rate in post])


def _cornered(rng: np.random.Generator) -> _Drive:
    """Rates of both sides that go in straight lines between random ones."""

    def line(values: Floats) -> Rate:
        return lambda time: float(np.interp(time, CORNERS, values))

    pre, post = ([line(rng.uniform(*RATE, CORNERS.size)) for _ in range(n)] for n in (N_INPUTS, N_NEURONS))
    return _Drive("rates given", pre, post)


def _waving(rng: np.random.Generator) -> _Drive:
    """Inputs that wave, each with its own mean, frequency and phase; the weights make the rest."""

    def wave(mean: float, per_second: float, phase: float) -> Rate:
        return lambda time: mean * (1 + 0.8 * math.sin(2 * math.pi * (per_second * time + phase)))

    waves = [wave(*rng.uniform((RATE[0], 0.5, 0.0), (RATE[1] / 2, 3.0, 1.0))) for _ in range(N_INPUTS)]
    return _Drive("rates made by the weights", waves, None)
