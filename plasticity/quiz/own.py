"""Questions of one's own: a file of TOML, computed by a question about one synapse; or a page of a package.

The example that `TEMPLATE` is says all that a file may hold. A package declares an entry point `plasticity.quiz` that
stands for what `question` returns: a page of data with words beside it, and a function that computes the answer.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plasticity import files, settings
from plasticity.ask import Question, answer
from plasticity.errors import ArgumentError, InputError, PlasticityError, said, unknown
from plasticity.experiment import parameter
from plasticity.quiz.pages import Asked, languages, question_of, read_page
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.quiz.texts import read_texts
from plasticity.rules import RULES, Rule, unbounded
from plasticity.verification.definition import weights_by_definition
from plasticity.verification.facts import Facts

OWN = "my own"  # the section of a question that names none
MOST_SPIKES = 6000  # our choice: the definition looks from each spike at every other, which takes seconds then
ROUNDING = 1e-9  # both routes add up as many changes as there are pairs of spikes
DATA = ("section", "claims", "experiment")


@dataclass(frozen=True)
class Scenario:
    """The spikes of one synapse, and its rule."""

    rule: str = parameter("pair_stdp", meaning="of the synapse, as 'plasticity list' names it")
    pre: tuple[float, ...] = parameter((), "ms", "presynaptic spikes of the pattern")
    post: tuple[float, ...] = parameter((), "ms", "postsynaptic spikes of the pattern")
    repeat: int = parameter(1, meaning="how often the pattern comes", least=1, most=10_000)
    every: float = parameter(1.0, "ms", "from one repetition to the next", least=1e-6, most=1e6)
    w0: float = parameter(-1.0, "1", "weight before; -1: where the rule starts", least=-1.0, most=1e6)
    unbounded: bool = parameter(False, meaning="the artificial comparison: no bounds")


@dataclass(frozen=True)
class Found:
    """The weight before and after, and after by the definition of the rule read aloud, where it has a closed form."""

    before: float
    after: float
    by_definition: float | None
    verdict: str
    rule: str


def study(scenario: Scenario) -> Found:
    """What happens to the synapse, by the exact engine and by the definition.

    raises ArgumentError for more than MOST_SPIKES spikes
    """
    n_spikes = (len(scenario.pre) + len(scenario.post)) * scenario.repeat
    if n_spikes > MOST_SPIKES:
        raise ArgumentError(
            f"the scenario has {n_spikes} spikes; at most {MOST_SPIKES} are allowed: repeat it less often"
        )
    asked = asked_of(scenario)
    found = answer(asked, with_ledger=False)
    return Found(found.w_before, found.w_after, _by_definition(asked, found.w_before), found.verdict, scenario.rule)


def _by_definition(asked: Question, before: float) -> float | None:
    """The weight after; None for a rule whose flows have no closed form there, which it would follow for minutes."""
    if Facts(asked.rule).open:
        return None
    pre, post = asked.trains()
    course = weights_by_definition(asked.rule, {"pre": pre.tolist(), "post": post.tolist()}, before)
    return course[-1] if course else before


def asked_of(scenario: Scenario) -> Question:
    """The question about one synapse that a scenario is."""
    rule: Rule = RULES[scenario.rule]
    rule = unbounded(rule) if scenario.unbounded else rule
    w0 = rule.start_weight if scenario.w0 == -1.0 else scenario.w0
    return Question(rule, scenario.pre, scenario.post, w0, scenario.repeat, scenario.every)


def found_answer(found: Found) -> Answer:
    """The change, its direction, and both weights."""
    measured = {
        "dw": found.after - found.before,
        "w_before": found.before,
        "w_after": found.after,
        "outcome": found.verdict,
    }
    tolerance, second = ROUNDING * max(1.0, abs(found.after)), found.by_definition
    checks = [] if second is None else [Check("w_after", second, "definition", tolerance)]
    return Answer(measured, checks, {found.rule: measured}, given=("w_before",), records=(found.rule,))


def read_own(path: Path) -> Asked:
    """The question that a file of TOML asks.

    raises InputError, which names the file, for what is no question; UnknownName for a rule that there is not
    """
    page = files.toml_in(files.text_of(path), path)
    told = {language: page.pop(language) for language in languages() if isinstance(page.get(language), dict)}
    scenario = page.pop("ask", None)
    try:
        for name in page:
            if name not in DATA:
                raise unknown("entry", name, [*DATA, "ask", *languages()])
        if not isinstance(scenario, dict) or not told:
            raise InputError("a question has a table [ask], and its words in a table [en] or [he]")
        section = page.pop("section", OWN)
        question = question_of(path.stem, section, page)
        texts = {language: read_texts(words, f"[{language}]") for language, words in told.items()}
        parameters = settings.resolved(Scenario(), [assignment(*item) for item in scenario.items()])
    except (PlasticityError, TypeError) as error:
        raise InputError(f"{files.named(path)}: {error}; 'plasticity quiz --template' shows how") from None
    RULES[parameters.rule]  # looked for before anything is computed
    return Asked(question, texts, lambda: Solution(study, found_answer, parameters))


def assignment(name: str, value: Any) -> str:
    """A value of TOML as one writes it on the command line."""
    if isinstance(value, bool):
        return f"{name}={str(value).lower()}"
    if isinstance(value, list):
        return f"{name}={','.join(map(str, value))}"
    if not isinstance(value, str | int | float):
        raise InputError(f"{name} is {said(value)}; a text, a number or a list of them is allowed")
    return f"{name}={value}"


def question(page: str | Path, solution: Solution) -> Asked:
    """A question for an entry point `plasticity.quiz`, under the name of its page.

    page     : ID.toml, its data; its words stand beside it in ID.en.toml, or another language
    solution : what computes it
    raises ArgumentError, which names the page, for what is no question
    """
    return read_page(files.path_of(page, ArgumentError), OWN, lambda: solution)


TEMPLATE = """\
# A question of your own. Save it as my-question.toml and ask it:
#     plasticity quiz my-question.toml
#     plasticity quiz my-question.toml --set post=0 --set pre=10 --rule triplet_stdp

section = "my lecture"
claims = [["dw", ">", 0]]            # the answer you expect, restated: measurement, relation, number

[ask]                                # times in ms, or with a unit
rule = "pair_stdp"                   # 'plasticity list' names the rules
pre = [0]
post = [10]
repeat = 60
every = "1s"
w0 = 0.5

[en]                                 # or [he]; one language is enough
question = "The postsynaptic neuron fires 10 ms after the presynaptic one, sixty times. What happens to the synapse?"
printed = "it strengthens"
answer = "The synapse is {outcome|outcomes}."
why = "{outcome|reasons}"                # whatever hangs on the numbers is chosen by what was measured
numbers = [
    ["change of the weight", "{dw:+.3f}"],
    ["weight after", "{w_after:.3f}, from {w_before:.3f}"],
]

[en.words.outcomes]
strengthened = "strengthened"
weakened = "weakened"
unchanged = "left as it was"

[en.words.reasons]
strengthened = "A presynaptic spike that comes first may have caused the postsynaptic one, and the rule rewards that."
weakened = "A presynaptic spike that comes last cannot have caused the postsynaptic one, and the rule punishes that."
unchanged = "The rule sees no pair of spikes that it could learn from."

# Measured: dw, w_before, w_after, outcome (strengthened, weakened, unchanged); and what [ask] sets.
"""
