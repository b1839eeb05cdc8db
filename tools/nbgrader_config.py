"""For teachers: settings with which nbgrader makes assignments from the notebooks in `solutions/`.

Copy this file into the folder of your nbgrader course, and `solutions/01_slope.ipynb` to
`source/slope/01_slope.ipynb` in it; then run `nbgrader generate_assignment slope` there.
"""

# nbgrader runs this file with `get_config` at hand.
c = get_config()  # noqa: F821 # pyright: ignore[reportUndefinedVariable]

# Cells with the reason behind a solution stay with you.
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"solution-only"}
c.GenerateAssignment.preprocessors = [
    "nbconvert.preprocessors.TagRemovePreprocessor",
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
]
# The gap as the course writes it: the check meets it with a sentence, not with an error.
c.ClearSolutions.code_stub = {"python": "...  # your answer here"}
