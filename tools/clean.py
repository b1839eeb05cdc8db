"""Bring a notebook into its one stored form, so that a diff shows only what an author changed."""

from __future__ import annotations

import ast
import base64
import contextlib
import re
import unicodedata
from collections.abc import Collection

import nbformat
from nbformat import NotebookNode

from tools.executor import shown_outputs
from tools.stored_pictures import decode_png, pictures_differ, with_few_colours

NOTEBOOK_METADATA = {"title", "authors", "license"}
CELL_METADATA = {"tags", "slideshow", "nbgrader", "jupyter", "deletable", "editable"}
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
SLUG_LENGTH = 40

_RANDOM_ID = re.compile(r"[0-9a-f]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SOLUTION = re.compile(r"### BEGIN SOLUTION.*?### END SOLUTION", re.DOTALL)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def read(text: str) -> NotebookNode:
    """A notebook from its JSON text, as it stands: nothing validated, nothing repaired."""
    return nbformat.v4.reads(text)


def write(nb: NotebookNode) -> str:
    """The JSON text that is stored, after a check that the notebook is valid."""
    nbformat.validate(nb)
    return nbformat.v4.writes(nb).rstrip("\n") + "\n"


def clean_notebook(nb: NotebookNode) -> None:
    """Metadata, cell ids and slide types, in place. Outputs are those of `clean_outputs`."""
    nb.nbformat, nb.nbformat_minor = 4, 5
    nb.metadata = NotebookNode(
        {key: value for key, value in nb.metadata.items() if key in NOTEBOOK_METADATA}
    )
    nb.metadata.kernelspec = NotebookNode(KERNELSPEC)
    nb.metadata.language_info = NotebookNode(name="python")
    name_cells(nb)
    for cell in nb.cells:
        _clean_cell(cell)


def _clean_cell(cell: NotebookNode) -> None:
    metadata = NotebookNode(
        {key: value for key, value in cell.metadata.items() if key in CELL_METADATA}
    )
    tags = metadata.get("tags", [])
    if not tags:
        metadata.pop("tags", None)
    for permission in ("deletable", "editable"):
        if metadata.get(permission, True):
            metadata.pop(permission, None)
    chosen = metadata.get("jupyter", {}).get("source_hidden")
    hidden = "guard" in tags or _holds_tools(cell) or chosen
    metadata.pop("jupyter", None)
    if hidden:
        metadata.jupyter = NotebookNode(source_hidden=True)
    slide_type = metadata.get("slideshow", {}).get("slide_type")
    metadata.slideshow = NotebookNode(slide_type=slide_type or _slide_type(cell, tags))
    cell.metadata = metadata


def _holds_tools(cell: NotebookNode) -> bool:
    """Whether a cell fetches the tools of its page and does nothing else: it is stored folded."""
    if cell.cell_type != "code":
        return False
    try:
        lines = ast.parse(cell.source).body
    except SyntaxError:  # a magic, or a learner's stub
        return False
    fetched = [isinstance(line, ast.Import | ast.ImportFrom) for line in lines]
    looks = [ast.unparse(line) == "style.use()" for line in lines]
    return any(fetched) and all(map(max, fetched, looks))


def _slide_type(cell: NotebookNode, tags: Collection[str]) -> str:
    if "notes" in tags:
        return "notes"
    if "guard" in tags:
        return "skip"
    if cell.cell_type == "markdown" and cell.source.startswith("#"):
        return "slide"
    return "-"


def name_cells(nb: NotebookNode) -> None:
    """Give cells readable ids, in place: ids that an author chose stay as they are.

    Replaced are missing ids, the random ones that editors make, and repetitions.
    """
    kept: set[str] = set()
    nameless = []
    for cell in nb.cells:
        name = cell.get("id", "")
        if name and name not in kept and not _RANDOM_ID.fullmatch(name):
            kept.add(name)
        else:
            nameless.append(cell)
    for cell in nameless:
        cell.id = _free_name(_slug(cell), kept)
        kept.add(cell.id)


def _slug(cell: NotebookNode) -> str:
    text = _SOLUTION.sub(" ", cell.source)  # ids of exercises must not tell the answers
    text = re.sub(r"<[^>]*>|\]\([^)]*\)", " ", text) if cell.cell_type == "markdown" else text
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", text.lower())
    slug = words[0][:SLUG_LENGTH] if words else cell.cell_type
    for word in words[1:6]:
        if len(slug) + 1 + len(word) > SLUG_LENGTH:
            break
        slug += f"-{word}"
    return f"cell-{slug}" if _RANDOM_ID.fullmatch(slug) else slug


def _free_name(name: str, taken: Collection[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def clean_outputs(new: list[NotebookNode], stored: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs to store after a run: no live widgets, no machine's paths.

    A picture that shows the same as the stored one (another matplotlib draws letters a little
    differently) keeps the stored bytes.
    """
    outputs = [NotebookNode(output) for output in shown_outputs(new)]
    for output in outputs:
        if output.output_type == "error":
            output.traceback = [part for part in output.traceback if not _of_library(part)]
    if len(outputs) == len(stored):
        for output, old in zip(outputs, stored, strict=True):
            _keep_picture(output, old)
    for output in outputs:
        _shrink_picture(output)
    return outputs


def _of_library(frame: str) -> bool:
    return _ANSI.sub("", frame).startswith("File ")


def _shrink_picture(output: NotebookNode) -> None:
    png = output.get("data", {}).get("image/png")
    if png is not None:
        with contextlib.suppress(ValueError):  # the strict check says what is wrong with it
            small = base64.b64encode(with_few_colours(decode_png(png))).decode()
            output.data = NotebookNode(output.data | {"image/png": small})


def _keep_picture(new: NotebookNode, stored: NotebookNode) -> None:
    data, old = new.get("data", {}), stored.get("data", {})
    if "image/png" not in data or "image/png" not in old:
        return
    if data.get("text/plain") != old.get("text/plain"):
        return
    try:
        same = pictures_differ(decode_png(old["image/png"]), decode_png(data["image/png"])) is None
    except ValueError:
        same = False
    if same:
        new.data = NotebookNode(data | {"image/png": old["image/png"]})
        sizes = {
            key: value
            for key, value in stored.metadata.get("image/png", {}).items()
            if key in {"width", "height"}
        }
        if sizes and "image/png" in new.metadata:
            new.metadata = NotebookNode(
                new.metadata | {"image/png": new.metadata["image/png"] | sizes}
            )
