"""Where facts come from: one bibliography, cited by key everywhere (`song2000`, with equation or figure).

What other people's records stand on need not be in it: they cite in free text, with a DOI.
"""

import re
from typing import NamedTuple

from plasticity.catalogue import Catalogue
from plasticity.errors import PlasticityError, nearest, said
from plasticity.inputs import text

OUR_CHOICE = "our choice"
OTHERS = "'our choice', or the reference with its DOI ('..., doi:10.1000/x')"
MOST_CHARACTERS = 500  # of a citation in free text
# Compiled when a citation in free text comes, which takes longer than all else here.
_DOI = r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]*[^\s\"<>.,;]"
_SAID_TO_BE_A_DOI = r"(?i:\bdoi\s*:|\bdoi\.org/)\s*(\S*)"


class Source(NamedTuple):
    """A publication: `text` as one would cite it, `doi` without the resolver (empty where none exists)."""

    key: str
    text: str
    doi: str = ""

    def __str__(self) -> str:
        return f"{self.text}, doi:{self.doi}" if self.doi else self.text


_ALL = (
    Source("alpaydin1998", "Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits, UCI", "10.24432/C50P49"),
    Source("baldi1989", "Baldi & Hornik 1989, Neural Networks 2:53", "10.1016/0893-6080(89)90014-2"),
    Source("bell1997", "Bell, Han, Sugawara & Grant 1997, Nature 387:278", "10.1038/387278a0"),
    Source("bengio2007", "Bengio, Lamblin, Popovici & Larochelle 2007, Adv Neural Inf Process Syst 19:153"),
    Source(
        "bienenstock1982", "Bienenstock, Cooper & Munro 1982, J Neurosci 2:32", "10.1523/JNEUROSCI.02-01-00032.1982"
    ),
    Source("bipoo1998", "Bi & Poo 1998, J Neurosci 18:10464", "10.1523/JNEUROSCI.18-24-10464.1998"),
    Source("bipoo2001", "Bi & Poo 2001, Annu Rev Neurosci 24:139", "10.1146/annurev.neuro.24.1.139"),
    Source("brette2005", "Brette & Gerstner 2005, J Neurophysiol 94:3637", "10.1152/jn.00686.2005"),
    Source("brette2007", "Brette et al. 2007, J Comput Neurosci 23:349", "10.1007/s10827-007-0038-6"),
    Source("broadie1997", "Broadie, Glasserman & Kou 1997, Math Finance 7:325", "10.1111/1467-9965.00035"),
    Source("brunel2001", "Brunel & Wang 2001, J Comput Neurosci 11:63", "10.1023/A:1011204814320"),
    Source(
        "confavreux2023",
        "Confavreux, Ramesh, Goncalves, Macke & Vogels 2023, Adv Neural Inf Process Syst 36:13545",
    ),
    Source("clopath2010", "Clopath, Buesing, Vasilaki & Gerstner 2010, Nat Neurosci 13:344", "10.1038/nn.2479"),
    Source("cover1965", "Cover 1965, IEEE Trans Electron Comput 14:326", "10.1109/PGEC.1965.264137"),
    Source("dodson2015", "Dodson et al. 2015, Neuron 86:501", "10.1016/j.neuron.2015.03.007"),
    Source("ermentrout1996", "Ermentrout 1996, Neural Comput 8:979", "10.1162/neco.1996.8.5.979"),
    Source("ermentrout1998", "Ermentrout & Kopell 1998, Proc Natl Acad Sci USA 95:1259", "10.1073/pnas.95.3.1259"),
    Source("fino2005", "Fino, Glowinski & Venance 2005, J Neurosci 25:11279"),
    Source("fino2010", "Fino, Paille, Cui, Morera-Herreras, Deniau & Venance 2010, J Physiol 588:3045"),
    Source("florian2007", "Florian 2007, Neural Comput 19:1468", "10.1162/neco.2007.19.6.1468"),
    Source(
        "fourcaud2003",
        "Fourcaud-Trocme, Hansel, van Vreeswijk & Brunel 2003, J Neurosci 23:11628",
        "10.1523/JNEUROSCI.23-37-11628.2003",
    ),
    Source("froemke2002", "Froemke & Dan 2002, Nature 416:433", "10.1038/416433a"),
    Source("gerstner2014", "Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, Cambridge UP"),
    Source("glorot2010", "Glorot & Bengio 2010, Proc AISTATS, PMLR 9:249"),
    Source("graupner2012", "Graupner & Brunel 2012, PNAS 109:3991", "10.1073/pnas.1109359109"),
    Source("guetig2003", "Guetig et al. 2003, J Neurosci 23:3697", "10.1523/JNEUROSCI.23-09-03697.2003"),
    Source("hebb1949", "Hebb 1949, The Organization of Behavior, Wiley"),
    Source(
        "hochreiter1998",
        "Hochreiter 1998, Int J Uncertain Fuzz 6:107",
        "10.1142/S0218488598000094",
    ),
    Source("hodgkin1952", "Hodgkin & Huxley 1952, J Physiol 117:500", "10.1113/jphysiol.1952.sp004764"),
    Source("izhikevich2003", "Izhikevich 2003, IEEE Trans Neural Netw 14:1569", "10.1109/TNN.2003.820440"),
    Source("izhikevich2007", "Izhikevich 2007, Cereb Cortex 17:2443", "10.1093/cercor/bhl152"),
    Source("izhikevichdesai2003", "Izhikevich & Desai 2003, Neural Comput 15:1511", "10.1162/089976603321891783"),
    Source("jahr1990", "Jahr & Stevens 1990, J Neurosci 10:3178", "10.1523/JNEUROSCI.10-09-03178.1990"),
    Source("kempter1999", "Kempter, Gerstner & van Hemmen 1999, Phys Rev E 59:4498", "10.1103/PhysRevE.59.4498"),
    Source("kuhn2003", "Kuhn, Aertsen & Rotter 2003, Neural Comput 15:67", "10.1162/089976603321043702"),
    Source("lecture", "The lecture of this project: slides of a neural-computation course"),
    Source("minsky1969", "Minsky & Papert 1969, Perceptrons, MIT Press"),
    Source("morrison2007", "Morrison, Aertsen & Diesmann 2007, Neural Comput 19:1437", "10.1162/neco.2007.19.6.1437"),
    Source("morrison2008", "Morrison, Diesmann & Gerstner 2008, Biol Cybern 98:459", "10.1007/s00422-008-0233-1"),
    Source("muroga1971", "Muroga 1971, Threshold Logic and Its Applications, Wiley; counts as in OEIS A000609"),
    Source("naud2008", "Naud, Marcille, Clopath & Gerstner 2008, Biol Cybern 99:335", "10.1007/s00422-008-0264-7"),
    Source("novikoff1962", "Novikoff 1962, Proc Symp Math Theory of Automata, Polytechnic Press, 615"),
    Source("oja1982", "Oja 1982, J Math Biol 15:267", "10.1007/BF00275687"),
    Source("pfister2006", "Pfister & Gerstner 2006, J Neurosci 26:9673", "10.1523/JNEUROSCI.1425-06.2006"),
    Source("polyak1964", "Polyak 1964, USSR Comput Math Math Phys 4:1", "10.1016/0041-5553(64)90137-5"),
    Source("rosenblatt1958", "Rosenblatt 1958, Psychol Rev 65:386", "10.1037/h0042519"),
    Source("rubin2001", "Rubin, Lee & Sompolinsky 2001, Phys Rev Lett 86:364", "10.1103/PhysRevLett.86.364"),
    Source("rumelhart1986", "Rumelhart, Hinton & Williams 1986, Nature 323:533", "10.1038/323533a0"),
    Source("sanger1989", "Sanger 1989, Neural Netw 2:459", "10.1016/0893-6080(89)90044-0"),
    Source("schoenholz2017", "Schoenholz, Gilmer, Ganguli & Sohl-Dickstein 2017, Proc ICLR, arXiv:1611.01232"),
    Source("sejnowski1977", "Sejnowski 1977, J Math Biol 4:303", "10.1007/BF00275079"),
    Source("siegert1951", "Siegert 1951, Phys Rev 81:617", "10.1103/PhysRev.81.617"),
    Source("sjostrom2001", "Sjostrom, Turrigiano & Nelson 2001, Neuron 32:1149", "10.1016/S0896-6273(01)00542-6"),
    Source("song2000", "Song, Miller & Abbott 2000, Nat Neurosci 3:919", "10.1038/78829"),
    Source("song2001", "Song & Abbott 2001, Neuron 32:339", "10.1016/S0896-6273(01)00451-2"),
    Source("squire1998", "Squire & Trapp 1998, SIAM Rev 40:110", "10.1137/S003614459631241X"),
    Source("stimberg2019", "Stimberg, Brette & Goodman 2019, eLife 8:e47314", "10.7554/eLife.47314"),
    Source("touboul2008", "Touboul & Brette 2008, Biol Cybern 99:319", "10.1007/s00422-008-0267-4"),
    Source(
        "traub1991",
        "Traub & Miles 1991, Neuronal Networks of the Hippocampus, Cambridge UP",
        "10.1017/CBO9780511895401",
    ),
    Source("tsodyks1998", "Tsodyks, Pawelzik & Markram 1998, Neural Comput 10:821", "10.1162/089976698300017502"),
    Source(
        "vanrossum2000", "van Rossum, Bi & Turrigiano 2000, J Neurosci 20:8812", "10.1523/JNEUROSCI.20-23-08812.2000"
    ),
    Source(
        "vogels2011", "Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science 334:1569", "10.1126/science.1211095"
    ),
    Source("wang2005", "Wang, Gerkin, Nauen & Bi 2005, Nat Neurosci 8:187", "10.1038/nn1387"),
    Source("widrow1960", "Widrow & Hoff 1960, IRE WESCON Conv Rec 4:96"),
    Source("zenke2015", "Zenke, Agnes & Gerstner 2015, Nat Commun 6:6922", "10.1038/ncomms7922"),
)

SOURCES = Catalogue("source", {source.key: source for source in _ALL})


def check_source(source: object, what: str, error: type[PlasticityError]) -> None:
    """Raise `error` unless `source` says where a fact of `what` comes from.

    It is a key of SOURCES, also with the place behind it ('bipoo1998, Fig. 7'); or 'our choice'; or the reference
    itself with its DOI: 'Me & You 2026, J Neurosci 1:1, doi:10.1000/x'.
    """
    if source == OUR_CHOICE or (isinstance(source, str) and _key(source) in SOURCES):
        return
    if not check_text(source, what, error):
        near = nearest(_key(str(source)), SOURCES)
        meant = f" (did you mean {' or '.join(near)}?)" if near else ""
        raise error(f"the source of {what} is {said(source)}, no key of plasticity.sources{meant}; give one, {OTHERS}")


def check_text(source: object, what: str, error: type[PlasticityError]) -> bool:
    """Whether a text names a DOI. Raise `error` for one that looks like none, and for what is no line of text."""
    if not isinstance(source, str) or not source.isprintable() or len(source) > MOST_CHARACTERS:
        raise error(f"the source of {what} is {said(source)}; one line of text is needed: a key, {OTHERS}")
    claimed = re.findall(_SAID_TO_BE_A_DOI, source)
    for doi in claimed:
        if not re.match(_DOI, doi):
            raise error(f"the source of {what} is {said(source)}; {said(doi)} is no DOI, which looks like 10.1000/x")
    return bool(claimed)


def reference(source: str) -> str:
    """A source as it is shown: the publication behind a key, with the place in it; other text as it stands."""
    key = _key(text(source, "the source"))
    return f"{SOURCES[key]}{source[len(key) :]}" if key in SOURCES else source


def _key(source: str) -> str:
    return source.partition(",")[0]
