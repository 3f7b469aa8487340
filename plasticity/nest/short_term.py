"""Short-term plasticity as NEST's synapse of it."""

import numpy as np

from plasticity.nest.forms import ALIKE
from plasticity.nest.models import Synapse
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.polynomials import NoPolynomial, Polynomial, polynomial
from plasticity.rules.system import System


def short_term(found: System) -> Synapse | None:
    """Resources R and their utilisation u (Tsodyks & Markram): w u R is transmitted, u as the spike has raised it."""
    rule = found.rule
    if found.jumps[WEIGHT] or WEIGHT in found.flows or len(rule.state) != 2:
        return None
    u, r = sorted(found.decays, key=lambda name: found.decays[name].rest) if len(found.decays) == 2 else ("", "")
    if not u or [jump.event for name in (u, r) for jump in found.jumps[name]] != ["pre", "pre"]:
        return None
    (rise,), (release,) = found.jumps[u], found.jumps[r]
    after = f"after({u})"
    try:
        raised = polynomial(rise.tree, found.values, [u])
        used = polynomial(release.tree, found.values, [after, r])
        sent = polynomial(found.transmits, found.values, [after, r, WEIGHT])
    except NoPolynomial:
        return None
    part, kept = float(raised.get((), 0.0)), float(raised.get((u,), 0.0)) + (0.0 if rise.is_set else 1.0)
    is_fit = np.isclose(kept, 1 - part, rtol=ALIKE) or kept == 0
    is_fit &= _is_one(used, -1.0, after, r) and _is_one(sent, 1.0, after, r, WEIGHT)
    is_fit &= found.decays[u].rest == found.starts[u] == 0 and found.decays[r].rest == found.starts[r] == 1
    if not is_fit:
        return None
    times = {"tau_rec": found.decays[r].tau * 1e3, "tau_fac": found.decays[u].tau * 1e3 if kept else 0.0}
    # NEST keeps what the next spike finds: u as it will have been raised
    parameters = {"U": part, "u": part, "x": 1.0, **times}
    return Synapse("tsodyks2_synapse", parameters, {}, settings={"transmitted": "before"})


def _is_one(found: Polynomial, coefficient: float, *names: str) -> bool:
    """Whether a polynomial is one product of these names, times a coefficient."""
    left = {powers: value for powers, value in found.items() if value}
    return left == {tuple(sorted(names)): coefficient}
