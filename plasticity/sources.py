"""Where facts come from: one bibliography, cited by key everywhere (`song2000`, with equation or figure)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A publication: `text` as one would cite it, `doi` without the resolver (empty where none exists)."""

    key: str
    text: str
    doi: str = ""

    def __str__(self) -> str:
        return f"{self.text}, doi:{self.doi}" if self.doi else self.text


_ALL = (
    Source("alpaydin1998", "Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits, UCI", "10.24432/C50P49"),
    Source("bell1997", "Bell, Han, Sugawara & Grant 1997, Nature 387:278", "10.1038/387278a0"),
    Source("bipoo1998", "Bi & Poo 1998, J Neurosci 18:10464", "10.1523/JNEUROSCI.18-24-10464.1998"),
    Source("bipoo2001", "Bi & Poo 2001, Annu Rev Neurosci 24:139", "10.1146/annurev.neuro.24.1.139"),
    Source("broadie1997", "Broadie, Glasserman & Kou 1997, Math Finance 7:325", "10.1111/1467-9965.00035"),
    Source("dodson2015", "Dodson et al. 2015, Neuron 86:501", "10.1016/j.neuron.2015.03.007"),
    Source("gerstner2014", "Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, Cambridge UP"),
    Source("guetig2003", "Guetig et al. 2003, J Neurosci 23:3697", "10.1523/JNEUROSCI.23-09-03697.2003"),
    Source("hebb1949", "Hebb 1949, The Organization of Behavior, Wiley"),
    Source("kempter1999", "Kempter, Gerstner & van Hemmen 1999, Phys Rev E 59:4498", "10.1103/PhysRevE.59.4498"),
    Source("lecture", "The lecture of this project: slides of a neural-computation course"),
    Source("morrison2008", "Morrison, Diesmann & Gerstner 2008, Biol Cybern 98:459", "10.1007/s00422-008-0233-1"),
    Source("pfister2006", "Pfister & Gerstner 2006, J Neurosci 26:9673", "10.1523/JNEUROSCI.1425-06.2006"),
    Source("sejnowski1977", "Sejnowski 1977, J Math Biol 4:303", "10.1007/BF00275079"),
    Source("siegert1951", "Siegert 1951, Phys Rev 81:617", "10.1103/PhysRev.81.617"),
    Source("sjostrom2001", "Sjostrom, Turrigiano & Nelson 2001, Neuron 32:1149", "10.1016/S0896-6273(01)00542-6"),
    Source("song2000", "Song, Miller & Abbott 2000, Nat Neurosci 3:919", "10.1038/78829"),
    Source("wang2005", "Wang, Gerkin, Nauen & Bi 2005, Nat Neurosci 8:187", "10.1038/nn1387"),
)

SOURCES = {source.key: source for source in _ALL}
