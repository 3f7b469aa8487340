"""`python -m plasticity.cli`: the command line without its script.

Python itself runs a `numpy.py` of the current folder then; `python -P -m plasticity.cli` does not.
"""

from plasticity.cli import main

main()
