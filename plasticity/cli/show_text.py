"""Records and claims as text: what `plasticity show` and `plasticity run` print."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from plasticity.catalogue import Catalogue
from plasticity.cli.terminal import facts, is_screen
from plasticity.errors import UnknownName, printable, unknown
from plasticity.experiment import PRESETS, Experiment, Outcome, fields_of
from plasticity.neurons import NEURONS, Neuron, Receptor, known_in_closed_form
from plasticity.protocols import PROTOCOLS, Protocol
from plasticity.published import TABLES, Table
from plasticity.rules import RULES, Rule, Signal, engines_for
from plasticity.rules.describe import conventions, equations
from plasticity.runs import EXPERIMENTS
from plasticity.runs.parameters import shown
from plasticity.sources import reference


def show_named(console: Console, name: str) -> None:
    """A rule, neuron, protocol, table or experiment; ours before those of other packages, imported only if need be.

    raises UnknownName, which lists the known ones; PluginError for one that a package offers in vain
    """
    found = _found(name)
    if isinstance(found, Neuron):
        _show_neuron(console, found)
    elif isinstance(found, Protocol):
        _show_protocol(console, found)
    elif isinstance(found, Table):
        _show_table(console, found)
    elif isinstance(found, Experiment):
        _show_experiment(console, found)
    else:
        _show_rule(console, found)


def _found(name: str) -> Rule | Neuron | Protocol | Table | Experiment:
    catalogues: tuple[Catalogue[Any], ...] = (RULES, NEURONS, PROTOCOLS, TABLES, EXPERIMENTS)
    for held in catalogues:
        if name in held:
            return held[name]
    known: list[str] = []
    for held in catalogues:
        try:
            return held[name]
        except UnknownName:
            known += held.available()[0]
    raise unknown("rule, neuron, protocol, table or experiment", name, known)


def show_claims(console: Console, claims: Sequence[Outcome]) -> None:
    """Each claim, the measured number next to the expected one, and whether it holds."""
    for claim in claims:
        word, style = ("holds", "green") if claim.holds else ("does not hold", "red")
        line = Text.assemble("  ", (word, style), f": {claim.sentence}: {claim.figures}; {claim.source}")
        console.print(line, soft_wrap=not is_screen())


def _show_rule(console: Console, rule: Rule) -> None:
    parameters = [f"{item}{_about(item.meaning, item.source)}" for item in rule.parameters]
    sections = {
        "equations": equations(rule),
        "parameters": parameters,
        "signals": [_signal(signal) for signal in rule.signals],
        "transmits": [rule.transmits] if rule.transmits != rule.weight.name else [],
        "bounds": [str(rule.bounds)],
        "read by": [", ".join(f"plasticity.{engine}" for engine in engines_for(rule)) or "no engine"],
        "source": [reference(rule.source)],
        "conventions": conventions(rule),
    }
    _show(console, rule.name, rule.summary, sections)


def _signal(signal: Signal) -> str:
    """What a rule reads and does not compute."""
    unit = "" if signal.unit == "1" else f" ({signal.unit})"
    owner = "the world" if signal.of == "world" else f"the {signal.of}synaptic neuron"
    left = ", less what the neurons before this one in its layer account for" if signal.is_residual else ""
    return f"{signal.name}: the {signal.kind} of {owner}{unit}{left}"


def _show_neuron(console: Console, neuron: Neuron) -> None:
    flows = [f"d{variable.name}/dt = {variable.flow}" for variable in neuron.variables]
    noise = [f"with white noise times {v.noise} on {v.name}" for v in neuron.variables if v.noise != "0"]
    sections = {
        "equations": [*flows, *noise, *_at_a_spike(neuron)],
        "roles": _roles(neuron),
        "receptors": [_receptor(name, receptor) for name, receptor in neuron.receptors.items()],
        "parameters": [f"{item}{_about(item.meaning, item.source)}" for item in neuron.parameters],
        "source": [reference(neuron.source)],
    }
    _show(console, neuron.name, neuron.summary, sections)


def _roles(neuron: Neuron) -> list[str]:
    """What a simulator, and who reads the equations, must know of a neuron besides them."""
    return [
        f"the membrane potential is {neuron.voltage}",
        f"its synapses are {neuron.effect}",
        f"integration: {neuron.integration}",
        f"known in closed form: {', '.join(known_in_closed_form(neuron)) or 'nothing'}",
    ]


def _at_a_spike(neuron: Neuron) -> list[str]:
    """When a neuron fires, and what that does to it."""
    above = "when" if neuron.fires_on == "condition" else "on the upward crossing:"
    fires = f"fires {above} {neuron.threshold} > 0" if neuron.threshold else f"fires at the rate {neuron.hazard}"
    lines = [fires, *([f"then it cannot fire for {neuron.refractory}"] if neuron.refractory else [])]
    for variable in neuron.variables:
        name = variable.name
        clamp = neuron.clamps.get(name)
        parts = [f"{name} = {clamp.value} for {clamp.time}"] if clamp else []
        parts += [f"{name} = {neuron.reset[name]}"] if name in neuron.reset else []
        parts += [f"{name} is held for {variable.held}"] if variable.held else []
        lines += [f"at a spike: {', then '.join(parts)}"] if parts else []
    return lines


def _receptor(name: str, receptor: Receptor) -> str:
    """What a spike does at a receptor."""
    moves = "raises" if receptor.direction > 0 else "lowers"
    reversal = f", with the reversal potential {receptor.reversal}" if receptor.reversal else ""
    lost = ", and is lost while refractory" if receptor.while_refractory == "discarded" else ""
    return f"{name}: a spike {moves} {receptor.variable} by its weight times {receptor.size}{reversal}{lost}"


def _show_protocol(console: Console, protocol: Protocol) -> None:
    drawn = ["some of them are drawn at random"] if protocol.is_random else []
    sections = {
        "gives times of": [", ".join(protocol.events), *drawn],
        "parameters": [f"{item}{_about(item.meaning, item.source)}" for item in protocol.parameters],
        "source": [reference(protocol.source)],
    }
    _show(console, protocol.name, protocol.summary, sections)


def _show_table(console: Console, table: Table) -> None:
    n_rows = {len(column) for column in table.columns.values()}
    rows = " or ".join(f"{n} rows" for n in sorted(n_rows))
    note = [line for line in table.note.splitlines() if line]
    _show(console, table.key, title(table), {"columns": [f"{', '.join(table.columns)}; {rows}"], "note": note})


def title(table: Table) -> str:
    """The first sentence of what a table says of itself."""
    paragraph = " ".join(table.note.split("\n\n")[0].split())
    return paragraph.split(". ")[0].removesuffix(".")


def _show_experiment(console: Console, experiment: Experiment) -> None:
    full, quick = (shown(experiment.preset(preset)) for preset in PRESETS)
    rows = []
    for name, said in fields_of(experiment.full).items():
        other = f" ({quick[name]} with --quick)" if quick[name] != full[name] else ""
        rows.append(f"{name} = {full[name]}{other}{_about(said.get('meaning', ''), said.get('source', ''))}")
    claims = [f"{claim.sentence} ({claim.source})" for claim in experiment.claims]
    sections = {"parameters": rows, "claims": claims, "source": [experiment.source]}
    _show(console, experiment.name, experiment.question, sections)


def _show(console: Console, name: str, summary: str, sections: Mapping[str, Sequence[str]]) -> None:
    """A name, and beneath it sections of lines, the heading of each next to its first."""
    console.print(Text(printable(name), style="bold"), Text(printable(str(summary))))
    rows = [
        (f"  {heading if not k else ''}", line) for heading, lines in sections.items() for k, line in enumerate(lines)
    ]
    console.print(facts(rows))


def _about(meaning: str, source: str) -> str:
    parts = [str(part) for part in (meaning, source) if part]
    return f" - {'; '.join(parts)}" if parts else ""
