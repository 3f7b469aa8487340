"""How the site is built: `python -m sphinx -W --keep-going -b html docs build/site`. Nothing is fetched for it."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

import plasticity  # noqa: E402

project = "plasticity"
author = "the authors of plasticity"
release = version = plasticity.__version__

extensions = [
    "sphinx.ext.autodoc",
    "numpydoc",
    "myst_nb",
    "site_mathematics",
    "site_docstrings",
    "site_pages",
    "site_directives",
]
exclude_patterns = ["conf.py", "_ext/**", "_static/**", "tests/**"]
nb_custom_formats = {".py": ["jupytext.reads", {"fmt": "py:percent"}]}
smartquotes = False  # quotation marks stand in code as well

# Signatures name the arguments; what they may be, with shapes and units, is said beneath.
autodoc_typehints = "none"
autodoc_preserve_defaults = True
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

myst_enable_extensions = ["deflist", "dollarmath", "colon_fence", "fieldlist"]
myst_heading_anchors = 3
nb_execution_mode = "cache"
nb_execution_cache_path = str(HERE.parent / "build" / "site-cache" / "notebooks")
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True

html_theme = "pydata_sphinx_theme"
html_title = "plasticity"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_context = {"default_mode": "auto"}
html_show_sourcelink = False
html_copy_source = False
html_show_search_summary = False  # which a script would load, as no browser lets it from disk
html_sidebars = {page: [] for page in ("index", "gallery", "explorer")}  # which have no pages beneath
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "navbar_align": "left",
    "header_links_before_dropdown": 8,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "show_prev_next": True,
}
copyright = "the authors of plasticity, MIT licence"
