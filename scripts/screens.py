"""Take the pictures of the README from the running site.

    python -m scripts.screens [--address http://localhost:8000]

Writes docs/screens/{home,article}-{ar,en}.png, 1280 pixels wide, with few colours so that each stays under 300 kB.
The site must be running with its demonstration (`make demo`); the browser is the system's Chromium. Exit code 2 when
either is missing, 1 when a picture is too large.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from scripts.lighthouse import Missing, targets
from scripts.run_tests import browser

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
WIDTH, HEIGHT = 1280, 1000
COLOURS = 128
LARGEST = 300_000  # bytes


def reduced(png: bytes) -> bytes:
    """The same picture in few colours, without dithering: letters stay sharp and the file small."""
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Take and write the four pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description="Pictures of the running site for the README.")
    parser.add_argument("--address", default=f"http://localhost:{os.environ.get('PORT') or 8000}")
    options = parser.parse_args(arguments)
    address = options.address.rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        places = targets(address, "home") + targets(address, "article")
        chromium = browser()
        if not chromium:
            raise Missing("No Chromium was found (Debian: apt-get install chromium).")
    except Missing as error:
        print(error, file=sys.stderr)
        return 2
    large = 0
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = opened.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        for name, place in places:
            page.goto(place, wait_until="networkidle")
            page.evaluate("document.fonts.ready")
            picture = reduced(page.screenshot())
            file = FOLDER / f"{name.replace(' ', '-')}.png"
            file.write_bytes(picture)
            large += len(picture) > LARGEST
            print(f"{file.name}: {len(picture) / 1000:.0f} kB")
        opened.close()
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
