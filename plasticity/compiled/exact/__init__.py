"""Networks without a step: spikes at exact times, from event to event."""
