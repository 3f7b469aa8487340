"""`plasticity export`: to the screen, into a file, and what it refuses."""

from command_line import plasticity_here


def test_a_text_is_printed_and_nothing_else():
    found = plasticity_here("export", "pair_stdp", "--to", "latex", "--set", "tau_plus=15ms", "--variant", "nearest")

    assert found.returncode == 0 and found.stderr == ""
    assert found.stdout.startswith("% nearest(pair_stdp): ")
    assert "plasticity export pair_stdp --to latex --set tau_plus=15ms --variant nearest" in found.stdout


def test_a_file_is_replaced_only_when_told_and_only_one_of_ours(tmp_path):
    out, mine = tmp_path / "pair.tex", tmp_path / "mine.tex"
    mine.write_text("mine")

    def status(path, *more):
        return plasticity_here("export", "pair_stdp", "--to", "latex", "--out", str(path), *more).returncode

    assert (status(mine), status(mine, "--overwrite")) == (2, 2) and mine.read_text() == "mine"
    assert (status(out), status(out), status(out, "--overwrite")) == (0, 2, 0)
    assert out.read_text().startswith("% pair_stdp: ") and len(list(tmp_path.iterdir())) == 2


def test_what_does_nothing_or_is_unknown_is_refused_in_one_line():
    for arguments in (
        ("pair_stdp", "--to", "pynn"),
        ("no_rule", "--to", "latex"),
        ("adex", "--to", "latex", "--variant", "nearest"),
        ("pair_stdp", "--to", "latex", "--overwrite"),
        ("adex", "--to", "latex", "--set", "nothing=1"),
    ):
        found = plasticity_here("export", *arguments)

        assert (found.returncode, found.stdout) == (2, "") and len(found.stderr.splitlines()) == 1, arguments
