"""What holds for every experiment: its quick preset runs, draws, and bears its claims out."""

import ast
import dataclasses
import json
from importlib import import_module
from pathlib import Path

import artists
import legibility
import pytest

from plasticity import runs
from plasticity.experiment import PRESETS, fields_of
from plasticity.plots import Look, own_style
from plasticity.plots.look import WHOLE
from plasticity.plots.saving import image
from plasticity.runs.manifest import MANIFEST
from plasticity.sources import SOURCES

NAMES = runs.EXPERIMENTS.names()
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module", params=NAMES)
def finished(request):
    """The quick preset, run once for all tests of its experiment."""
    experiment = runs.EXPERIMENTS[request.param]
    return runs.run(experiment, experiment.quick, "quick")


def test_every_claim_holds(finished):
    assert finished.claims
    assert [claim.sentence + ": " + claim.figures for claim in finished.claims if not claim.holds] == []


@pytest.fixture(scope="module")
def drawn(finished):
    """Its figure in no style, as its artists were drawn."""
    return artists.drawn(finished.experiment, finished.result)


@pytest.fixture(scope="module")
def written(finished):
    """The files of the run, and the figure of which the picture among them was made."""
    figures = []

    def kept(figure, *how):
        figures.append(figure)
        return image(figure, *how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("plasticity.plots.figure.image", kept)
        return finished.files("png"), figures[-1]


def test_it_draws_and_its_files_can_be_written(finished, written):
    files, _ = written
    facts = json.loads(files[MANIFEST])
    assert files["figure.png"].startswith(PNG)
    assert set(facts["files"]) == set(files) - {MANIFEST}
    assert facts["parameters"].keys() == fields_of(finished.parameters).keys()


def test_its_artists_hold_what_they_did_when_the_figure_was_last_looked_at(finished, drawn):
    """Which column under which label and colour, to the letter; numbers as near as chance and versions allow."""
    kept = json.loads((artists.FOLDER / f"{finished.experiment.name}.json").read_text(encoding="utf-8"))
    shown = artists.description(drawn, finished.result)
    assert [artists.words(entry) for entry in shown] == [artists.words(entry) for entry in kept]
    for entry, expected in zip(shown, kept, strict=True):
        assert artists.figures(entry) == pytest.approx(artists.figures(expected), rel=5e-3, abs=1e-6), expected


def test_what_is_written_in_it_can_be_read_across_two_columns(written):
    """No text below 7 points, none on another, none cut."""
    _, figure = written
    figure.set_layout_engine("none")  # it is laid out already
    figure.set_dpi(300)  # for these dots to the inch, of which the widths of texts depend a little
    with own_style():
        figure.draw_without_rendering()
        assert legibility.unreadable(figure, WHOLE) == []


@pytest.mark.whole
def test_what_is_written_in_it_can_be_read_on_a_slide_or_of_one_panel(finished, drawn):
    """Of every other experiment the slide, of the rest the last panel in one column."""
    letters = legibility.letters(drawn)
    is_slide = NAMES.index(finished.experiment.name) % 2 or not letters
    look = Look("slide") if is_slide else Look(panel=letters[-1])
    assert legibility.faults(finished.experiment, finished.result, look) == []


def test_the_caption_has_numbers(finished):
    caption = finished.experiment.caption(finished.parameters, finished.result)
    assert any(character.isdigit() for character in caption) and caption.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_its_record_is_complete(name):
    experiment = runs.EXPERIMENTS[name]
    assert experiment.name == name and experiment.question.endswith("?")
    assert type(experiment.full) is type(experiment.quick)
    assert all(dataclasses.is_dataclass(item) for item in (experiment.full, experiment.quick))
    for preset in PRESETS:
        assert 0 < experiment.memory(experiment.preset(preset)) < 8e9


@pytest.mark.parametrize("name", NAMES)
def test_its_docstring_has_four_lines_and_the_last_states_both_times(name):
    lines = import_module(f"plasticity.experiments.{name}").__doc__.strip().split("\n")
    lines = [line for line in lines if line]
    starts = [line.split(":")[0] for line in lines if line.split(":")[0] in ("Source", "Differs", "Time")]
    assert lines[0].endswith("?") and starts == ["Source", "Differs", "Time"]
    assert "quick" in lines[-1] and "full" in lines[-1]


@pytest.mark.parametrize("name", NAMES)
def test_every_source_of_a_setting_is_known(name):
    for said in fields_of(runs.EXPERIMENTS[name].full).values():
        source = said.get("source", "our choice")
        assert source == "our choice" or source.split(",")[0] in SOURCES


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "experiments").glob("[a-z]*.py")), ids=lambda p: p.stem
)
def test_a_module_is_found_and_runs_as_a_script_alone(path):
    """Every file is an experiment; it imports no other experiment, and at its end it runs itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert path.stem in NAMES
    assert not any("experiments" in name.split(".")[:2] for name in imported)
    assert ast.unparse(tree.body[-1]).startswith("if __name__ == '__main__':")
