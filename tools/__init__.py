"""The authors' and the launcher's code: not installed, run from the course folder."""
