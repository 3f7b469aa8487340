"""The computation of a subject, once: parameters in, numbers out, no pictures and no prose."""
