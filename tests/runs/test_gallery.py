"""The gallery is one page that a browser opens without a network and without errors."""

from dataclasses import replace

import pytest
from browsing import chromium, needs_browser

from plasticity import runs
from plasticity.errors import OutputError, PlasticityError
from plasticity.neurons import NEURONS
from plasticity.rules import RULES
from plasticity.runs.gallery import PAGE, prepared, write_gallery, write_pages
from plasticity.runs.record_pages import record_page


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """A page of two experiments, one of them with a claim that fails and signs that HTML must escape."""
    experiment = runs.EXPERIMENTS["stdp_window"]
    claims = (*experiment.claims, replace(experiment.claims[0], sentence="1 < 0 & so on", expected=1.0))
    other = replace(experiment, name="other", question="Is <b> a tag?", claims=claims)
    folder = tmp_path_factory.mktemp("page") / "gallery"
    write_gallery(folder, [runs.run(one, one.quick, "quick") for one in (experiment, other)])
    return folder


def test_it_has_figure_question_claims_and_data_of_each(gallery):
    text = (gallery / PAGE).read_text(encoding="utf-8")
    assert "Is &lt;b&gt; a tag?" in text and "1 &lt; 0 &amp; so on" in text
    assert text.count("holds</td>") == text.count("<tr><td>") - 1 and text.count("does not hold") == 1
    for name in ("stdp_window", "other"):
        for file in ("figure.png", "lags.csv", "arrays.npz", "manifest.json"):
            assert f'"{name}/{file}"' in text and (gallery / name / file).is_file()


def test_a_page_is_replaced_only_when_asked_and_when_nothing_else_is_in_it(tmp_path):
    experiment = runs.EXPERIMENTS["backprop_graph"]
    finished = [runs.run(experiment, experiment.quick, "quick")]
    write_gallery(tmp_path / "page", finished)
    with pytest.raises(OutputError, match="page exists by now"):
        write_gallery(tmp_path / "page", finished)
    write_gallery(tmp_path / "page", finished, overwrite=True)
    assert runs.load(tmp_path / "page" / "backprop_graph").manifest["experiment"] == "backprop_graph"
    (tmp_path / "page" / "backprop_graph" / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds what no gallery of ours wrote: backprop_graph/notes.txt"):
        write_gallery(tmp_path / "page", finished, overwrite=True)


@pytest.mark.parametrize("name", ["../../evil", "/tmp/evil", "<script>"])
def test_an_experiment_whose_name_is_no_name_of_a_folder_is_refused(tmp_path, name):
    experiment = runs.EXPERIMENTS["backprop_graph"]
    finished = runs.run(experiment, experiment.quick, "quick")
    with pytest.raises(PlasticityError, match="name"):
        write_gallery(tmp_path / "page", [replace(finished, experiment=replace(experiment, name=name))])
    assert list(tmp_path.iterdir()) == []


def test_a_rule_and_a_neuron_have_a_page_that_tells_what_show_tells(tmp_path):
    experiment = runs.EXPERIMENTS["backprop_graph"]
    one = prepared(runs.run(experiment, experiment.quick, "quick"))
    rule = replace(RULES["pair_stdp"], summary="is it <b>?")
    write_pages(tmp_path / "page", [record_page(rule, "svg"), record_page(NEURONS["lif_excitatory"]), one])

    text = (tmp_path / "page" / PAGE).read_text(encoding="utf-8")
    for said in (
        "dw(lag &gt; 0) = A_plus*exp(-lag/tau_plus)",
        "doi:10.1038/78829",
        "tau_plus = 20 ms",
        "is it &lt;b&gt;?",
    ):
        assert said in text
    assert text.index("Backprop graph") < text.index(">pair_stdp<") < text.index(">lif_excitatory<")
    assert "<svg" in (tmp_path / "page" / "rule_pair_stdp" / "figure.svg").read_text()
    assert "160 pA; type I" in text and (tmp_path / "page" / "neuron_lif_excitatory" / "figure.png").is_file()


def test_it_needs_no_network_and_no_script(gallery):
    text = (gallery / PAGE).read_text(encoding="utf-8")
    assert "<script" not in text and "http" not in text


@needs_browser
def test_a_real_browser_shows_every_figure_without_errors(gallery):
    faults = []
    with chromium() as browser:
        page = browser.new_page(java_script_enabled=True)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.goto((gallery / PAGE).as_uri())
        widths = page.eval_on_selector_all("img", "images => images.map(image => image.naturalWidth)")
        links = page.eval_on_selector_all("a", "links => links.map(link => link.href)")
    assert faults == [] and len(widths) == 2 and min(widths) > 500
    assert all(link.startswith("file://") for link in links)


@pytest.mark.parametrize("what", [3, "stdp_window", ["stdp_window"], [None]])
def test_what_is_no_experiment_that_has_run_is_on_no_page(tmp_path, what):
    with pytest.raises(PlasticityError, match="what is shown is|experiments that have run"):
        write_gallery(tmp_path / "page", what)
    assert list(tmp_path.iterdir()) == []
