"""The gallery is one page that a browser opens without a network and without errors."""

from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest
from small_experiment import EXPERIMENT

from plasticity import runs
from plasticity.errors import OutputError, PlasticityError
from plasticity.neurons import NEURONS
from plasticity.rules import RULES
from plasticity.runs.gallery import PAGE, prepared, write_gallery, write_pages
from plasticity.runs.record_pages import record_page

SMALL = replace(EXPERIMENT, draw=lambda result, figure: [axes.plot(result.times) for axes in figure.subplots(1, 2)])


def small(experiment=SMALL):
    return runs.run(experiment, quick=True)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """A page of two experiments, one of them with a claim that fails and signs that HTML must escape."""
    claims = (*SMALL.claims, replace(SMALL.claims[0], sentence="1 < 0 & so on", expected=1.0))
    other = replace(SMALL, name="other", question="Is <b> a tag?", claims=claims)
    folder = tmp_path_factory.mktemp("page") / "gallery"
    write_gallery(folder, [runs.run("stdp_window", quick=True), small(other)])
    return folder


def test_it_has_figure_question_claims_and_data_of_each(gallery):
    text = (gallery / PAGE).read_text(encoding="utf-8")
    assert "Is &lt;b&gt; a tag?" in text and "1 &lt; 0 &amp; so on" in text
    assert text.count('class="holds"') == text.count('<th scope="row">') - 1 and text.count(">does not hold<") == 1
    for name, table in (("stdp_window", "lags.csv"), ("other", "times.csv")):
        for file in ("figure.png", table, "arrays.npz", "manifest.json"):
            assert f'"{name}/{file}"' in text and (gallery / name / file).is_file()


def test_a_figure_is_there_whole_and_a_panel_a_file_without_a_caption_in_it(gallery):
    text = (gallery / PAGE).read_text(encoding="utf-8")
    assert [path.name for path in sorted((gallery / "stdp_window.panels").iterdir())] == ["a.png", "b.png", "c.png"]
    caption = (gallery / "stdp_window" / "caption.txt").read_text(encoding="utf-8").strip()
    assert f"<figcaption>{escape(caption)}</figcaption>" in text
    svg = prepared(small(), "svg").contents["small/figure.svg"].decode()
    assert svg.count("2 points.") == 1  # in its description, and not painted


def test_the_folder_of_an_experiment_is_that_of_a_run(gallery):
    assert runs.load(gallery / "stdp_window").manifest["experiment"] == "stdp_window"


def test_a_page_is_replaced_only_when_asked_and_when_nothing_else_is_in_it(tmp_path):
    pages = [prepared(small(), "svg")]
    write_pages(tmp_path / "page", pages)
    with pytest.raises(OutputError, match="page exists by now"):
        write_pages(tmp_path / "page", pages)
    write_pages(tmp_path / "page", pages, overwrite=True)
    (tmp_path / "page" / "small" / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds what no gallery of ours wrote: small/notes.txt"):
        write_pages(tmp_path / "page", pages, overwrite=True)


@pytest.mark.parametrize("name", ["../../evil", "/tmp/evil", "<script>"])
def test_an_experiment_whose_name_is_no_name_of_a_folder_is_refused(tmp_path, name):
    with pytest.raises(PlasticityError, match="name"):
        write_gallery(tmp_path / "page", [replace(small(), experiment=replace(SMALL, name=name))])
    assert list(tmp_path.iterdir()) == []


def test_a_rule_and_a_neuron_have_a_page_that_tells_what_show_tells(tmp_path):
    one = prepared(small(), "svg")
    rule = replace(RULES["pair_stdp"], summary="is it <b>?")
    write_pages(tmp_path / "page", [record_page(rule, "svg"), record_page(NEURONS["lif_excitatory"], "svg"), one])

    text = (tmp_path / "page" / PAGE).read_text(encoding="utf-8")
    for said in (
        "dw(lag &gt; 0) = A_plus*exp(-lag/tau_plus)",
        "https://doi.org/10.1038/78829",
        "tau_plus = 20 ms",
        "is it &lt;b&gt;?",
    ):
        assert said in text
    assert text.index(">Small<") < text.index(">pair_stdp<") < text.index(">lif_excitatory<")
    assert "<svg" in (tmp_path / "page" / "rule_pair_stdp" / "figure.svg").read_text()
    assert "160 pA; type I" in text and (tmp_path / "page" / "neuron_lif_excitatory" / "figure.svg").is_file()


class Read(HTMLParser):
    """What a page links and loads, the places in it, and whether each element is closed where it was opened."""

    VOID = {"meta", "link", "img", "br", "source"}

    def __init__(self, text):
        super().__init__()
        self.links, self.places, self.loaded, self.open, self.faults = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.places += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.loaded += [given[name] for name in ("src", "srcset") if name in given]
        if tag in ("p", "h1", "h2", "h3", "summary", "a") and "p" in self.open:
            self.faults += [f"<{tag}> in <p>"] if tag != "a" else []
        self.open += [] if tag in self.VOID else [tag]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def test_its_elements_are_closed_and_its_links_lead_somewhere(gallery):
    page = Read((gallery / PAGE).read_text(encoding="utf-8"))
    assert page.faults == [] and page.open == [] and len(page.places) == len(set(page.places))
    for link in page.links:
        place, is_doi = link.removeprefix("#"), link.startswith("https://doi.org/10.")
        assert is_doi or (place in page.places if link.startswith("#") else (gallery / link).is_file()), link


def test_it_needs_no_network_and_no_script(gallery):
    text = (gallery / PAGE).read_text(encoding="utf-8")
    assert "<script" not in text and "url(" not in text
    assert all(path.startswith("data:") or (gallery / path).is_file() for path in Read(text).loaded)


def test_claims_are_folded_and_open_only_where_one_fails():
    failing = replace(SMALL.claims[0], expected=1.0)
    told = {
        n: prepared(small(replace(SMALL, claims=claims)), "svg").section
        for n, claims in {"all": SMALL.claims, "one": (*SMALL.claims, failing), "none": (failing,)}.items()
    }
    assert "<details>\n<summary>2 claims, all hold</summary>" in told["all"]
    assert "<details open>\n<summary>3 claims, 1 of which does not hold</summary>" in told["one"]
    assert "<details open>\n<summary>1 claim, which does not hold</summary>" in told["none"]


def test_an_experiment_without_claims_has_no_table_and_a_question_leads_to_its_answer(tmp_path):
    experiment = replace(SMALL, claims=(), source="rumelhart1986")
    one = prepared(small(experiment), "svg", asked={"backprop-product": "x < y?"})
    write_pages(tmp_path / "page", [one])
    text = (tmp_path / "page" / PAGE).read_text(encoding="utf-8")
    assert "<table" not in text and " claims," not in text
    assert '<a href="#question.backprop-product">x &lt; y?</a>' in text
    assert "<code>plasticity quiz backprop-product</code>" in text and 'id="source.rumelhart1986"' in text


@pytest.mark.parametrize("what", [3, "stdp_window", ["stdp_window"], [None]])
def test_what_is_no_experiment_that_has_run_is_on_no_page(tmp_path, what):
    with pytest.raises(PlasticityError, match="what is shown is|experiments that have run"):
        write_gallery(tmp_path / "page", what)
    assert list(tmp_path.iterdir()) == []
