from functools import cache
from itertools import product
from math import gcd

import pytest

from plasticity.artificial.boolean_functions import count_separable, symmetry_classes
from plasticity.artificial.separability import is_separable
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.errors import ArgumentError


@cache
def n_regions(planes):
    """Into how many regions planes through 0 (their normals, no two parallel) cut the space.

    Deletion and restriction: the last plane adds as many regions as the others cut it into.
    """
    if not planes:
        return 1
    *others, last = planes
    pivot = next(i for i, x in enumerate(last) if x)
    traces = {_primitive([last[pivot] * v - p[pivot] * x for v, x in zip(p, last, strict=True)]) for p in others}
    return n_regions(tuple(others)) + n_regions(tuple(sorted(traces - {None})))


def _primitive(normal):
    divisor = gcd(*normal)
    if not divisor:
        return None
    sign = 1 if next(x for x in normal if x) > 0 else -1
    return tuple(sign * x // divisor for x in normal)


@pytest.mark.parametrize("n_inputs, known", [(0, 2), (1, 4), (2, 14), (3, 104), (4, 1882)])
def test_the_count_is_the_number_of_regions_of_the_weight_space(n_inputs, known):
    # Each pattern x is the plane w . x + b = 0 in the space of (w, b); a region is a separable function.
    planes = tuple((*pattern, 1) for pattern in product((0, 1), repeat=n_inputs))
    assert count_separable(n_inputs) == n_regions(planes) == known


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
def test_deciding_every_single_function_gives_the_same_count(n_inputs):
    patterns = binary_patterns(n_inputs)
    every_function = product((0, 1), repeat=2**n_inputs)
    assert sum(is_separable(patterns, truths) for truths in every_function) == count_separable(n_inputs)


@pytest.mark.parametrize("n_inputs, n_classes", [(0, 1), (1, 2), (2, 4), (3, 14), (4, 222)])
def test_the_symmetry_classes_are_as_many_as_published_and_hold_all_functions(n_inputs, n_classes):
    functions, sizes = symmetry_classes(n_inputs)  # n_classes: OEIS A000370
    assert len(functions) == len(sizes) == n_classes
    assert sizes.sum() == 2**2**n_inputs


def test_the_classes_of_two_inputs_are_constant_one_input_and_and_xor():
    functions, sizes = symmetry_classes(2)
    kinds = {tuple(f): int(n) for f, n in zip(functions.tolist(), sizes, strict=True)}
    assert kinds == {(0, 0, 0, 0): 2, (0, 0, 0, 1): 8, (0, 0, 1, 1): 4, (0, 1, 1, 0): 2}


@pytest.mark.parametrize("n_inputs", [-1, 5, 1.5, "2"])
def test_more_functions_than_can_be_listed_are_refused(n_inputs):
    with pytest.raises(ArgumentError, match=f"Boolean functions are listed, is {n_inputs!r}"):
        count_separable(n_inputs)
