"""Tests of the door: `course.py`, from an empty folder to an open JupyterLab."""
