"""The course's notebooks in a JupyterLite, a folder of the site: JupyterLab with no server.

JupyterLite's own builder would take along what else is installed, and write other bytes each time.
What it does is little: files of the pinned packages (`wheels`) are laid out, with the notebooks and
a description of both (`folder`). The kernel asks `start.js` for Pyodide, and gets one that knows
the course.
"""
