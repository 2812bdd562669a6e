"""The pen that draws the demo plates: polygons, mitred strokes, woven bands.

Pillow draws without smoothing, so a `Canvas` is three times the size of the
finished picture and is averaged down at the end. All coordinates below are
those of the finished picture: x to the right, y downwards, in pixels of
1600 × 800. Angles are in degrees. Colours are "#rrggbb".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, cos, degrees, hypot, pi, radians, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 800
SCALE = 3

Point = tuple[float, float]

# The scale of the site's design tokens; names end in the token's step.
G950, G900, G800, G700, G600, G500 = "#061c16", "#0b2c23", "#0f3f32", "#145443", "#1b6b55", "#2c866c"
G400, G300, G200, G100, G50 = "#5aaa8f", "#93cdb6", "#c3e3d6", "#e1f1ea", "#f1f8f5"
S700, S600, S500, S400, S300 = "#745b34", "#8f7243", "#ad8d58", "#c8ac7c", "#dcc8a3"
S200, S100, S50 = "#eadec6", "#f4ecdd", "#faf6ee"


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` (0–1) of the way from `first` to `second`, in plain sRGB."""
    share = min(1.0, max(0.0, share))
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def polar(centre: Point, radius: float, angle: float) -> Point:
    """The point at `radius` and `angle` (degrees, clockwise from the right) round `centre`."""
    return centre[0] + radius * cos(radians(angle)), centre[1] + radius * sin(radians(angle))


def polygon(centre: Point, radius: float, sides: int, turn: float = 0.0) -> list[Point]:
    """Corners of a regular polygon of circumradius `radius`."""
    return [polar(centre, radius, turn + 360 * i / sides) for i in range(sides)]


def star(centre: Point, radius: float, points: int, step: int, turn: float = 0.0) -> list[list[Point]]:
    """The star polygon {points/step} as one or more closed paths."""
    corners = polygon(centre, radius, points, turn)
    paths, seen = [], set()
    for first in range(points):
        if first in seen:
            continue
        path, at = [], first
        while at not in seen:
            seen.add(at)
            path.append(corners[at])
            at = (at + step) % points
        paths.append(path)
    return paths


def octagram(centre: Point, radius: float, turn: float = 0.0) -> list[Point]:
    """Outline of two interlaced squares: sixteen corners, tips at `radius`."""
    inner = radius * cos(pi / 4) / cos(pi / 8)
    return [polar(centre, inner if i % 2 else radius, turn + 22.5 * i) for i in range(16)]


def circle(centre: Point, radius: float, pieces: int = 84) -> list[Point]:
    """A circle as a closed path of `pieces` short sides, so that it can be woven."""
    return polygon(centre, radius, pieces, 0.7)


def hankin(corners: Sequence[Point], angle: float) -> list[tuple[Point, Point, Point]]:
    """Lines that leave the middle of each side at `angle` to it and meet their neighbours.

    E. H. Hankin's "polygons in contact" (1925), as used for strapwork: one
    triple (middle, meeting point, next middle) for each corner. Lines run
    straight on into the polygon on the other side of an edge.
    """
    count = len(corners)
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in _sides(corners)]
    bearings = [degrees(atan2(b[1] - a[1], b[0] - a[0])) for a, b in _sides(corners)]
    triples = []
    for i in range(count):
        j = (i + 1) % count
        meeting = _meet(middles[i], bearings[i] + angle, middles[j], bearings[j] + 180 - angle)
        triples.append((middles[i], meeting, middles[j]))
    return triples


def _sides(corners: Sequence[Point]) -> list[tuple[Point, Point]]:
    return [(corners[i], corners[(i + 1) % len(corners)]) for i in range(len(corners))]


def _meet(a: Point, bearing_a: float, b: Point, bearing_b: float) -> Point:
    ax, ay, bx, by = (f(radians(t)) for t in (bearing_a, bearing_b) for f in (cos, sin))
    cross = ax * by - ay * bx
    along = ((b[0] - a[0]) * by - (b[1] - a[1]) * bx) / cross
    return a[0] + ax * along, a[1] + ay * along


class Canvas:
    """A picture in the making. `image()` gives it smoothed, 1600 × 800 unless `size` says otherwise, RGB."""

    def __init__(self, ground: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        self.ground = ground
        self._picture = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), ground)
        self._pen = ImageDraw.Draw(self._picture)

    def image(self) -> Image.Image:
        """The finished picture: each pixel the mean of nine drawn ones."""
        return self._picture.reduce(SCALE)

    def fill(self, corners: Iterable[Point], colour: str) -> None:
        """Fill a polygon."""
        self._pen.polygon([(x * SCALE, y * SCALE) for x, y in corners], fill=colour)

    def disc(self, centre: Point, radius: float, colour: str) -> None:
        """Fill a circle."""
        x, y = centre
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self._pen.ellipse(box, fill=colour)

    def ring(self, centre: Point, radius: float, colour: str, width: float) -> None:
        """Draw a circle; `radius` runs to the middle of the line."""
        x, y = centre
        r = radius + width / 2
        box = [(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE]
        self._pen.ellipse(box, outline=colour, width=max(1, round(width * SCALE)))

    def stroke(self, path: Sequence[Point], colour: str, width: float, closed: bool = False) -> None:
        """Draw a path with mitred corners, one four-cornered piece a side."""
        count = len(path)
        edges = [self._offset(path, i, width / 2, closed) for i in range(count)]
        for i in range(count if closed else count - 1):
            (a, b), (c, d) = edges[i], edges[(i + 1) % count]
            self.fill((a, b, d, c), colour)

    @staticmethod
    def _offset(path: Sequence[Point], i: int, half: float, closed: bool) -> tuple[Point, Point]:
        """The two ends of the mitre at corner `i`."""
        count, (x, y) = len(path), path[i]
        before = path[i - 1] if i or closed else None
        after = path[(i + 1) % count] if i < count - 1 or closed else None
        normals = []
        for a, b in ((before, (x, y)), ((x, y), after)):
            if a is None or b is None:
                continue
            length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
            normals.append((-(b[1] - a[1]) / length, (b[0] - a[0]) / length))
        nx = sum(n[0] for n in normals) / len(normals)
        ny = sum(n[1] for n in normals) / len(normals)
        square = nx * nx + ny * ny or 1.0
        reach = half / max(square, 0.08)  # a very sharp corner would reach across the page
        return (x + nx * reach, y + ny * reach), (x - nx * reach, y - ny * reach)

    def weave(
        self, bands: Sequence[tuple[Sequence[Point], str, float, bool]], gap: float, halo: str | None = None
    ) -> None:
        """Draw bands (path, colour, width, closed) that pass over and under each other in turn.

        Where two bands meet, the upper one is drawn again with a margin of
        `gap` in the colour `halo` (else the ground), so the lower one seems cut.
        """
        for path, colour, width, closed in bands:
            self.stroke(path, colour, width, closed)
        for over, under, at, slope in _crossings(bands):
            colour, width = bands[over][1], bands[over][2]
            # The piece drawn again must span the lower band, whatever the angle between the two.
            reach = (bands[under][2] / 2 + gap) / max(0.3, slope[2]) + (width / 2) * slope[3] + 1
            a = (at[0] - slope[0] * reach, at[1] - slope[1] * reach)
            b = (at[0] + slope[0] * reach, at[1] + slope[1] * reach)
            self._bridge(a, b, colour, width, halo or self.ground, gap)

    def _bridge(self, a: Point, b: Point, colour: str, width: float, halo: str, gap: float) -> None:
        """Lay the upper of two bands from `a` to `b`; its margin stops short, or its ends would show as seams."""
        length = hypot(b[0] - a[0], b[1] - a[1])
        dx, dy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
        self.stroke([(a[0] + dx, a[1] + dy), (b[0] - dx, b[1] - dy)], halo, width + 2 * gap)
        self.stroke([a, b], colour, width)

    def strapwork(self, tiles: Iterable[Sequence[Point]], angle: float, colour: str, width: float, gap: float) -> None:
        """Hankin's lines over all `tiles`, woven: at each crossing the same one of the two is above.

        The turning sense is that of the polygon, so both neighbours of an edge
        agree, and along a band "over" and "under" take turns.
        """
        above = []
        for corners in tiles:
            for triple in hankin(corners, angle):
                self.stroke(triple, colour, width)
                above.append(triple)
        reach = (width / 2 + gap) / max(0.3, sin(radians(180 - 2 * angle if angle > 45 else 2 * angle)))
        for middle, meeting, _next in above:
            length = hypot(meeting[0] - middle[0], meeting[1] - middle[1]) or 1.0
            along = min(reach + width / 2, length * 0.62)
            dx, dy = (meeting[0] - middle[0]) / length * along, (meeting[1] - middle[1]) / length * along
            ends = [(middle[0] - dx, middle[1] - dy), (middle[0] + dx, middle[1] + dy)]
            self._bridge(ends[0], ends[1], colour, width, self.ground, gap)

    def window(self, corners: Sequence[Point], inside: Canvas) -> None:
        """Show another canvas through a polygon."""
        mask = Image.new("L", self._picture.size, 0)
        ImageDraw.Draw(mask).polygon([(x * SCALE, y * SCALE) for x, y in corners], fill=255)
        self._picture.paste(inside._picture, (0, 0), mask)


Slope = tuple[float, float, float, float]


def _crossings(bands: Sequence[tuple[Sequence[Point], str, float, bool]]) -> list[tuple[int, int, Point, Slope]]:
    """Every crossing of the bands as (upper, lower, place, (dx, dy of the upper, |sine|, |cosine|)).

    Walks each band and lets over and under take turns; a band met before
    hands its choice on, which is always consistent for closed curves in a plane.
    """
    pieces = []
    for number, (path, _colour, _width, closed) in enumerate(bands):
        sides = range(len(path) if closed else len(path) - 1)
        pieces += [(number, i, path[i], path[(i + 1) % len(path)]) for i in sides]
    meets: list[tuple[Point, tuple, tuple]] = []
    along: dict[int, list[tuple[float, int, int]]] = {}
    for i, (na, ia, a, b) in enumerate(pieces):
        left, right, top, foot = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
        for nb, ib, c, d in pieces[i + 1 :]:
            if max(c[0], d[0]) < left or min(c[0], d[0]) > right or max(c[1], d[1]) < top or min(c[1], d[1]) > foot:
                continue
            cross = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
            if abs(cross) < 1e-9:
                continue
            s = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / cross
            t = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / cross
            if 1e-6 < s < 1 - 1e-6 and 1e-6 < t < 1 - 1e-6:
                place = (a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1]))
                along.setdefault(na, []).append((ia + s, len(meets), 0))
                along.setdefault(nb, []).append((ib + t, len(meets), 1))
                meets.append((place, (na, a, b), (nb, c, d)))
    upper: dict[int, int] = {}
    waiting = sorted(along)
    while waiting:
        known = [n for n in waiting if any(m in upper for _p, m, _s in along[n])]
        number = known[0] if known else waiting[0]
        waiting.remove(number)
        walk = sorted(along[number])
        fixed = next(((k, upper[m] == s) for k, (_p, m, s) in enumerate(walk) if m in upper), (0, True))
        for k, (_p, m, s) in enumerate(walk):
            is_over = fixed[1] == ((k - fixed[0]) % 2 == 0)
            upper.setdefault(m, s if is_over else 1 - s)
    found = []
    for m, (place, first, second) in enumerate(meets):
        over, under = (first, second) if upper[m] == 0 else (second, first)
        angle = atan2(over[2][1] - over[1][1], over[2][0] - over[1][0])
        other = atan2(under[2][1] - under[1][1], under[2][0] - under[1][0])
        slope = (cos(angle), sin(angle), abs(sin(angle - other)), abs(cos(angle - other)))
        found.append((over[0], under[0], place, slope))
    return found
