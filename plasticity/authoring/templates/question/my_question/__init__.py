"""A question: `my_question.question`; its words stand beside it, a file for each language."""
