"""A question file under sweep: points whose rule is the same are put to the exact engine together, a synapse each."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from plasticity import events
from plasticity.ask import Question, altered, answer
from plasticity.ask.file_question import FileQuestion
from plasticity.ask.question_files import read_question
from plasticity.errors import ArgumentError, said
from plasticity.quantities import parsed
from plasticity.rules import RULES, Rule, readable, unbounded, with_conventions
from plasticity.rules.adapted import with_parameter
from plasticity.rules.conventions import read_conventions
from plasticity.rules.record import with_bounds
from plasticity.rules.system import system
from plasticity.rules.variables import Bounds
from plasticity.runs.sweeping.axes import Axis, text_of
from plasticity.runs.sweeping.keys import KEYS, OF_TRAINS, number_in, parameter_of, shift
from plasticity.runs.sweeping.outcomes import Outcome, failed
from plasticity.runs.sweeping.plan import Point
from plasticity.trains import start_weights

MOST_TOGETHER = 100  # points, our choice: a quarter of a second where each has a rule of its own
_SPIKES_TOGETHER = 200_000  # our choice: a few seconds of the slowest plain rule


@dataclass(frozen=True)
class QuestionSubject:
    """A question file.

    settings : {key: text} of what is set at every point, in place of what the file says
    """

    file: FileQuestion
    settings: Mapping[str, str] = field(default_factory=dict)
    draws: bool = False
    is_quick: bool = True

    def is_apart(self, name: str) -> bool:
        """Whether points that differ along this axis differ in more than trains and weights."""
        return name not in OF_TRAINS and ":" not in name

    @property
    def most(self) -> int:
        """As many as a few seconds compute."""
        n_spikes = sum(len(times) for times in (self.file.pre or (), self.file.post or ()))
        n_repeats = parsed(self.settings["repeat"], "1", "repeat") if "repeat" in self.settings else self.file.n_repeats
        return max(1, min(MOST_TOGETHER, int(_SPIKES_TOGETHER / max(n_spikes * (n_repeats or 1), 1))))

    def axes(self, given: Mapping[str, Sequence[Any]]) -> tuple[Axis, ...]:
        """Its axes, each value checked under every rule that is asked."""
        for name in given:
            if name in self.settings:
                raise ArgumentError(f"{said(name)} is set and swept; leave one of them out")
        names = [str(one) for one in given.get("rule", ())] or [self._named_rule({})]
        adaptation = self.file.adaptation
        rules = [readable(adaptation.of(RULES[name]), "events").rule for name in names]
        axes = tuple(self._axis(name, values, rules) for name, values in given.items())
        first = self.question({axis.name: axis.texts[0] for axis in axes})
        if "w0" in given and not {"rule", "lower", "upper", "unbounded"} & set(given):
            bounds = first.rule.bounds
            start_weights(
                dict((axis.name, axis.values) for axis in axes)["w0"], len(given["w0"]), bounds.lower, bounds.upper
            )
        return axes

    def _axis(self, name: str, given: Sequence[Any], rules: Sequence[Rule]) -> Axis:
        if name in KEYS:
            read, unit = KEYS[name]
        elif ":" in name:
            read, unit = shift, "ms"
        else:
            for rule in rules:
                parameter_of(rule, name, also=(*KEYS, "pre:1", "post:1"))
            read, unit = number_in(parameter_of(rules[0], name).unit)
        texts = tuple(text_of(value, unit or "1") for value in given)
        values = tuple(read(name, text) for text in texts)
        if name not in KEYS and ":" not in name:
            for rule, value in itertools.product(rules, values):
                replace(parameter_of(rule, name), value=value)  # refuses what is out of its range
        return Axis(name, texts, values, unit)

    def question(self, texts: Mapping[str, str]) -> Question:
        """The question at a point."""
        return self._question(self._rule(texts), texts)

    def measured(self, points: Sequence[Point]) -> tuple[list[Outcome], Mapping[str, str]]:
        """What comes of points: those that differ in trains and weights alone are one call of the engine."""
        groups = dict[tuple[tuple[str, str], ...], dict[tuple[tuple[str, str], ...], list[int]]]()
        for place, point in enumerate(points):
            shared = tuple((name, text) for name, text in point.texts.items() if self.is_apart(name))
            same = groups.setdefault(shared, {})  # points that differ in their seed alone are one
            same.setdefault(tuple(point.texts.items()), []).append(place)
        found: list[Outcome] = [Outcome(None)] * len(points)
        for shared, asked in groups.items():
            for places, outcome in zip(asked.values(), self._asked(dict(shared), list(asked)), strict=True):
                for place in places:
                    found[place] = outcome
        return found, {}

    def facts(self) -> dict[str, Any]:
        """The whole question, as plain data."""
        asked = self.file._asdict() | {"events": dict(self.file.events), "settings": dict(self.file.settings)}
        asked["what_if"] = []  # other questions of the file, which are not swept
        return {"kind": "question", "named": "a question", "question": asked, "settings": dict(self.settings)}

    def _asked(self, shared: Mapping[str, str], texts: Sequence[Any]) -> list[Outcome]:
        try:
            rule = self._rule(shared)
        except Exception as error:
            return [failed(error)] * len(texts)
        if not self.file.events and "moving weight" not in system(rule).needs:
            try:
                return _together(rule, [self._question(rule, dict(items)) for items in texts])
            except Exception:  # of one of them; alone, each tells its own
                pass
        return [self._alone(rule, dict(items)) for items in texts]

    def _alone(self, rule: Rule, texts: Mapping[str, str]) -> Outcome:
        try:
            found = answer(self._question(rule, texts), with_ledger=False)
        except Exception as error:
            return failed(error)
        return Outcome(_measurements(found.w_before, found.w_after))

    def _question(self, rule: Rule, texts: Mapping[str, str]) -> Question:
        value = {name: self._value(name, texts) for name in OF_TRAINS}
        n_repeats, every = value["repeat"] or 1, value["every"] if value["every"] is not None else 1.0
        asked = Question(rule, self.file.pre, self.file.post, value["w0"], n_repeats, every, events=self.file.events)
        merged = {**self.settings, **texts}
        moves = [f"{name}:{text}" for name, text in merged.items() if ":" in name]
        return altered(asked, move=moves) if moves else asked

    def _rule(self, texts: Mapping[str, str]) -> Rule:
        merged = {**self.settings, **texts}
        rule = replace(self.file.adaptation, conventions=None).of(RULES[self._named_rule(texts)])
        for name, text in merged.items():
            if name not in KEYS and ":" not in name:
                rule = with_parameter(rule, name, text)
        if self._value("unbounded", texts):
            rule = unbounded(rule)
        ends = {end: self._value(end, texts) for end in ("lower", "upper") if end in merged}
        if ends:
            bounds = rule.bounds
            rule = with_bounds(rule, Bounds(ends.get("lower", bounds.lower), ends.get("upper", bounds.upper)))
        conventions = self._value("conventions", texts)
        if conventions is None:
            return rule
        preset, words = read_conventions(conventions)
        return with_conventions(rule, preset, **words)

    def _named_rule(self, texts: Mapping[str, str]) -> str:
        if found := texts.get("rule") or self.settings.get("rule") or self.file.rule:
            return found
        raise ArgumentError('no rule is named; write rule = "pair_stdp" into the file, or give --set rule=pair_stdp')

    def _value(self, name: str, texts: Mapping[str, str]) -> Any:
        """What a point, the settings, or the file says of a key; None where nobody does."""
        text = texts.get(name, self.settings.get(name))
        if text is not None:
            return KEYS[name][0](name, text)
        of_file = {"unbounded": "is_unbounded", "repeat": "n_repeats"}.get(name, name)
        return getattr(self.file, of_file, None)


def question_subject(path: Path, settings: Sequence[str]) -> QuestionSubject:
    """The question in a file, with some of it set anew: 'key=value' each.

    raises InputError, UnknownName, ArgumentError
    """
    found = dict[str, str]()
    for item in settings:
        name, equals, text = item.partition("=")
        if not equals:
            raise ArgumentError(f"{said(item)} sets nothing; write key=value, say w0=0.5")
        found[name.strip()] = text.strip()
    subject = QuestionSubject(read_question(path))
    for side in ("pre", "post"):
        if getattr(subject.file, side) is None:
            raise ArgumentError(f"{path} has no {side}synaptic spikes; give {side}_ms = [10, 30] in [trains]")
    if found:  # a file that names no rule may be asked under several
        subject.axes({name: (text,) for name, text in found.items()})
    return replace(subject, settings=found)


def _together(rule: Rule, questions: Sequence[Question]) -> list[Outcome]:
    """The same rule, a synapse a question."""
    trains = [question.trains() for question in questions]
    pre, post = [one[0] for one in trains], [one[1] for one in trains]
    asked = np.array([question.w0 for question in questions], dtype=float)
    before = start_weights(asked, len(questions), rule.bounds.lower, rule.bounds.upper)
    after = np.atleast_1d(events.final_weight(rule, pre, post, before))
    return [Outcome(_measurements(*pair)) for pair in zip(before.tolist(), after.tolist(), strict=True)]


def _measurements(before: float, after: float) -> dict[str, float]:
    return {"w_before": before, "w_after": after, "dw": after - before}
