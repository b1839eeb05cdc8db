"""The pictures that notebooks store: decoded, made small, and compared as an author would.

Fonts may differ a little, curves not. Another matplotlib or FreeType draws every letter slightly
differently, so equality is too much to ask, and a mean over all pixels cannot tell that from a
slightly wrong curve. Blurred a little, hinting disappears and a moved line stays.
"""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image, ImageChops, ImageFilter, UnidentifiedImageError

BLUR_PIXELS = 2
SIZE_SLACK_PIXELS = 2
USUAL_WIDTH = 800  # pictures drawn larger, for sharp screens, are compared at about this width
LEVEL = 60  # of 255: how far a blurred pixel may be off in its worst colour channel
SHARE = 0.0003  # how much of the picture may be off by more than that
COLOURS = 256  # as many as a PNG can number


def pictures_differ(png_a: bytes, png_b: bytes) -> str | None:
    """Say in words how two PNG pictures differ, or None where they show the same."""
    if png_a == png_b:
        return None
    pictures = []
    for name, png in (("stored", png_a), ("new", png_b)):
        try:
            pictures.append(_on_white(png))
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
            return f"the {name} picture is not a readable PNG"
    (width_a, height_a), (width_b, height_b) = pictures[0].size, pictures[1].size
    if max(abs(width_a - width_b), abs(height_a - height_b)) > SIZE_SLACK_PIXELS:
        return f"the sizes differ: {width_a} × {height_a} stored, {width_b} × {height_b} new"
    common = (0, 0, min(width_a, width_b), min(height_a, height_b))
    a, b = (
        picture.crop(common).filter(ImageFilter.GaussianBlur(BLUR_PIXELS)) for picture in pictures
    )
    off = _pixels_off(a, b)
    share = off / (common[2] * common[3])
    if share > SHARE:
        return f"{off} pixels ({share:.2%}) differ visibly; {SHARE:.2%} may"
    return None


def with_few_colours(png: bytes) -> bytes:
    """The same picture as a PNG of at most 256 colours, a third of the size.

    A figure has a few colours and many blends of them along the edges of its letters and lines; a
    rare blend becomes the nearest frequent one. What has few colours already, or shines through, is
    returned as it is. Raises ValueError for what is no PNG.
    """
    try:
        picture = Image.open(io.BytesIO(png), formats=["PNG"])
        if picture.mode == "P" or _shines_through(picture):
            return png
        pixels = np.asarray(picture.convert("RGB"), dtype=np.int32)
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ValueError(f"not a readable PNG: {error}") from error
    codes, where, counts = np.unique(
        pixels @ np.array([1 << 16, 1 << 8, 1]), return_inverse=True, return_counts=True
    )
    colours = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1)
    kept = colours[np.argsort(-counts, kind="stable")[:COLOURS]]
    nearest = np.empty(len(colours), np.uint8)
    for i, colour in enumerate(colours):
        nearest[i] = ((kept - colour) ** 2).sum(axis=1).argmin()
    small = Image.fromarray(nearest[where].reshape(pixels.shape[:2]), mode="P")
    small.putpalette(kept.astype(np.uint8).tobytes())
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def decode_png(text: str | list[str]) -> bytes:
    """The bytes of a PNG stored as base64 in a notebook; raises ValueError for anything else."""
    return base64.b64decode("".join("".join(text).split()), validate=True)


def _shines_through(picture: Image.Image) -> bool:
    *less_than_opaque, _ = picture.convert("RGBA").getchannel("A").histogram()
    return any(less_than_opaque)


def _on_white(png: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(png), formats=["PNG"]).convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    picture = Image.alpha_composite(white, picture).convert("RGB")
    # On a picture of twice the size hinting moves edges by twice as many pixels.
    return picture.reduce(max(1, round(picture.width / USUAL_WIDTH)))


def _pixels_off(a: Image.Image, b: Image.Image) -> int:
    red, green, blue = ImageChops.difference(a, b).split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(worst.histogram()[LEVEL + 1 :])
