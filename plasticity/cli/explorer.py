"""`plasticity explorer`: the page in a browser, as one file."""

import os
from pathlib import Path

import click

from plasticity.cli.completion import LANGUAGES, RULE_NAMES
from plasticity.cli.options import Command
from plasticity.errors import OutputError, printable


@click.command(cls=Command)
@click.argument("out", default="explorer.html", type=click.Path(path_type=Path), metavar="[OUT.html]")
@click.option(
    "--rule",
    default="",
    metavar="NAME",
    shell_complete=RULE_NAMES,
    help="The rule that it opens with; any can be chosen on the page.",
)
@click.option(
    "--lang",
    "--language",
    "language",
    default="en",
    show_default=True,
    shell_complete=LANGUAGES,
    help="en or he: the one that it opens in; both are in it.",
)
@click.option("--overwrite", is_flag=True, help="Replace an earlier page.")
def explorer(out: Path, rule: str, language: str, overwrite: bool) -> None:
    """Write a page to play with: drag spikes, choose a rule, see the weight. One file, which needs no network."""
    from plasticity.cli.terminal import console
    from plasticity.explorer import MARK, page
    from plasticity.files import named, write_file

    if os.path.lexists(out) and not overwrite:
        raise OutputError(f"{named(out)} exists; give another name, or --overwrite to replace an earlier page")
    content = page(language, rule=rule)
    write_file(out, content, replacing=MARK if overwrite else b"")
    text = f"{out}: one page of {len(content) / 1000:.0f} kB; open it in a browser, it needs no network"
    console().print(printable(text), soft_wrap=True)
