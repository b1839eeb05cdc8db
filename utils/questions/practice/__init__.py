"""Kinds of problems for practice, one module per chapter with a list `TEMPLATES`."""
