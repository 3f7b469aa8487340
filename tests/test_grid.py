"""What lies on the grid of a step, and what is said of the rest."""

import numpy as np
import pytest

from plasticity.errors import ArgumentError, NeuronError
from plasticity.grid import off_grid, whole_steps


@pytest.mark.parametrize("time, dt, steps", [(0.0, 1e-4, 0), (2e-3, 1e-4, 20), (0.1 + 0.2, 0.1, 3), (0.7, 1e-4, 7000),
                                             (1e5, 1e-4, 10**9), (3e-9, 1e-9, 3), (0.3, 0.3, 1),
                                             (4.1e6, 1e-9, 4_100_000 * 10**9)])  # fmt: skip
def test_what_is_a_whole_number_of_steps_is_counted_whatever_its_rounding(time, dt, steps):
    assert whole_steps(time, dt, "it") == whole_steps(time * (1 + 2e-16), dt, "it") == steps


@pytest.mark.parametrize("time, dt", [(2.05e-3, 1e-4), (1e-4, 1e-3), (1.5e-9, 1e-9), (1e5 + 5e-5, 1e-4)])
def test_what_is_no_whole_number_of_steps_is_refused(time, dt):
    with pytest.raises(NeuronError, match="^it = .* is no multiple of the step"):
        whole_steps(time, dt, "it", error=NeuronError)


def test_a_refusal_names_the_nearest_times_and_a_step_that_all_fit():
    with pytest.raises(ArgumentError) as caught:
        whole_steps(2.9e-3, 5e-4, "t_ref")
    below, above, step = 2.5e-3, 3e-3, 2.9e-3 / 6
    assert f"the nearest are 2.5 ms and 3 ms, or take a step of {step * 1e3:.12g} ms" in str(caught.value)
    assert [whole_steps(t, 5e-4, "") for t in (below, above)] == [5, 6] and whole_steps(2.9e-3, step, "") == 6


def test_a_time_of_more_steps_than_can_be_counted_is_refused():
    with pytest.raises(ArgumentError, match="1e\\+300 steps .* fewer than 9e\\+15"):
        whole_steps(1.0, 1e-300, "it")


def test_a_nanosecond_beside_the_grid_is_rounding_and_a_microsecond_is_not():
    assert off_grid(np.array([0.1, 0.1 + 0.9e-9, 0.1 + 1e-6]), 1e-4) == pytest.approx([0.0, 0.0, 1e-6])


def test_times_in_single_precision_may_be_as_far_away_as_their_spacing():
    single = np.array([0.1, 3.3], dtype=np.float32)
    times, spacing = single.astype(float), float(np.spacing(single.max()))
    assert (off_grid(times, 1e-4) > 0).all() and (off_grid(times, 1e-4, spacing) == 0).all()
