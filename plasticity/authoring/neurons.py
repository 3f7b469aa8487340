"""The report on a neuron: its rate in Brian2 beside its closed form, and its picture."""

import numpy as np

from plasticity.arrays import Floats
from plasticity.authoring.report import NOTHING_WRONG, Lines, Report, Status
from plasticity.authoring.reviewing import questions_on_neuron
from plasticity.authoring.rules import kept
from plasticity.neurons import Neuron, closed_form_rate, known_in_closed_form, rate_in_steps, rheobase
from plasticity.quantities import written
from plasticity.studies.neuron_portraits import COUNTED, N_COPIES, neuron_portrait, step_of

FEWEST = 5.0  # spikes in the second that is counted, from which on intervals tell the rate of a regular neuron
ROUNDING = 1e-9  # of the rate: intervals are whole steps in both
STANDARD_ERRORS = 5.0
STEPS_OF_ERROR = 3  # of an interval: one for the end of the step, two for what is not integrated exactly; our choice
_BIAS = 0.05  # of the rate under white noise, whose form in steps is right to first order in the root of the step


def neuron_report(neuron: Neuron, *, draws: bool, writes: bool) -> Report:
    """What there is to say of a neuron that is right: that it fires, and as its closed form says, where it has one.

    draws  : whether to draw its picture, too
    writes : whether to export it, too
    """
    asked = questions_on_neuron(neuron)
    found = neuron_portrait(neuron)
    rates = found.columns[-1][-1]
    if rates.missing:
        return Report(
            "neuron", neuron.name, "differs", f"it cannot be fired: {rates.missing}", (), _cure(neuron) + asked
        )
    current, rate = rates.lines[0].x * 1e-12, rates.lines[0].y
    sections: dict[str, Lines] = {
        "summary": (neuron.summary,) if neuron.summary else (),
        "firing": (_onset(neuron), f"{rate.max():.4g} Hz at {written(float(current[rate.argmax()]), 'pA')} in Brian2"),
    }
    status, verdict, line = _compared(neuron, current, rate)
    sections["closed form"] = (line,)
    files, sections["exports"] = kept(neuron, is_written=writes, draws=draws)
    return Report("neuron", neuron.name, status, verdict, (), asked, sections, files)


def _cure(neuron: Neuron) -> Lines:
    """What to do about a voltage that explodes within one step, before the spike is seen at its end."""
    if any("exp(" in variable.flow for variable in neuron.variables):
        v = neuron.voltage
        return (f"an exponential may explode within a step: have it read minimum({v}, PEAK), as in the neuron adex",)
    return ()


def _onset(neuron: Neuron) -> str:
    if "rheobase" in known_in_closed_form(neuron):
        return f"rheobase, in closed form: {written(float(f'{rheobase(neuron):.4g}'), 'pA')}"
    return "no rheobase in closed form"


def _compared(neuron: Neuron, current: Floats, rate: Floats) -> tuple[Status, str, str]:
    """Status, verdict, and the line on the closed form."""
    known = known_in_closed_form(neuron)
    if not {"rate", "rate in steps"} & {*known}:
        return "fine", f"{NOTHING_WRONG}; it fires in Brian2", "none of its rate: Brian2 stands alone"
    dt = step_of(neuron)
    if "rate in steps" in known:
        theory = np.asarray(rate_in_steps(neuron, current, dt))
        allowed, reason = _allowed(neuron, theory)
    else:
        theory = np.asarray(closed_form_rate(neuron, current))
        allowed, reason = _allowed(neuron, theory)
        n_steps = 1 if neuron.integration == "exact" else STEPS_OF_ERROR
        late = theory - theory / (1 + theory * n_steps * dt)
        allowed = allowed + late
        reason += f"; spikes come up to {n_steps * dt * 1e3:g} ms late in steps of {dt * 1e3:g} ms"
    off = np.abs(theory - rate) / np.maximum(allowed, 1e-300)
    worst = int(off.argmax())
    at = written(float(f"{current[worst]:.4g}"), "pA")
    told = f"{rate[worst]:.6g} Hz in Brian2 and {theory[worst]:.6g} Hz in closed form at {at}"
    line = f"largest difference: {told}; {allowed[worst]:.2g} Hz is allowed: {reason}"
    if not off.max() <= 1:
        return "differs", f"its closed form and Brian2 differ: {told}", line
    return "fine", f"{NOTHING_WRONG}; its closed form and Brian2 agree at {len(rate)} currents", line


def _allowed(neuron: Neuron, theory: Floats) -> tuple[Floats, str]:
    """By how much (Hz) the rate of a run of a second may be off, and why."""
    is_white = any(variable.noise != "0" for variable in neuron.variables)
    if neuron.hazard or is_white:
        errors = STANDARD_ERRORS * np.sqrt(np.maximum(theory, 1.0) / (N_COPIES * COUNTED))
        return errors + (_BIAS * theory if is_white else 0.0), "five standard errors of the spikes counted"
    few = theory < FEWEST
    reason = f"one spike or two below {FEWEST:g} Hz, above it rounding"
    return np.where(few, 1.5 / COUNTED, ROUNDING * theory), reason
