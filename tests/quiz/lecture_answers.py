"""Answers of the lecture's questions for tests, each study run once; numbers found in a sentence; claims altered."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from plasticity.quiz.old import ask, chosen
from plasticity.quiz.old.asking import SOLUTIONS

# 28 networks trained on digits take ten seconds: .ci/run answers it
LONG = {"stacked-autoencoder"}


def marks(id):
    """Those of a test that needs the answer to this question."""
    return [pytest.mark.whole] if id in LONG else []


def each(ids):
    """Ids for `parametrize`, with their marks."""
    return [pytest.param(id, marks=marks(id)) for id in ids]


def answered(id):
    """The question with its answer and verdict, at seed 0."""
    return _answered_by(SOLUTIONS[id].study)[id]


@cache
def _answered_by(study):
    """{id: Answered} of all questions that this study answers."""
    ids = [id for id, solution in SOLUTIONS.items() if solution.study is study]
    return {found.question.id: found for found in ask(chosen(ids))}


@cache
def claims_of(id):
    """What is printed, without computing an answer: for tests that change what computes it."""
    (question,) = chosen([id])
    return question.claims


@cache
def ids_of(section):
    """The ids of a section, in the lecture's order."""
    return [question.id for question in chosen(section=section)]


def numbers(sentence):
    """All numbers in a sentence, sorted; signs left out, for minus and hyphen look alike."""
    return sorted(re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?", sentence))


def altered(claim):
    """The same claim with another figure, or the opposite statement."""
    if claim.relation == "rounds to":
        figures = claim.value
        return replace(
            claim, value=[*figures[:-1], moved(figures[-1])] if isinstance(figures, list) else moved(figures)
        )
    if claim.relation == "is":
        return replace(claim, value=not claim.value)
    if claim.relation == "=":
        return replace(claim, value=12345.0)
    return replace(claim, relation={"<": ">=", ">": "<="}[claim.relation])


def moved(figure):
    """A printed figure whose last digit is one too large."""
    figure = Decimal(figure)
    return str(figure + Decimal(1).scaleb(figure.as_tuple().exponent))
