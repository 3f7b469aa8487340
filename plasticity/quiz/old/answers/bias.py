"""The neuron with a positive bias and inhibitory synapses: four questions, one simulation.

Three copies of the neuron at each level of inhibition: one under a constant negative current, one with synapses
from inhibitory neurons that fire regularly, one with synapses from inhibitory neurons that fire irregularly.
"""

from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.neurons import NEURONS, closed_form_rate, rheobase, with_parameters
from plasticity.quiz.old.record import Answer, Check, Solution
from plasticity.spiking import Network, Population, Projection, SpikeStatistics

BIAS = 0.25  # rheobases above the rheobase; fires at about 49 Hz, as pallidal neurons do (dodson2015: 48.3)
LEVELS = (0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.01, 1.05, 1.1, 1.25, 1.5, 2.0)  # mean inhibition over bias
BELOW, ABOVE = 0.5, 1.5  # the levels at which the questions with one level are answered
# Closer levels differ by less than the error of a second's count: there a rise can be chance.
COMPARED = (0.0, 0.25, 0.5, 0.75, 1.25, 1.5, 2.0)
N_INHIBITORY = 40
SETTLE, MEASURE, DT = 0.3, 1.0, 1e-4  # seconds
DRIVES = ("constant current", "regular synapses", "irregular synapses")
DRIVES_HE = dict(zip(DRIVES, ("זרם קבוע", "סינפסות סדירות", "סינפסות לא סדירות"), strict=True))


@dataclass(frozen=True)
class BiasStudy:
    """Statistics and mean inhibition over bias, of each level, for each of DRIVES."""

    firing: dict[str, list[SpikeStatistics]]
    inhibition: dict[str, Floats]
    closed_form: Floats
    inhibitory_rates: dict[str, float]

    def rates(self, drive: str) -> list[float]:
        """Hertz at each level."""
        return [statistics.rate for statistics in self.firing[drive]]

    def at(self, drive: str, level: float) -> SpikeStatistics:
        """The firing at one of LEVELS."""
        return self.firing[drive][LEVELS.index(level)]


def study(rng: np.random.Generator, target: str) -> BiasStudy:
    """Simulate every level under every drive in one Brian2 network."""
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=BIAS)
    regular = with_parameters(NEURONS["lif_inhibitory"], bias=0.25)
    irregular = with_parameters(_inhibitory_escape(), bias=0.0)
    strength = BIAS * rheobase(neuron)
    n = len(LEVELS)
    currents = np.zeros(3 * n)
    currents[:n] = -np.array(LEVELS) * strength
    # Different currents keep the regular neurons out of step with each other.
    spread = {"regular": rng.uniform(-10e-12, 10e-12, N_INHIBITORY), "irregular": np.zeros(N_INHIBITORY)}
    populations = [
        Population("targets", neuron, 3 * n, currents),
        Population("regular", regular, N_INHIBITORY, spread["regular"]),
        Population("irregular", irregular, N_INHIBITORY, spread["irregular"]),
    ]
    projections, expected = [], {}
    for block, source in enumerate(populations[1:], start=1):
        expected[source.name] = float(closed_form_rate(source.neuron, source.current).sum())
        charge = expected[source.name] * neuron.values["J_syn"] * neuron.values["tau_syn"]
        pairs = [(i, block * n + level) for level in range(n) for i in range(N_INHIBITORY)]
        weights = np.repeat(np.array(LEVELS) * strength / charge, N_INHIBITORY)
        projections.append(Projection(f"from_{source.name}", source.name, "targets", pairs, weights))
    network = Network(populations, projections)
    recording = spiking.simulate(network, SETTLE + MEASURE, dt=DT, seed=int(rng.integers(2**31)), target=target)
    return _measured(recording, expected, closed_form_rate(neuron, currents[:n]))


def _inhibitory_escape():
    from dataclasses import replace

    return replace(NEURONS["escape_lif"], name="escape_lif_inhibitory", effect="inhibitory")


def _measured(recording: spiking.Recording, expected: dict[str, float], closed_form: Floats) -> BiasStudy:
    def window(times: Floats) -> Floats:
        return times[times >= SETTLE] - SETTLE

    n = len(LEVELS)
    firing = [spiking.statistics(window(times), MEASURE) for times in recording.spikes["targets"]]
    levels = np.array(LEVELS)
    inhibition, rates = {DRIVES[0]: levels}, {}
    for drive, name in zip(DRIVES[1:], expected, strict=True):
        total = sum(len(window(times)) for times in recording.spikes[name]) / MEASURE
        inhibition[drive] = levels * total / expected[name]
        rates[drive] = total / N_INHIBITORY
    blocks = {drive: firing[k * n : (k + 1) * n] for k, drive in enumerate(DRIVES)}
    return BiasStudy(blocks, inhibition, closed_form, rates)


METHOD = (
    f"Brian2: a leaky integrate-and-fire neuron with bias {BIAS} rheobases, inhibited by a constant current, and "
    f"through synapses by {N_INHIBITORY} inhibitory neurons that fire regularly (or irregularly, with escape "
    f"noise); {MEASURE:g} s measured after {SETTLE:g} s, step {DT * 1e3:g} ms"
)


def _check(study: BiasStudy, drive: str, level: float, what: str) -> Check:
    closed = float(study.closed_form[LEVELS.index(level)])
    # An interval is rounded up to whole steps, which lowers the rate by at most rate**2 dt.
    route = f"closed form; steps of {DT * 1e3:g} ms lower it by at most {closed**2 * DT:.2f}"
    return Check(what, study.at(drive, level).rate, closed, route)


def no_input(study: BiasStudy) -> Answer:
    """With no input: fires by itself, regularly."""
    firing = study.at(DRIVES[0], 0.0)
    closed = float(study.closed_form[0])
    measurements = {
        "rate_hz": firing.rate,
        "rate_closed_form_hz": closed,
        "cv_isi": firing.cv_isi,
        "bias_over_rheobase": BIAS,
        "n_spikes": firing.n_spikes,
    }
    sentence = (
        f"With no input it fires by itself at {firing.rate:.1f} Hz ({closed:.1f} Hz in closed form), like a clock: "
        f"the intervals vary by a CV of {firing.cv_isi:.3f} over {firing.n_spikes} spikes."
    )
    check = _check(study, DRIVES[0], 0.0, "rate without input (Hz)")
    sentence_he = (
        f"בלי שום קלט הוא יורה מעצמו בקצב של {firing.rate:.1f} Hz (הנוסחה הסגורה: {closed:.1f} Hz), כמו שעון: מקדם "
        f"השונות (CV) של המרווחים הוא {firing.cv_isi:.3f} על פני {firing.n_spikes} דחפים."
    )
    return Answer(sentence, measurements, METHOD, [check], {"no input": measurements}, sentence_he)


def growing(study: BiasStudy) -> Answer:
    """Under growing inhibition: slower and slower, then silent."""
    rates = {drive: study.rates(drive) for drive in DRIVES}
    edges = {drive: _silent_from(study, drive) for drive in DRIVES}
    regular, irregular = DRIVES[1], DRIVES[2]
    measurements = {
        "inhibition_over_bias": list(LEVELS),
        "rate_hz": rates[regular],
        "rate_constant_current_hz": rates[DRIVES[0]],
        "rate_irregular_synapses_hz": rates[irregular],
        "rate_closed_form_hz": study.closed_form.tolist(),
        "measured_inhibition_over_bias_regular": study.inhibition[regular].tolist(),
        "measured_inhibition_over_bias_irregular": study.inhibition[irregular].tolist(),
        "inhibitory_rate_regular_hz": study.inhibitory_rates[regular],
        "inhibitory_rate_irregular_hz": study.inhibitory_rates[irregular],
        "silent_from_constant_current": edges[DRIVES[0]],
        "silent_from_regular_synapses": edges[regular],
        "silent_from_irregular_synapses": edges[irregular],
    }
    described = {drive: "none tried" if edge is None else f"{edge:g}" for drive, edge in edges.items()}
    sentence = (
        f"Its rate falls from {rates[regular][0]:.1f} Hz to silence. Under a constant current it is silent from "
        f"{described[DRIVES[0]]} times the bias on, with regular inhibitory synapses from {described[regular]}, "
        f"with irregular ones from {described[irregular]} (of the levels tried). {_edge(study)}"
    )
    checks = [_check(study, DRIVES[0], level, f"rate at {level:g} x bias (Hz)") for level in LEVELS]
    readings = {drive: {"rate_hz": [study.at(drive, level).rate for level in COMPARED]} for drive in DRIVES}
    method = f"{METHOD}; compared with the printed answer at {', '.join(f'{level:g}' for level in COMPARED)} x bias"
    in_hebrew = {drive: "אף רמה שנוסתה" if edge is None else f"{edge:g}" for drive, edge in edges.items()}
    sentence_he = (
        f"קצב הירי יורד מ-{rates[regular][0]:.1f} Hz עד שתיקה. תחת זרם קבוע הוא שותק החל מ-{in_hebrew[DRIVES[0]]} "
        f"פעמים ההטיה, עם סינפסות מעכבות סדירות החל מ-{in_hebrew[regular]}, ועם סינפסות לא סדירות החל מ-"
        f"{in_hebrew[irregular]} (מבין הרמות שנוסו). {_edge_he(study)}"
    )
    return Answer(sentence, measurements, method, checks, readings, sentence_he)


def below(study: BiasStudy) -> Answer:
    """Mean inhibition of half the bias."""
    return _at_one_level(study, BELOW, "it keeps firing, more slowly")


def above(study: BiasStudy) -> Answer:
    """Mean inhibition of one and a half times the bias."""
    return _at_one_level(study, ABOVE, "it is silent")


def _at_one_level(study: BiasStudy, level: float, outcome: str) -> Answer:
    free = study.at(DRIVES[0], 0.0).rate
    found = {drive: study.at(drive, level).rate for drive in DRIVES}
    measurements = {
        "rate_hz": found[DRIVES[1]],
        "rate_without_input_hz": free,
        "inhibition_over_bias": level,
        "rate_constant_current_hz": found[DRIVES[0]],
        "rate_irregular_synapses_hz": found[DRIVES[2]],
        "measured_inhibition_over_bias": float(study.inhibition[DRIVES[1]][LEVELS.index(level)]),
    }
    measured = "; ".join(f"{rate:.1f} Hz under {drive}" for drive, rate in found.items())
    sentence = f"With inhibition of {level:g} times the bias: {measured}; {free:.1f} Hz without input. {_edge(study)}"
    readings = {drive: {"rate_hz": rate, "rate_without_input_hz": free} for drive, rate in found.items()}
    measured_he = "; ".join(f"{rate:.1f} Hz תחת {DRIVES_HE[drive]}" for drive, rate in found.items())
    sentence_he = f"בעיכוב של {level:g} פעמים ההטיה: {measured_he}; {free:.1f} Hz בלי קלט. {_edge_he(study)}"
    checks = [_check(study, DRIVES[0], level, "rate (Hz)")]
    return Answer(sentence, measurements, METHOD, checks, readings, sentence_he)


def _silent_from(study: BiasStudy, drive: str) -> float | None:
    """The lowest level from which on no spike falls; None when it fires at the highest."""
    fires = np.array([statistics.n_spikes > 0 for statistics in study.firing[drive]])
    last = int(np.flatnonzero(fires)[-1]) if fires.any() else -1
    return LEVELS[last + 1] if last + 1 < len(LEVELS) else None


def _edge(study: BiasStudy) -> str:
    """Where irregular inhibition blurs the edge: it still fires though the mean inhibition exceeds the bias."""
    beyond = [f"{rate:.1f} Hz at {level:g}" for level, rate in _beyond(study)]
    if not beyond:
        return "Irregular inhibition does not blur the edge here."
    return (
        "Noise blurs the edge: irregular inhibition that is on average more than the bias lets it fire when it "
        f"happens to be less ({', '.join(beyond)} times the bias)."
    )


def _edge_he(study: BiasStudy) -> str:
    beyond = [f"{rate:.1f} Hz ב-{level:g}" for level, rate in _beyond(study)]
    if not beyond:
        return "עיכוב לא סדיר אינו מטשטש כאן את הגבול."
    return (
        "הרעש מטשטש את הגבול: עיכוב לא סדיר, שבממוצע גדול מההטיה, מניח לו לירות כשבמקרה הוא קטן ממנה "
        f"({', '.join(beyond)} פעמים ההטיה)."
    )


def _beyond(study: BiasStudy) -> list[tuple[float, float]]:
    """Levels at or above the bias at which it fires under irregular inhibition, with the rates."""
    firing = zip(LEVELS, study.firing[DRIVES[2]], strict=True)
    return [(level, statistics.rate) for level, statistics in firing if level >= 1 and statistics.n_spikes]


SOLUTIONS = {
    "bias-no-input": Solution(study, no_input, simulates=True),
    "bias-growing-inhibition": Solution(study, growing, simulates=True),
    "inhibition-below-bias": Solution(study, below, simulates=True),
    "inhibition-above-bias": Solution(study, above, simulates=True),
}
