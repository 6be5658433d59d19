"""The lines of tables in a picture of a page, and how far the page is askew."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from reportlint.readers.ruled import Rule
from reportlint.readers.scans.pictures import Picture

_SMALL = 600
_COARSE = [step / 2 for step in range(-10, 11)]
_FINE = [step / 10 for step in range(-5, 6)]
_ASKEW = 0.08
"""Degrees; less than this moves no character out of its cell."""
_ACROSS, _DOWN = 24.0, 12.5
"""A line is longer than this, in points, and no stroke of a character of a table is."""
_THICK = 4.0
_GAP = 1.0
_WHITE = 255
_AROUND, _DARKER = 35, 15
"""Ink is so much darker than the mean of so many pixels around it."""


def upright(picture: Picture) -> Picture:
    """The picture turned so that its lines run straight."""
    share = _SMALL / max(picture.shape)
    small = np.asarray(_WHITE - cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)
    angle = max(_COARSE, key=lambda a: _sharpness(small, a))
    angle += max(_FINE, key=lambda a: _sharpness(small, angle + a))
    return picture if abs(angle) < _ASKEW else _turned(picture, angle, cv2.INTER_CUBIC, _WHITE)


def _turned(picture: Picture, angle: float, how: int, paper: int) -> Picture:
    high, wide = picture.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(picture, turn, (wide, high), flags=how, borderValue=paper), np.uint8)


def _sharpness(small: Picture, angle: float) -> float:
    """How much the rows of a picture differ from the next ones once it is turned: most where its lines run straight."""
    rows = _turned(small, angle, cv2.INTER_LINEAR, 0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def ink(picture: Picture) -> Picture:
    """Where something is written or drawn: 255 there, 0 on paper, whatever the light on the page."""
    how = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return np.asarray(cv2.adaptiveThreshold(picture, _WHITE, *how, blockSize=_AROUND, C=_DARKER), np.uint8)


def rules(inked: Picture, scale: float) -> list[Rule]:
    """The lines that run across and down, in points; `scale` is pixels a point."""
    return [*_along(inked, scale, across=True), *_along(inked, scale, across=False)]


def _along(inked: Picture, scale: float, across: bool) -> list[Rule]:
    least = round((_ACROSS if across else _DOWN) * scale)
    gap = max(2, round(_GAP * scale))

    def kernel(length: int, thick: int = 1) -> Any:
        return np.ones((thick, length) if across else (length, thick), np.uint8)

    # A line that a scanner broke, or that is a pixel lower at its other end, is one.
    joined = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, kernel(gap, 3))
    long = cv2.dilate(cv2.morphologyEx(joined, cv2.MORPH_OPEN, kernel(least)), kernel(gap, 3))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    found: list[Rule] = []
    for left, top, wide, high, _ in boxes[1:count].tolist():
        thick, start, length, at = (high, left, wide, top + high / 2) if across else (wide, top, high, left + wide / 2)
        if thick <= _THICK * scale + 2:
            found.append(Rule(across, at / scale, start / scale, (start + length) / scale))
    return found
