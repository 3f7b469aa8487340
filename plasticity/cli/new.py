"""`plasticity new`: a package of one's own, begun."""

from pathlib import Path

import click

from plasticity.cli.options import Command


@click.command(cls=Command)
@click.argument("kind", type=click.Choice(["rule", "neuron", "experiment", "question"]))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default="", help="Of the package, and of the record in it; as DIR is called by default.")
def new(kind: str, folder: Path, name: str) -> None:
    """Begin a package with a rule, neuron, experiment or question of your own, in the new folder DIR.

    It works as it stands: it installs (pip install -e DIR), passes its own tests, and 'plasticity list' names it. Then
    change it; 'plasticity check' says what is wrong.
    """
    from shlex import quote

    from plasticity.authoring.packages import new_package
    from plasticity.cli.terminal import console
    from plasticity.errors import printable

    out = console()
    written = new_package(kind, folder, name)
    for page in sorted(written):
        out.print(printable(f"{folder / page}"), soft_wrap=True)
    record = next(page for page in written if page.endswith(f"/{kind}.py"))
    out.print(printable(f"\npip install -e {quote(f'{folder}[test]')} && pytest {quote(str(folder))}"), soft_wrap=True)
    out.print(printable(f"plasticity check {quote(str(folder / record))}"), soft_wrap=True)
