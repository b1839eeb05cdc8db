"""Tests of `course.py grade`, a file for each topic."""
