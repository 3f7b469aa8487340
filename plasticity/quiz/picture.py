"""The picture of an answer: of the experiment that the question names, or of the synapse that it asks about."""

from collections.abc import Sequence
from typing import Any

from plasticity import runs, settings
from plasticity.ask import answer
from plasticity.ask.folder import image
from plasticity.errors import ArgumentError, UnknownName
from plasticity.experiment import Experiment
from plasticity.inputs import instance
from plasticity.plots.look import WHOLE, Look
from plasticity.quiz.asking import Answered
from plasticity.quiz.own import Scenario, asked_of
from plasticity.quiz.pages import Asked


def experiment_of(asked: Asked) -> Experiment:
    """The experiment that shows a question. Raises ArgumentError where none does."""
    if not asked.question.experiment:
        raise ArgumentError(f"no experiment shows {asked.question.id}; ask it without --picture")
    return runs.EXPERIMENTS[asked.question.experiment]


def drawn_by(asked: Asked) -> str:
    """What draws a question. Raises ArgumentError where nothing does."""
    if isinstance(asked.solution.parameters, Scenario):
        return "plasticity ask"
    return f"plasticity run {experiment_of(asked).name}"


def parameters_of(answered: Answered, assignments: Sequence[str]) -> Any:
    """The parameters of its experiment for which the answer was computed.

    Where both stand on one study they are the same; else those of the quick preset, with what was set.
    raises ArgumentError for a number that was set and that the experiment does not have
    """
    experiment, asked = experiment_of(answered.asked), answered.solution.parameters
    if type(asked) is type(experiment.quick):
        return asked
    try:
        return settings.resolved(experiment.quick, assignments)
    except UnknownName as error:
        raise ArgumentError(f"the experiment {experiment.name}, which draws it: {error}; leave --picture out") from None


def picture(answered: Answered, assignments: Sequence[str] = (), *, format: str = "png", look: Look = WHOLE) -> bytes:
    """The bytes of an image file. Raises as the experiment does, and ArgumentError for an unknown format or panel."""
    if isinstance(instance(answered, Answered, "the answer").solution.parameters, Scenario):
        return image(answer(asked_of(answered.solution.parameters)), format, look)
    experiment = experiment_of(answered.asked)
    return runs.run(experiment, parameters_of(answered, assignments), "quick").figure(format, look)
