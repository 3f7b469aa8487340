"""Artificial neurons: rates instead of spikes, signed weights instead of strengths. NumPy only.

Each module is one short story; read them in this order.

What a unit is
    activations        what a unit does with its summed input: step, sigmoid, ReLU, ..., softmax
    fits               which activation a measured curve is
    units              threshold units and graphs of units: feed-forward or recurrent
    truth_tables       what a network answers to every input of zeros and ones
    gates              logic from units: AND, OR, NOT, XOR, any truth table

What one unit can do
    separability       can a unit tell two classes apart? and the smallest set where none can
    certificates       the answer as a record: a separating unit, or a contradiction with its proof
    boolean_functions  how many Boolean functions are separable

Two neurons that drive each other
    loops              in continuous and in discrete time
    regimes            fixed points, stability, cycles, and what becomes of the loop

Learning
    examples           training sets
    losses             what a wrong output costs
    learning           Hebb, anti-Hebb, LMS and gradient descent in one layer
    perceptron         the perceptron rule and its bound
    graph              a computation graph: values forwards, gradients backwards
    layers             networks of layers and backpropagation
    burdens            prices on hidden activity, dropout
    autoencoders       plain, burdened, tied
    stacked            a deep classifier, initialised layer by layer
    side_by_side       many networks of one shape trained at once
    history            what learning did, step by step, as a table

Tools of the above
    checks, exact      what is asked of numbers; numbers that do not round
    linear_systems     nonnegative solutions, or the reason why there is none
    stacks             networks of one shape as arrays
    roots              all roots of a function on an interval
    loss_terms         what one output costs, and the slope of that
    descent            batches, steps, momentum, and the check for divergence

Nothing is imported here: `from plasticity.artificial import gates` loads what gates needs.
"""
