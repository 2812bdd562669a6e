"""Draw the demo's video clips: frames by Pillow, film by ffmpeg, words from the video's own TOML file.

    python scripts/make_demo_clips.py [KEY …]

For each `hiwar/library/demo/videos/<key>.toml` this writes, beside one another
in `hiwar/library/demo/clips/`: `<key>.mp4` (H.264 baseline, 854 × 480, index
first), `<key>.webp` (poster) and `<key>.ar.vtt`, `<key>.en.vtt` (captions).
The cards are the transcript, so that what is seen, captioned and written cannot
drift apart. Run it again after a transcript changes, and commit what it wrote.

Needs ffmpeg, and a Pillow with Raqm (its wheels have it), without which Arabic
letters would stand unjoined.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import wave
from array import array
from collections.abc import Callable, Iterator
from math import exp, hypot, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hiwar.library.demo.strokes import (  # noqa: E402
    G500,
    G700,
    G900,
    S50,
    S100,
    S200,
    S300,
    S400,
    S500,
    SCALE,
    Canvas,
    Point,
    circle,
    mix,
    octagram,
    polar,
    polygon,
)

DEMO = ROOT / "hiwar" / "library" / "demo"
FONTS = ROOT / "hiwar" / "static" / "hiwar" / "fonts"
SIZE = (854, 480)
RATE = 12  # frames a second
SOUND_RATE = 22_050
FADE = 0.45  # seconds for a card to come and to go
LARGEST_CLIP, LARGEST_POSTER = 350_000, 30_000  # bytes
PENTATONIC = (220.0, 247.5, 277.2, 330.0, 371.3, 440.0)  # Hz: any order of these sounds calm


def main(wanted: list[str]) -> int:
    """Make the clips named in `wanted`, or all. Returns 0, or raises `RuntimeError` saying what is wrong."""
    if not features.check("raqm"):
        raise RuntimeError("this Pillow has no Raqm: Arabic would not be joined; install Pillow's own wheel")
    (DEMO / "clips").mkdir(exist_ok=True)
    for key in wanted or sorted(path.stem for path in (DEMO / "videos").glob("*.toml")):
        make(key)
    return 0


def make(key: str) -> None:
    """Write film, poster and captions of one clip."""
    data = tomllib.loads((DEMO / "videos" / f"{key}.toml").read_text("utf-8"))
    starts = [float(said["at"]) for said in data["ar"]["transcript"]]
    if starts != [float(said["at"]) for said in data["en"]["transcript"]]:
        raise RuntimeError(f"{key}: the two transcripts do not share their times")
    ends = [*starts[1:], starts[-1] * 2 - starts[-2]]  # the last card stays as long as the one before it
    motif, ground = MOTIFS[key]
    dark = ground == G900
    cards = [
        _card(ar["text"], en["text"], title=number == 0)
        for number, (ar, en) in enumerate(zip(data["ar"]["transcript"], data["en"]["transcript"], strict=True))
    ]
    inks = (S100, S300) if dark else (G900, "#4a5b54")

    def frame(time: float) -> Image.Image:
        number = max(i for i, start in enumerate(starts) if start <= time)
        since, left = time - starts[number], ends[number] - time
        canvas = Canvas(ground, SIZE)
        motif(canvas, number + _ease(since / 1.2) - 1, time, len(cards))
        done = time / ends[-1] * SIZE[0]
        canvas.stroke([(0, SIZE[1] - 1.5), (done, SIZE[1] - 1.5)], S400 if dark else S500, 3)
        picture = canvas.image()
        # The last card stays to the end: a clip that stops on its words can be read at leisure.
        out = 1.0 if number == len(cards) - 1 else _ease(left / FADE)
        strength = min(_ease((since + 1 / RATE) / FADE), out)
        for mask, ink in zip(cards[number], inks, strict=True):
            picture.paste(ink, (0, 0), mask.point([round(level * strength) for level in range(256)]))
        return picture

    target = DEMO / "clips" / f"{key}.mp4"
    _film(target, (frame(i / RATE) for i in range(round(ends[-1] * RATE))), starts, ends[-1])
    poster = target.with_suffix(".webp")
    frame(starts[0] + 2.5).save(poster, "WEBP", quality=82, method=6)
    for language in ("ar", "en"):
        said = [entry["text"] for entry in data[language]["transcript"]]
        target.with_suffix(f".{language}.vtt").write_text(_captions(starts, ends, said), "utf-8")
    for path, limit in ((target, LARGEST_CLIP), (poster, LARGEST_POSTER)):
        if path.stat().st_size > limit:
            raise RuntimeError(f"{path.name} has {path.stat().st_size} bytes, over the limit of {limit}")
        print(f"{path.name}: {path.stat().st_size:,} bytes")


def _ease(share: float) -> float:
    """0 to 1, slow at both ends; clamped outside."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def _card(arabic: str, english: str, *, title: bool) -> tuple[Image.Image, Image.Image]:
    """Masks of the Arabic and the English words of a card, each the size of the frame."""
    lines = (
        (arabic, "hiwar-naskh.woff2", 600, 44 if title else 38, 1.5, 272, {"direction": "rtl", "language": "ar"}),
        (english, "hiwar-serif.woff2", 500, 28 if title else 26, 1.3, 376, {"direction": "ltr", "language": "en"}),
    )
    masks = []
    for text, file, weight, size, leading, middle, shaping in lines:
        font = ImageFont.truetype(str(FONTS / file), size * SCALE, layout_engine=ImageFont.Layout.RAQM)
        font.set_variation_by_axes([weight])
        mask = Image.new("L", (SIZE[0] * SCALE, SIZE[1] * SCALE), 0)
        pen = ImageDraw.Draw(mask)
        rows = _balanced(text, lambda part, f=font, s=shaping: f.getlength(part, **s), 790 * SCALE)
        for number, row in enumerate(rows):
            y = (middle + (number - (len(rows) - 1) / 2) * size * leading) * SCALE
            pen.text((SIZE[0] * SCALE / 2, y), row, fill=255, font=font, anchor="mm", **shaping)
        masks.append(mask.reduce(SCALE))
    return masks[0], masks[1]


def _balanced(text: str, width_of: Callable[[str], float], widest: float) -> list[str]:
    """The text in one row, or in the two rows that differ least in width."""
    if width_of(text) <= widest:
        return [text]
    words = text.split(" ")
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    best = min(halves, key=lambda pair: max(width_of(pair[0]), width_of(pair[1])))
    if max(map(width_of, best)) > widest:
        raise RuntimeError(f"too long for a card: {text}")
    return list(best)


def _captions(starts: list[float], ends: list[float], said: list[str]) -> str:
    """A WebVTT file with one cue a card."""
    cues = [f"{_clock(a)} --> {_clock(b)}\n{text}\n" for a, b, text in zip(starts, ends, said, strict=True)]
    return "WEBVTT\n\n" + "\n".join(cues)


def _clock(seconds: float) -> str:
    whole, rest = divmod(round(seconds * 1000), 60_000)
    return f"00:{whole:02}:{rest // 1000:02}.{rest % 1000:03}"


def _film(target: Path, frames: Iterator[Image.Image], bells: list[float], length: float) -> None:
    """Encode frames (RGB, `SIZE`, `RATE` a second) with a soft bell at each of `bells` (seconds)."""
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "bells.wav"
        _bells(sound, bells, length)
        command = [
            "ffmpeg", "-y", "-v", "error",
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(RATE), "-i", "-",
            "-i", str(sound),
            # The plainest profile plays on the oldest telephones; the index first lets a slow line start at once.
            "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.0", "-preset", "slow", "-crf", "29",
            "-pix_fmt", "yuv420p", "-g", str(RATE * 4), "-threads", "1",
            "-c:a", "aac", "-ac", "1", "-b:a", "24k", "-shortest", "-movflags", "+faststart",
            "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
            str(target),
        ]  # fmt: skip
        with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
            pipe = encoder.stdin
            if pipe is None:
                raise RuntimeError("ffmpeg gave no pipe")
            for picture in frames:
                pipe.write(picture.tobytes())
            pipe.close()
            if encoder.wait():
                raise RuntimeError(f"ffmpeg could not encode {target.name}")


def _bells(target: Path, times: list[float], length: float) -> None:
    """A mono WAV with one quiet, fading note for each time (seconds)."""
    samples = array("h", bytes(2 * round(length * SOUND_RATE)))
    for number, start in enumerate(times):
        pitch, first = PENTATONIC[number % len(PENTATONIC)], round(start * SOUND_RATE)
        for i in range(min(round(2.5 * SOUND_RATE), len(samples) - first)):
            t = i / SOUND_RATE
            tone = sin(2 * pi * pitch * t) * exp(-2.2 * t) + 0.3 * sin(4 * pi * pitch * t) * exp(-4 * t)
            samples[first + i] = round(2200 * min(1.0, t / 0.02) * tone)
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SOUND_RATE)
        out.writeframes(samples.tobytes())


# A motif draws in the upper half of the frame. `step` is the card's number and runs smoothly
# from one to the next; `time` is in seconds; `count` is how many cards there are.
MIDDLE: Point = (427.0, 114.0)


def three_stars(canvas: Canvas, step: float, time: float, count: int) -> None:
    """Three stars light up one after another, a question each; at the end all three stay lit."""
    for i in range(3):
        centre = (MIDDLE[0] + (1 - i) * 170, MIDDLE[1])
        lit = _ease(step - i)
        turn = 22.5 * lit  # turning only while it lights up keeps the film small
        canvas.fill(octagram(centre, 30 + 28 * lit, turn), mix(S200, G700, lit))
        canvas.fill(octagram(centre, 22 * lit, time * 3), S50)
        canvas.stroke(octagram(centre, 72), mix(S200, S500, lit), 2, closed=True)


def meeting_squares(canvas: Canvas, step: float, time: float, count: int) -> None:
    """A small square comes to a standing one and interlaces with it."""
    near = _ease((step + 0.4) / 2.2)
    apart = 150 * (1 - near)
    first = polygon((MIDDLE[0] - apart, MIDDLE[1]), 82, 4, 45 + time * 3)
    second = polygon((MIDDLE[0] + apart, MIDDLE[1]), 82, 4, 45 * near + 45 + time * 3)
    canvas.weave([(first, S400, 12, True), (second, G500, 12, True)], gap=4)
    seal = _ease(step - 2)
    if seal > 0:
        canvas.fill(octagram(MIDDLE, 30 * seal, time * 3), S300)


def two_calendars(canvas: Canvas, step: float, time: float, count: int) -> None:
    """Two woven rings of twelve months, the one a little faster than the other."""
    left, right = (MIDDLE[0] - 56, MIDDLE[1]), (MIDDLE[0] + 56, MIDDLE[1])
    canvas.weave([(circle(left, 82), S500, 7, True), (circle(right, 82), G700, 7, True)], gap=4)
    for centre, other, colour, speed in ((left, right, S500, 9.0), (right, left, G700, -8.7)):
        for i in range(12):
            place = polar(centre, 62, time * speed + 30 * i)
            clear = _ease(
                (hypot(place[0] - other[0], place[1] - other[1]) - 88) / 14
            )  # none where the rings share room
            canvas.disc(place, clear * (7 if i == 0 else 3.4), colour)


def six_parts(canvas: Canvas, step: float, time: float, count: int) -> None:
    """Six stars round an open space; two are lit by each of three cards, then joined."""
    ring = polygon(MIDDLE, 68, 6, -90 + time * 1.5)
    joined = _ease(step - 4)
    canvas.stroke(ring, mix(G700, S400, joined), 2 + joined, closed=True)
    for i, centre in enumerate(ring):
        lit = _ease((step - 1 - i / 2) * 2)
        canvas.fill(octagram(centre, 26), G900)
        canvas.fill(octagram(centre, 21), mix(G700, S400, lit))
    canvas.fill(octagram(MIDDLE, 14 + 14 * joined, -time * 3), mix(G700, G500, joined))


def laid_upon(canvas: Canvas, step: float, time: float, count: int) -> None:
    """One star slides over the outline of another until the two are the same."""
    away = 1 - _ease(step / 3.2)
    canvas.stroke(octagram(MIDDLE, 82), S500, 4, closed=True)
    for radius in (92, 102):
        canvas.stroke(octagram(MIDDLE, radius), mix(S50, S500, 0.35), 2, closed=True)
    place = (MIDDLE[0] + 210 * away, MIDDLE[1])
    canvas.fill(octagram(place, 74, 40 * away), mix(G700, S50, 0.1 * away))
    canvas.fill(octagram(place, 34, 40 * away + time * 3), S50)


def five_sides(canvas: Canvas, step: float, time: float, count: int) -> None:
    """Five places round a circle; a line joins them one by one until it closes."""
    places = polygon(MIDDLE, 88, 5, -90 + 6 * sin(time / 4))
    canvas.ring(MIDDLE, 88, mix(G900, G500, 0.5), 2)
    order = [0, 1, 2, 3, 4, 0]
    reached = max(0.0, min(5.0, step))
    for i in range(5):
        share = min(1.0, reached - i)
        if share > 0:
            a, b = places[order[i]], places[order[i + 1]]
            canvas.stroke([a, (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)], S400, 5)
    for i, number in enumerate(order[:5]):
        lit = _ease(reached - i)
        canvas.disc(places[number], 15, G900)
        canvas.disc(places[number], 11, mix(G500, S300, lit))
    canvas.fill(octagram(MIDDLE, 16 + 16 * _ease(step - 4), time * 3), mix(G700, S400, _ease(step - 4)))


MOTIFS: dict[str, tuple[Callable[[Canvas, float, float, int], None], str]] = {
    "three-questions-before-sharing": (three_stars, S50),
    "what-is-a-receipt": (meeting_squares, G900),
    "reading-a-date": (two_calendars, S100),
    "what-incitement-means": (six_parts, G900),
    "checking-a-quotation": (laid_upon, S50),
    "meeting-rules": (five_sides, G900),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
