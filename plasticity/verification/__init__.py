"""One engine against another on random trains: the exact one against its definition, Brian2, and NEST."""
