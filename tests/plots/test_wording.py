"""Names and numbers of programs are set in type as a printer would."""

import pytest

from plasticity.plots.wording import in_words, name_in_words, set_in_type

MINUS = "\u2212"


@pytest.mark.parametrize(
    "text, printed",
    [
        ("weight (w_max)", r"weight ($w_\mathrm{max}$)"),
        ("lag t_post - t_pre (ms)", rf"lag $t_\mathrm{{post}}$ {MINUS} $t_\mathrm{{pre}}$ (ms)"),
        ("tau_plus = -0.5", rf"$\tau_\mathrm{{plus}}$ = {MINUS}0.5"),
        ("anti_hebbian (rates)", "anti-Hebbian (rates)"),
        ("nearest(bi_poo)", "nearest Bi & Poo"),
        ("pair_stdp, -w", f"pair STDP, {MINUS}w"),
        ("oja, sanger*, tsodyks_markram", "Oja, Sanger*, Tsodyks-Markram"),
        ("reward_stdp, in oja.csv", "R-STDP, in oja.csv"),
        ("1e-05 to 3e+12", "1\u00d710\u207b\u2075 to 3\u00d710\u00b9\u00b2"),
        ("a pre-post pair, 10-20, all-to-all, 0.5-1", "a pre-post pair, 10-20, all-to-all, 0.5-1"),
        ("0 <= w <= 1", "0 \u2264 w \u2264 1"),
        ("$w_{max} - 1$ - 2", rf"$w_{{max}} - 1$ {MINUS} 2"),
        ("5 $ - 3", f"5 $ {MINUS} 3"),
        ("--panel b, ->", "--panel b, ->"),
    ],
)
def test_labels_have_real_minus_signs_indices_and_no_underscores(text, printed):
    assert set_in_type(text) == printed and set_in_type(printed) == printed


def test_a_caption_has_no_markup():
    assert in_words("from w_max to -0.5 at $10^3$ Hz") == f"from w max to {MINUS}0.5 at 10^3 Hz"
    assert name_in_words("two_neuron_loop") == "two neuron loop" and name_in_words("sanger") == "Sanger"
