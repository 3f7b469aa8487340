"""The answers to the lecture's questions: what is measured, how it is confirmed, how the question can be read."""
