"""The lecture's questions that were there at the commit that gains are counted from.

usage: python benchmarks/ours/quiz.py
"""

import sys

from plasticity.cli import main
from plasticity.quiz import chosen

LATER = {
    "autoencoder-goals",
    "batch-and-online",
    "construction-theorem",
    "gd-algorithm",
    "good-features",
    "mse-justification",
    "one-hot-no-likeness",
    "one-layer-stuck-less",
    "softmax-as-probabilities",
    "xor-geometric",
}


if __name__ == "__main__":
    sys.argv[1:] = ["quiz", *(asked.name for asked in chosen((), None) if asked.name not in LATER), "--json"]
    main()
