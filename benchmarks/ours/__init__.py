"""The work as users of the package ask for it."""
