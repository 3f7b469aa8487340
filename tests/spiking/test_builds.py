"""C++ programs that are kept: numbers are no part of them, what is broken or foreign is not run. Nothing compiles."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from plasticity.spiking import builds

MAIN = """_array_post_tau_m_n[0] = {tau};
_dynamic_array_s_w[i] = - 1e+300;
_dynamic_array_pre_times.resize({n_spikes});
brian::_random_generators[_i].seed({seed}L + _i);
plasticity_network.run({seconds}, NULL, 10.0);
_run_{code}();
"""
OBJECTS = """const int _num__static_array_times = {n_spikes};
_static_array_times = new double[{n_spikes}];
f.read(reinterpret_cast<char*>(_static_array_times), {n_spikes}*sizeof(double));
"""
NUMBERS = {"tau": "0.02", "n_spikes": 30, "seed": 1, "seconds": "1.0", "code": "pre_0"}


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("PLASTICITY_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept" / builds.FOLDER


@pytest.fixture
def made(monkeypatch):
    """The folders in which something was compiled, into a program that holds its name."""
    found = []

    def make(folder):
        found.append(folder)
        Path(folder, "main").write_text(f"program {len(found)}")

    monkeypatch.setattr(builds.compiling, "make", make)
    return found


def run(folder, **numbers):
    """The program for a source with these numbers, in a new folder."""
    folder.mkdir()
    for name, text in {"main.cpp": MAIN, "objects.cpp": OBJECTS, "makefile": "-O2"}.items():
        (folder / name).write_text(text.format(**(NUMBERS | numbers)))
    builds.prepare(str(folder))
    return (folder / "main").read_text()


OTHERS = {"tau": "1e-3", "n_spikes": 4, "seed": 2, "seconds": "3.5"}


@pytest.mark.parametrize("name", OTHERS)
def test_runs_that_differ_in_a_number_have_one_program(name, tmp_path, made):
    assert run(tmp_path / "a") == run(tmp_path / "b", **{name: OTHERS[name]}) == "program 1"
    assert len(made) == 1 and os.access(tmp_path / "b" / "main", os.X_OK)


def test_the_numbers_of_a_run_are_beside_its_program_in_their_order(tmp_path, made):
    run(tmp_path / "a", tau="- INFINITY")
    numbers = np.frombuffer((tmp_path / "a" / "plasticity_numbers").read_bytes())
    assert numbers.tolist() == [-np.inf, -1e300, 30, 1.0, 1, 30, 30, 30]
    assert "= (size_t)plasticity_number(5);" in (tmp_path / "a" / "objects.cpp").read_text()


def test_runs_that_do_something_else_have_another_program(tmp_path, made):
    assert run(tmp_path / "a") != run(tmp_path / "b", code="post_0")


def test_another_compiler_or_another_flag_makes_another_program(tmp_path, made, monkeypatch):
    run(tmp_path / "a")
    monkeypatch.setattr(builds, "_machine", lambda: ("another compiler",))
    run(tmp_path / "b")
    assert len(made) == 2


# What may have become of a program that was kept, as a function of its path
SPOILED = {
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "changed": lambda path: path.write_bytes(b"P" + path.read_bytes()[1:]),
    "linked": lambda path: path.symlink_to(path.rename(path.parent / "elsewhere")),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "half-written": lambda path: path.rename(path.parent / "draft_1"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_program_that_is_broken_or_foreign_is_compiled_again(spoil, kept, tmp_path, made):
    run(tmp_path / "a")
    (path,) = kept.iterdir()
    spoil(path)
    assert run(tmp_path / "b") == "program 2"


def test_a_program_under_the_name_of_another_is_not_run(kept, tmp_path, made):
    run(tmp_path / "a")
    (path,) = kept.iterdir()
    run(tmp_path / "b", code="post_0")
    (other,) = set(kept.iterdir()) - {path}
    other.write_bytes(path.read_bytes())
    assert run(tmp_path / "c", code="post_0") == "program 3"


def test_in_a_folder_that_others_may_write_nothing_is_kept(kept, tmp_path, made):
    run(tmp_path / "a")
    kept.chmod(0o777)
    assert run(tmp_path / "b") == "program 2" and len(list(kept.iterdir())) == 1


def test_a_folder_that_cannot_be_written_costs_a_build_and_no_more(tmp_path, made, monkeypatch):
    monkeypatch.setenv("PLASTICITY_CACHE", "/proc/nothing")
    assert [run(tmp_path / "a"), run(tmp_path / "b")] == ["program 1", "program 2"]


def test_the_oldest_programs_are_removed_and_drafts_that_nobody_writes(kept, tmp_path, made, monkeypatch):
    monkeypatch.setattr(builds, "MOST_KEPT", 2)
    for number, code in enumerate("abc"):
        run(tmp_path / code, code=code)
        for path in kept.iterdir():
            os.utime(path, (number, number)) if path.stat().st_mtime > 1e6 else None
    for name, age in {"draft_dead": 1e6, "draft_alive": 0.0}.items():
        (kept / name).write_bytes(b"")
        os.utime(kept / name, (time.time() - age,) * 2)
    run(tmp_path / "a again", code="b")  # used, and so younger than c
    run(tmp_path / "d", code="d")
    assert run(tmp_path / "b again", code="b") == "program 2"
    names = [path.name for path in kept.iterdir()]
    assert len(names) == 3 and [name for name in names if name.startswith("draft_")] == ["draft_alive"]
