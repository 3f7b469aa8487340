"""What an activation function stands for, first: the measured rates of spiking neurons, and which activation fits."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR, RELU, SIGMOID, SOFTPLUS, STEP, SWISH, Activation
from plasticity.artificial.fits import Fit, fitted
from plasticity.neurons import NEURONS, closed_form_rate, rheobase
from plasticity.quiz.old.record import Answer, Check, Solution
from plasticity.spiking import Network, Population

NEURON_NAMES = ("lif_excitatory", "escape_lif")
TOPS = (2, 4, 10)  # ranges of currents, from 0, in rheobases
N_CURRENTS, N_COPIES = 24, 20  # in each range; copies of the noisy neuron at each
SETTLE, MEASURE, DT = 0.1, 0.5, 1e-4  # seconds
ACTIVATIONS = (STEP, LINEAR, RELU, SOFTPLUS, SIGMOID, SWISH)


@dataclass(frozen=True)
class Curve:
    """Rates of one neuron over one range of currents (rheobases), their standard errors, and what fits them."""

    currents: Floats
    rates: Floats
    errors: Floats
    closed_form: Floats
    fits: list[Fit]

    @property
    def best(self) -> Fit:
        """The fit with the smallest residuals."""
        return min(self.fits, key=lambda fit: fit.rms)

    def explained(self, fit: Fit) -> float:
        """The share of the variance of the rates that a fit explains."""
        return float(1 - fit.rms**2 / self.rates.var())


Curves = Mapping[tuple[str, int], Curve]


def study(rng: np.random.Generator, target: str) -> Curves:
    """Measure all rates in one Brian2 run, and fit every activation to each neuron and range."""
    currents = np.array([(np.arange(N_CURRENTS) + 0.5) * top / N_CURRENTS for top in TOPS])
    measured = _measured(currents.ravel(), int(rng.integers(2**31)), target)
    curves = {}
    for name, (rates, errors) in measured.items():
        shaped = rates.reshape(currents.shape), errors.reshape(currents.shape)
        for top, x, y, error in zip(TOPS, currents, *shaped, strict=True):
            closed = closed_form_rate(NEURONS[name], x * rheobase(NEURONS[name]))
            curves[name, top] = Curve(x, y, error, closed, [fitted(f, x, y) for f in ACTIVATIONS])
    return curves


def _measured(currents: Floats, seed: int, target: str) -> dict[str, tuple[Floats, Floats]]:
    """Rates (Hz) and their standard errors by neuron; from intervals where they are regular, else from counts."""
    copies = {name: N_COPIES if NEURONS[name].hazard else 1 for name in NEURON_NAMES}
    populations = [
        Population(name, NEURONS[name], n * currents.size, np.repeat(currents * rheobase(NEURONS[name]), n))
        for name, n in copies.items()
    ]
    recording = spiking.simulate(Network(populations), SETTLE + MEASURE, dt=DT, seed=seed, target=target)
    measured: dict[str, tuple[Floats, Floats]] = {}
    for name, n in copies.items():
        trains = [times[times >= SETTLE] - SETTLE for times in recording.spikes[name]]
        if n == 1:
            rates = np.array([spiking.statistics(train, MEASURE).rate for train in trains])
            measured[name] = rates, np.zeros(currents.size)
            continue
        counts = np.array([len(train) for train in trains]).reshape(-1, n) / MEASURE
        measured[name] = counts.mean(axis=1), counts.std(axis=1, ddof=1) / np.sqrt(n)
    return measured


METHOD = (
    f"Brian2: a leaky integrate-and-fire neuron, and {N_COPIES} copies of one with escape noise, under {N_CURRENTS} "
    f"constant currents in each of three ranges; {MEASURE:g} s measured after {SETTLE:g} s, step {DT * 1e3:g} ms. To "
    "the rates is fitted, for every activation f, height f(gain (current - threshold)) by least squares. Readings: "
    "neuron and range"
)
SHORT = {"lif_excitatory": ("LIF", "LIF"), "escape_lif": ("LIF with escape noise", "LIF עם רעש בריחה")}


def answer(curves: Curves) -> Answer:
    """Which activation fits which neuron over which range."""
    found: dict = {"activations": [activation.name for activation in ACTIVATIONS]}
    readings = {}
    for (name, top), curve in curves.items():
        ending = f"{name}_to_{top}_rheobases"
        found[f"best_{ending}"] = curve.best.activation.name
        found[f"rms_residuals_hz_{ending}"] = [fit.rms for fit in curve.fits]
        found[f"share_explained_{ending}"] = [curve.explained(fit) for fit in curve.fits]
        found[f"rms_standard_error_hz_{ending}"] = float(np.sqrt(np.mean(curve.errors**2)))
        found[f"rate_hz_{ending}"] = curve.rates.tolist()
        readings[f"{SHORT[name][0]}, up to {top} rheobases"] = {
            "share_of_variance_explained": curve.explained(curve.best),
            "rate_at_weakest_current_hz": float(curve.rates[0]),
            "rate_at_strongest_current_hz": float(curve.rates[-1]),
        }
    found["currents_rheobases"] = [curves[NEURON_NAMES[0], top].currents.tolist() for top in TOPS]
    return Answer(_sentence(curves), found, METHOD, _checks(curves), readings, _sentence_he(curves))


def _ceiling() -> float:
    """The rate that refractoriness allows, hertz."""
    return 1 / NEURONS[NEURON_NAMES[0]].values["t_ref"]


def _described(curves: Curves, name: str, words: tuple[str, str, str]) -> str:
    """Best fit, its residuals and the largest of them, for each range of one neuron."""
    parts = []
    for top in TOPS:
        best, x = curves[name, top].best, curves[name, top].currents
        worst = int(np.abs(best.residuals).argmax())
        size = f"{best.rms:.1f} Hz ({words[1]} {abs(best.residuals[worst]):.1f} Hz {words[2]} {x[worst]:.2g})"
        parts.append(f"{words[0]} {top}: {best.activation.name}, {size}")
    return "; ".join(parts)


def _extremes(curves: Curves, activation: Activation) -> str:
    rms = [fit.rms for curve in curves.values() for fit in curve.fits if fit.activation is activation]
    return f"{min(rms):.1f}-{max(rms):.1f} Hz"


def _sentence(curves: Curves) -> str:
    explained = [curve.explained(curve.best) for curve in curves.values()]
    lif, escape = (_described(curves, name, ("up to", "worst", "at")) for name in NEURON_NAMES)
    noise = np.sqrt(np.mean([curves[NEURON_NAMES[1], top].errors ** 2 for top in TOPS]))
    return (
        f"The best activation explains {min(explained):.1%} to {max(explained):.1%} of the variance of the rates. "
        f"Which one, and what it misses (root mean square; currents in rheobases), depends on the range. LIF: {lif}. "
        f"With escape noise, which rounds the edge at the rheobase: {escape}; the rates themselves are known to "
        f"{noise:.1f} Hz. A step misses by {_extremes(curves, STEP)}, a line by {_extremes(curves, LINEAR)}: a rate "
        f"has an edge below, and above it bends towards 1/t_ref = {_ceiling():.0f} Hz, as only a bounded function can."
    )


def _sentence_he(curves: Curves) -> str:
    explained = [curve.explained(curve.best) for curve in curves.values()]
    lif, escape = (_described(curves, name, ("עד", "לכל היותר", "בזרם")) for name in NEURON_NAMES)
    noise = np.sqrt(np.mean([curves[NEURON_NAMES[1], top].errors ** 2 for top in TOPS]))
    return (
        f"האקטיבציה המתאימה ביותר מסבירה בין {min(explained):.1%} ל-{max(explained):.1%} מהשונות של קצבי הירי. "
        f"איזו מהן, ובכמה היא מחטיאה (שורש ממוצע הריבועים; הזרמים ביחידות של ראובאזה), תלוי בתחום. נוירון LIF: {lif}. "
        f"ועם רעש בריחה, שמעגל את הקצה שבסף: {escape}; הקצבים עצמם ידועים עד כדי {noise:.1f} Hz. פונקציית מדרגה מחטיאה "
        f"ב-{_extremes(curves, STEP)}, וקו ישר ב-{_extremes(curves, LINEAR)}: לקצב יש קצה מלמטה, ומלמעלה הוא מתעקל "
        f"לעבר {_ceiling():.0f} Hz, כלומר 1/t_ref, כפי שרק פונקציה חסומה יכולה."
    )


def _checks(curves: Curves) -> list[Check]:
    """The closed forms of the rates, and the best fit to the closed form."""
    checks = []
    for (name, top), curve in curves.items():
        worst = int(np.abs(curve.rates - curve.closed_form).argmax())
        found, closed = float(curve.rates[worst]), float(curve.closed_form[worst])
        error = (
            f"standard error {curve.errors[worst]:.1f}"
            if curve.errors.any()
            else f"steps lower it by {closed**2 * DT:.1f}"
        )
        what = f"{SHORT[name][0]}, rate at {curve.currents[worst]:.3g} rheobases, where it differs most (Hz)"
        checks.append(Check(what, found, closed, f"closed form; {error}"))
        ideal = fitted(curve.best.activation, curve.currents, curve.closed_form).rms
        what = f"{SHORT[name][0]} to {top}, rms of {curve.best.activation.name} (Hz)"
        checks.append(Check(what, curve.best.rms, ideal, "fitted to the closed form"))
    return checks


SOLUTIONS = {"activation-as-rate": Solution(study, answer, simulates=True)}
