"""Spikes in the folders of Kilosort and Phy; params.py is text, and never run."""

import numpy as np
import pytest

from plasticity.errors import InputError
from plasticity.trains import read

NUMBERED = {"3": [0.0105, 0.03], "7": [0.015, 0.035]}
SAMPLES = np.array([315, 450, 900, 1050])
PARAMETERS = "dat_path = 'x'\nn_channels_dat = 4\nsample_rate = 30000.  # hertz\nhp_filtered = True\n"


def folder(path, *, samples=SAMPLES, clusters=(3, 7, 3, 7), parameters=None, name="spike_clusters.npy"):
    np.save(path / "spike_times.npy", samples)
    np.save(path / name, np.array(clusters, dtype="int32"))
    if parameters is not None:
        (path / "params.py").write_text(parameters, encoding="utf-8")
    return path


def found(path, **told):
    return {name: times.tolist() for name, times in read(path, **told).items()}


@pytest.mark.parametrize("dtype", ["uint64", "int64", "int32", "float64"])
@pytest.mark.parametrize("shape", [(4,), (4, 1), (1, 4)])
def test_each_cluster_is_a_train(tmp_path, dtype, shape):
    made = folder(tmp_path, samples=SAMPLES.astype(dtype).reshape(shape), parameters=PARAMETERS)
    assert found(made) == found(made, sampling_rate="30 kHz") == NUMBERED


@pytest.mark.parametrize("name", ["spike_times.npy", "params.py"])
def test_a_file_of_the_folder_means_the_folder(tmp_path, name):
    assert found(folder(tmp_path, parameters=PARAMETERS) / name) == NUMBERED


def test_templates_stand_in_for_clusters_before_anybody_curated_them(tmp_path):
    assert found(folder(tmp_path, name="spike_templates.npy"), sampling_rate=30000) == NUMBERED


def test_times_in_seconds_are_told(tmp_path):
    assert found(folder(tmp_path, samples=SAMPLES / 30000), unit="s") == NUMBERED


def test_the_parameters_are_never_run(tmp_path):
    trap = f"open({str(tmp_path / 'ran')!r}, 'w')\nsample_rate = 30000\n"
    assert found(folder(tmp_path, parameters=trap)) == NUMBERED and not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "parameters", [None, "", "sample_rate = 3e4 if x else 2e4\n", "sample_rate = 1.\nsample_rate = 2.\n", "x" * 200_000]
)
def test_a_rate_that_nobody_tells_is_asked_for(tmp_path, parameters):
    with pytest.raises(InputError, match="the times are in samples; give --sampling-rate, say 30000Hz"):
        read(folder(tmp_path, parameters=parameters))


@pytest.mark.parametrize(
    ("made", "told", "reason"),
    [
        ({"parameters": PARAMETERS}, {"sampling_rate": 25000}, "says 30000 Hz, --sampling-rate 25000 Hz"),
        ({}, {"unit": "ms"}, "the times are in samples, --unit says ms"),
        ({"samples": SAMPLES / 7}, {}, "holds fractions, and samples are whole; give --unit s"),
        ({"clusters": (3, 7)}, {"sampling_rate": 3e4}, "4 times and 2 clusters; as many of each are needed"),
        ({"samples": np.ones((2, 2))}, {}, "one number a spike is needed"),
        ({"name": "other.npy"}, {}, "has no spike_clusters.npy nor spike_templates.npy"),
        ({}, {"columns": "1,2"}, "no use for --columns"),
    ],
)
def test_what_is_malformed_or_contradicts_itself_is_one_line(tmp_path, made, told, reason):
    with pytest.raises(InputError) as error:
        read(folder(tmp_path, **made), **told)
    assert str(error.value).startswith(str(tmp_path)) and reason in str(error.value)


def test_another_folder_is_told(tmp_path):
    with pytest.raises(InputError, match="is a folder without spike_times.npy; give a file, or a folder of Phy"):
        read(tmp_path)
