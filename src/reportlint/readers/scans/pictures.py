"""Pictures of pages as arrays: bounded, upright, in shades of grey."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from reportlint.characters import visible
from reportlint.diagnostics import Words
from reportlint.source import UnreadableFile

MOST_PAGES = 40
_MOST_PIXELS = 60_000_000
_LONGEST = 8
"""A page is no more than so many times as long as it is wide."""
WIDE = 1700
"""Pixels across a page, as of A4 at 200 dots per inch; more adds time and no figure."""
_NARROW = 1240
"""Of narrower ones thin lines vanish."""
_LEAST = 300

Made = TypeVar("Made")
Picture = np.ndarray[Any, np.dtype[np.uint8]]


def pictures(data: bytes, path: str) -> Iterator[Picture]:
    """The pages in a picture file (PNG, JPEG, TIFF). Raises UnreadableFile for a damaged, huge or tiny one."""
    image = _opened(data, path)
    for number in range(frames(data, path)):

        def frame(number: int = number) -> Picture:
            image.seek(number)
            return _sized(image, path)

        yield _careful(path, frame)


def frames(data: bytes, path: str) -> int:
    """How many pages are in a picture file. Raises UnreadableFile for a damaged one."""
    image = _opened(data, path)

    def count() -> int:
        # Asked for all, a file of very many would be gone through again and again.
        for number in range(1, MOST_PAGES + 2):
            try:
                image.seek(number)
            except EOFError:
                return number
        raise too_many(path, MOST_PAGES + 1)

    return _careful(path, count)


def _opened(data: bytes, path: str) -> Image.Image:
    return _careful(path, lambda: Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")))


def _careful(path: str, work: Callable[[], Made]) -> Made:
    """What `work` on a picture gives. Raises UnreadableFile where the picture is damaged or a bomb."""
    shown = visible(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are checked, and of odd metadata
            return work()
    except Image.DecompressionBombError:
        raise _too_large(path, "") from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # Pillow names an object of Python's there.
        why = Words("", "") if isinstance(error, UnidentifiedImageError) else Words(f"（{error}）", f" ({error})")
        raise UnreadableFile(
            f"{shown} 已损坏或不是图片{why.zh}；请重新扫描，或检查 Word 原稿、网页",
            f"{shown} is damaged or no picture{why.en}; scan it anew, or check the Word file or the page",
        ) from None


def _too_large(path: str, size: str) -> UnreadableFile:
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 的像素太多{size}；请以 150–300 dpi 重新扫描",
        f"{shown} has too many pixels{size}; scan it anew at 150 to 300 dpi",
    )


def _sized(image: Image.Image, path: str) -> Picture:
    wide, high = image.size
    shown = visible(path)
    if wide * high > _MOST_PIXELS or max(wide, high) > _LONGEST * min(wide, high):
        raise _too_large(path, f" ({wide} × {high})")
    if min(wide, high) < _LEAST:
        raise UnreadableFile(
            f"{shown} 只有 {wide}×{high} 个像素，读不出一页文字；请以 150–300 dpi 重新扫描",
            f"{shown} has {wide} by {high} pixels, too few for a page of text; scan it anew at 150 to 300 dpi",
        )
    image.draft("L", (WIDE, WIDE))
    flat = ImageOps.exif_transpose(image)
    if min(flat.size) > 2 * WIDE:
        # Colours and transparency of a large picture take many times its memory.
        flat = (
            flat.reduce(min(flat.size) // WIDE)
            if flat.mode != "P"
            else flat.convert("RGBA").reduce(min(flat.size) // WIDE)
        )
    if flat.mode.startswith(("I", "F")):
        deep = np.asarray(flat, np.float32)
        flat = Image.fromarray((deep / max(float(deep.max()), 1.0) * 255).astype(np.uint8))
    if flat.mode in ("RGBA", "LA", "PA", "P"):
        flat = Image.alpha_composite(Image.new("RGBA", flat.size, "white"), flat.convert("RGBA"))
    grey = flat.convert("L")
    share = min(max(1.0, _NARROW / min(grey.size)), WIDE / min(grey.size))
    if share != 1:
        grey = grey.resize((round(grey.width * share), round(grey.height * share)), Image.Resampling.LANCZOS)
    return np.asarray(grey)


def too_many(path: str, count: int) -> UnreadableFile:
    """The sentence on a scan of so many pages."""
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 是扫描件，有 {count} 页，文字识别最多 {MOST_PAGES} 页；请拆出报告再检查",
        f"{shown} is a scan of {count} pages, of which at most {MOST_PAGES} are read; take the report out of it",
    )
