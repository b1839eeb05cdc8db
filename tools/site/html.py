"""The pieces of a lesson as the HTML of a page. Whoever makes a page puts them in order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from tools.site.figures import LiveFigure, data_of
from tools.site.lesson import Cell, Output
from tools.site.pictures import Picture

ICON = '<link rel="icon" href="data:,">\n'  # in a page's head, or browsers ask the server for one


def cell_html(cell: Cell) -> str:
    """A cell as it stands in its notebook: text, or code and below it what it gives."""
    if cell.kind == "text":
        return cell.html
    return code_html(cell.code) + "".join(map(output_html, cell.outputs))


def code_html(code: str) -> str:
    """Code, given in colour."""
    return f'<pre class="code" tabindex="0"><code>{code}</code></pre>\n'


def output_html(output: Output) -> str:
    """What a cell gave, all that is needed written into it."""
    if output.figure is not None:
        return figure_html(output.figure)
    if output.picture is not None:
        return f'<p class="picture">{picture_html(output.picture, output.text)}</p>\n'
    if output.kind == "html":
        return f'<div class="shown">{output.text}</div>\n'
    return f'<pre class="printed" tabindex="0">{escape(output.text)}</pre>\n'


def picture_html(picture: Picture, alt: str, address: str = "", more: str = "") -> str:
    """A picture. address: where it is; in the page itself where empty. more: attributes."""
    size = f'width="{picture.width}" height="{picture.height}"' if picture.width else ""
    source = address or picture.address
    return f'<img src="{source}" alt="{escape(alt)}" {size} {more}>'


def figure_html(
    figure: LiveFigure, data: Mapping[str, Any] | str | None = None, still: str = ""
) -> str:
    """A live figure: the still picture, which live.js replaces by the figure when it comes near.

    data: what `data_of` gave, which is then written into the page, or the address of a file with
    it; left out, it is made here. still: the address of the still picture, where that is a file
    of its own. `data-frames` says "here" where it moves, "some" where it does so in coarser steps,
    and "python" where it stands still without Python.
    """
    inside, source = "", ""
    if isinstance(data, str):
        source = f' data-source="{escape(data)}"'
    else:
        inside = f'<script type="application/json">{json_inside(data or data_of(figure))}</script>'
    frames = "here" if figure.frames else "some" if figure.coarse else "python"
    later = ' loading="lazy"' if still else ""  # most are never seen where scripts run
    picture = picture_html(figure.still, figure.words, still, f'class="live-still"{later}')
    return (
        f'<figure class="live" id="figure-{escape(figure.name)}" data-name="{escape(figure.name)}"'
        f' data-frames="{frames}"{source}>{picture}{inside}</figure>\n'
    )


def json_inside(data: Mapping[str, Any]) -> str:
    """As JSON that can stand in a page: nothing in it ends the script that holds it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
