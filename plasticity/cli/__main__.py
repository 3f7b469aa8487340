"""`python -m plasticity.cli`: the command line without its script."""

from plasticity.cli import main

main()
