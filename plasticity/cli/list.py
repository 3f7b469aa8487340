"""`plasticity list`: what there is."""

import click

from plasticity.cli.options import Command


@click.command("list", cls=Command)
def list_all() -> None:
    """List experiments, rules, neurons, protocols and tables of published numbers, a line each."""
    from rich.text import Text

    from plasticity import runs
    from plasticity.cli.show_text import title
    from plasticity.cli.terminal import console, facts
    from plasticity.neurons import NEURONS
    from plasticity.protocols import PROTOCOLS
    from plasticity.published import TABLES
    from plasticity.rules import RULES

    out = console()
    experiments = [(experiment.name, experiment.question) for experiment in runs.EXPERIMENTS.every()]
    rules = [(rule.name, rule.summary) for rule in RULES.every()]
    neurons = [(neuron.name, neuron.summary) for neuron in NEURONS.every()]
    protocols = [(protocol.name, protocol.summary) for protocol in PROTOCOLS.every()]
    tables = [(table.key, title(table)) for table in TABLES.values()]
    headed = {"experiments": experiments, "rules": rules, "neurons": neurons, "protocols": protocols, "tables": tables}
    for heading, rows in headed.items():
        out.print(Text(heading, style="bold"))
        out.print(facts([(f"  {name}", text) for name, text in rows]))
