"""An answer as a folder: its picture, its ledger, and the answer itself; written whole or not at all."""

import csv
import io
from pathlib import Path

from plasticity import files
from plasticity.ask import picture
from plasticity.ask.answering import Answer
from plasticity.errors import ArgumentError
from plasticity.plots import picture as drawn
from plasticity.plots import told_caption
from plasticity.plots.figure import check_format
from plasticity.plots.look import WHOLE, Look
from plasticity.provenance import record, versions
from plasticity.rules.system import system

KIND = "answer"
ANSWER = files.MANIFESTS[KIND]


def write_answer(
    folder: Path,
    answer: Answer,
    what_if: picture.WhatIf = (),
    *,
    format: str = "png",
    look: Look = WHOLE,
    overwrite: bool = False,
) -> None:
    """Write picture, caption.txt, ledger.csv and answer.json, which is the answer, and the manifest of the folder too.

    what_if   : (name, answer) of what would have been, drawn beside it
    overwrite : replace the folder of an earlier answer, when it holds nothing else
    raises OutputError when the folder exists or cannot be written; ArgumentError for a weight that moves between events
    """
    check_format(format)
    _check_drawable(answer)
    files.check_free(folder, KIND, overwrite=overwrite)
    contents = {
        f"figure.{format}": image(answer, format, look, what_if),
        "caption.txt": f"{told_caption(picture.caption(answer, what_if))}\n".encode(),
        "ledger.csv": _ledger(answer),
    }
    question = answer.question
    asked = {"w0": question.w0, "repeat": question.n_repeats, "every_s": question.every}
    asked |= {"events_s": dict(question.events)} if question.events else {}
    facts = answer.as_object() | {"question": asked, "record": record(question.rule), "versions": versions()}
    files.write_folder(folder, KIND, files.sealed(KIND, facts, contents), overwrite=overwrite)


def image(answer: Answer, format: str = "png", look: Look = WHOLE, what_if: picture.WhatIf = ()) -> bytes:
    """The bytes of its picture. Raises ArgumentError for a weight that moves between events, and an unknown format."""
    _check_drawable(answer)
    return drawn(
        lambda figure: picture.draw(answer, figure, what_if),
        size=picture.SIZE,
        caption=picture.caption(answer, what_if),
        title=picture.title(answer),
        format=format,
        look=look,
    )


def _check_drawable(answer: Answer) -> None:
    if "moving weight" in system(answer.question.rule).needs:
        raise ArgumentError(f"{answer.question.rule} moves the weight between events, which the picture does not show")


def _ledger(answer: Answer) -> bytes:
    """A row an entry; the one that sums up small pairs has no times, and how many they are is in the answer."""
    text, columns = io.StringIO(), ("pre_ms", "post_ms", "lag_ms", "dw", "clipped")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(answer.as_object()["ledger"] or [])
    return text.getvalue().encode("utf-8")
