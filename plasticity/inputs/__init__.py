"""The one way in for numbers: whatever a person has becomes floats in SI, or one line that says what came.

Lists, tuples, ranges, generators, arrays of any real type and library, tables of one column and numbers with a unit
(Brian2, quantities, Neo, pint, astropy, pandas, timedelta) are taken; what is masked, complex, text, a truth value,
a date, or of another dimension is refused. No other part of the package turns a user's object into an array.
"""

from plasticity.inputs.checked import choice, count, function, generator, instance, number, numbers, seed, text
from plasticity.inputs.containers import is_scalar, items, listed, plain
from plasticity.inputs.declared import fields
from plasticity.inputs.reals import Plain

__all__ = [
    "Plain",
    "choice",
    "count",
    "fields",
    "function",
    "generator",
    "instance",
    "is_scalar",
    "items",
    "listed",
    "number",
    "numbers",
    "plain",
    "seed",
    "text",
]
