"""Networks with every neuron and every rule on spikes of the catalogues, and with each way of putting them together."""

from dataclasses import replace

import numpy as np
from changing import with_delay

from plasticity.networks import EventTrain, Network, Population, Projection, Replay
from plasticity.neurons import NEURONS, Neuron, known_in_closed_form, rheobase
from plasticity.protocols import on_grid, poisson
from plasticity.rules import (
    RULES,
    UNBOUNDED,
    Parameter,
    Rule,
    Signal,
    is_readable,
    noiseless,
    weight,
    with_conventions,
)
from plasticity.rules.system import system

# Amperes, for those of which no rheobase is known
CURRENTS = {"quadratic": 1e-9, "exponential": 1e-9, "adex": 1e-9, "izhikevich": 10e-12, "traub_miles": 3e-10}
LIF = NEURONS["lif_excitatory"]


def trains(n: int, rate: float, duration: float, seed: int, dt: float = 1e-4) -> list[np.ndarray]:
    """`n` Poisson trains of `rate` hertz on the grid of a run."""
    rng = np.random.default_rng(seed)
    return [on_grid(poisson(rate, duration, rng), dt) for _ in range(n)]


def regular() -> dict[str, Neuron]:
    """Every neuron that fires without chance, and every method of integration."""
    found = {name: one for name, one in NEURONS.items() if one.integration != "euler" and not one.hazard}
    found["euler"] = replace(LIF, integration="euler", closed_form=None)
    found["exponential_euler"] = replace(NEURONS["hodgkin_huxley"], integration="exponential euler")
    found["held_exponential_euler"] = replace(LIF, integration="exponential euler", closed_form=None)
    return found


def every_neuron(dt: float) -> Network:
    """Two of each neuron, which fire, with trains at every receptor, each with a delay of its own."""
    parts: list = [Replay("exc", trains(2, 200.0, 0.05, 1, dt)), Replay("inh", trains(2, 100.0, 0.05, 2, dt), sign=-1)]
    projections = []
    for name, neuron in regular().items():
        drive = CURRENTS.get(name, 2 * rheobase(neuron) if "rheobase" in known_in_closed_form(neuron) else 5e-10)
        parts.append(Population(name, neuron, 2, [drive, 2 * drive]))
        for number, (key, receptor) in enumerate(neuron.receptors.items()):
            source = "exc" if receptor.sign > 0 else "inh"
            pairs, late = [(0, 0), (1, 1)], number * 1e-3
            projections.append(Projection(f"{name}_{number}", source, name, pairs, 1.0, delay=late, receptor=key))
    return Network(parts, projections)


def readable_rules() -> dict[str, Rule]:
    """Every rule of the catalogue that a network can have, without its noise."""
    found = {name: rule for name, rule in RULES.items() if is_readable(rule, "spiking")}
    found = {name: rule for name, rule in found.items() if all(signal.of != "world" for signal in rule.signals)}
    return {name: noiseless(r) if system(r).noises or system(r).scatters else r for name, r in found.items()}


def every_rule(rules: dict[str, Rule], n_pre: int, n_post: int) -> Network:
    """Each rule between trains and neurons that fire."""
    pre = Replay("pre", trains(n_pre, 60.0, 0.1, 1))
    lif = Population("lif", LIF, n_post, np.linspace(5e-10, 6e-10, n_post))
    adex = Population("adex", NEURONS["clopath_adex"], n_post, np.linspace(14e-10, 15e-10, n_post))
    pairs = [(i, j) for i in range(n_pre) for j in range(n_post)][::-1]
    projections = []
    for name, rule in rules.items():
        target = "adex" if rule.signals else "lif"
        weight = np.linspace(0.1, 0.9, len(pairs)) * (40.0 if name == "power_law_stdp" else 1.0) / 20
        projections.append(Projection(name, "pre", target, pairs, weight, rule, delay=1e-3))
    events = {event for rule in rules.values() for event in rule.events} - {"pre", "post"}
    return Network([pre, lif, adex], projections, [EventTrain(event, [0.03, 0.05]) for event in sorted(events)])


VARIED = {
    "nest": with_conventions(RULES["pair_stdp"], "nest"),
    "nest_triplet": with_conventions(RULES["triplet_stdp"], "nest"),
    "brian2_example": with_conventions(RULES["pair_stdp"], "brian2-example"),
    "post_first": with_conventions(RULES["suppression_stdp"], coincidence="post first"),
    "reduced_nest": with_conventions(RULES["reduced_symmetric_stdp"], "nest", imagined="pre at 0"),
    "sent_after": with_conventions(RULES["tsodyks_markram_stdp"], transmitted="after"),
    "one_by_one": with_conventions(RULES["inhibitory_stdp"], terms="one by one", order="depression first"),
    "dendritic": with_delay(with_delay(RULES["pair_stdp"], "pre", 3e-3), "post", 2e-3),
    "short_term_apart": with_delay(RULES["tsodyks_markram_stdp"], "pre", 0.0),
}


# A jump that reads a voltage which the spikes of the step have raised, now and a step of 1 ms or more ago
READS_VOLTAGE = Rule(
    "reads_voltage",
    "our choice",
    (Parameter("V", 0.1, "V"), Parameter("D", 3e-3, "ms")),
    weight({"pre": "0.1*(v - late)/V", "post": "0.1*(0.9*V + v)/V"}, bounds=UNBOUNDED),
    signals=(Signal("v", "post", "voltage", "V"), Signal("late", "post", "voltage", "V", delay="D")),
)


def varied() -> Network:
    """Conventions, delays, frozen weights, synapses of neurons onto themselves, and neurons that lose spikes."""
    dt = 1e-3  # coarse, so that many spikes come together
    pre, post = Replay("pre", trains(5, 60.0, 0.2, 3, dt)), Replay("post", trains(5, 60.0, 0.2, 4, dt))
    delta = Population("delta", NEURONS["lif_delta"], 5, np.linspace(2e-10, 3e-10, 5))
    some = [(i, (3 * i + k) % 5) for i in range(5) for k in range(3)]
    projections = []
    for name, rule in VARIED.items():
        projections += [
            Projection(name, "pre", "post", some, 0.5, rule, delay=2e-3),
            Projection(f"{name}_sent", "pre", "delta", some, 0.3, rule, delay=1e-3),
        ]
    projections += [
        Projection("frozen", "pre", "delta", some, 0.5, RULES["pair_stdp"], is_frozen=True),
        Projection("fixed", "pre", "delta", some, np.linspace(0.1, 1.0, len(some)), delay=5e-3),
        Projection("recurrent", "delta", "delta", some[::-1], 0.5, RULES["triplet_stdp"], delay=1e-3),
    ]
    return Network([pre, post, delta], projections)


def read_voltages() -> Network:
    """A rule that reads voltages at spikes, beside other synapses whose spikes raise them in the same step."""
    dt = 1e-3
    pre, delta = Replay("pre", trains(5, 60.0, 0.2, 3, dt)), Population("delta", NEURONS["lif_delta"], 5, 2.5e-10)
    some = [(i, (3 * i + k) % 5) for i in range(5) for k in range(3)]
    rules = {"reads_voltage": READS_VOLTAGE, "fixed": None, "a_pair": RULES["pair_stdp"], "x_pair": RULES["anti_stdp"]}
    return Network(
        [pre, delta], [Projection(name, "pre", "delta", some, 0.5, rule, delay=1e-3) for name, rule in rules.items()]
    )
