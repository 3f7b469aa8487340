"""Sweeps on a cluster of Dask: one on this machine, of one worker."""

import logging
import os
import socket
import subprocess
import sys

import pytest
from sweep_functions import always_dies, sums

from plasticity import runs
from plasticity.errors import ArgumentError

pytest.importorskip("distributed")


# A scheduler and a worker in a process of their own, which ends when its input does
_CLUSTER = """
from distributed import LocalCluster
kind = {"processes": False, "protocol": "tcp://", "dashboard_address": None}
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, **kind) as cluster:
        print(cluster.scheduler_address, flush=True)
        input()
"""


@pytest.fixture(scope="module")
def address():
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", _CLUSTER], env=here, text=True, **pipes) as process:
        yield process.stdout.readline().strip()
        process.communicate("\n")


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # of Dask
def test_a_cluster_finds_what_this_process_finds_and_survives_a_point_that_kills(address):
    axes = {"x": [1.0, 2.0, 3.0], "y": [0.5]}

    assert runs.sweep(sums, axes, workers=address).outcomes == runs.sweep(sums, axes).outcomes
    assert list(runs.sweep(always_dies, {"x": [1.0, 2.0]}, workers=address).failures) == [1]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # of Dask
@pytest.mark.parametrize("name", ["distributed.scheduler", "distributed.client", "tornado.application"])
def test_what_dask_logs_of_lost_connections_is_not_shown_beside_our_line(name, address):
    runs.sweep(sums, {"x": [1.0]}, workers=address)
    assert not logging.getLogger(name).isEnabledFor(logging.ERROR)


@pytest.mark.parametrize("wrong", ["nowhere", "tcp://", "tcp://127.0.0.1:1", "ftp://127.0.0.1:1"])
def test_a_scheduler_that_is_not_there_is_told_at_once(wrong, tmp_path):
    with pytest.raises(ArgumentError, match="scheduler"):
        runs.sweep(sums, {"x": [1.0]}, workers=wrong, out=tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_one_that_listens_and_says_nothing_is_no_scheduler(monkeypatch):
    monkeypatch.setattr("plasticity.runs.sweeping.cluster.SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ArgumentError, match="answers"):
        runs.sweep(sums, {"x": [1.0]}, workers=f"tcp://127.0.0.1:{silent.getsockname()[1]}")
