"""Tests that use the course as a learner does: a real JupyterLab in a real browser."""
