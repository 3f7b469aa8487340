"""An experiment: `my_experiment.experiment`."""
