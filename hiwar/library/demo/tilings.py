"""Tilings that cover the page: hexagons, octagons with squares, pentagons, rhombs.

Each function yields the corners of a tile and its middle, in page coordinates;
tiles that lie wholly outside the page are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import ceil, cos, pi, sin, sqrt

from .strokes import HEIGHT, WIDTH, Point, polygon


def _on_page(corners: list[Point]) -> bool:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return max(xs) >= 0 and min(xs) <= WIDTH and max(ys) >= 0 and min(ys) <= HEIGHT


def hexagons(side: float) -> Iterator[tuple[list[Point], Point]]:
    """Regular hexagons standing on a corner."""
    across = side * sqrt(3)
    for row in range(-1, ceil(HEIGHT / (side * 1.5)) + 2):
        for column in range(-1, ceil(WIDTH / across) + 2):
            middle = (column * across + (across / 2 if row % 2 else 0), row * side * 1.5 + side * 0.4)
            corners = polygon(middle, side, 6, 30)
            if _on_page(corners):
                yield corners, middle


def octagons_and_squares(side: float, origin: Point = (0.0, 0.0)) -> Iterator[tuple[list[Point], Point]]:
    """The tiling 4.8.8: octagons in rows and columns, standing squares between them."""
    step = side * (1 + sqrt(2))
    for row, column in product(range(-4, ceil(HEIGHT / step) + 3), range(-4, ceil(WIDTH / step) + 3)):
        x, y = origin[0] + column * step, origin[1] + row * step
        octagon = polygon((x, y), side / (2 * sin(pi / 8)), 8, 22.5)
        square = polygon((x + step / 2, y + step / 2), side / sqrt(2), 4, 0)
        for corners, middle in ((octagon, (x, y)), (square, (x + step / 2, y + step / 2))):
            if _on_page(corners):
                yield corners, middle


def cairo(half: float) -> Iterator[tuple[list[Point], int, Point]]:
    """Equal-sided pentagons of the Cairo paving; the whole number (0–3) tells which way one points.

    Short bars, lying and standing in turn like a chessboard of step 2 × `half`;
    each bar is the base of a pentagon on either side of it.
    """
    bar = half * (sqrt(7) - 1) / 3  # half a side, so that all five are equal
    base = [(-bar, 0.0), (bar, 0.0), (half, half), (0.0, 2 * half - bar), (-half, half)]
    for row, column in product(range(-1, ceil(HEIGHT / half / 2) + 2), range(-1, ceil(WIDTH / half / 2) + 2)):
        x, y = column * 2 * half, row * 2 * half
        for side in (1, -1):
            if (row + column) % 2:
                corners, middle = [(x + side * q, y + p) for p, q in base], (x + side * half * 0.72, y)
            else:
                corners, middle = [(x + p, y + side * q) for p, q in base], (x, y + side * half * 0.72)
            if _on_page(corners):
                yield corners, (row + column) % 2 * 2 + (side > 0), middle


def rhombs(fold: int, edge: float, centre: Point) -> Iterator[tuple[list[Point], tuple[int, int], Point]]:
    """Rhombs without a repeat: eight-fold (`fold` 4) or Penrose's five-fold (`fold` 5).

    N. G. de Bruijn's method (1981): every crossing of two among `fold` families
    of parallel lines is one rhomb. The pair of families tells its shape and bearing.
    """
    spread = pi / fold if fold % 2 == 0 else 2 * pi / fold
    units = [(cos(spread * k), sin(spread * k)) for k in range(fold)]
    # Offsets without whole-number relations keep three lines from meeting; for five they must add up to 0 (Penrose).
    shifts = [0.2] * 5 if fold == 5 else [0.5] * fold
    shifts = [s + 1e-4 * (k * k - 3 * k + (2 if fold == 4 else 0)) for k, s in enumerate(shifts)]
    if fold == 5:
        surplus = sum(shifts) - 1
        shifts = [s - surplus / 5 for s in shifts]
    reach = ceil(max(WIDTH, HEIGHT) * 2.6 / edge / fold) + 2
    for j, k in combinations(range(fold), 2):
        (ax, ay), (bx, by) = units[j], units[k]
        cross = ax * by - ay * bx
        for m, n in product(range(-reach, reach + 1), repeat=2):
            u, v = m - shifts[j], n - shifts[k]
            px, py = (u * by - v * ay) / cross, (v * ax - u * bx) / cross
            index = [ceil(px * ux + py * uy + s) for (ux, uy), s in zip(units, shifts, strict=True)]
            corners = []
            for p, q in ((0, 0), (1, 0), (1, 1), (0, 1)):
                index[j], index[k] = m + p, n + q
                x = sum(i * ux for i, (ux, _uy) in zip(index, units, strict=True))
                y = sum(i * uy for i, (_ux, uy) in zip(index, units, strict=True))
                corners.append((centre[0] + (x - _mid(units, 0)) * edge, centre[1] + (y - _mid(units, 1)) * edge))
            if _on_page(corners):
                yield corners, (j, k), (sum(c[0] for c in corners) / 4, sum(c[1] for c in corners) / 4)


def _mid(units: list[Point], axis: int) -> float:
    """Half of the units' sum: the rhombs' centre of symmetry lies there."""
    return sum(unit[axis] for unit in units) / 2
