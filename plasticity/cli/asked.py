"""What `plasticity ask` was asked: the question under each rule, from the options and the file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from plasticity.ask import Question
from plasticity.ask.file_question import FileQuestion
from plasticity.cli.options import require
from plasticity.cli.rule_options import adaptation_of
from plasticity.cli.streams import complain
from plasticity.errors import ArgumentError, PlasticityError, UnknownName, said, unknown
from plasticity.quantities import parsed
from plasticity.rules import RULES, Rule, is_readable

if TYPE_CHECKING:
    from plasticity.rules.adapted import Adaptation


class Asked(NamedTuple):
    """The question under each rule, the names and changes of what would have been, and what the rules' names lack."""

    questions: list[Question]
    what_if: list[tuple[str, dict[str, Any]]]
    told: str


def asked(given: Mapping[str, Any]) -> Asked:
    """What the options and the file ask."""
    file = _file(given)
    pre, post = _trains(given, file)
    events = _events(given["named_events"]) if given["named_events"] else file.events
    w0 = parsed(given["w0"], "1", "w0") if given["w0"] is not None else file.w0
    n_repeats, every = _repeated(given, file)
    also = ["unbounded"] if given["is_unbounded"] or file.is_unbounded else []
    adaptation = adaptation_of(given, file.adaptation, also=also)
    rules = _rules(given["rule_names"] or tuple(filter(None, [file.rule])), events, adaptation)
    questions = [Question(rule, pre, post, w0, n_repeats, every, events=events) for rule in rules]
    what_if = [(item.name, {"without": item.without, "move": item.move}) for item in file.what_if]
    if given["without"] or given["move"]:
        names = [*(f"without {spike}" for spike in given["without"]), *(f"{move} moved" for move in given["move"])]
        what_if.append((", ".join(names), {"without": given["without"], "move": given["move"]}))
    return Asked(questions, what_if, adaptation.told(rules[0]))


def _file(given: Mapping[str, Any]) -> FileQuestion:
    if not given["file"]:
        return FileQuestion()
    from plasticity.ask.question_files import read_question

    is_overridden = given["trains"] is not None or None not in (given["pre"], given["post"])
    return read_question(given["file"], with_trains=not is_overridden)


def _repeated(given: Mapping[str, Any], file: FileQuestion) -> tuple[int, float]:
    """How often the pattern comes, and seconds from one to the next."""
    if given["n_repeats"] is None and file.n_repeats is None:
        require(False, "every", "is from one repetition to the next; give --repeat N too")
        if file.every is not None:
            raise ArgumentError("every is from one repetition to the next; give repeat in the file too, or --repeat")
    every = parsed(given["every"], "ms", "--every") if given["every"] is not None else _first(file.every, 1.0)
    return _first(given["n_repeats"], file.n_repeats, 1), every


def _rules(names: Sequence[str], events: Collection[str], adaptation: "Adaptation") -> list[Rule]:
    """The rules called so, adapted; or every rule that reads spikes, hears these events, and can be adapted so."""
    if not names:
        known = ", ".join(name for name, rule in RULES.items() if is_readable(rule, "events"))
        raise ArgumentError(f"no rule is named; give --rule all, or one of {known}")
    for name in names:
        if names.count(name) > 1:
            raise ArgumentError(f"--rule names {said(name)} {names.count(name)} times; name it once")
    if "all" not in names:
        return [adaptation.of(RULES[name]) for name in names]
    return _adapted(_hearing(events), adaptation)


def _hearing(events: Collection[str]) -> list[Rule]:
    """Every rule that reads spikes and hears these events."""
    found = [rule for rule in RULES.every() if is_readable(rule, "events") and not rule.signals]
    hearing = [rule for rule in found if set(events) <= set(rule.events)]
    if not hearing:
        heard = sorted({event for rule in found for event in rule.events} - {"pre", "post"})
        raise ArgumentError(
            f"no rule hears {' and '.join(map(said, events))}; events that one hears: {', '.join(heard) or 'none'}"
        )
    return hearing


def _adapted(rules: Sequence[Rule], adaptation: "Adaptation") -> list[Rule]:
    """Those of all rules that can be adapted so; a line on stderr says which cannot.

    raises UnknownName for a parameter that none has, else the error of one that has them all
    """
    for name in adaptation.settings:
        if not any(name in _known(rule, adaptation) for rule in rules):
            raise unknown("parameter of a rule", name, {known for rule in rules for known in _known(rule, adaptation)})
    found, left_out = list[Rule](), dict[str, PlasticityError]()
    for rule in rules:
        try:
            found.append(adaptation.of(rule))
        except PlasticityError as error:
            left_out[rule.name] = error
    if not found:
        raise min(left_out.values(), key=lambda error: isinstance(error, UnknownName))
    if left_out:
        complain(f"Left out, for they cannot be changed so: {', '.join(left_out)}")
    return found


def _known(rule: Rule, adaptation: "Adaptation") -> Collection[str]:
    """The parameters that the rule has once it is adapted; none where it cannot be."""
    try:
        return replace(adaptation, settings={}).of(rule).values
    except PlasticityError:
        return ()


def _trains(given: Mapping[str, Any], file: FileQuestion) -> list[tuple[float, ...]]:
    told = {name: given[name] for name in ("unit", "columns", "sampling_rate", "lines") if given[name] is not None}
    if given["trains"] is not None:
        from plasticity.ask.train_files import read_pair

        pre, post = (side if given[side] is None else given[side] for side in ("pre", "post"))
        return read_pair(given["trains"], (pre, post), **told)
    if told:
        options = " and ".join(f"--{name.replace('_', '-')}" for name in told)
        raise ArgumentError(
            f"{options} say{'s' if len(told) == 1 else ''} how to read --trains, which is not given; give --trains FILE"
        )
    trains = []
    for side in ("pre", "post"):
        train = _times(given[side], side) if given[side] is not None else getattr(file, side)
        if train is None:
            raise ArgumentError(f"no {side}synaptic spikes came; give --{side} 10,30 (milliseconds), '' for none")
        trains.append(train)
    return trains


def _events(items: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """{name: seconds} of events that are no spikes."""
    found: dict[str, tuple[float, ...]] = {}
    for item in items:
        name, equals, times = item.partition("=")
        if not equals:
            raise ArgumentError(f"--event is {said(item)}; allowed: NAME=TIMES, such as reward=120,340 (milliseconds)")
        if name in found:
            raise ArgumentError(f"--event gives {said(name)} twice; give all its times at once")
        found[name] = _times(times, f"event {name}")
    return found


def _times(text: str, side: str) -> tuple[float, ...]:
    items = text.split(",") if text.strip() else []
    return tuple(parsed(item, "ms", f"a time of --{side}") for item in items)


def _first(*values: Any) -> Any:
    """The first that is not None."""
    return next(value for value in values if value is not None)
