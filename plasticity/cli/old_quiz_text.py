"""How answers of the quiz are shown: text for people, wrapped and coloured on a terminal, plain in a pipe."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plasticity.cli.terminal import facts, is_screen
from plasticity.quiz.old import Answered, Language

COLOURS = {"agrees": "green", "differs": "red", "depends": "yellow", "unprinted": "cyan"}
LABELS: dict[Language, dict[str, str]] = {
    "en": {label: label for label in ("question", "printed", "computed", "verdict", "method", *COLOURS)},
    "he": {
        "question": "שאלה",
        "printed": "בשקף",
        "computed": "חישוב",
        "verdict": "פסק",
        "method": "שיטה",
        "agrees": "מסכים",
        "differs": "שונה",
        "depends": "תלוי",
        "unprinted": "אין תשובה בשקף",
    },
}
LABELS["en"]["unprinted"] = "the slides print no answer"
HEADINGS: dict[Language, str] = {
    "en": "Where the slides and the computation differ",
    "he": "היכן השקפים והחישוב שונים",
}
RIGHT_TO_LEFT_MARK = "\u200f"  # at the start of a line, it lets a terminal that can set Hebrew set it so
LEFT_TO_RIGHT_MARK = "\u200e"  # amid Hebrew, it keeps the minus in front of the number that follows


def show_answer(console: Console, answered: Answered, *, explain: bool, language: Language = "en") -> None:
    """One question: what is asked, what is printed, what comes out, and the verdict."""
    texts, labels = answered.texts(language), LABELS[language]
    console.print(Text(answered.question.id, style="bold"), Text(f"({answered.question.section})", style="dim"))
    rows = [
        ("question", Text(texts["question"])),
        ("printed", Text(texts["printed"])),
        ("computed", Text(texts["answer"])),
        ("verdict", Text(labels[answered.verdict], style=COLOURS[answered.verdict])),
    ]
    if explain:
        rows.append(("method", Text(answered.answer.method)))
    if language == "he":
        for label, text in rows:
            console.print(Text(f"{RIGHT_TO_LEFT_MARK}{labels[label]}: ", style="dim") + text)
    else:
        console.print(Padding(facts([(labels[label], text) for label, text in rows]), (0, 0, 0, 2)))
    if explain:
        console.print(Padding(_checks(answered), (0, 0, 0, 2)))
        console.print(Padding(_readings(answered), (0, 0, 0, 2)))
    console.print()


def show_differences(console: Console, answers: Sequence[Answered], language: Language = "en") -> None:
    """Where the slides and the computation differ: one line each, with both figures and the likely cause."""
    # Where it depends on the reading, a cause tells that in some reading the slides are wrong, not just narrow.
    wrong = [a for a in answers if a.verdict == "differs" or (a.verdict == "depends" and a.answer.cause)]
    if not wrong:
        return
    console.print(Text(HEADINGS[language], style="bold"))
    start, end = (RIGHT_TO_LEFT_MARK, LEFT_TO_RIGHT_MARK) if language == "he" else ("", "")
    words = LABELS[language]["printed"] + end, LABELS[language]["computed"] + end
    for answered in wrong:
        figures, cause = "; ".join(answered.differing(words)), answered.texts(language)["cause"]
        line = Text.assemble(f"{start}- ", (answered.question.id, "bold"), f": {figures}. {cause}")
        console.print(line, soft_wrap=not is_screen())  # in a pipe a difference is one line
    console.print()


def _checks(answered: Answered) -> Table:
    table = Table("confirmed by a second route", "found", "confirmed", "difference", box=None, header_style="dim")
    for check in answered.answer.checks:
        numbers = [f"{check.found:.9g}", f"{check.confirmed:.9g}", f"{check.difference:.1e}"]
        table.add_row(Text(f"{check.what}: {check.by}"), *numbers)
    return table


def _readings(answered: Answered) -> Table:
    table = Table("reading", "the printed answer", box=None, header_style="dim")
    for name, measurements in answered.answer.readings.items():
        held = all(claim.holds(measurements) for claim in answered.question.claims)
        table.add_row(Text(name), "comes out" if held else "does not come out")
    return table


def show_summary(console: Console, answers: Sequence[Answered], language: Language = "en") -> None:
    """How many answers agree, differ, depend."""
    if len(answers) < 2:
        return
    labels = LABELS[language]
    counts = {labels[verdict]: sum(a.verdict == verdict for a in answers) for verdict in COLOURS}
    console.print(", ".join(f"{count} {label}" for label, count in counts.items() if count), style="bold")
