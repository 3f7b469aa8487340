"""What the sign of a text is known to be holds for all values of its names."""

import numpy as np
import pytest
from expression_texts import FIXED, Refused, combined
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.expressions import evaluator, parse, sign

# Signs: what `sign` says of a text holds for every value that its names may take.

SIGNS = {"up": 1, "down": -1, "none": 0}
RANGES = {"up": (0.0, 9.0), "down": (-9.0, 0.0), "none": (0.0, 0.0), "any": (-9.0, 9.0)}
SIGN_LEAVES = st.sampled_from([(name, None) for name in RANGES]) | st.sampled_from([("2", None), ("0", None)])
SIGN_TREES = st.recursive(SIGN_LEAVES, combined, max_leaves=6).map(lambda tree: tree[0])


def sign_of(text):
    return sign(parse(text, known=RANGES, where="here", error=Refused), SIGNS)


@settings(FIXED, max_examples=1500)
@given(SIGN_TREES, st.fixed_dictionaries({name: st.floats(*limits) for name, limits in RANGES.items()}))
def test_the_sign_of_a_text_holds_for_all_values(text, values):
    try:
        tree = parse(text, known=RANGES, where="here", error=Refused)
        with np.errstate(divide="raise", invalid="raise", over="ignore", under="ignore"):
            value = evaluator(tree)({name: np.float64(x) for name, x in values.items()})
    except (Refused, FloatingPointError):  # 0/0 and the like have no sign
        return

    claimed = sign(tree, SIGNS)
    assert claimed is None or value * claimed >= 0 and (claimed or value == 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-down*up", 1),
        ("up/down", -1),
        ("up - down", 1),
        ("down - up", -1),
        ("up + down", None),
        ("none*any", None),
        ("none*up", 0),
        ("up + none", 1),
        ("none - up", -1),
        ("up/none", None),
        ("up**any", 1),
        ("any**2", None),
        ("exp(any)", 1),
        ("log(up)", None),
        ("tanh(down)", -1),
        ("rectify(any)", 1),
        ("step(any)", 1),
        ("step(down)", 0),
        ("step(none)", 0),
        ("minimum(up, 2)", 1),
        ("minimum(any, down)", -1),
        ("minimum(none, any)", -1),
        ("minimum(up, none)", 0),
        ("minimum(up, any)", None),
        ("maximum(down, -2)", -1),
        ("maximum(up, any)", 1),
        ("maximum(any, none)", 1),
        ("maximum(none, down)", 0),
        ("maximum(down, any)", None),
        ("-(2*up)", -1),
        ("+(-(-2))", 1),
        ("any", None),
    ],
)
def test_the_sign_of_a_text_is_known_as_far_as_its_names_tell(text, expected):
    assert sign_of(text) == expected
