import re

import pytest
from lecture_answers import answered, ids_of


@pytest.mark.parametrize("id", ids_of("spiking"))
def test_the_hebrew_sentence_has_the_numbers_of_the_english_one(id):
    answer = answered(id).answer
    english, hebrew = (
        set(re.findall(r"\d+(?:\.\d+)?", sentence)) for sentence in (answer.sentence, answer.sentence_he)
    )
    assert english == hebrew


@pytest.mark.parametrize("id", ids_of("spiking"))
def test_a_negative_number_in_a_line_of_hebrew_keeps_its_minus_in_front(id):
    for minus in re.finditer(r"(?<=[\s(])-\d", answered(id).answer.sentence_he):
        pytest.fail(f"no left-to-right mark before {minus[0]}")
