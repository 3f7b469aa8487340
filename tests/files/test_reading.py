"""Files that people hand us are read within limits, and refused in one line."""

import contextlib
import json
import os
import subprocess
import sys

import pytest

from plasticity import files
from plasticity.errors import InputError
from plasticity.files import reading


def written(folder, content):
    path = folder / "file"
    path.write_bytes(content)
    return path


def refusal(call, *arguments, **options):
    """The one line that a call is refused with."""
    with pytest.raises(InputError) as error:
        call(*arguments, **options)
    assert "\n" not in str(error.value) and len(str(error.value)) < 600
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a,b\n", "a,b\n"),
        (b"\xef\xbb\xbfa,b\r\n1,2\r\n", "a,b\n1,2\n"),
        ("שלום\r".encode(), "שלום\n"),
        ("a\tb\n".encode("utf-16"), "a\tb\n"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "é"),
        (b"", ""),
    ],
)
def test_text_is_the_same_however_it_was_saved(tmp_path, content, text):
    assert files.text_of(written(tmp_path, content)) == text


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\x89PNG\r\n\x1a\n", "byte 0 is no UTF-8 text"), (b"caf\xe9", "byte 3"), (b"a\0b", "no text file")],
)
def test_what_is_no_text_is_refused(tmp_path, content, said):
    assert said in refusal(files.text_of, written(tmp_path, content))


def test_a_pipe_a_device_and_a_folder_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, kind in [(tmp_path / "pipe", "a pipe"), ("/dev/zero", "a device"), (tmp_path, "a folder")]:
        assert f"is {kind}; give a file that can be read" in refusal(files.bytes_of, path)


@pytest.mark.parametrize("name", ["none", "a\0b", "x" * 5000, "x" * 300])
def test_a_name_that_is_none_is_refused(tmp_path, name):
    assert "give a file that can be read" in refusal(files.bytes_of, tmp_path / name)


@pytest.mark.parametrize(
    "value", [None, 0, 3.5, b"name", ["name"], object(), {}, True], ids=lambda value: type(value).__name__
)
def test_what_is_no_path_is_refused(value):
    for call in (files.bytes_of, files.text_of):
        assert "is no path; give the name of a file or folder as text" in refusal(call, value)


def test_a_file_is_read_up_to_its_limit_and_refused_beyond(tmp_path):
    path = written(tmp_path, b"x" * 1000)
    assert files.bytes_of(path, most=1000) == b"x" * 1000
    assert "at most" in refusal(files.bytes_of, path, most=999)


def test_a_sparse_file_of_a_terabyte_is_refused_unread(tmp_path):
    path = written(tmp_path, b"")
    os.truncate(path, 2**40)
    assert "has 1.05e+06 MiB; at most 1.02e+03 MiB are read" in refusal(files.text_of, path)


@pytest.mark.parametrize("path", ["/proc/self/status", "/proc/self/maps"])
def test_a_file_that_tells_no_size_is_limited_by_what_it_gives(path):
    if not os.path.exists(path):
        pytest.skip("this system has no /proc")
    assert "at most" in refusal(files.bytes_of, path, most=10)


TOO_MUCH = {
    "a" + ".a" * 20_000 + " = 1": "more than 20 dots",
    "[" + "a." * 3000 + "a]": "more than 20 dots",
    "x = {a" + " . 'b.c'" * 30 + " = 1}": "more than 20 dots",
    "x = " + "[" * 5000 + "]" * 5000: "line 1: more than 50 levels",
    "y = 1\nx = " + "{a = " * 3000: "line 2: more than 50 levels",
    "w0 = 1" + "0" * 400: "a number of 401 digits",
    "w0 = " + "1_" * 3000 + "1": "a number of 6001 digits",
    "w0 = 0." + "9" * 5000: "a number of 5000 digits",
    "w0 = 1e" + "9" * 5000: "a number of 5000 digits",
    "when = 2024-02-32": "write TOML",
    "x = '": "write TOML",
    "#" * (reading.MOST_TEXT + 1): "at most 4 MiB",
}


@pytest.mark.parametrize("text", TOO_MUCH, ids=lambda text: text[:20])
def test_toml_that_is_too_much_is_refused_in_one_line(text):
    assert TOO_MUCH[text] in refusal(files.toml_in, text, "q.toml")


def test_strings_and_comments_may_hold_what_the_limits_count():
    dots, deep, digits = "a." * 100, "[" * 100, "1" * 400
    text = f'a = "{dots}"\nb = \'{deep}\'\n# {digits}{deep}\nc = """\n{digits}\\"""" # "\nd = [1.5, -2.5]\n'
    assert files.toml_in(text, "q.toml") == {"a": dots, "b": deep, "c": f'{digits}"', "d": [1.5, -2.5]}


def test_json_that_is_too_much_or_none_is_refused_in_one_line():
    for text, said in [
        ("[" * 100_000, "more than 50 levels"),
        ('{"a":' * 100_000, "more than 50 levels"),
        (f'{{"a": 1{"0" * 400}}}', "a number of 401 digits"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "is no JSON"),
        ("{", "is no JSON"),
        ("", "is no JSON"),
    ]:
        assert said in refusal(files.json_in, text, "manifest.json")


def test_json_of_usual_depth_is_read():
    value = {"a": [[1.5, {"b": "[[[" * 100}], None, True]}
    assert files.json_in(json.dumps(value, indent=2), "m") == value


PIECES = ["'", '"\\', '"""\\', "\\", "'''", "a = 1\n", '"', "1", "#", "1_", "a.", "[]", "{}", "x"]


@pytest.mark.parametrize("piece", PIECES, ids=repr)
@pytest.mark.parametrize("call", [files.toml_in, files.json_in])
def test_a_text_is_gone_through_once(call, piece):
    text = (piece * 1_000_000)[:1_000_000]  # once for each of its letters would take hours, beyond any test's limit
    with contextlib.suppress(InputError):
        call(text, "q.toml")


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "", ".", "..", "a//b", "a\\..\\b", "c:x", "a\nb"])
def test_a_name_in_a_file_never_leads_out_of_its_folder(tmp_path, name):
    assert "is no name of a file in" in refusal(files.within, tmp_path, name)
    assert files.within(tmp_path, "a/b.csv") == tmp_path / "a" / "b.csv"


def test_a_message_shows_a_path_without_what_a_terminal_obeys(tmp_path):
    assert "\\x1b[2J" in refusal(files.bytes_of, tmp_path / "\x1b[2Jx")


def test_reading_files_loads_no_library():
    code = "import sys, plasticity.files; print([name for name in ('numpy', 'click') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
