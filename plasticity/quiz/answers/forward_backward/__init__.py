"""The answers to the questions of the section 'forward-backward'."""
