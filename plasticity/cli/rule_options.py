"""How a command is told of a changed rule: --set, --variant, --w-max and --conventions, the same in every command."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from plasticity.cli.completion import CONVENTIONS, RULE_PARAMETERS, VARIANT_NAMES

if TYPE_CHECKING:
    from plasticity.rules.adapted import Adaptation

_OPTIONS = (
    click.option(
        "--set",
        "assignments",
        multiple=True,
        metavar="KEY=VALUE",
        shell_complete=RULE_PARAMETERS,
        help="A parameter of the rule, such as tau_plus=15ms; without a unit, in the one that 'show' prints.",
    ),
    click.option(
        "--variant",
        "variants",
        multiple=True,
        metavar="NAME",
        shell_complete=VARIANT_NAMES,
        help="nearest, soft_bounds, anti, unbounded, biological, noiseless, scaled=2; several in this order.",
    ),
    click.option("--w-max", metavar="W", help="The upper bound of the weight, which is 1 in most rules."),
    click.option(
        "--conventions",
        metavar="WORDS",
        shell_complete=CONVENTIONS,
        help="A preset, single ones: 'nest, imagined=pre at 0'; see 'show'.",
    ),
)


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the four options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def adaptation_of(
    given: Mapping[str, Any], file: "Adaptation | None" = None, *, also: Sequence[str] = ()
) -> "Adaptation":
    """What the four options ask for, each in place of what a file says; of parameters, each by itself.

    also : variants that other options stand for
    """
    from plasticity.quantities import parsed
    from plasticity.rules.adapted import Adaptation, read_settings

    said = file or Adaptation()
    return Adaptation(
        {**said.settings, **read_settings(given["assignments"])},
        (*(given["variants"] or said.variants), *also),
        parsed(given["w_max"], "1", "w_max") if given["w_max"] is not None else said.w_max,
        given["conventions"] if given["conventions"] is not None else said.conventions,
    )
