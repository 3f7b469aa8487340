"""Which questions there are, in the lecture's order, and where each is answered.

A question is a page of data and one of words in each language, `lecture/SECTION/ID.toml`, `ID.en.toml`, `ID.he.toml`,
and an entry of SOLUTIONS in a module of `answers/SECTION`; it is read when it is asked.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from plasticity.catalogue import Catalogue, Group
from plasticity.errors import unknown
from plasticity.quiz.pages import Asked, read_page
from plasticity.quiz.record import Solution

# {section: {question: the module of answers that holds its solution}}
CONTENTS: dict[str, dict[str, str]] = {
    "spiking": {
        "mutual-pair": "mutual",
        "anti-hebbian-together": "together",
        "bias-no-input": "bias",
        "bias-growing-inhibition": "bias",
        "inhibition-below-bias": "bias",
        "inhibition-above-bias": "bias",
        "post-before-pre-biological": "twin",
        "weight-decreased-artificial": "twin",
        "hebbian-together": "together",
    },
    "networks": {
        "two-neuron-loop": "loop",
        "acyclic-network": "acyclic",
        "activation-as-rate": "firing_rate",
        "activation-as-probability": "firing_probability",
        "swish": "swish",
    },
    "gates": {
        "and-gate": "single",
        "not-gate": "single",
        "xnor-four-hidden": "building",
        "xnor-two-hidden": "building",
        "xnor-one-hidden": "building",
        "invert-output": "inversion",
        "xor-inseparable": "xor",
        "xor-geometric": "xor",
        "points-inseparable": "smallest_sets",
        "bird-circuit": "bird",
        "construction-theorem": "theorem",
    },
    "perceptron": {
        "perceptron-and-trace": "trace",
        "perceptron-step-logic": "steps",
        "perceptron-convergence": "convergence",
        "good-features": "features",
        "perceptron-hebbian-cases": "hebbian",
    },
    "gradient": {
        "gd-algorithm": "algorithm",
        "gd-single-weight": "hand_steps",
        "gd-two-weights": "hand_steps",
        "gd-general": "valleys",
        "batch-and-online": "online",
        "sgd-path": "sgd_path",
        "lms-vs-perceptron": "lms",
        "sgd-sigmoid-step": "sigmoid_step",
        "vanishing-gradient": "saturation",
        "cross-entropy-gradient": "cross_entropy",
        "cross-entropy-minibatch": "cross_entropy",
        "mse-not-convex": "convexity",
        "mse-justification": "likelihood",
        "multiclass-cross-entropy": "multiclass",
        "relu-rule": "rectifier",
        "tanh-rule": "tanh_rule",
        "softmax": "softmax",
        "softmax-as-probabilities": "softmax_probabilities",
        "cce-drawback": "categorical_drawback",
        "categorical-cross-entropy": "categorical",
    },
    "forward-backward": {
        "forward-2-2-1": "two_layers",
        "backprop-product": "chain_rule",
        "backprop-sigmoid": "chain_rule",
        "local-gradients": "local_gradients",
    },
    "autoencoders": {
        "autoencoder-goals": "goals",
        "one-hot-separable": "one_hot",
        "one-hot-no-likeness": "objects",
        "autoencoder-8-3-8": "rounding",
        "bottleneck-kinds": "burdens",
        "similar-inputs-similar-codes": "likeness",
        "stacked-autoencoder": "pretraining",
        "one-layer-stuck-less": "stuck",
    },
}
_LECTURE = Path(__file__).parent / "lecture"


class Lecture(Mapping[str, Asked]):
    """The questions of the lecture by id, each read when it is asked for."""

    def __init__(self) -> None:
        self._sections = {id: section for section, questions in CONTENTS.items() for id in questions}

    def __getitem__(self, id: str) -> Asked:
        """A question. Raises UnknownName, a KeyError, for an id that there is not."""
        if id not in self:
            raise unknown("question", id, self._sections)
        return _asked(self._sections[id], id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    def __len__(self) -> int:
        return len(self._sections)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and id in self._sections

    def section(self, id: str) -> str:
        """The section of a question, without reading it. Raises UnknownName for an id that there is not."""
        if id not in self:
            raise unknown("question", id, self._sections)
        return self._sections[id]


@cache
def _asked(section: str, id: str) -> Asked:
    module = f"plasticity.quiz.answers.{section.replace('-', '_')}.{CONTENTS[section][id]}"

    def solution() -> Solution:
        return import_module(module).SOLUTIONS[id]

    return read_page(_LECTURE / section / f"{id}.toml", section, solution)


def asked_by(experiment: str) -> list[str]:
    """The questions of the lecture that an experiment shows, in their order."""
    return [id for id, asked in LECTURE.items() if asked.question.experiment == experiment]


LECTURE = Lecture()
QUESTIONS: Catalogue[Asked] = Catalogue("question", LECTURE, others=Group("plasticity.quiz", Asked))
