"""How a page in HTML begins, and whole pages for print, each in one file that asks nobody."""

from __future__ import annotations

from html import escape

_PRINTED = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 2em auto;
  padding: 0 1.2em; }
h1 { font-size: 1.5em; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } }
"""


def head(title: str, inside: str, attributes: str = "") -> str:
    """All that comes before a page's body.

    inside: what else stands in its head, as HTML. attributes: of the page as a whole.
    """
    return (
        f'<!doctype html>\n<html lang="en"{attributes}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{inside}</head>\n"
    )


def printed(title: str, body: str, style: str = "") -> str:
    """A whole page that prints well. body: HTML. style: more CSS."""
    looks = f"<style>{_PRINTED}{style}</style>\n"
    return f"{head(title, looks)}<body>\n{body}\n</body>\n</html>\n"
