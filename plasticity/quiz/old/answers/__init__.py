"""How each question is answered: one module a family of questions, each with its SOLUTIONS."""
