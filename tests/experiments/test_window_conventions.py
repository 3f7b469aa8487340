"""The window under other conventions: what a coincident pair does, and every claim holds as well."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity import runs

WINDOW = runs.EXPERIMENTS["stdp_window"]
AT_ZERO = {"default": 0.0, "brian2-example": 60 * 0.005, "nest": 0.0}  # 60 pairings


@pytest.mark.parametrize(("conventions", "change"), AT_ZERO.items())
def test_the_window_at_lag_zero_is_that_of_the_convention_and_all_claims_hold(conventions, change):
    done = runs.run(WINDOW, replace(WINDOW.quick, conventions=conventions, n_lags=21), "quick")

    at_zero = np.flatnonzero(done.result.lags == 0)
    assert done.result.changes[0, at_zero] == pytest.approx(change, abs=1e-12)
    assert [claim.sentence for claim in done.claims if not claim.holds] == []
