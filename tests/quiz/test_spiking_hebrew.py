import re

import pytest

from plasticity.quiz import ask, chosen

QUESTIONS = chosen(section="spiking")


@pytest.fixture(scope="module")
def answered():
    return {found.question.id: found.answer for found in ask(QUESTIONS, target="numpy")}


@pytest.mark.parametrize("id", [question.id for question in QUESTIONS])
def test_the_hebrew_sentence_has_the_numbers_of_the_english_one(answered, id):
    english, hebrew = (
        set(re.findall(r"\d+(?:\.\d+)?", sentence)) for sentence in (answered[id].sentence, answered[id].sentence_he)
    )
    assert english == hebrew


@pytest.mark.parametrize("id", [question.id for question in QUESTIONS])
def test_a_negative_number_in_a_line_of_hebrew_keeps_its_minus_in_front(answered, id):
    for minus in re.finditer(r"(?<=[\s(])-\d", answered[id].sentence_he):
        pytest.fail(f"no left-to-right mark before {minus[0]}")
