"""What the pages show, computed: functions from a name to plain data, each run in a process of its own."""

import subprocess
import sys
from typing import Any

Data = dict[str, Any]


def record(kind: str, name: str) -> Data:
    """All that `plasticity show` tells of a rule or a neuron, with its picture."""
    from plasticity.export.latex_neuron import neuron_rows
    from plasticity.export.latex_rule import rule_rows
    from plasticity.neurons import NEURONS
    from plasticity.plots.portraits import portrait_of, portrait_picture
    from plasticity.rules import RULES
    from plasticity.studies import card

    held = {"rule": RULES, "neuron": NEURONS}[kind][name]
    told = card(held)
    return {
        "summary": told.summary,
        "sections": {heading: list(lines) for heading, lines in told.sections.items() if lines},
        "mathematics": rule_rows(held) if kind == "rule" else neuron_rows(held),
        "picture": portrait_picture(held, "svg").decode(),
        "caption": portrait_of(held).caption if kind == "rule" else "",
    }


def lecture(kind: str, section: str) -> Data:
    """The answers to the questions of a section, in both languages."""
    from plasticity import quiz

    answers = list(quiz.ask(quiz.chosen(section=section)))
    return {language: [answered.as_object(language) for answered in answers] for language in quiz.languages()}


def gallery(kind: str, folder: str) -> Data:
    """Every experiment run quickly and drawn, on the page that `plasticity gallery` writes."""
    command = [sys.executable, "-P", "-m", "plasticity.cli", "gallery", folder, "--only", "experiments", "--overwrite"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {"folder": folder}


def conventions(kind: str, field: str) -> Data:
    """The smallest trains on which a convention matters."""
    from plasticity.verification.atlas import smallest

    found = smallest(field)
    if found is None:
        return {}
    spikes = {side: ", ".join(f"{time * 1e3:g}" for time in getattr(found, side)) for side in ("pre", "post")}
    told = [f"{side} at {times} ms" if times else f"no {side}" for side, times in spikes.items()]
    return {"rule": str(found.rule), "trains": ", ".join(told), "w0": found.w0, "results": found.results}
