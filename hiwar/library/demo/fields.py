"""Demo plates that cover the page, or most of it, with one pattern."""

from __future__ import annotations

from collections import Counter
from math import cos, hypot, radians, sin, sqrt

from .strokes import (
    G200,
    G300,
    G400,
    G500,
    G600,
    G700,
    G800,
    G900,
    G950,
    S50,
    S100,
    S200,
    S300,
    S400,
    S500,
    S600,
    S700,
    WIDTH,
    Canvas,
    Point,
    hankin,
    mix,
    octagram,
    polar,
    polygon,
)
from .tilings import cairo, hexagons, octagons_and_squares, rhombs


def stars_and_crosses() -> Canvas:
    canvas = Canvas(S100)
    for row in range(5):
        for column in range(9):
            centre = (column * 200.0, row * 200.0)
            nearness = (centre[0] - 180 + 40 * ((row * 2 + column) % 3)) / 1100
            if nearness < 0.12:
                continue
            outline = octagram(centre, 94)
            if nearness < 0.42:
                canvas.stroke(octagram(centre, 92), mix(S200, S500, nearness * 2), 3, closed=True)
                continue
            tone = (G800, G700, S400, G800, G600, G700, G800)[(row * 3 + column * 5 + row * column) % 7]
            canvas.fill(outline, tone)
    return canvas


def six_fold_lace() -> Canvas:
    canvas = Canvas(S50)
    for corners, (x, _y) in hexagons(side=128):
        share = min(1.0, max(0.0, (x - 360) / 760))
        if share <= 0.02:
            continue
        colour = mix(S50, S600, share)
        for turn in (60, 42):
            for triple in hankin(corners, turn):
                canvas.stroke(triple, colour if turn == 60 else mix(S50, G600, share), 6 if turn == 60 else 3)
        if share > 0.75:
            canvas.fill(_small_star(corners), mix(S50, G700, share))
    return canvas


def _small_star(corners: list[Point]) -> list[Point]:
    """A small six-pointed star in the middle of a hexagon."""
    centre = (sum(x for x, _ in corners) / 6, sum(y for _, y in corners) / 6)
    return [polar(centre, 30 if i % 2 else 17.3, 30 * i) for i in range(12)]


def eight_fold_field() -> Canvas:
    canvas = Canvas(G950)
    tiles = list(rhombs(4, edge=76, centre=(1100, 380)))
    slender = [(corners, middle) for corners, kind, middle in tiles if kind not in ((0, 2), (1, 3))]
    meeting = Counter((round(x), round(y)) for corners, _middle in slender for x, y in corners)
    hearts = [place for place, count in meeting.items() if count == 8]
    for corners, kind, (x, y) in tiles:
        distance = hypot(x - 1100, y - 380)
        fade = min(1.0, max(0.0, (distance - 260) / 700))
        if kind in ((0, 2), (1, 3)):
            tone = G800
        elif any((round(cx), round(cy)) in hearts for cx, cy in corners):
            tone = S400 if kind[0] % 2 else S500
        else:
            tone = G600 if kind[0] % 2 else G700
        canvas.fill(corners, mix(tone, G950, fade))
        canvas.stroke(corners, G950, 5, closed=True)
    return canvas


def five_fold_field() -> Canvas:
    canvas = Canvas(S50)
    middle = (520, 400)
    for corners, kind, (x, y) in rhombs(5, edge=84, centre=middle):
        distance = hypot(x - middle[0], y - middle[1])
        thin = (kind[1] - kind[0]) % 5 in (2, 3)
        near = min(1.0, max(0.0, 1 - (distance - 150) / 780))
        tone = mix(S50, G600 if thin else S300, near if thin else near * 0.95)
        canvas.fill(corners, tone)
        canvas.stroke(corners, S50, 4, closed=True)
        if not thin and near > 0.3:
            canvas.disc((x, y), 6, mix(S50, S600, near))
    return canvas


def stars_growing() -> Canvas:
    canvas = Canvas(S100)
    step = 64.0
    for row in range(-1, 15):
        for column in range(-1, 27):
            x, y = column * step + (step / 2 if row % 2 else 0), row * step + 16
            distance = hypot((x - 1330) / 1.25, y - 470) / 800
            size = 40 * (1 - distance) ** 1.35 if distance < 1 else 0
            if size < 2.5:
                continue
            canvas.fill(octagram((x, y), size), mix(G700, S500, distance * 1.35))
            if size > 20:
                canvas.fill(octagram((x, y), size * 0.36), S100)
    return canvas


def four_petals() -> Canvas:
    canvas = Canvas(G700)
    step = 200.0
    radius = step / sqrt(2)
    for row in range(-1, 6):
        for column in range(-1, 10):
            for across in (True, False):
                start = (column * step, row * step)
                end = (start[0] + step, start[1]) if across else (start[0], start[1] + step)
                warm = (column + 2 * row + across) % 5 == 0
                canvas.fill(_lens(start, end, radius - 6), S300 if warm else mix(G800, G600, 0.15 if across else 0.75))
            canvas.disc((column * step + step / 2, row * step + step / 2), 9, mix(G700, S400, 0.75))
    return canvas


def _lens(start: Point, end: Point, radius: float) -> list[Point]:
    """A petal from one lattice point to the next: the overlap of two circles centred on either side."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    dx, dy = end[0] - start[0], end[1] - start[1]
    across = 90 if dx else 0
    half = hypot(dx, dy) / 2
    outline = []
    for side in (0, 180):
        centre = polar(middle, half, across + side)
        outline += [polar(centre, radius, across + side + 180 + 45 * t / 12) for t in range(-12, 13)]
    return [p for p in outline if hypot(p[0] - middle[0], p[1] - middle[1]) < half - 3]


def three_directions() -> Canvas:
    canvas = Canvas(G900)
    bands = []
    spacing = 168.0
    for turn, colour in ((0, G600), (60, G700), (120, S400)):
        direction, normal = (cos(radians(turn)), sin(radians(turn))), (-sin(radians(turn)), cos(radians(turn)))
        for step in range(-7, 8):
            shift = (step + 0.5) * spacing
            base = (800 + normal[0] * shift, 400 + normal[1] * shift)
            path = [
                (base[0] - direction[0] * 1400, base[1] - direction[1] * 1400),
                (base[0] + direction[0] * 1400, base[1] + direction[1] * 1400),
            ]
            bands.append((path, colour, 40, False))
    canvas.weave(bands, gap=7)
    return canvas


def octagon_paving() -> Canvas:
    canvas = Canvas(S200)
    for corners, (x, y) in octagons_and_squares(side=132):
        chosen = len(corners) == 8 and abs(x - 1120) < 160 and abs(y - 400) < 160
        if chosen:
            canvas.fill(corners, G700)
            _inlay(canvas, (x, y))
        elif len(corners) == 4:
            canvas.fill(polygon((x, y), 60, 4, 0), mix(S200, S400, 0.55))
        else:
            canvas.stroke(octagram((x, y), 112), mix(S200, S600, 0.55), 3, closed=True)
        canvas.stroke(corners, mix(S200, S700, 0.8), 4, closed=True)
    return canvas


def _inlay(canvas: Canvas, centre: Point) -> None:
    canvas.fill(octagram(centre, 138), S300)
    canvas.fill(octagram(centre, 112), G700)
    canvas.fill(octagram(centre, 62), S300)


def pentagons() -> Canvas:
    canvas = Canvas(S100)
    for corners, kind, (x, y) in cairo(half=92):
        tone = (S200, mix(S100, S300, 0.85), mix(S100, G200, 0.8), S100)[kind]
        if hypot(x - 330, y - 330) < 118 or hypot(x - 1270, y - 560) < 60:
            tone = (G700, G600, G800, G500)[kind]
        canvas.fill(corners, tone)
        canvas.stroke(corners, S50, 7, closed=True)
    return canvas


def great_strapwork() -> Canvas:
    canvas = Canvas(G700)
    tiles = [corners for corners, _middle in octagons_and_squares(side=330, origin=(560, 330))]
    canvas.strapwork(tiles, 67.5, S300, 46, 9)
    return canvas


def tiers_from_above() -> Canvas:
    canvas = Canvas(S50)
    centre = (WIDTH / 2, -40.0)
    count, tones = 20, (S100, S200, S300, mix(S300, G300, 0.5), G300, G400, G500, G600, G700, G800)
    radii = [790 * 0.83**i for i in range(11)]
    for tier, tone in enumerate(tones):
        outer, inner, low = radii[tier], radii[tier + 1], radii[tier + 1] * 0.83
        for i in range(count):
            axis = 360 / count * (i + 0.5 * (tier % 2))
            half = 180 / count
            kite = [
                polar(centre, outer, axis),
                polar(centre, inner, axis + half),
                polar(centre, low, axis),
                polar(centre, inner, axis - half),
            ]
            canvas.fill(kite, tone if i % 2 else mix(tone, S50, 0.22))
            canvas.stroke(kite, S50, 3.4 - tier * 0.2, closed=True)
    return canvas
