"""What does a synapse with short-term plasticity transmit of a train, and what does it forget?

Source: tsodyks1998 (the model, and the parameters of its authors' implementation, ModelDB 3815).
Differs: resources recover as soon as they are released, not after the current that they made is over.
Time: quick 2 s, full 3 s (exact evaluation; one run of Brian2 for each kind of synapse).
"""

from dataclasses import dataclass, replace

import numpy as np

from plasticity import events, protocols, published, spiking
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Figure, curves
from plasticity.rules import Rule, unbounded, with_set
from plasticity.rules.library.tsodyks_markram import TSODYKS_MARKRAM, TSODYKS_MARKRAM_STDP

KINDS = ("depressing", "facilitating")
ENOUGH = 800  # spikes after which nothing of the start is left
FIRST = 15  # spikes that are shown


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    rate: float = parameter(20.0, "Hz", "of the train that is shown", least=1.0, most=100)
    n_rates: int = parameter(100, meaning="rates of the curves", least=5, most=1000)
    n_random: int = parameter(300, meaning="spikes of the random train that both engines get", least=10, most=5000)
    seed: int = 1


@dataclass(frozen=True)
class Result:
    """Releases in parts of the weight: spike by spike, in the stationary state, and by two engines."""

    kinds: np.ndarray = column("", "kinds")
    U: Floats = column("1", "kinds", meaning="release of a rested synapse")
    spike: Floats = column("1", "spikes", meaning="number of the spike")
    releases: Floats = column("w", "kinds", "spikes", meaning="by each spike of a regular train, u R")
    rates: Floats = column("Hz", "rates")
    stationary: Floats = column("1", "kinds", "rates", meaning="u R/U after many spikes, exact engine")
    closed_form: Floats = column("1", "kinds", "rates", meaning="the fixed point of the recursion")
    printed_rates: Floats = column("Hz", "kinds", "printed")
    printed: Floats = column("1", "kinds", "printed", meaning="u R/U, published")
    found: Floats = column("1", "kinds", "printed", meaning="the same, exact engine")
    whole: Floats = column("w", "kinds", meaning="release by all spikes of a random train, exact engine")
    brian2: Floats = column("w", "kinds", meaning="the same, Brian2")
    product: Floats = column(
        "1", "kinds", meaning="largest error of: with STDP a spike transmits its weight times this"
    )


def run(parameters: Parameters) -> Result:
    """Regular trains of many rates, and a random one."""
    p = parameters
    rules = [with_set(TSODYKS_MARKRAM, kind) for kind in KINDS]
    rates = np.geomspace(0.5, 100.0, p.n_rates)
    table, both = published.load("tsodyks1998_stationary"), []
    for kind in KINDS:
        is_kind = table["kind"] == kind
        both.append((table["rate_hz"][is_kind], table["release_over_U"][is_kind]))
    random = protocols.poisson(20.0, p.n_random / 20.0, p.seed)
    regular = np.arange(FIRST) / p.rate
    return Result(
        kinds=np.array(KINDS),
        U=np.array([rule.values["U"] for rule in rules]),
        spike=np.arange(1.0, FIRST + 1),
        releases=np.array([events.transmitted(rule, regular, [], 1.0) for rule in rules]),
        rates=rates,
        stationary=np.array([_stationary(rule, rates) for rule in rules]),
        closed_form=np.array([_closed_form(rule, rates) for rule in rules]),
        printed_rates=np.array([at for at, _ in both]),
        printed=np.array([releases for _, releases in both]),
        found=np.array([_stationary(rule, at) for rule, (at, _) in zip(rules, both, strict=True)]),
        whole=np.array([events.transmitted(rule, random, [], 1.0).sum() for rule in rules]),
        brian2=np.array([_collected(rule, random) for rule in rules]),
        product=np.array([_product_error(kind, rule, random) for kind, rule in zip(KINDS, rules, strict=True)]),
    )


def _stationary(rule: Rule, rates: Floats) -> Floats:
    """What a spike of a regular train releases in the end, in units of what it releases of a rested synapse."""
    trains = [np.arange(ENOUGH) / rate for rate in rates]
    return events.transmitted(rule, trains, [[] for _ in trains], 1.0)[:, -1] / rule.values["U"]


def _closed_form(rule: Rule, rates: Floats) -> Floats:
    """u R/U where a spike leaves what the one before it left."""
    p = rule.values
    kept = np.exp(-1 / (rates * p["tau_facil"])) if p["tau_facil"] else 0.0 * rates
    recovered = -np.expm1(-1 / (rates * p["tau_rec"]))
    u = p["U"] / (1 - (1 - p["U"]) * kept)
    return u * recovered / (1 - (1 - u) * (1 - recovered)) / p["U"]


def _collected(rule: Rule, train: Floats) -> float:
    """What all spikes release together in Brian2: a weight that nothing else changes adds it up."""
    adding = replace(rule.weight, jumps={"pre": "after(u)*R"})
    return float(spiking.final_weight(unbounded(replace(rule, weight=adding)), train, [], 0.0))


def _product_error(kind: str, rule: Rule, train: Floats) -> float:
    """With STDP beside: how far what is transmitted is from the weight of the moment times the release."""
    both, post = with_set(TSODYKS_MARKRAM_STDP, kind), train + 5e-3
    alone = replace(both, transmits="w")
    weights = events.transmitted(alone, train, post, 0.5)
    return float(
        np.abs(events.transmitted(both, train, post, 0.5) - weights * events.transmitted(rule, train, [], 1.0)).max()
    )


def draw(result: Result, figure: Figure) -> None:
    """Spike by spike, and against the rate."""
    each, stationary = figure.subplots(1, 2)
    for number, kind in enumerate(result.kinds):
        curves.points(each, result.spike, result.releases[number] / result.U[number], kind, number=number)
        curves.theory(stationary, result.rates, result.closed_form[number], "" if number else "closed form")
        curves.curve(stationary, result.rates, result.stationary[number], kind, number=number)
        text = "" if number else "published"
        curves.published_points(stationary, result.printed_rates[number], result.printed[number], text)
    for axes in (each, stationary):
        curves.log_axis(axes, [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5], axis="y")
    curves.log_axis(stationary, [0.5, 1, 2, 5, 10, 20, 50, 100])
    for axes in (each, stationary):
        axes.legend()
    curves.label(each, "number of the spike", "release (of a rested synapse's)", "the first spikes of a regular train")
    curves.label(stationary, "rate of the train (Hz)", "release (of a rested synapse's)", "after many spikes")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    best = result.rates[result.stationary[1].argmax()]
    return (
        f"Left: what each spike of a train of {parameters.rate:g} Hz releases. A depressing synapse tells of the "
        "onset, a facilitating one of what goes on. Right: in the end. The facilitating synapse releases most near "
        f"{best:.2g} Hz; of the depressing one, release falls as 1/rate: {result.stationary[0, -1]:.2g} at 100 Hz."
    )


EXPERIMENT = Experiment(
    name="short_term_release",
    question="What does a synapse with short-term plasticity transmit of a train, and what does it forget?",
    source="tsodyks1998",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_rates=25),
    claims=(
        *(
            Claim(
                f"{kind}: stationary release at regular rates is the published one (largest error, of the last digit)",
                lambda r, k=number, unit=unit: float(np.abs(r.found[k] - r.printed[k]).max() / unit),  # type: ignore[misc]
                0.0,
                "tsodyks1998, parameters of ModelDB 3815",
                tolerance=0.5,
                reason=f"printed with {digits} decimals",
            )
            for number, (kind, unit, digits) in enumerate((("depressing", 1e-3, 3), ("facilitating", 1e-2, 2)))
        ),
        Claim(
            "Stationary release is the fixed point of the recursion (largest error)",
            lambda r: float(np.abs(r.stationary - r.closed_form).max()),
            0.0,
            "closed form",
            tolerance=1e-11,
            reason="rounding, and what is left of the start",
        ),
        Claim(
            "A depressing synapse forgets the rate: release times rate tends to 1/(U tau_rec) (at the fastest, Hz)",
            lambda r: float(r.stationary[0, -1] * r.rates[-1]),
            1 / (0.5 * 0.8),
            "tsodyks1998",
            tolerance=0.1,
            reason="the next term of the expansion in the interval, 1/(100 Hz tau_rec) and its like",
        ),
        Claim(
            "Brian2 releases the same in a random train (largest difference)",
            lambda r: float(np.abs(r.brian2 - r.whole).max()),
            0.0,
            "another engine",
            tolerance=1e-11,
            reason="rounding of a sum of hundreds",
        ),
        Claim(
            "With STDP beside, a spike transmits the weight of its moment times the release (largest error)",
            lambda r: float(r.product.max()),
            0.0,
            "the two rules, each alone",
            tolerance=1e-12,
            reason="rounding",
        ),
    ),
    memory=lambda p: 1e7 + 1e5 * p.n_rates + 1e3 * p.n_random,
    records=(TSODYKS_MARKRAM, TSODYKS_MARKRAM_STDP),
    size=(10.0, 4.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
