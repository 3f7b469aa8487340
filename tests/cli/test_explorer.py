"""`plasticity explorer`: one file, whole or not at all, that replaces nothing unasked."""

import pytest
from command_line import assert_refused, plasticity_here

from plasticity.explorer import page


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_writes_the_page_and_says_how_large_it_is(folder):
    done = plasticity_here("explorer")
    size = round((folder / "explorer.html").stat().st_size / 1000)
    assert done.stdout == f"explorer.html: one page of {size} kB; open it in a browser, it needs no network\n"
    assert (folder / "explorer.html").read_bytes() == page() and len(list(folder.iterdir())) == 1


def test_an_earlier_page_is_replaced_only_when_told_so(folder):
    (folder / "page.html").write_bytes(page())
    assert_refused(plasticity_here("explorer", "page.html", "--language", "he"), "page.html exists", "--overwrite")
    assert (folder / "page.html").read_bytes() == page()

    assert plasticity_here("explorer", "page.html", "--language", "he", "--overwrite").returncode == 0
    assert (folder / "page.html").read_bytes() == page("he")


def test_what_is_no_page_of_ours_is_never_replaced(folder):
    (folder / "mine.html").write_text("<p>mine</p>")
    (folder / "link.html").symlink_to("mine.html")
    (folder / "folder").mkdir()
    for name in ("mine.html", "link.html", "folder"):
        assert_refused(plasticity_here("explorer", name, "--overwrite"), "not replaced")
    assert (folder / "mine.html").read_text() == "<p>mine</p>" and (folder / "link.html").is_symlink()


@pytest.mark.parametrize("options", [("--rule", "bcm"), ("--language", "fr"), ("no/folder.html",)])
def test_what_cannot_be_leaves_no_file(folder, options):
    assert_refused(plasticity_here("explorer", *options))
    assert list(folder.iterdir()) == []
