"""The twenty-four demo plates, in order: those that leave the page open stand here, the others in `fields`.

No words, figures or buildings: only the house's motif (two interlaced
squares) and its relatives, in the colours of the design, with room to rest.
Each function draws on a canvas of 1600 × 800.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, radians, sin, sqrt

from .fields import (
    eight_fold_field,
    five_fold_field,
    four_petals,
    great_strapwork,
    octagon_paving,
    pentagons,
    six_fold_lace,
    stars_and_crosses,
    stars_growing,
    three_directions,
    tiers_from_above,
)
from .strokes import (
    G300,
    G400,
    G500,
    G600,
    G700,
    G800,
    G900,
    G950,
    HEIGHT,
    S50,
    S100,
    S200,
    S300,
    S400,
    S500,
    WIDTH,
    Canvas,
    Point,
    circle,
    mix,
    octagram,
    polar,
    polygon,
    star,
)

CENTRE_LINE = HEIGHT / 2


def _two_squares(canvas: Canvas, centre: Point, radius: float, width: float, first: str, second: str) -> None:
    """The house's motif: an upright and a standing square, woven."""
    canvas.weave(
        [(polygon(centre, radius, 4, 45), first, width, True), (polygon(centre, radius, 4), second, width, True)],
        gap=width * 0.28,
    )


def _tile(canvas: Canvas, colour: str, step: float = 240) -> None:
    """A quiet ground of eight-pointed stars, line only."""
    for row in range(-1, int(HEIGHT / step) + 2):
        for column in range(-1, int(WIDTH / step) + 2):
            centre = (column * step + 40, row * step + 40)
            for radius in (step / 2, step * 0.38):
                canvas.stroke(octagram(centre, radius), colour, 2, closed=True)


def squares_on_a_quiet_ground() -> Canvas:
    canvas = Canvas(G800)
    _tile(canvas, mix(G800, G600, 0.55))
    _two_squares(canvas, (1060, CENTRE_LINE), 520, 62, S400, G500)
    return canvas


def widening_stars() -> Canvas:
    canvas = Canvas(S100)
    centre = (430, CENTRE_LINE)
    for step in range(26, 0, -1):
        colour = mix(S500, S100, (step - 1) / 26)
        canvas.stroke(octagram(centre, 92 + step * 48), colour, 3.4 - step * 0.07, closed=True)
    _two_squares(canvas, centre, 92, 17, G700, S500)
    return canvas


def ten_fold_star() -> Canvas:
    canvas = Canvas(G900)
    centre = (1130, CENTRE_LINE)
    for radius in (640, 780, 920, 1060, 1200):
        canvas.stroke(polygon(centre, radius, 10, 18), mix(G700, G900, (radius - 600) / 640), 3, closed=True)
    bands = [(path, S400, 13, True) for path in star(centre, 520, 10, 3)]
    bands += [(path, G500, 13, True) for path in star(centre, 520, 10, 4, 18)]
    canvas.weave(bands, gap=5)
    canvas.fill(polygon(centre, 58, 10, 18), S300)
    return canvas


def two_voices() -> Canvas:
    canvas = Canvas(G950)
    bands = []
    for step in range(1, 8):
        bands.append((circle((600, CENTRE_LINE), step * 54), S400, 11, True))
        bands.append((circle((1000, CENTRE_LINE), step * 54), G500, 11, True))
    canvas.weave(bands, gap=5)
    return canvas


def two_strands() -> Canvas:
    canvas = Canvas(S100)
    for offset, width in ((-190, 2), (-176, 5), (176, 5), (190, 2)):
        canvas.stroke([(-10, CENTRE_LINE + offset), (1610, CENTRE_LINE + offset)], S500, width)
    strands = []
    for phase, colour in ((0, G700), (pi, S500)):
        path = [(x, CENTRE_LINE + 104 * sin(2 * pi * x / 640 + phase + 0.7)) for x in range(-20, 1632, 10)]
        strands.append((path, colour, 46, False))
    canvas.weave(strands, gap=10)
    for path, colour, _width, _closed in strands:
        _hairline(canvas, path, mix(colour, S100, 0.55))
    for eye in range(6):
        x = (eye * pi + pi / 2 - 0.7) / (2 * pi) * 640
        canvas.fill(octagram((x, CENTRE_LINE), 26), mix(S100, G700, 0.85))
        canvas.fill(octagram((x, CENTRE_LINE), 11), S100)
    return canvas


def _hairline(canvas: Canvas, path: list[Point], colour: str) -> None:
    """A thin line in the middle of a strand, left out near the crossings on the centre line."""
    run: list[Point] = []
    for place in [*path, (0.0, CENTRE_LINE)]:
        if abs(place[1] - CENTRE_LINE) > 56:
            run.append(place)
        elif run:
            canvas.stroke(run, colour, 3)
            run = []


def rising_rosette() -> Canvas:
    canvas = Canvas(G800)
    centre = (WIDTH / 2, HEIGHT + 30.0)
    tiers = ((690, 700, S300), (520, 480, S400), (345, 300, S500))
    count = 24
    for number, (outer, _mid, edge) in enumerate(tiers):
        inner = outer * 0.60
        for i in range(count):
            axis = 360 / count * (i + 0.5 * (number % 2))
            half = 180 / count * 0.9
            petal = [
                polar(centre, inner * 0.86, axis),
                polar(centre, inner * 1.06, axis - half),
                polar(centre, outer * 0.9, axis - half),
                polar(centre, outer, axis),
                polar(centre, outer * 0.9, axis + half),
                polar(centre, inner * 1.06, axis + half),
            ]
            canvas.fill(petal, (G700, G600, G500)[number])
            canvas.stroke(petal, edge, 3.2, closed=True)
    for path in star(centre, 176, 24, 7):
        canvas.stroke(path, S300, 3, closed=True)
    canvas.ring(centre, 722, mix(G800, S400, 0.7), 3)
    canvas.ring(centre, 738, mix(G800, S400, 0.35), 2)
    return canvas


def turning_squares() -> Canvas:
    canvas = Canvas(S100)
    turn, radius, steps = 0.0, 484.0, 19
    factor = 1 / (cos(radians(12)) + sin(radians(12)))
    for step in range(steps):
        share = step / (steps - 1)
        tone = mix(S300, G700, share * 1.25)
        corners = polygon((1060, CENTRE_LINE), radius, 4, 45 + turn)
        canvas.fill(corners, tone if step % 2 == 0 else mix(S100, tone, 0.42))
        canvas.stroke(corners, S100, 3, closed=True)
        turn += 12
        radius *= factor
    canvas.stroke([(-10, CENTRE_LINE), (700, CENTRE_LINE)], S300, 3)
    return canvas


def woven_window() -> Canvas:
    canvas = Canvas(S50)
    inside = Canvas(G800)
    bands = []
    for step in range(-9, 10):
        at = 460 + step * 96 * sqrt(2)
        bands.append(([(at - 600, -200), (at + 600, 1000)], S400 if step % 2 else S300, 34, False))
        bands.append(([(at + 600, -200), (at - 600, 1000)], G500 if step % 2 else G600, 34, False))
    inside.weave(bands, gap=6)
    centre = (460, CENTRE_LINE)
    canvas.window(polygon(centre, 330, 8, 22.5), inside)
    for radius, width in ((346, 6), (366, 2)):
        canvas.stroke(polygon(centre, radius, 8, 22.5), G800, width, closed=True)
    canvas.stroke([(838, CENTRE_LINE), (1610, CENTRE_LINE)], S400, 3)
    canvas.fill(octagram((838, CENTRE_LINE), 20), S500)
    return canvas


def one_seal() -> Canvas:
    canvas = Canvas(S50)
    centre = (1160, CENTRE_LINE)
    canvas.stroke([(-10, CENTRE_LINE), (870, CENTRE_LINE)], S400, 3)
    canvas.ring(centre, 290, S400, 3)
    canvas.ring(centre, 274, G700, 8)
    canvas.weave([(path, G700, 12, True) for path in star(centre, 250, 8, 3)], gap=6)
    canvas.stroke(polygon(centre, 92, 8, 22.5), S500, 4, closed=True)
    canvas.fill(octagram(centre, 50), S500)
    return canvas


def five_borders() -> Canvas:
    canvas = Canvas(G900)
    for left, width, draw_border in (
        (150, 120, _chevrons),
        (330, 210, _star_chain),
        (600, 60, _beads),
        (720, 320, _lozenges),
        (1100, 120, _chevrons),
        (1280, 60, _beads),
        (1400, 90, _steps),
    ):
        draw_border(canvas, left, width)
        for edge in (left - 16, left + width + 16):
            canvas.stroke([(edge, -5), (edge, 805)], S500, 2.5)
    return canvas


def _chevrons(canvas: Canvas, left: float, width: float) -> None:
    for number, y in enumerate(range(-120, 900, 40)):
        path = [(left, y), (left + width / 2, y + width / 2), (left + width, y)]
        canvas.stroke(path, G500 if number % 2 else G700, 18)


def _star_chain(canvas: Canvas, left: float, width: float) -> None:
    for y in range(0, 900, int(width)):
        canvas.fill(octagram((left + width / 2, y + 88), width * 0.5), S400)
        canvas.fill(octagram((left + width / 2, y + 88), width * 0.36), G900)
        canvas.fill(octagram((left + width / 2, y + 88), width * 0.2), G500)


def _beads(canvas: Canvas, left: float, width: float) -> None:
    for y in range(10, 820, int(width)):
        canvas.disc((left + width / 2, y), width * 0.3, S300)


def _lozenges(canvas: Canvas, left: float, width: float) -> None:
    for y in range(-80, 960, 320):
        for size, tone in ((1, G700), (0.72, G900), (0.6, S500), (0.4, G900), (0.26, G500)):
            half = width / 2 * size
            middle = (left + width / 2, y + 120)
            canvas.fill(
                [(middle[0] + dx * half, middle[1] + dy * half) for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1))], tone
            )


def _steps(canvas: Canvas, left: float, width: float) -> None:
    third = width / 3
    for number, y in enumerate(range(-20, 860, 30)):
        shift = (0, 1, 2, 1)[number % 4]
        canvas.fill(
            [
                (left + shift * third, y),
                (left + (shift + 1) * third, y),
                (left + (shift + 1) * third, y + 30),
                (left + shift * third, y + 30),
            ],
            S400,
        )


def thread_circle() -> Canvas:
    canvas = Canvas(G950)
    centre, count = (560, CENTRE_LINE), 28
    for step, colour, radius in ((11, mix(G950, G400, 0.8), 350), (8, mix(G950, S400, 0.95), 350)):
        for path in star(centre, radius, count, step, 90 / 14):
            canvas.stroke(path, colour, 2.4, closed=True)
    canvas.ring(centre, 358, S400, 5)
    canvas.ring(centre, 374, mix(G950, S400, 0.5), 2)
    for i in range(count):
        canvas.disc(polar(centre, 388, 360 / count * (i + 0.5)), 3.6, S500)
    return canvas


def exchange() -> Canvas:
    left = _half(S200, G700, G300)
    right = _half(G700, S200, S500)
    left.window([(WIDTH / 2, -5), (WIDTH + 5, -5), (WIDTH + 5, HEIGHT + 5), (WIDTH / 2, HEIGHT + 5)], right)
    return left


def _half(ground: str, line: str, quiet: str) -> Canvas:
    canvas = Canvas(ground)
    centre = (WIDTH / 2, CENTRE_LINE)
    for radius in (430, 500, 570):
        canvas.stroke(octagram(centre, radius), mix(ground, quiet, 0.5), 3, closed=True)
    _two_squares(canvas, centre, 340, 44, line, line)
    canvas.fill(octagram(centre, 110), line)
    canvas.fill(octagram(centre, 66), ground)
    return canvas


def drawing_near() -> Canvas:
    canvas = Canvas(G800)
    canvas.stroke([(-10, 640), (1610, 640)], mix(G800, G500, 0.6), 2.5)
    radius = 118.0
    for number, (x, apart) in enumerate(((250, 92), (640, 58), (985, 28), (1310, 0))):
        turn = 45 * (number / 3)
        first = polygon((x - apart, 380), radius, 4, 45)
        second = polygon((x + apart, 380), radius, 4, 45 + turn)
        canvas.weave([(first, S400, 15, True), (second, G400, 15, True)], gap=5)
        canvas.disc((x, 640), 8, S400 if number == 3 else G500)
    return canvas


PLATES: tuple[Callable[[], Canvas], ...] = (
    squares_on_a_quiet_ground,
    widening_stars,
    stars_and_crosses,
    ten_fold_star,
    six_fold_lace,
    two_voices,
    two_strands,
    rising_rosette,
    turning_squares,
    woven_window,
    eight_fold_field,
    five_fold_field,
    one_seal,
    five_borders,
    stars_growing,
    four_petals,
    three_directions,
    octagon_paving,
    pentagons,
    great_strapwork,
    thread_circle,
    exchange,
    tiers_from_above,
    drawing_near,
)
