"""Networks in steps: what Brian2 does in a step, at the cost of the spikes."""
