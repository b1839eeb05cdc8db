"""Tests of `utils.checks`: what is said to every kind of answer, and that none can break them."""
