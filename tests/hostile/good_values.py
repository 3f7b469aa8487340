"""One good value for each parameter of the public functions, by its name; or by that of its function, or module, too:
`module.function.parameter`, `module.*.parameter`."""

from fractions import Fraction
from typing import Any

import numpy as np

from plasticity import expressions, networks
from plasticity.artificial import (
    activations,
    autoencoders,
    burdens,
    descent,
    examples,
    gates,
    graph,
    layers,
    learning,
    loops,
    losses,
    regimes,
    separability,
    stacked,
    truth_tables,
)
from plasticity.ask import Question
from plasticity.errors import ArgumentError
from plasticity.experiment import Claim, Experiment
from plasticity.neurons import NEURONS
from plasticity.plots import Look
from plasticity.protocols import PROTOCOLS
from plasticity.published import TABLES
from plasticity.quiz import LECTURE, Check
from plasticity.rules import RULES
from plasticity.studies import PHENOMENA
from plasticity.trains import merged

rng, rule, neuron = 1, RULES["pair_stdp"], NEURONS["lif_excitatory"]
inputs = [[0.0, 0.1], [1.0, 0.9], [0.2, 0.8]]
learned = examples.Examples(inputs, [[0.0], [1.0], [1.0]])
one_unit = examples.Examples(inputs, [0.0, 1.0, 1.0])
one_hot = examples.Examples(inputs, [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
network = layers.random_network((2, 2, 1), (activations.TANH, activations.SIGMOID), rng=np.random.default_rng(1))
auto = autoencoders.random_autoencoder(2, 2, rng=np.random.default_rng(1))
down = descent.Descent(losses.CATEGORICAL_CROSS_ENTROPY, 0.1)
greedy = descent.Descent(losses.MULTICLASS_CROSS_ENTROPY, 0.1)
recipe = stacked.Recipe((2,), greedy=greedy, top=down, fine=down)
loop = loops.Loop((0.5, -0.5))
node = graph.variable(2.0, "x") * 3.0
history = learning.hebb(inputs, [0.1, 0.2], rate=0.1)
separation = separability.separate([[0, 0], [1, 1]], [0, 1])
contradiction = separability.separate([[0, 0], [1, 1], [0, 1], [1, 0]], [0, 0, 1, 1])
gate = gates.xnor_gate()
question = Question(rule, (0.01, 0.03), (0.015, 0.035))
curve = np.linspace(0.0, 1.0, 5)
trains = [[0.01, 0.03], [0.02]]
claim = Claim("one is one", lambda result: 1.0, 1.0, "closed form")
experiment = Experiment(
    "small", "What is one?", "lecture", lambda p: p, lambda r, f: None, lambda p, r: "One.", None, None, (claim,),
    lambda p: 0.0,
)  # fmt: skip
pairs = networks.all_to_all(1, 1)
replays = [networks.Replay(end, [[0.01, 0.03]]) for end in ("a", "b")]

NETWORKS = {
    "networks.*.n_source": 2, "networks.*.n_target": 2, "networks.*.n": 2, "p": 0.5, "window": 0.05,
    "networks.*.trains": [[0.01], [0.02, 0.03]], "networks.*.source": "a", "networks.*.target": "b", "pairs": pairs,
    "networks.Projection.rule": rule, "networks.*.size": 2, "populations": replays, "neurons": (0, 1),
    "correlation": 0.5, "networks.*.networks": [networks.Network(replays)],
    "networks.*.recording": None, "whole": None, "variables": {"a": {"v": [0.1]}},
}  # fmt: skip
TRAINS_AND_RULES = {
    "pre": [0.01, 0.03], "post": [0.015, 0.035], "times": [0.01, 0.02], "a": [0.01], "b": [0.02], "train": [0.01],
    "trains": trains, "w0": 0.5, "rule": rule, "lags": [0.01], "lag": 0.01, "rate": 10.0, "duration": 0.1,
    "rates.trajectory.duration": 0.1,
    "neuron": neuron, "current": 1e-10, "weight": 0.5, "rate_pre": 10.0, "rate_post": 10.0, "rng": rng,
    "factor": 2.0, "protocols.superposed.trains": [0.01], "trains.from_start.trains": [0.01],
    "measurement": "x", "relation": "<",
    "frequencies": [10.0], "rates": [[10.0, 20.0]], "onsets": [0.0],
    "kind": "pre-post-pre", "protocol": PROTOCOLS["pairing"],
    "protocols.with_parameters.record": PROTOCOLS["pairing"],
    "protocols.Protocol.parameters": PROTOCOLS["pairing"].parameters,
    "protocols.Protocol.recipe": PROTOCOLS["pairing"].recipe,
    "protocols.triplets.lags": [0.01, -0.01], "interval": 0.05, "dt": 1e-3, "value": 0.5, "unit": "ms",
    "sigma": 1e-3, "source": "lecture", "name": "y",
    "rules.Rule.parameters": rule.parameters, "rules.Rule.weight": rule.weight, "rules.Rule.state": rule.state,
    "time_constant": "tau_plus", "event": "pre", "engine": "events", "bounds": rule.bounds, "signal": "v",
    "rules.Signal.of": "pre", "rules.Signal.kind": "rate", "jumps": {"pre": "0"},
    "n_synapses": 1, "lower": 0.0,
    "upper": 1.0, "weights": [0.5], "longest": 0.02, "spikes": trains,
}  # fmt: skip
QUIZ = {
    "quiz.Question.section": "gates", "quiz.Question.claims": (), "quiz.Question.id": "y",
    "quiz.Check.confirmed": 1.0, "quiz.Check.by": "by hand", "quiz.Answer.measurements": {"x": 1.0},
    "quiz.Answer.checks": [Check("x", 1.0, "by hand")], "quiz.Answer.readings": {"all": {"x": 1.0}},
    "quiz.Asked.question": LECTURE["and-gate"].question, "quiz.Asked.languages": LECTURE["and-gate"].languages,
    "quiz.Asked.load": LECTURE["and-gate"].load, "quiz.*.solution": LECTURE["and-gate"].solution,
    "quiz.question.page": "and-gate.toml", "quiz.frame.language": "en",
    "quiz.Solution.study": LECTURE["and-gate"].solution.study, "quiz.Solution.parameters": None,
    "quiz.Solution.answer": LECTURE["and-gate"].solution.answer, "quiz.ask.questions": [LECTURE["and-gate"]],
    "claiming.pick.result": PROTOCOLS["pairing"], "claiming.pick.field": "name", "claiming.*.by": "closed form",
    "claiming.*.found": np.sum, "claiming.same.other": np.sum, "claiming.*.sentence": "both are the same",
    "claiming.at_least.least": 0.0, "claiming.at_most.most": 0.0,
}  # fmt: skip
ARTIFICIAL = {
    "inputs": inputs, "examples": learned, "start": [0.1, 0.2], "activation": activations.TANH, "z": [0.1, 0.2],
    "artificial.learning.*.examples": one_unit, "artificial.perceptron.*.examples": one_unit,
    "artificial.stacked.*.examples": one_hot, "artificial.perceptron.novikoff_bound.separating": [2.0, -0.1],
    "artificial.layers.*.network": network, "artificial.stacked.error_rate.network": layers.random_network(
        (2, 2), (losses.SOFTMAX,), rng=np.random.default_rng(1)
    ),
    "artificial.side_by_side.train_all.networks": [network], "artificial.side_by_side.*.autoencoders": [auto],
    "artificial.side_by_side.train_all.descent": down, "burdens": [burdens.NO_BURDEN], "rngs": [1],
    "artificial.stacked.*.descent": down, "encoders": (auto.encoder,), "recipe": recipe, "loss": losses.MSE,
    "autoencoder": auto, "descent": descent.Descent(), "n_inputs": 2, "n_units": 2, "n_visible": 2, "n_hidden": 2,
    "artificial.gates.*.n_hidden": 2, "sizes": (2, 2), "activations": (activations.TANH,), "shape": (2, 2),
    "artificial.autoencoders.*.activations": (activations.SIGMOID, activations.SIGMOID), "dropout": 0.5,
    "strength": 1.0, "target": 0.1, "encoder": auto.encoder, "decoder": auto.decoder, "penalty": None,
    "layers": network.layers, "artificial.layers.Layer.weights": [[0.0, 1.0]], "loop": loop, "initial": [0.1, 0.2],
    "artificial.loops.*.rates": [0.1, 0.2], "artificial.loops.Loop.weights": (0.5, -0.5), "n_steps": 3,
    "network": gate, "x": [1.0, 0.0], "state": [0.0, 0.0, 0.0], "units": gate.units,
    "table": truth_tables.truth_table(gate),
    "artificial.units.run.x": [[1.0, 0.0]], "artificial.units.run.initial": None,
    "artificial.units.summed_input.unit": gate.units[0], "values": {"a": 1.0, "b": 0.0},
    "artificial.units.Network.inputs": ("a", "b"), "artificial.truth_tables.TruthTable.inputs": ("a",),
    "artificial.truth_tables.TruthTable.outputs": ("y",), "patterns": [[0.0], [1.0]],
    "artificial.truth_tables.TruthTable.values": [[0.0], [1.0]], "n": 2, "function": lambda *bits: all(bits),
    "artificial.truth_tables.tabulate.inputs": ("a", "b"), "points": [[0, 0], [1, 1]], "labels": [0, 1],
    "artificial.gates.*.inputs": ("a", "b"), "artificial.units.names.values": ("a", "b"),
    "separation": separation, "independence": 2, "contradiction": contradiction, "point": (Fraction(1),),
    "label": 1,
    "A": [[1, 0], [0, 1]], "artificial.linear_systems.nonnegative_solution.b": [1, 1], "rows": [[1, 0], [0, 1]],
    "node": node, "output": node, "base": node, "exponent": 2.0, "first": node, "second": 1.0,
    "history": history, "y": [0.0, 1.0], "t": [0.1, 0.2], "gradient": [0.1, 0.2], "array": np.ones(2),
    "artificial.exact.*.values": [0.1, 2], "number": 0.5, "what": "it", "limits": (0.0, 1.0), "slope": np.cos,
    "artificial.roots.all_roots.function": np.sin, "scan": curve, "artificial.fits.fitted.x": curve,
    "artificial.fits.fitted.y": curve, "time": regimes.CONTINUOUS, "jacobian": lambda loop, rates: np.eye(2),
    "is_decaying": lambda eigenvalues: True, "formula": "z", "derivative": np.cos, "range": (0.0, 1.0),
    "artificial.activations.Activation.function": np.sin, "matching": activations.LINEAR,
    "terms": lambda y, t: y - t, "slopes": lambda y, t: y - t, "terms_of_z": lambda z, t: z - t,
    "domain": (0.0, 1.0), "artificial.burdens.Penalty.value": lambda h: 0.0, "n_patterns": 3,
    "artificial.burdens.Penalty.gradient": lambda h: h, "dz": np.ones((3, 1)),
    "artificial.descent.descend.weights": (np.ones(2),),
    "objective": lambda weights, shown: (1.0, tuple(np.zeros_like(w) for w in weights)),
    "artificial.layers.*.weights": np.ones((1, 3)), "artificial.losses.*.activation": activations.LINEAR,
}  # fmt: skip
EXPERIMENTS = {
    "question": question, "experiment": experiment, "dims": "lag", "experiment.column.unit": "ms",
    "result": None, "claims": (claim,), "record": claim,
    "studies.card.record": rule, "phenomenon": PHENOMENA["short-term"],
    "claiming.*.found": lambda result: 1.0, "claiming.*.other": lambda result: 1.0, "claiming.*.by": "closed form",
    "claiming.*.least": 0.0, "claiming.*.most": 2.0, "rates.fractions_above.period": 1.0,
    "sentence": "it is", "measure": lambda result: 1.0, "expected": 1.0, "run": lambda p: p,
    "draw": lambda figure: None, "experiment.Experiment.draw": lambda result, figure: None,
    "caption": "a caption", "experiment.Experiment.caption": lambda p, r: "c", "full": None, "quick": None,
    "memory": lambda p: 0.0, "experiment.Experiment.question": "What?", "default": 1.0, "size": (2.0, 1.0),
    "ids": (), "questions": [], "readings": {"one": {}}, "key": "digits",
    "published.*.table": TABLES["wang2005_pairs"], "published.protocol_of.row": 0,
    "published.load.key": "digits", "columns": {"a": np.ones(2)}, "note": "", "assignments": (), "id": "q",
    "section": None, "printed": "1", "text": "a", "error": [0.1] * 5, "ticks": [1.0, 2.0],
    "edges": [0.0, 0.5, 1.0], "color": "#000000", "images": np.ones((2, 3, 3)), "n_columns": 2, "shade": np.eye(2),
    "texts": [["a", "b"], ["c", "d"]], "names": ["a", "b"], "plots.grids.matrix.names": (["a", "b"], ["c", "d"]),
    "plots.images.matrix.values": np.eye(2), "plots.curves.histogram.values": [0.1, 0.2], "low": 0.0, "high": 1.0,
    "plots.curves.*.x": curve, "plots.curves.*.y": curve, "plots.curves.label.x": "x", "plots.curves.label.y": "y",
    "plots.curves.zero_line.x": False, "n_rows": 2, "end": 0.1, "plots.spikes.dots.rows": [0, 1],
    "plots.spikes.weight_steps.weights": [0.5, 0.6], "format": "png", "folder": "nowhere", "path": "nowhere",
    "plots.planes.*.points": np.eye(2), "plots.maps.heat_map.columns": ["a", "b"], "plots.maps.heat_map.rows": ["c"],
    "plots.maps.heat_map.values": [[0.1, 0.2]],
    "look": Look("slide"), "panel": "b", "is_captioned": True, "title": "What?",
    "plots.Look.size": "single", "plots.look.Look.size": "single", "plots.style.*.color": "#0072B2",
    "subject": lambda tau_plus=0.0, **values: {"x": tau_plus}, "over": {"tau_plus": [0.01]}, "seeds": 1, "workers": 1,
    "out": None, "resume": False, "build": lambda **values: networks.Network(replays),
}  # fmt: skip
LANGUAGE = {
    "tree": expressions.parse("2*x", known=["x"], where="here", error=ArgumentError),
    "known": ["x"], "where": "here", "before": 0.02, "after": 0.03,
    "expressions.parse.text": "2*x", "expressions.parse.error": ArgumentError, "signs": {"x": 1},
    "expressions.substituted.trees": {"x": expressions.parse("3", known=["x"], where="here", error=ArgumentError)},
    "dimensions.*.units": {"x": "ms"}, "dimensions.dimension.error": ArgumentError,
    "n_bytes": 1.0, "quantities.parsed.text": "1",
    "artificial.exact.alike.arrays": [0.5, 1.0], "items": [1], "trains.doubt.spikes": merged(
        [0.01], [0.02]
    ), "quantities.*.value": 1.0,
}  # fmt: skip
GOOD: dict[str, Any] = NETWORKS | TRAINS_AND_RULES | QUIZ | ARTIFICIAL | EXPERIMENTS | LANGUAGE
