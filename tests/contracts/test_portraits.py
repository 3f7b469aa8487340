"""Every rule and neuron has a picture: its numbers are those of the engines, and letters are large enough to print."""

import time

import numpy as np
import pytest

from plasticity import events, rates
from plasticity.neurons import NEURONS, closed_form_rate, rheobase
from plasticity.plots.portraits import draw, portrait_of, portrait_picture
from plasticity.rules import RULES, Parameter, Rule, Signal, low_pass, trace, weight
from plasticity.studies.made_signals import made_voltage
from plasticity.studies.portraits import WIDTH
from plasticity.studies.rule_portraits import RATES, rule_portrait
from plasticity.studies.stimulated import quiet

PRINTED = 7.0  # inches: the width of a page; points, of its smallest letters
# The form of a rule on the postsynaptic voltage: an imposed one is enough to see it
VOLTAGE = Rule(
    name="imposed",
    source="our choice",
    parameters=(Parameter("A", 0.1, "1/V"), Parameter("theta", -60e-3, "mV"), Parameter("tau", 10e-3, "ms")),
    weight=weight({"pre": "-A*rectify(u - theta)"}),
    state=(low_pass("u", "v", "tau", start="theta", unit="mV"),),
    signals=(Signal("v", "post", "voltage", "mV"),),
)
REWARDED = Rule(
    name="rewarded",
    source="our choice",
    parameters=(Parameter("A", 0.02), Parameter("tau", 20e-3, "ms")),
    weight=weight({"reward": "A*r"}),
    state=(trace("r", "pre", "tau"),),
    events=("pre", "post", "reward"),
)


def panels(record):
    return [panel for column in portrait_of(record).columns for panel in column]


@pytest.mark.parametrize("rule", [*RULES.values(), VOLTAGE, REWARDED], ids=str)
def test_a_rule_is_computed_within_two_seconds_and_an_empty_panel_says_why(rule):
    begin = time.process_time()
    found = panels(rule)

    assert time.process_time() - begin < 4  # two, and what a busy machine makes of it
    assert all(panel.lines or panel.missing for panel in found) and sum(bool(panel.missing) for panel in found) < 3
    assert all(np.isfinite(line.y).all() for panel in found for line in panel.lines)


@pytest.mark.parametrize("name", ["pair_stdp", "triplet_stdp", "suppression_stdp", "inhibitory_stdp"])
def test_the_window_and_the_drift_are_those_of_the_engines(name):
    rule = RULES[name]
    (window,), (drift,), _ = rule_portrait(rule).columns
    assert np.array_equal(window.lines[0].y, events.window(rule, window.lines[0].x * 1e-3))
    assert np.array_equal(drift.lines[1].y, rates.drift(rule, RATES[1], drift.lines[1].x, rule.start_weight))


@pytest.mark.parametrize("name", ["calcium_bistable", "calcium_noisy"])
def test_a_weight_that_flows_is_read_when_it_has_settled(name):
    rule = quiet(RULES[name])
    (line,) = rule_portrait(rule).columns[0][0].lines
    for lag, change in list(zip(line.x * 1e-3, line.y, strict=True))[::6]:
        later = events.states(rule, [0.15 - lag], [0.15], [1.0])["w"][0]
        assert change == pytest.approx(later - rule.start_weight, abs=2e-5)  # what the wells move in half a second


def test_drift_that_is_but_rounding_is_drawn_as_zero():
    _, (drift,), _ = rule_portrait(RULES["van_rossum_stdp"]).columns
    assert not any(line.y.any() for line in drift.lines)


def test_panels_say_whether_the_threshold_is_settled_or_held():
    first, second, (third, *_) = rule_portrait(RULES["bcm"]).columns
    titles = [panel.title.split("\n")[1] for panel in (*first, *second, third)]
    assert titles == ["theta settled at each rate", "theta held as at 10 Hz", "theta following"]


def test_no_variable_is_flat_beside_another():
    *_, course = rule_portrait(RULES["reward_stdp"]).columns
    for panel in course[1:]:
        sizes = [np.ptp(line.y) for line in panel.lines]
        assert max(sizes) < 25 * min(sizes)


def test_a_window_that_would_end_at_a_bound_is_of_one_pairing():
    rule = RULES["reward_stdp"]
    ((window,), *_) = rule_portrait(rule).columns
    after = rule.start_weight + window.lines[0].y
    assert window.title == "one pairing" and (rule.bounds.lower < after).all() and (after < rule.bounds.upper).all()


def test_short_term_plasticity_shows_what_is_released():
    portrait = rule_portrait(RULES["tsodyks_markram"])
    (release,), course = portrait.columns
    assert "transmitted" in release.y and len(release.lines) == 3
    assert portrait.caption.endswith("No mean drift: its weight never changes.")
    assert "transmitted" in course[-1].y


def test_a_reward_and_a_made_voltage_are_told_in_the_caption():
    assert "Reward: half a second after each pairing" in rule_portrait(REWARDED).caption
    assert "made of the spikes: 2 ms at 30 mV" in rule_portrait(VOLTAGE).caption


def test_a_made_voltage_peaks_at_its_spikes_and_is_at_rest_before():
    times, volts = made_voltage(np.array([0.05, 0.06]), 0.3)
    assert (np.diff(times) > 0).all() and volts.max() == 30e-3
    assert np.interp([0.04, 0.051, 0.061], times, volts) == pytest.approx([-70e-3, 30e-3, 30e-3])
    assert volts[-1] == pytest.approx(-70e-3 + 20e-3 * np.exp(-(0.3 - 0.062) / 40e-3), rel=1e-3)


def test_a_made_voltage_of_a_silent_neuron_rests_until_the_end():
    times, volts = made_voltage(np.empty(0), 0.3)
    assert times.tolist() == [0.0, 0.3] and volts.tolist() == [-70e-3, -70e-3]


@pytest.mark.parametrize("name", ["pair_stdp", "bcm", "tsodyks_markram", "lif_excitatory"])
def test_letters_are_seven_points_and_more_on_a_page(name):
    record = RULES[name] if name in RULES else NEURONS[name]
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from plasticity.plots.library import own_style

    found = portrait_of(record)
    with own_style():
        figure = Figure(figsize=found.size)
        draw(figure, found)
        sizes = [text.get_fontsize() for text in figure.findobj(Text) if text.get_text()]
    assert found.size[0] == WIDTH and min(sizes) * PRINTED / WIDTH >= 7.0


def test_the_rate_of_a_neuron_stands_over_its_closed_form():
    neuron = NEURONS["lif_excitatory"]
    voltages, (rate,) = portrait_of(neuron).columns
    simulated, exact = rate.lines
    fires = simulated.y > 0
    known = closed_form_rate(neuron, simulated.x[fires] * 1e-12)

    late = 1 / simulated.y[fires] - 1 / known
    assert (late >= -1e-12).all() and late.max() <= 1e-4 + 1e-12  # of an interval: it ends with its step
    assert not fires[simulated.x * 1e-12 <= rheobase(neuron)].any() and exact.y.max() == pytest.approx(known.max())
    assert [panel.title for panel in voltages] == ["0.9 rheobases", "1.2 rheobases", "2 rheobases"]


def test_the_squid_axon_begins_to_fire_at_a_rate_of_its_own():
    _, (rate,) = portrait_of(NEURONS["hodgkin_huxley"]).columns
    rates_found = rate.lines[0].y
    assert 40 < rates_found[rates_found > 0].min() < 70


@pytest.mark.parametrize("name", ["quadratic", "exponential"])
def test_slow_firing_lies_on_its_closed_form(name):
    _, (rate,) = portrait_of(NEURONS[name]).columns
    known = closed_form_rate(NEURONS[name], rate.lines[0].x * 1e-12)
    assert rate.lines[0].y == pytest.approx(known, rel=0.01)  # a step of 0.1 ms, late at the upstroke


def test_the_cell_with_slow_onset_begins_to_fire_slowly_where_its_rest_vanishes():
    portrait = portrait_of(NEURONS["traub_miles"])
    (line,) = portrait.columns[1][0].lines
    fires = line.y > 0
    assert "where its rest vanishes, is 11.93 pA" in portrait.caption
    assert fires.tolist() == (line.x > 11.94).tolist() and line.y[fires].min() < 0.2 * line.y.max()


def test_bursts_are_counted_and_not_read_from_their_intervals():
    _, (rate,) = portrait_of(NEURONS["izhikevich:chattering"]).columns
    assert 0 < rate.lines[0].y[8] < 60  # near its rheobase; within a burst it fires at 150 Hz and more


def test_a_picture_is_a_file_of_its_format():
    assert portrait_picture(RULES["pair_stdp"]).startswith(b"\x89PNG")
    assert b"<svg" in portrait_picture(RULES["pair_stdp"], "svg")
