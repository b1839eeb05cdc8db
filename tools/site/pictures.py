"""Pictures on their way to a page: few colours, few bytes."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

from PIL import Image

from tools.stored_pictures import with_few_colours


@dataclass(frozen=True)
class Picture:
    """A picture as a page gets it.

    data: its bytes. kind: their MIME type. width, height: on the page, in CSS pixels.
    """

    data: bytes
    kind: str
    width: int
    height: int

    @property
    def address(self) -> str:
        """The picture itself as an address, for pages in one file."""
        return f"data:{self.kind};base64,{base64.b64encode(self.data).decode()}"

    @property
    def ending(self) -> str:
        """How the name of its file ends."""
        return self.kind.partition("/")[2]


def small(png: bytes, width: int, height: int) -> Picture:
    """A PNG as a picture of at most 256 colours, without loss beyond that.

    WebP, which every browser has known since 2020, takes half the bytes of a PNG.
    """
    few = Image.open(io.BytesIO(with_few_colours(png))).convert("RGB")
    buffer = io.BytesIO()
    few.save(buffer, "WEBP", lossless=True, quality=60, method=4)
    return Picture(buffer.getvalue(), "image/webp", width, height)
