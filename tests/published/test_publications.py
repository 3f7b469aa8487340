"""What the program takes from publications is what they print, digit by digit."""

import csv
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from plasticity import published
from plasticity.neurons import NEURONS
from plasticity.published import table
from plasticity.quantities import parsed, to_si
from plasticity.rules import RULES

LINES = Path(__file__).with_name("publication_constants.csv").read_text(encoding="utf-8").splitlines()
PRINTED = list(csv.DictReader(line for line in LINES if not line.startswith("#")))


def record(name):
    """A rule or a neuron, of which a set may be chosen."""
    return (RULES if name.partition(":")[0] in RULES else NEURONS)[name]


# sha256 of each file. Its numbers were compared with the publication before; after a change compare them again.
HASHES = {
    "bipoo1998_points": "1d3ee81575094968ee2d9b8052fd06f9f2ef0a8c3834a521f10e0ac4b7403a56",
    "clopath2010_frequency": "4fe7988a6efa84f47119e9d71f4551d9a6f24c5628bbd6c584c20c2a3ac6d62b",
    "digits": "45faea8c28f7df75359f601950a24fa5596f47a1a1c4d6981d46ee46cb1a61cf",
    "florian2007_trains": "63374abe66a3f9f41322b2759171aa49b17667e3d1725dce5567f22d5e7467de",
    "graupner2012_parameters": "26a76466fdb2f27793aebe8d26112d54a7414b134acd836b76b0318fa00318ab",
    "graupner2012_windows": "75b48f86fcf7ef1b6baefc2fe9ce5de1132a7dabecf0744ac953e39e829e6082",
    "izhikevich2003": "0475c01692d42bead9647fdca4f98a0f1395355ed2e8de8354359874d2ae9ab1",
    "naud2008_adex": "d9fc16a9aa91a35e977b3f7b8941eb195b967d1f813ca63341c0743dd066accf",
    "pacemaker_rates": "31838b2228186e94c4d916b65a646bb40467b8c4ad0366ce7a77ec0413b5716b",
    "pfister2006_parameters": "0280c2aa92bccd7fb7640e255145ec2068ce594545c9c771132a32c09fdbd23e",
    "sjostrom2001_frequency": "c4b6c83f78e4ab6ca80f6bc172e32ab340d6d3f3fe19024555897bd77b5578b1",
    "tsodyks1998_stationary": "bfd47f091fde5c9d5faf1d9efbd360e8579a3a0c2dd31c869a76dcf7bb21e5b1",
    "wang2005_pairs": "db9726d63c8671e0aec2dfd060dd07e1853d042d6928cab7059e993eb2de82ff",
    "wang2005_quadruplets": "7a0e520a1ff7e3b75d2dcc6447e21be89924ff1d96b22076aff671900e04bfe9",
    "wang2005_triplets": "ce201f87d18bd84dc238ae4222fb2cfac23e780c690a2d9cbb86d1574fbc0ea6",
}


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: f"{row['record']}-{row['parameter']}")
def test_a_constant_is_the_one_that_its_publication_prints(row):
    expected = parsed(row["value"], row["unit"], row["parameter"])
    assert record(row["record"]).values[row["parameter"]] == expected, row["source"]


# {table: (neuron, columns that are its parameters: {column: (parameter, unit)})}
SETS = {
    "naud2008_adex": ("adex", {
        "C_m_pF": ("C_m", "pF"), "g_L_nS": ("g_L", "nS"), "E_L_mV": ("E_L", "mV"), "V_T_mV": ("V_T", "mV"),
        "Delta_T_mV": ("Delta_T", "mV"), "a_nS": ("a", "nS"), "tau_w_ms": ("tau_w", "ms"), "b_pA": ("b", "pA"),
        "V_reset_mV": ("V_reset", "mV"),
    }),
    "izhikevich2003": ("izhikevich", {"b": ("b", "1"), "c_mV": ("c", "mV"), "d_mV": ("d", "mV")}),
}  # fmt: skip


@pytest.mark.parametrize("key", SETS)
def test_the_sets_of_a_neuron_are_the_rows_of_the_table_that_it_is_from(key):
    (name, columns), rows = SETS[key], published.load(key)
    sets = [one.name for one in NEURONS[name].sets]
    assert [one for one in rows["set"] if one] == sets
    for k, chosen in enumerate(rows["set"]):
        values = (NEURONS[f"{name}:{chosen}"] if chosen else NEURONS[name]).values
        expected = {parameter: to_si(rows[column][k], unit) for column, (parameter, unit) in columns.items()}
        expected |= {"a": 1e3 * rows["a_per_ms"][k]} if "a_per_ms" in rows.columns else {}
        assert {parameter: values[parameter] for parameter in expected} == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("key", "column"), [("naud2008_adex", "current_pA"), ("izhikevich2003", "current")])
def test_a_set_of_a_neuron_says_the_current_of_its_row(key, column):
    rows = published.load(key)
    said = {one.name: one.meaning for one in NEURONS[SETS[key][0]].sets}
    for name, current in zip(rows["set"], rows[column], strict=True):
        assert not name or said[name].endswith(f", driven by {current:g} pA")


@pytest.mark.parametrize("key", published.TABLES)
def test_a_table_is_byte_for_byte_the_one_that_was_compared_with_its_publication(key):
    content = (files("plasticity.published") / table.FILES[key]).read_bytes()
    assert sha256(content).hexdigest() == HASHES[key]
