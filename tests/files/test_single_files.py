"""A file appears whole or not at all, under a name that nobody has."""

import os

import pytest

from plasticity.errors import OutputError
from plasticity.files import write_file


def test_a_file_holds_what_was_written_and_nothing_is_left_beside_it(tmp_path):
    write_file(tmp_path / "picture.png", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["picture.png"]
    assert (tmp_path / "picture.png").read_bytes() == b"content"


@pytest.mark.parametrize("name", ["taken", "no folder/picture", "x" * 300])
def test_a_name_that_cannot_be_is_refused_and_nothing_is_touched(tmp_path, name):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(OutputError, match="exists|cannot be written"):
        write_file(tmp_path / name, b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"] and (tmp_path / "taken").read_text() == "mine"


def test_a_file_that_appears_in_the_meantime_is_kept(tmp_path, monkeypatch):
    def slow_link(source, target, link=os.link):
        target.write_text("theirs")
        link(source, target)

    monkeypatch.setattr(os, "link", slow_link)
    with pytest.raises(OutputError, match="exists"):
        write_file(tmp_path / "picture", b"ours")
    assert (tmp_path / "picture").read_text() == "theirs" and len(list(tmp_path.iterdir())) == 1
