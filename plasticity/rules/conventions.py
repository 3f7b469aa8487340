"""What the numbers of a rule depend on beside its equations, as settings: simulators differ in each of them.

The same in every engine:

1. At one instant every jump reads the state as it was just before. What a rule calls `after(x)` is read as the jump of
   x at the same event leaves it. Changes of w are made one after another, and each reads w as the one before left it;
   so are the jumps of any other variable, in the order of the record, each reading that variable alone as the one
   before left it.
2. A coincident pair (pre and post in one instant) is ignored: neither spike sees the other. Or one of them acts in
   full, traces included, an instant before the other.
3. Of the changes of w at one instant those that raise it come first (`order`). What counts is the sign that a change
   has with w as it was before the instant (of a spike that acts an instant later: before it acts), without soft
   bounds; of equal sign, pre comes before post. What is drawn at random comes last.
4. Bounds clip on both sides after each change; on its own side only: a change that raises w meets the upper bound, one
   that lowers it the lower bound. A change that is not finite stops the run before a bound hides it.
5. delta_t = t_post - t_pre. Delays are zero unless the rule has a parameter for them: each shifts one event.
6. A spike transmits the weight as it was before the spike's own update, or after it.
7. A train with two spikes in one instant is refused. Of events of several kinds, an event belongs to the instant of
   the event before it, in the order of time and then of the rule's list, if that instant began less than 1 ns ago and
   holds none of its kind yet; else it begins another.
8. What flows does so from the first event of a synapse on, which finds every variable at its start, unless a state says
   since when; a piece of a run ends with its last event. In a network, where time passes by itself, it flows from the
   start of the run to its end.
9. A change is made whole; or, where its sign can vary and it does not read w, its terms are made one by one.
10. A gate is a variable that does not flow, and that events set to numbers. In an instant it is read as it was before;
    or the postsynaptic spike moves it before anything is read, and the presynaptic spike afterwards.
11. Before its first spike nothing has happened at a synapse; or a presynaptic spike is imagined at time 0, which moves
    no weight, and which traces of the last presynaptic spike remember. All events come later then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args, get_type_hints

from plasticity.errors import RuleError, said, unknown
from plasticity.faults import in_one
from plasticity.frozen import FrozenMap
from plasticity.inputs import choice, fields

WEIGHT = "w"
SPIKES = ("pre", "post")
# A weight, or a change of one, of this size or more counts as infinite, in every engine: beyond it sums overflow.
HUGE = 1e300


@dataclass(frozen=True)
class Conventions:
    """The settings of a rule; each field is explained in this module's text.

    raises RuleError for a word that is not allowed
    """

    coincidence: Literal["ignored", "pre first", "post first"] = "ignored"
    order: Literal["potentiation first", "depression first"] = "potentiation first"
    clipping: Literal["both sides", "own side"] = "both sides"
    transmitted: Literal["before", "after"] = "before"
    terms: Literal["together", "one by one"] = "together"
    gates: Literal["as before", "post first"] = "as before"
    imagined: Literal["none", "pre at 0"] = "none"

    @in_one
    def __post_init__(self) -> None:
        fields(self, RuleError)


def words() -> dict[str, tuple[str, ...]]:
    """{field of `Conventions`: the words that it allows}."""
    return {name: get_args(kind) for name, kind in get_type_hints(Conventions).items()}


# Brian2's: the example "Spike-timing dependent plasticity" of its documentation, whose pathways run pre before post,
# each raising its own trace before the other reads it, and clip on both sides. NEST's: what its synapses do
# when they are run (version 3.10, `plasticity verify --against nest`); the imagined spike is a setting of its own.
PRESETS: Mapping[str, Conventions] = FrozenMap(
    {
        "default": Conventions(),
        "brian2-example": Conventions(coincidence="pre first"),
        "nest": Conventions(clipping="own side", transmitted="after", terms="one by one", gates="post first"),
    }
)


def read_conventions(text: str) -> tuple[str, dict[str, str]]:
    """(preset, {field: word}) of a text such as 'nest, imagined=pre at 0'; the preset is '' when none is named.

    raises UnknownName for a preset or field that there is not; RuleError for what is said twice, or not allowed
    """
    preset, settings = "", dict[str, str]()
    for item in text.split(","):
        name, equals, word = (part.strip() for part in item.partition("="))
        if not equals:
            if name not in PRESETS:
                raise unknown("preset of conventions (fields are set as FIELD=WORD)", name, PRESETS)
            if preset or settings:
                raise RuleError(f"the conventions are {said(text)}; one preset is allowed, and before all settings")
            preset = name
            continue
        allowed = words()
        if name not in allowed:
            raise unknown("convention", name, allowed)
        if name in settings:
            raise RuleError(f"the conventions {said(text)} set {name} twice; set it once")
        settings[name] = choice(word, allowed[name], f"the convention {name}", RuleError)
    return preset, settings
