"""What a shell offers when Tab is pressed: names of what there is. Quick, for it is asked at each press.

Each function is the `shell_complete=` of an argument or option; modules are loaded in it, and records are not, but the
one whose parameters are asked for. What fails offers nothing: a shell has no place for an error.
"""

from collections.abc import Callable, Iterable
from typing import Any

import click
from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
Names = Callable[[click.Context], Iterable[str]]


def completer(names: Names, *, or_files: bool = False) -> Completer:
    """Offers those names that begin as what was typed.

    or_files : where none does, files of the folder
    """

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            found = [name for name in names(context) if name.startswith(incomplete)]
        except Exception:
            found = []
        taken = context.params.get(parameter.name or "")
        used = taken if isinstance(taken, tuple) else ()
        items = [CompletionItem(name) for name in dict.fromkeys(found) if name not in used]
        return items or ([CompletionItem(incomplete, type="file")] if or_files else [])

    return complete


def _rules(_: Any) -> list[str]:
    from plasticity.rules import RULES

    return RULES.available()[0]


def _experiments(_: Any) -> list[str]:
    from plasticity.runs.discovery import EXPERIMENTS

    return EXPERIMENTS.available()[0]


def _neurons(_: Any) -> list[str]:
    from plasticity.neurons import NEURONS

    return NEURONS.available()[0]


def _questions(_: Any) -> list[str]:
    from plasticity.quiz.contents import QUESTIONS

    return QUESTIONS.available()[0]


def _sections(_: Any) -> list[str]:
    from plasticity.quiz.contents import CONTENTS

    return [*CONTENTS]


def _records(context: click.Context) -> list[str]:
    """All that `plasticity show` knows."""
    from plasticity.protocols import PROTOCOLS
    from plasticity.published import TABLES

    others = [name for held in (PROTOCOLS, TABLES) for name in held.available()[0]]
    return [*_rules(context), *_neurons(context), *_experiments(context), *others, "conventions"]


def _presets(_: Any) -> list[str]:
    from plasticity.rules.conventions import PRESETS

    return [*PRESETS]


def _variants(_: Any) -> list[str]:
    from plasticity.rules.adapted import SCALED, VARIANTS

    return [*VARIANTS, f"{SCALED}=2"]


def _parameters_of_rules(context: click.Context) -> list[str]:
    """The parameters of the rules that are named before, with the values that they have, to be changed."""
    from plasticity.quantities import written
    from plasticity.rules import RULES

    named = context.params.get("rule_names") or context.params.get("name") or ()
    names = [named] if isinstance(named, str) else [name for name in named if name != "all"]
    parameters = [parameter for name in names for parameter in RULES[name].parameters]
    return [f"{one.name}={written(one.value, one.unit)}".replace(" ", "") for one in parameters]


def _parameters_of_experiment(context: click.Context) -> list[str]:
    from plasticity.runs.discovery import EXPERIMENTS
    from plasticity.settings import shown

    experiment = EXPERIMENTS[context.params.get("name") or context.params["what"]]
    values = shown(experiment.preset("quick" if context.params.get("quick") else "full"))
    return [f"{name}={text}".replace(" ", "") for name, text in values.items()]


EXPERIMENT_NAMES = completer(_experiments)
EXPERIMENTS_OR_FILES = completer(_experiments, or_files=True)
NEURONS_AND_RULES = completer(lambda context: [*_rules(context), *_neurons(context)])
QUESTION_IDS = completer(_questions, or_files=True)
RECORDS = completer(_records)
RULE_NAMES = completer(_rules)
RULES_OR_ALL = completer(lambda context: [*_rules(context), "all"])
SECTIONS = completer(_sections)
CONVENTIONS = completer(_presets)
VARIANT_NAMES = completer(_variants)
RULE_PARAMETERS = completer(_parameters_of_rules)
EXPERIMENT_PARAMETERS = completer(_parameters_of_experiment)
FORMATS = completer(lambda _: ("png", "svg", "pdf"))
LANGUAGES = completer(lambda _: ("en", "he"))
