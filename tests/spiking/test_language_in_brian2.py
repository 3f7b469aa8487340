"""What the language writes out is read by Brian2, on every target, as the evaluator reads it."""

import ast

import numpy as np
import pytest

from plasticity.errors import ArgumentError
from plasticity.expressions import evaluator, parse, written

TEXT = "10*step(x - 1) + 3*step(x) + minimum(x, y)*maximum(x, -2) + rectify(x) + minimum(1, y)"
X, Y = [-3.0, 0.0, 1.0, 1.5, 3.0], [1.0, -1.0, 0.5, 2.0, 2.5]
CODE = """
import brian2
{target}
group = brian2.NeuronGroup(5, "x : 1\\ny : 1\\ndz/dt = ({text})/second : 1", method="euler", name="group")
group.x, group.y = {x}, {y}
brian2.defaultclock.dt = 1*brian2.second
brian2.run(1*brian2.second)
print(list(map(float, group.z[:])))
"""
TARGETS = {
    "numpy": "brian2.prefs.codegen.target = 'numpy'",
    "cython": "brian2.prefs.codegen.target = 'cython'; brian2.prefs.codegen.runtime.cython.cache_dir = 'cache'",
    "cpp_standalone": "brian2.set_device('cpp_standalone', directory='built')",
}


@pytest.mark.parametrize("target", ["numpy", *(pytest.param(t, marks=pytest.mark.cpp) for t in list(TARGETS)[1:])])
def test_brian2_reads_every_function_as_the_evaluator_does(target, processes):
    tree = parse(TEXT, known=["x", "y"], where="here", error=ArgumentError)
    code = CODE.format(target=TARGETS[target], text=written(tree), x=X, y=Y)

    came = ast.literal_eval(processes.output(code))

    assert came == evaluator(tree)({"x": np.array(X), "y": np.array(Y)}).tolist()
