"""The page of conventions: what each simulator does, and the smallest pair of trains on which each setting matters."""

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from plasticity.ask.answering import in_ms
from plasticity.cli.streams import print_json
from plasticity.cli.terminal import console, facts
from plasticity.rules import PRESETS
from plasticity.rules.conventions import words
from plasticity.verification.atlas import Smallest, smallest

ASKED = {
    "coincidence": "of two spikes in one instant, does either see the other?",
    "order": "of two changes in one instant, which is made first?",
    "clipping": "at which bounds is a change clipped?",
    "transmitted": "does a spike transmit the weight before its own update, or after it?",
    "terms": "is a change whose sign can vary made whole, or term by term, with a clip after each?",
    "gates": "does a coincident postsynaptic spike open a gate for the presynaptic one?",
    "imagined": "is there a presynaptic spike at time 0 that nobody fired?",
}
SIMULATORS = {
    "here": "two spikes of one train within 1 ns are refused; every delay is a parameter of the rule",
    "Brian2": "the order of lines in a script decides all of it; the preset is the STDP example of its documentation",
    "NEST": "its synapses follow the preset; its only delay is dendritic, it updates a weight at presynaptic spikes "
    "alone, and a train may have several spikes in one instant. stdp_nn_symm_synapse and stdp_nn_restr_synapse imagine "
    "a presynaptic spike at time 0: imagined='pre at 0' does as they do, 'none' as was meant. Its short-term synapses "
    "transmit what was before the spike",
}


def show_conventions(*, as_json: bool) -> None:
    """Print the page."""
    if as_json:
        print_json(_data())
    else:
        _show(console())


def _data() -> dict[str, Any]:
    presets = {name: asdict(conventions) for name, conventions in PRESETS.items()}
    return {"presets": presets, "simulators": SIMULATORS, "fields": {field: _field(field) for field in words()}}


def _field(field: str) -> dict[str, Any]:
    found = smallest(field)
    about: dict[str, Any] = {"question": ASKED[field], "words": list(words()[field]), "smallest": None}
    if found:
        trains = {"pre_ms": [in_ms(t) for t in found.pre], "post_ms": [in_ms(t) for t in found.post]}
        about["smallest"] = {"rule": found.rule.name, **trains, "w_before": found.w0, "results": found.results}
    return about


def _show(console: Console) -> None:
    console.print(Text("conventions", style="bold"), Text("what numbers depend on beside the equations of a rule"))
    console.print(_presets())
    console.print(Text("\nthe smallest pair of trains on which each matters", style="bold"))
    console.print(facts([(f"  {field}", _of(field)) for field in words()]))
    console.print(Text("\nwhat each simulator does", style="bold"))
    console.print(facts([(f"  {name}", text) for name, text in SIMULATORS.items()]))
    console.print(Text("\nset them: plasticity ask --conventions 'nest, imagined=pre at 0'; in Python,"))
    console.print(Text("with_conventions(rule, 'nest', imagined='pre at 0') or Conventions(coincidence='pre first')"))


def _presets() -> Table:
    table = Table("", *PRESETS, box=None, header_style="dim")
    for field in words():
        table.add_row(f"  {field}", *(getattr(conventions, field) for conventions in PRESETS.values()))
    return table


def _of(field: str) -> str:
    found = smallest(field)
    if found is None:
        return f"{ASKED[field]} No trains of up to four instants show a difference, from a weight within its bounds"
    return f"{ASKED[field]} {_trains(found)}: {'; '.join(f'{word} {w:.6g}' for word, w in found.results.items())}"


def _trains(found: Smallest) -> str:
    pre, post = (_train(train) for train in (found.pre, found.post))
    return f"{found.rule}, pre {pre}, post {post}, from {found.w0:g}"


def _train(times: tuple[float, ...]) -> str:
    return f"{', '.join(f'{time * 1e3:g}' for time in times)} ms" if times else "none"
