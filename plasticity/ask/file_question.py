"""What a question file asks, as data; apart from its reading, which a question without a file does not need."""

from collections.abc import Mapping
from typing import NamedTuple

from plasticity.frozen import FrozenMap
from plasticity.rules.adapted import Adaptation


class WhatIf(NamedTuple):
    """A question within a file: which spikes are left out or moved."""

    name: str
    without: tuple[str, ...] = ()
    move: tuple[str, ...] = ()


class FileQuestion(NamedTuple):
    """What a TOML file asks; None where it says nothing. Times in seconds; settings are texts, with their units."""

    rule: str | None = None
    w0: float | None = None
    is_unbounded: bool | None = None
    conventions: str | None = None
    n_repeats: int | None = None
    every: float | None = None
    pre: tuple[float, ...] | None = None
    post: tuple[float, ...] | None = None
    events: Mapping[str, tuple[float, ...]] = FrozenMap({})
    what_if: tuple[WhatIf, ...] = ()
    settings: Mapping[str, str] = FrozenMap({})
    variants: tuple[str, ...] = ()
    w_max: float | None = None

    @property
    def adaptation(self) -> Adaptation:
        """What is asked of the rule beside its name, and whether it is unbounded."""
        return Adaptation(self.settings, self.variants, self.w_max, self.conventions)
