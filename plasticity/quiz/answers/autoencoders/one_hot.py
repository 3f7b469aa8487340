"""Why one-hot inputs: how many ways to divide the objects in two can one unit learn, under either code?"""

from typing import Any

from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.separable_codes import Codes, Parameters, study


def answer(result: tuple[Codes, list[Codes]]) -> Answer:
    """All labellings against few, for each number of objects."""
    shown, among = result
    found: dict[str, Any] = {
        **_fractions(shown),
        "n_objects": shown.n_objects,
        "n_labellings": shown.n_labellings,
        "one_hot_separable": shown.one_hot,
        "binary_separable": shown.binary,
        "binary_separable_list": [codes.binary for codes in among],
        "one_hot_distances": list(shown.one_hot_apart),
        "binary_distances": list(shown.binary_apart),
        "rows": [_row(codes) for codes in among],
    }
    found["outcome"] = _outcome(shown)
    checks = [
        Check("one_hot_separable", shown.by_cover, "cover"),
        Check("one_hot_separable_fraction", shown.by_cover / shown.n_labellings, "cover"),
        Check("binary_separable", shown.by_sums, "sums"),
        Check("binary_separable_fraction", shown.by_sums / shown.n_labellings, "sums"),
        Check("rows.one_hot_fraction", [codes.by_cover / codes.n_labellings for codes in among], "cover"),
        Check("rows.binary", [codes.by_sums for codes in among], "sums"),
        Check("rows.binary_fraction", [codes.by_sums / codes.n_labellings for codes in among], "sums"),
        Check("one_hot_distances", [2**0.5] * 2, "two_places", tolerance=1e-12),
        Check("binary_distances", [1.0, shown.n_bits**0.5], "one_to_all_bits", tolerance=1e-12),
    ]
    readings = {f"objects={codes.n_objects}": _fractions(codes) for codes in among}
    given = ("n_objects", "n_labellings", "rows.n_objects", "rows.n_bits", "rows.n_labellings")
    return Answer(found, checks, readings, given=given)


def _fractions(codes: Codes) -> dict[str, float]:
    """What the claims speak of."""
    return {
        "one_hot_separable_fraction": codes.one_hot / codes.n_labellings,
        "binary_separable_fraction": codes.binary / codes.n_labellings,
    }


def _outcome(codes: Codes) -> str:
    if codes.one_hot < codes.n_labellings:
        return "neither"
    return "one_hot" if codes.binary < codes.n_labellings else "both"


def _row(codes: Codes) -> dict[str, float]:
    """Both codes for so many objects."""
    return {
        "n_objects": codes.n_objects,
        "n_bits": codes.n_bits,
        "n_labellings": codes.n_labellings,
        "one_hot_fraction": codes.one_hot / codes.n_labellings,
        "binary": codes.binary,
        "binary_fraction": codes.binary / codes.n_labellings,
    }


SOLUTIONS = {"one-hot-separable": Solution(study, answer, Parameters())}
