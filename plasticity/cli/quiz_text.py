"""How answers of the quiz are shown: the answer first, its reason, the numbers; wrapped and coloured on a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plasticity import settings
from plasticity.cli.terminal import facts, is_screen
from plasticity.quiz import LECTURE, VERDICTS, Answered, frame
from plasticity.quiz.places import RESIDUE, filled, marked
from plasticity.quiz.texts import Told, audited

COLOURS = {"agrees": "green", "differs": "red", "depends": "yellow", "scan": "magenta", "unprinted": "cyan"}
MOST_ROWS = 20  # of readings, one below another: more do not fit on a screen
RIGHT_TO_LEFT_MARK = "\u200f"  # at the start of a line, it lets a terminal that can set Hebrew set it so

_LABELLED = (
    "question",
    "answer",
    "why",
    "numbers",
    "printed",
    "expected",
    "verdict",
    "cause",
    "insight",
    "method",
    "settings",
)


class Shown:
    """Prints answers in one language.

    explain : with what there is to learn beyond the answer, the readings and the method
    audit   : with every number by a second route, a line each
    """

    def __init__(self, console: Console, language: str, *, explain: bool = False, audit: bool = False) -> None:
        self._console, self._language = console, language
        self._explain, self._audit = explain or audit, audit
        self._frame = frame(language)
        self._labels = self._frame["labels"]
        self._width = max(len(self._labels[label]) for label in _LABELLED)
        self._is_right_to_left = self._frame["direction"] == "right to left"

    def answer(self, answered: Answered) -> None:
        """One question: the answer, why, the numbers, the tables; then what the slides print, and the verdict."""
        told = answered.told(self._language)
        section = self._frame["sections"].get(answered.question.section, answered.question.section)
        self._console.print(Text(answered.question.id, style="bold"), Text(f"({section})", "dim"))
        self._rows(self._first(answered, told))
        for table in told.tables(detail=self._explain):
            self._table(table)
        self._rows(self._slides(answered, told))
        if self._explain:
            self._explained(answered, told)
        self._console.print()

    def _first(self, answered: Answered, told: Told) -> Iterator[tuple[str, Text]]:
        yield "question", Text(told.text(told.texts.question), style="dim")
        yield "answer", Text(told.answer, style="bold")
        if told.why:
            yield "why", Text(told.why)
        if told.numbers:
            yield (
                "numbers",
                Text("\n").join(Text.assemble(f"{what}: ", (value, "bold")) for what, value in told.numbers),
            )

    def _slides(self, answered: Answered, told: Told) -> Iterator[tuple[str, Text]]:
        printed = told.text(told.texts.printed)
        if printed:
            yield "printed" if answered.question.id in LECTURE else "expected", Text(printed)
        colour, is_asked = COLOURS[answered.verdict], answered.verdict in ("depends", "scan")
        # With other numbers the condition under which the lecture's are right says nothing of a plain verdict
        condition = told.text(told.texts.condition) if is_asked or not answered.is_changed else ""
        said = self._frame["verdicts"][answered.verdict]
        said = f"{said} ({self._labels['changed']})" if answered.is_changed else said
        yield "verdict", Text.assemble((said, colour), f": {condition}" if condition else "")
        cause = "" if answered.is_changed else told.text(told.texts.cause)
        if cause and answered.verdict in ("differs", "depends", "scan"):
            yield "cause", Text(cause)

    def _explained(self, answered: Answered, told: Told) -> None:
        insight = [("insight", Text("\n".join(told.insight)))] if told.insight else []
        self._rows([*insight, *([("method", Text(method))] if (method := told.text(told.texts.method)) else [])])
        held = answered.held()
        if held:
            self._table(self._readings(told, held))
        self._audited(audited(told, answered.answer), answered)
        given = settings.shown(answered.solution.parameters) if answered.solution.parameters else {}
        if given:
            self._rows([("settings", Text(", ".join(f"{name}={value}" for name, value in given.items())))])
        rows = [("slides", Text(words)) for _, words in answered.question.slides]
        for (_, text), (line, _) in zip(rows, answered.question.slides, strict=True):
            self._line(Text.assemble((filled(self._labels["slides"], {"line": line}, {}), "dim"), ": ", text))
        if answered.question.experiment:
            self._line(Text(f"plasticity run {answered.question.experiment}", style="dim"))

    def _readings(self, told: Told, held: dict[str, bool]) -> dict[str, Any]:
        """A row a reading; many readings of two parts cross in a grid, the second downwards."""
        words = {True: self._labels["comes_out"], False: self._labels["does_not"]}
        parts = [key.split(" / ") for key in held]
        if len(parts) > MOST_ROWS and all(len(part) == 2 for part in parts):
            across, down = ([*dict.fromkeys(side)] for side in zip(*parts, strict=True))
            cells = [[words[True] if held.get(f"{one} / {name}") else "-" for one in across] for name in down]
            rows = [[told.reading(name), *row] for name, row in zip(down, cells, strict=True)]
            columns = [self._labels["reading"], *map(told.reading, across)]
            return {"heading": self._labels["printed_answer"], "columns": columns, "rows": rows}
        rows = [[told.reading(key), words[is_held]] for key, is_held in held.items()]
        return {"heading": "", "columns": [self._labels["reading"], self._labels["printed_answer"]], "rows": rows}

    def _audited(self, rows: Sequence[dict[str, Any]], answered: Answered) -> None:
        """One line for all confirmations; with `audit`, one each."""
        wrong = [check for check in answered.answer.checks if not check.holds(answered.answer.measurements)]
        largest = max((abs(row["difference"]) for row in rows), default=0.0)
        values = {"n": len(rows), "n_wrong": len(wrong), "largest": f"{largest:.1g}" if largest > RESIDUE else "0"}
        form = "audit_failed" if wrong else "audit_one" if len(rows) == 1 else "audit"
        line = filled(self._labels[form], values, {})
        self._line(Text(line if self._audit else f"{line} ({self._labels['more']})", style="red" if wrong else "dim"))
        if self._audit:
            self._table(self._audit_table(rows))

    def _audit_table(self, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        bound = {"equals": "", "at least": self._labels["at_least"], "at most": self._labels["at_most"]}
        cells = [
            [
                f"{row['what']}: {row['by']}",
                f"{row['found']:.9g}",
                f"{bound[row['relation']]}{row['confirmed']:.9g}",
                f"{row['difference']:.1e}",
            ]
            for row in rows
        ]
        columns = [self._labels[name] for name in ("what", "found", "confirmed", "difference")]
        return {"heading": "", "columns": columns, "rows": cells}

    def differences(self, answers: Sequence[Answered]) -> None:
        """Where the slides are wrong, where it depends, where the scan is at fault: one line each."""
        for verdict, heading in self._frame["headings"].items():
            found = [one for one in answers if one.verdict == verdict and not one.is_changed]
            if not found:
                continue
            self._console.print(Text(heading, style="bold"))
            for answered in found:
                self._difference(answered)
            self._console.print()

    def _difference(self, answered: Answered) -> None:
        """The figures where the slides are wrong; else what makes the printed answer right."""
        told = answered.told(self._language)
        said = [told.text(told.texts.condition), told.text(told.texts.cause)]
        if answered.verdict == "differs":
            words = self._labels["printed_figure"], self._labels["computed_figure"]
            figures = [
                f"{told.name(name)}: {words[0]} {printed}, {words[1]} {computed}"
                for name, printed, computed in answered.differing()
            ]
            said = [marked("; ".join(figures)), said[1]]
        line = Text.assemble("- ", (answered.question.id, "bold"), f": {'. '.join(filter(None, said)) or told.answer}")
        start = RIGHT_TO_LEFT_MARK if self._is_right_to_left else ""
        self._console.print(Text(start) + line, soft_wrap=not is_screen())  # in a pipe a difference is one line

    def summary(self, answers: Sequence[Answered]) -> None:
        """How many answers agree, differ, depend."""
        if len(answers) < 2:
            return
        counts = {verdict: sum(one.verdict == verdict for one in answers) for verdict in VERDICTS}
        words = self._frame["counted"]
        self._console.print(", ".join(f"{n} {words[v]}" for v, n in counts.items() if n), style="bold")

    def _rows(self, rows: Any) -> None:
        rows = list(rows)
        if not self._is_right_to_left:
            labelled = [(f"{self._labels[label]:{self._width}}", text) for label, text in rows]
            self._console.print(Padding(facts(labelled), (0, 0, 0, 2)))
            return
        for label, text in rows:
            for k, line in enumerate(text.split("\n")):
                start = Text(f"{RIGHT_TO_LEFT_MARK}{self._labels[label]}: " if k == 0 else RIGHT_TO_LEFT_MARK, "dim")
                self._console.print(start + line)

    def _table(self, table: dict[str, Any]) -> None:
        """Columns side by side; from right to left where the language is."""
        turn = slice(None, None, -1) if self._is_right_to_left else slice(None)
        made = Table(*table["columns"][turn], box=None, header_style="dim")
        for row in table["rows"]:
            made.add_row(*map(Text, row[turn]))
        if table["heading"]:
            self._line(Text(table["heading"], style="italic"))
        self._console.print(Padding(made, (0, 0, 0, 2)))

    def _line(self, text: Text) -> None:
        if self._is_right_to_left:
            self._console.print(Text(RIGHT_TO_LEFT_MARK) + text)
        else:
            self._console.print(Padding(text, (0, 0, 0, 2)))
