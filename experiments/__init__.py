"""The experiments: a module each, which is also a script. Installed, this package is `plasticity.experiments`."""
