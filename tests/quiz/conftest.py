"""Each study once, and the questions about spikes asked once, for all tests of the quiz."""

import numpy as np
import pytest
from lecture_answers import answered, ids_of

from plasticity.quiz.old.answers import together, twin


@pytest.fixture(scope="session")
def answers():
    """{id: Answered} of the section spiking, with the default seed."""
    return {id: answered(id) for id in ids_of("spiking")}


@pytest.fixture(scope="session")
def together_study():
    return together.study(np.random.default_rng(0), "numpy")


@pytest.fixture(scope="session")
def twin_study():
    return twin.study(np.random.default_rng(0), "numpy")


@pytest.fixture(scope="session")
def solved(together_study, twin_study):
    """{id: Answer} from the studies, not yet compared with what is printed."""
    studies = {together: together_study, twin: twin_study}
    return {id: one.answer(study) for part, study in studies.items() for id, one in part.SOLUTIONS.items()}
