"""What came of a comparison: as data, for a table and for JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import UnsupportedRule
from plasticity.rules import Rule

Status = Literal["agrees", "differs", "cannot be expressed", "is at fault"]


@dataclass(frozen=True)
class Place:
    """Where two engines differ most: pair of trains (from 1 on), the spike in its train, when (s), and both numbers."""

    pair: int
    kind: str
    spike: int
    time: float
    ours: float
    theirs: float


@dataclass(frozen=True)
class Level:
    """A point of an f-I curve.

    current      : amperes, beside the bias
    ours, theirs : hertz; allowed : by how many they may differ
    """

    current: float
    ours: float
    theirs: float
    allowed: float


@dataclass(frozen=True)
class Finding:
    """A rule, or a neuron, by our engine and by another.

    partner    : what stands on the other side
    difference : the largest, over the upper bound of the weight, or where there is none over the largest weight
    tolerance  : what it may be; reason : why
    note       : what is to know besides: why it cannot be expressed, or what is at fault
    n          : how many numbers were compared; at_lower, at_upper : how many of them lay at a bound
    curve      : of a neuron, its f-I curve; difference and tolerance are in hertz then, where they are nearest
    """

    name: str
    against: str
    status: Status = "differs"
    partner: str = ""
    conventions: str = ""
    difference: float | None = None
    tolerance: float | None = None
    reason: str = ""
    note: str = ""
    n: int = 0
    at_lower: int = 0
    at_upper: int = 0
    place: Place | None = None
    more: Mapping[str, float] = field(default_factory=dict)
    curve: tuple[Level, ...] = ()

    def as_object(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return asdict(self) | {"more": dict(self.more)}


@dataclass(frozen=True)
class Course:
    """Weights of one pair of trains by both engines, after the same spikes.

    whole : ours after every spike, where `ours` is after some
    """

    kind: str
    times: Floats
    ours: Floats
    theirs: Floats
    whole: Floats


def judged(finding: Finding, courses: Sequence[Course], bounds: tuple[float, float]) -> Finding:
    """A finding with the numbers of its courses, and whether it agrees; a number that is none differs infinitely."""
    largest = max((float(np.abs(course.ours).max(initial=0.0)) for course in courses), default=0.0)
    scale = bounds[1] if np.isfinite(bounds[1]) else largest or 1.0
    worst, place = 0.0, None
    for number, course in enumerate(courses, start=1):
        off = np.nan_to_num(np.abs(course.ours - course.theirs) / scale, nan=np.inf)
        if off.size and (off.max() > worst or place is None):
            at = int(off.argmax())
            worst = float(off[at])
            ours, theirs = float(course.ours[at]), float(course.theirs[at])
            place = Place(number, course.kind, at + 1, float(course.times[at]), ours, theirs)
    at_lower, at_upper = (sum(int(np.sum(course.whole == bound)) for course in courses) for bound in bounds)
    agrees = finding.tolerance is not None and worst <= finding.tolerance
    return replace(
        finding,
        status="agrees" if agrees else "differs",
        difference=worst,
        place=place,
        n=sum(course.ours.size for course in courses),
        at_lower=at_lower,
        at_upper=at_upper,
    )


def not_expressed(rule: Rule, against: str, refused: Callable[[], Any]) -> Finding:
    """That an engine does not read the rule, with the reason that it gives when it is asked."""
    try:
        refused()
    except UnsupportedRule as error:
        return Finding(rule.name, against, "cannot be expressed", note=str(error).removeprefix(f"{rule} "))
    raise AssertionError(f"{rule} is read after all")
