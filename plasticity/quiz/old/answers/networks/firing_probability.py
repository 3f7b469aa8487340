"""What an activation function stands for, second: the probability that a noisy neuron fires within a window."""

from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.losses import CROSS_ENTROPY, value_and_gradient
from plasticity.neurons import NEURONS, firing_probability, rheobase
from plasticity.quiz.old.record import Answer, Check, Solution
from plasticity.spiking import Network, Population

NEURON = NEURONS["escape_lif"]
CURRENTS = np.linspace(0, 1.6, 17)  # rheobases
N_NEURONS = 500  # at each current
WINDOWS, DT = (2e-3, 5e-3, 20e-3), 1e-4  # seconds


@dataclass(frozen=True)
class Window:
    """One window: the share of neurons that fired in it, and what theory and a fitted sigmoid say, at each current.

    bias, weight : of the sigmoid unit, its input in rheobases
    """

    seconds: float
    share: Floats
    theory: Floats
    bias: float
    weight: float

    @property
    def sigmoid(self) -> Floats:
        """The probabilities of the fitted unit."""
        return SIGMOID(self.bias + self.weight * CURRENTS)

    @property
    def errors(self) -> Floats:
        """Standard errors of the shares, from the probabilities of the theory."""
        return np.sqrt(self.theory * (1 - self.theory) / N_NEURONS)


def study(rng: np.random.Generator, target: str) -> list[Window]:
    """First spikes of many settled neurons at every current, in one Brian2 run as long as the longest window."""
    n_steps = round(max(WINDOWS) / DT)
    current = np.tile(np.repeat(CURRENTS * rheobase(NEURON), N_NEURONS), (n_steps, 1))
    # One step with more current takes the membrane from rest to where it would settle; from there it does not move.
    current[0] /= -np.expm1(-DT / NEURON.values["tau_m"])
    network = Network([Population("neurons", NEURON, current.shape[1], current)])
    recording = spiking.simulate(network, n_steps * DT, dt=DT, seed=int(rng.integers(2**31)), target=target)
    first = np.array([times[0] if len(times) else np.inf for times in recording.spikes["neurons"]])
    first = first.reshape(CURRENTS.size, N_NEURONS)
    return [_window(seconds, np.mean(first < seconds - DT / 2, axis=1)) for seconds in WINDOWS]


def _window(seconds: float, share: Floats) -> Window:
    theory = firing_probability(NEURON, CURRENTS * rheobase(NEURON), seconds)
    return Window(seconds, share, theory, *fitted_unit(share))


def fitted_unit(share: Floats) -> tuple[float, float]:
    """Bias and weight of the sigmoid unit of greatest likelihood (least cross entropy), by Newton's method."""
    inputs = np.stack([np.ones(CURRENTS.size), CURRENTS - 1], axis=1)
    weights = np.zeros(2)
    for _ in range(30):
        y = SIGMOID(inputs @ weights)
        curvature = inputs.T @ (inputs * (y * (1 - y))[:, None])
        weights = weights + np.clip(np.linalg.solve(curvature, inputs.T @ (share - y)), -3, 3)
    return float(weights[0] - weights[1]), float(weights[1])


METHOD = (
    f"Brian2: {N_NEURONS} neurons with escape noise at each of {CURRENTS.size} constant currents, brought to their "
    f"settled voltage in the first step of {DT * 1e3:g} ms; the share that fires within a window, against 1 - "
    "exp(-hazard window), and against the sigmoid unit of greatest likelihood. Readings: the lengths of the window"
)


def answer(windows: list[Window]) -> Answer:
    """A probability that rises like a sigmoid, and where it is none."""
    found: dict = {"currents_rheobases": CURRENTS.tolist(), "n_neurons": N_NEURONS}
    readings = {}
    for window in windows:
        ending = f"{window.seconds * 1e3:g}_ms"
        found |= {
            f"share_that_fired_{ending}": window.share.tolist(),
            f"standard_error_{ending}": window.errors.tolist(),
            f"theory_{ending}": window.theory.tolist(),
            f"sigmoid_bias_{ending}": window.bias,
            f"sigmoid_weight_per_rheobase_{ending}": window.weight,
            f"largest_deviation_from_sigmoid_{ending}": float(np.abs(window.share - window.sigmoid).max()),
        }
        readings[f"window of {window.seconds * 1e3:g} ms"] = {
            "probability_at_weakest_current": float(window.share[0]),
            "probability_at_strongest_current": float(window.share[-1]),
            "share_of_variance_explained": _explained(window),
        }
    return Answer(_sentence(windows), found, METHOD, _checks(windows), readings, _sentence_he(windows))


def _squared_errors(window: Window, expected: Floats) -> float:
    """Mean square of the deviations in standard errors, about 1 for the truth; of the currents that can tell."""
    telling = window.errors**2 * N_NEURONS**2 >= 5  # fewer firing or silent neurons are not distributed normally
    return float(np.mean(((window.share - expected)[telling] / window.errors[telling]) ** 2))


def _facts(window: Window) -> tuple[str, str, str, str]:
    """Current of probability 1/2, largest miss of the sigmoid, and the mean squares for theory and sigmoid."""
    miss = float(np.abs(window.share - window.sigmoid).max())
    squares = [_squared_errors(window, expected) for expected in (window.theory, window.sigmoid)]
    return f"{-window.bias / window.weight:.2f}", f"{miss:.3f}", f"{squares[0]:.1f}", f"{squares[1]:.1f}"


def _explained(window: Window) -> float:
    """The share of the variance of the measured shares that the fitted sigmoid explains."""
    return float(1 - np.var(window.share - window.sigmoid) / np.var(window.share))


def _sentence(windows: list[Window]) -> str:
    low, high = (float(windows[-1].share[end]) for end in (0, -1))
    parts = [
        f"{window.seconds * 1e3:g} ms: half of them at {half} rheobases, a sigmoid misses by up to {miss} ({sigmoid}; "
        f"theory {theory})"
        for window, (half, miss, theory, sigmoid) in ((window, _facts(window)) for window in windows)
    ]
    return (
        f"The share of {N_NEURONS} neurons that fire within {windows[-1].seconds * 1e3:g} ms rises from {low:.3f} "
        f"without current to {high:.3f} at {CURRENTS[-1]:g} rheobases, and a sigmoid explains at least "
        f"{min(map(_explained, windows)):.1%} of its variance. By window: {'; '.join(parts)}. In brackets the mean "
        "square of the deviations in standard errors, about 1 for the truth: that is 1 - exp(-hazard window), which, "
        "as the hazard grows e-fold with the voltage, leaves 0 slowly and reaches 1 sooner than a sigmoid, which is "
        "symmetrical."
    )


def _sentence_he(windows: list[Window]) -> str:
    low, high = (float(windows[-1].share[end]) for end in (0, -1))
    parts = [
        f"{window.seconds * 1e3:g} ms: מחציתם בזרם של {half}, הסיגמואיד מחטיא ב-{miss} לכל היותר ({sigmoid}; התאוריה "
        f"{theory})"
        for window, (half, miss, theory, sigmoid) in ((window, _facts(window)) for window in windows)
    ]
    return (
        f"חלקם של הנוירונים, מתוך {N_NEURONS}, שיורים בתוך {windows[-1].seconds * 1e3:g} ms עולה מ-{low:.3f} בלי זרם "
        f"עד {high:.3f} בזרם של {CURRENTS[-1]:g} ראובאזות, וסיגמואיד מסביר לפחות {min(map(_explained, windows)):.1%} "
        f"מהשונות שלו. לפי אורך החלון (זרמים בראובאזות): {'; '.join(parts)}. בסוגריים ממוצע ריבועי הסטיות בשגיאות תקן, "
        "בערך 1 עבור האמת: זו ההסתברות 1 - exp(-hazard window). מכיוון שה-hazard גדל עם המתח פי e ועוד פי e, העקומה "
        "עוזבת את 0 לאט ומגיעה ל-1 מהר יותר מסיגמואיד, שהוא סימטרי."
    )


def _checks(windows: list[Window]) -> list[Check]:
    """The closed form of the probability; the fit as the minimum of the package's cross entropy."""
    checks = []
    for window in windows:
        worst = int(np.abs(window.share - window.theory).argmax())
        what = f"share within {window.seconds * 1e3:g} ms at {CURRENTS[worst]:g} rheobases, where it differs most"
        route = f"1 - exp(-hazard window); standard error {window.errors[worst]:.3f}"
        checks.append(Check(what, float(window.share[worst]), float(window.theory[worst]), route))
        z = window.bias + window.weight * CURRENTS
        slope = value_and_gradient(CROSS_ENTROPY, SIGMOID, z, window.share)[1] @ CURRENTS
        checks.append(Check("slope of the cross entropy at the fit", float(slope), 0.0, "artificial.losses: a minimum"))
    return checks


SOLUTIONS = {"activation-as-probability": Solution(study, answer, simulates=True)}
