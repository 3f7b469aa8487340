"""Count the Boolean functions that one threshold unit computes; print counts and seconds.

usage: python benchmarks/separable_functions.py
"""

import time

from plasticity.artificial.boolean_functions import count_separable, symmetry_classes


def main():
    """Print one line for each number of inputs."""
    print("inputs  functions  classes  separable  seconds")
    for n_inputs in range(1, 5):
        start = time.perf_counter()
        separable = count_separable(n_inputs)
        seconds = time.perf_counter() - start
        classes = len(symmetry_classes(n_inputs)[1])
        print(f"{n_inputs:6} {2**2**n_inputs:10} {classes:8} {separable:10} {seconds:8.2f}")


if __name__ == "__main__":
    main()
