"""What is compared when nothing is named: the catalogue, and forms of its rules that the other side has by name."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from plasticity.catalogue import SET
from plasticity.errors import ArgumentError
from plasticity.neurons import NEURONS, Neuron
from plasticity.rules import RULES, Rule, nearest, soft_bounds
from plasticity.verification import Against, verified
from plasticity.verification.findings import Finding

Task = Callable[[int], Finding]  # of the number of seeds

# Exponents of the weight dependence, of potentiation and depression: those between and beside the published rules
_EXPONENTS = {"van_rossum": (0.0, 1.0), "mixed": (0.3, 0.7)}


def suite(names: Sequence[str], against: Against) -> dict[str, Task]:
    """{name: what compares it}, of those named, or of all.

    raises UnknownName for a record that there is not, ArgumentError for a neuron where the other side is not NEST
    """
    every = _named(against)
    if neurons := [name for name in names if against != "nest" and name.partition(SET)[0] in NEURONS]:
        raise ArgumentError(f"{', '.join(neurons)}: neurons are compared with NEST only; say --against nest")
    if against == "javascript":
        return _in_one_page(names)
    if not names:
        return {rule.name: partial(_verified, rule, against) for rule in RULES.every()} | every
    chosen: dict[str, Task] = {}
    for name in names:
        chosen |= _chosen(name, against, every)
    return chosen


def _in_one_page(names: Sequence[str]) -> dict[str, Task]:
    from plasticity.verification.by_javascript import together

    forms = {rule.name: rule for rule in _forms()}
    return together([forms.get(name) or RULES[name] for name in names] or [*RULES.every(), *forms.values()])


def _chosen(name: str, against: Against, every: Mapping[str, Task]) -> dict[str, Task]:
    """A rule, or something else by its name; against NEST, a neuron, as published or with one of its sets."""
    if against == "nest" and name.partition(SET)[0] in NEURONS:
        return _of_neuron(NEURONS[name])
    return {name: every[name] if name in every else partial(_verified, RULES[name], against)}


def _named(against: Against) -> dict[str, Task]:
    """What is compared beside the rules of the catalogue."""
    found: dict[str, Task] = {rule.name: partial(_verified, rule, against) for rule in _forms()}
    if against != "nest":
        return found
    from plasticity.nest import require_nest
    from plasticity.verification.faults_of_nest import FAULTS

    require_nest()
    for neuron in NEURONS.every():
        found |= _of_neuron(neuron)
    return found | {name: partial(_shown, fault) for name, fault in FAULTS.items()}


def _of_neuron(neuron: Neuron) -> dict[str, Task]:
    """The times of its spikes, and its f-I curve; the reason alone where NEST has no such neuron."""
    from plasticity.nest.neurons import is_known

    spikes: dict[str, Task] = {neuron.name: partial(_neuron, neuron)}
    return spikes | ({f"{neuron.name}, f-I curve": partial(_curve, neuron)} if is_known(neuron) else {})


def _neuron(neuron: Neuron, seeds: int) -> Finding:
    from plasticity.verification.neurons_by_nest import neuron_against_nest

    return neuron_against_nest(neuron, seeds)


def _curve(neuron: Neuron, seeds: int) -> Finding:
    from plasticity.verification.curves_by_nest import curve_against_nest

    return curve_against_nest(neuron)


def _shown(fault: Callable[[], Finding], seeds: int) -> Finding:
    return fault()


def _verified(rule: Rule, against: Against, seeds: int) -> Finding:
    return verified(rule, against, seeds=seeds)


def _forms() -> list[Rule]:
    from dataclasses import replace

    pair, found = RULES["pair_stdp"], list[Rule]()
    for name, (mu_plus, mu_minus) in _EXPONENTS.items():
        soft = replace(soft_bounds(pair, mu_plus=mu_plus, mu_minus=mu_minus), name=f"pair_stdp, {name} exponents")
        found += [soft, replace(nearest(soft), name=f"{soft.name}, nearest")]
    return found
