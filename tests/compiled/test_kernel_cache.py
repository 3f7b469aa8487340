"""What is kept of compiled kernels counts as code: it lies with its owner alone, and what is broken is made anew."""

import os
import stat
import subprocess
import sys

import pytest

from plasticity.compiled import loading
from plasticity.files.private import FOLDER, private_folder

SOURCE = "def half(x):\n    return x/2.0\n"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A place of its own, and a process that has compiled nothing."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    loading._functions.cache_clear()
    yield tmp_path / "cache"
    loading._functions.cache_clear()


def half(x):
    loading._functions.cache_clear()
    return loading.functions(SOURCE)["half"](x)


def kept(cache):
    return sorted(cache.glob("kernels/*/__pycache__/*.nb*"))


def test_a_kernel_is_kept_in_folders_of_its_owner_alone(cache):
    assert half(3.0) == 1.5
    assert kept(cache)
    for folder in (cache, cache / "kernels", *(cache / "kernels").iterdir()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_kernel_that_is_kept_is_not_compiled_again(cache):
    half(3.0)
    before = [(path, path.stat().st_mtime_ns) for path in kept(cache)]
    assert half(5.0) == 2.5
    assert [(path, path.stat().st_mtime_ns) for path in kept(cache)] == before


@pytest.mark.parametrize("content", [b"", b"\x80\x04garbage", b"x" * 100_000])
def test_what_is_broken_is_made_anew(cache, content):
    half(3.0)
    for path in kept(cache):
        path.write_bytes(content)
    assert half(3.0) == 1.5
    assert all(path.read_bytes() != content for path in kept(cache))


def test_a_kernel_of_another_text_is_not_run(cache):
    half(3.0)
    next(cache.glob("kernels/*/kernel.py")).write_text(SOURCE.replace("/2.0", "*7.0"))
    assert half(3.0) == 1.5


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_folder_that_others_may_enter_is_not_used(cache, mode):
    cache.mkdir()
    cache.chmod(mode)
    assert private_folder("kernels") is None
    assert half(3.0) == 1.5 and not kept(cache)


def test_a_link_in_place_of_the_folder_is_not_used(cache, tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    cache.mkdir(mode=0o700)
    os.symlink(tmp_path / "elsewhere", cache / "kernels")
    assert private_folder("kernels") is None
    assert half(3.0) == 1.5 and not list((tmp_path / "elsewhere").iterdir())


def test_a_place_that_takes_no_folder_does_not_stop_a_run(monkeypatch):
    monkeypatch.setenv(FOLDER, "/dev/null/nowhere")
    assert half(3.0) == 1.5


def test_two_processes_that_compile_at_once_both_get_their_kernel(cache):
    code = f"from plasticity.compiled.loading import functions; print(functions({SOURCE!r})['half'](3.0))"
    runs = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [run.communicate()[0] for run in runs] == ["1.5\n", "1.5\n"]


def test_the_oldest_kernels_make_room_for_new_ones(cache, monkeypatch):
    monkeypatch.setattr(loading, "MOST_KEPT", 2)
    for number in range(4):
        source = SOURCE.replace("2.0", f"{number + 1}.0")
        loading.functions(source)["half"](3.0)
    assert len(list((cache / "kernels").iterdir())) == 2
