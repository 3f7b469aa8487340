"""What is known of synapses, and whether a rule has it: each phenomenon a question, its answer computed when asked.

A criterion is that of the publication, or the meaning of the sentence; none is fitted. Beside a table of measured
changes a rule holds when it is no further off than chance: its mean squared distance in standard errors is at most
1 + 5 sqrt(2/n), five standard deviations of chi-squared above its mean.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from plasticity.catalogue import Catalogue
from plasticity.errors import SimulationError, UnsupportedRule, WeightError
from plasticity.inputs import instance
from plasticity.rules import Rule
from plasticity.rules.system import system
from plasticity.studies import questions
from plasticity.studies.questions import Finding
from plasticity.studies.stimulated import NotAsked, quiet

Verdict = Literal["explains", "does not explain", "not asked"]


@dataclass(frozen=True)
class Phenomenon:
    """Something known of synapses.

    sentence  : what is seen
    source    : a key of SOURCES, with the place in it
    criterion : when a rule has it
    ask       : from a rule to what came out; raises NotAsked, with the reason
    is_long   : whether it takes many spikes, and so minutes of a rule that is followed in small steps
    """

    name: str
    sentence: str
    source: str
    criterion: str
    ask: Callable[[Rule], Finding]
    is_long: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Answer:
    """A phenomenon and a rule: the verdict, the numbers, and as text, or why it was not asked."""

    phenomenon: Phenomenon
    verdict: Verdict
    said: str
    numbers: Mapping[str, float] = field(default_factory=dict)


def answers(rule: Rule, *, is_patient: bool = False) -> tuple[Answer, ...]:
    """What a rule says to every phenomenon, without its noise, computed now, most of it in less than a second.

    is_patient : whether to ask what takes up to a minute, too: of a rule whose flow has no closed form
    raises ArgumentError for what is no rule
    """
    return tuple(answer(rule, phenomenon, is_patient=is_patient) for phenomenon in PHENOMENA.values())


def answer(rule: Rule, phenomenon: Phenomenon, *, is_patient: bool = True) -> Answer:
    """What a rule says to one of them. Raises ArgumentError for what is no rule, or no phenomenon."""
    instance(rule, Rule, "the rule"), instance(phenomenon, Phenomenon, "the phenomenon")
    try:
        silent = quiet(rule)
        if phenomenon.is_long and not is_patient:
            _require_quickness(silent)
        found = phenomenon.ask(silent)
    except NotAsked as reason:
        return Answer(phenomenon, "not asked", str(reason))
    except (SimulationError, UnsupportedRule, WeightError) as error:
        return Answer(phenomenon, "not asked", str(error))
    return Answer(phenomenon, "explains" if found.holds else "does not explain", found.figures, found.numbers)


def _require_quickness(rule: Rule) -> None:
    needs = system(rule).needs
    if {"spikes", "flow without closed form"} <= needs and "voltage" not in needs:
        raise NotAsked("its flow has no closed form; it takes up to a minute (--patient)")


_ALL = (
    Phenomenon(
        "order of a pair",
        "the change depends on which of the two neurons fires first",
        "bipoo1998, Fig. 7",
        "60 pairings at 1 Hz: the changes at +10 and -10 ms differ; one of the two may be none",
        questions.order,
        is_long=True,
    ),
    Phenomenon(
        "window of Bi & Poo",
        "pre before post strengthens, post before pre weakens, within 20 ms",
        "bipoo1998, Fig. 7",
        "60 pairings at 1 Hz: up at 5, 10, 15, 20 ms, down at the opposite lags, neither below 1 % of the other",
        questions.signs,
        is_long=True,
    ),
    Phenomenon(
        "pairing frequency",
        "pairing at +10 ms strengthens only above 0.1 Hz; at -10 ms it weakens, and strengthens from 40 Hz on",
        "sjostrom2001, as tabulated in pfister2006, Table 1",
        "ten measured changes, as far off as chance allows",
        questions.against("sjostrom2001_frequency", "points", "pfister2006"),
        is_long=True,
    ),
    Phenomenon(
        "triplets",
        "post-pre-post strengthens, pre-post-pre does little",
        "wang2005, as tabulated in pfister2006, Table 2",
        "the means over four timings of each kind are within five standard errors of the measured ones",
        questions.triplets,
        is_long=True,
    ),
    Phenomenon(
        "quadruplets",
        "a pair of either order, then one of the other: strengthens when the second is pre-post, 20 ms later",
        "wang2005, as tabulated in pfister2006, Table 2",
        "three measured changes, as far off as chance allows",
        questions.against("wang2005_quadruplets", "quadruplets"),
        is_long=True,
    ),
    Phenomenon(
        "threshold in the rate",
        "little postsynaptic activity weakens, much strengthens",
        "Bienenstock, Cooper & Munro 1982, J Neurosci 2:32, doi:10.1523/JNEUROSCI.02-01-00032.1982",
        "the mean drift turns from down to up between 0 and 100 Hz, pre at 20 Hz, slow variables at rest for 10 Hz",
        questions.threshold,
    ),
    Phenomenon(
        "stable weight",
        "weights settle at one value between the bounds, not in two heaps at both ends",
        "guetig2003",
        "the mean drift has a stable fixed point inside the bounds",
        questions.stable_weight,
    ),
    Phenomenon(
        "set point of the rate",
        "plasticity keeps the postsynaptic neuron at one rate, whatever the input",
        "Vogels et al. 2011, Science 334:1569, doi:10.1126/science.1211095",
        "the mean drift vanishes at one postsynaptic rate, the same for 5, 20, 40 Hz of input and for two weights",
        questions.set_point,
    ),
    Phenomenon(
        "short-term",
        "what a spike releases depends on the spikes before it",
        "Tsodyks, Pawelzik & Markram 1998, Neural Comput 10:821, doi:10.1162/089976698300017502",
        "the 60th spike of a train at 5 Hz and that at 40 Hz deliver different parts of w",
        questions.release,
    ),
    Phenomenon(
        "reward",
        "the same pairings change the weight more when a reward follows",
        "Izhikevich 2007, Cereb Cortex 17:2443, doi:10.1093/cercor/bhl152",
        "the change is larger with the third event, or its level at 1, than without",
        questions.reward,
        is_long=True,
    ),
)
PHENOMENA: Catalogue[Phenomenon] = Catalogue("phenomenon", {phenomenon.name: phenomenon for phenomenon in _ALL})

__all__ = ["PHENOMENA", "Answer", "Finding", "Phenomenon", "Verdict", "answer", "answers"]
