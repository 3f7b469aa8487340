"""When a neuron fires, integrated by SciPy from its record alone: the second route to its spike times."""

import numpy as np
from scipy.integrate import solve_ivp

from plasticity.expressions import evaluator
from plasticity.neurons.equations import flows, start, tree

TIGHT = {"rtol": 1e-10, "atol": 1e-15, "method": "DOP853"}


class Course:
    """A neuron under a constant current: its state from spike to spike."""

    def __init__(self, neuron, current):
        self.neuron, self.names = neuron, [variable.name for variable in neuron.variables]
        self.values = {**neuron.values, "current": current}
        self.flows = [evaluator(flow) for flow in flows(neuron).values()]
        self.held = {variable.name for variable in neuron.variables if variable.held} | set(neuron.clamps)
        # one time for all: what is held or clamped is so while the neuron is refractory
        assert set(neuron.times.values()) <= {neuron.dead_time}
        self.above = evaluator(tree(neuron, neuron.threshold))

    def at(self, state):
        return {**self.values, **dict(zip(self.names, state, strict=True))}

    def slope(self, is_held):
        moves = np.array([0.0 if is_held and name in self.held else 1.0 for name in self.names])
        return lambda time, state: moves * [flow(self.at(state)) for flow in self.flows]

    def crossing(self):
        """The event at which it fires; where nothing is reset it goes on by itself."""

        def event(time, state):
            return self.above(self.at(state))

        event.terminal, event.direction = bool(self.neuron.reset), 1
        return event

    def after_a_spike(self, state):
        """The state once the refractory time is over, in which what is held stands still; what is clamped is reset
        then."""
        neuron = self.neuron
        clamps = {name: clamp.value for name, clamp in neuron.clamps.items() if neuron.dead_time}
        state = self.changed(state, {**neuron.reset, **clamps})
        if neuron.dead_time:
            state = solve_ivp(self.slope(True), (0, neuron.dead_time), state, **TIGHT).y[:, -1]
        return self.changed(state, {name: text for name, text in neuron.reset.items() if name in clamps})

    def changed(self, state, expressions):
        """The state in which some variables are set, all by the one before."""
        new = {name: evaluator(tree(self.neuron, text))(self.at(state)) for name, text in expressions.items()}
        return np.array([new.get(name, value) for name, value in zip(self.names, state, strict=True)])


def spike_times(neuron, current, duration):
    """The upward crossings of the threshold, in seconds."""
    course, time, times = Course(neuron, current), 0.0, []
    state, slope = np.array(list(start(neuron).values())), course.slope(False)
    while time < duration:
        run = solve_ivp(slope, (time, duration), state, events=course.crossing(), max_step=1e-3, **TIGHT)
        assert run.success, run.message
        times += list(run.t_events[0])
        if run.status == 0:
            break
        time, state = run.t[-1] + neuron.dead_time, course.after_a_spike(run.y[:, -1])
    return np.array(times)
