"""What is compared when nothing is named: the catalogue, and forms of its rules that the other side has by name."""

from collections.abc import Callable, Sequence
from functools import partial

from plasticity.rules import RULES, Rule, nearest, soft_bounds
from plasticity.verification import Against, verified
from plasticity.verification.findings import Finding

Task = Callable[[int], Finding]  # of the number of seeds

# Exponents of the weight dependence, of potentiation and depression: those between and beside the published rules
_EXPONENTS = {"van_rossum": (0.0, 1.0), "mixed": (0.3, 0.7)}


def suite(names: Sequence[str], against: Against) -> dict[str, Task]:
    """{name: what compares it}, of those named, or of all. Raises UnknownName for a rule that there is not."""
    if against == "nest":
        from plasticity.nest import require_nest

        require_nest()
    rules = {name: RULES[name] for name in names} or {rule.name: rule for rule in RULES.every()}
    if not names:
        rules |= {rule.name: rule for rule in _forms()}
    return {name: partial(_verified, rule, against) for name, rule in rules.items()}


def _verified(rule: Rule, against: Against, seeds: int) -> Finding:
    return verified(rule, against, seeds=seeds)


def _forms() -> list[Rule]:
    from dataclasses import replace

    pair, found = RULES["pair_stdp"], list[Rule]()
    for name, (mu_plus, mu_minus) in _EXPONENTS.items():
        soft = replace(soft_bounds(pair, mu_plus=mu_plus, mu_minus=mu_minus), name=f"pair_stdp, {name} exponents")
        found += [soft, replace(nearest(soft), name=f"{soft.name}, nearest")]
    return found
