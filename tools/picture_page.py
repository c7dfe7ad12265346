"""Take the pictures of the page that README and docs/ show: `python tools/picture_page.py SOURCE FOLDER`.

The page is built from the source, and its network, timeline and map are written to FOLDER as page.png,
timeline.png and map.png. Needs playwright, Pillow and a Chromium (`chromium` on the path, or its path in
CHROMIUM).
"""

from __future__ import annotations

import io
import os
import pathlib
import shutil
import sys
import tempfile

from PIL import Image
from playwright.sync_api import sync_playwright

import kg
from kg.export.html import render

VIEWS = {"page": "", "timeline": "#view=timeline", "map": "#view=places"}
SIZE = {"width": 1280, "height": 800}
MOST = 250_000  # bytes of a picture: README is read over slow lines, too


def main(source: str, folder: str) -> None:
    """Build the page of a source, open each view, wait until it is drawn, and take its picture."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    browser = next((path for name in names if name and (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("no Chromium: apt-get install chromium, or set CHROMIUM to its path")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        page = pathlib.Path(place, "graph.html")
        page.write_text(render(kg.build(source)), encoding="utf-8", newline="\n")
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, fragment in VIEWS.items():
            view = opened.new_page(viewport=SIZE)
            view.goto(page.as_uri() + fragment)
            view.wait_for_selector("html[data-complete]", timeout=30_000)
            view.wait_for_timeout(1500)
            target = pathlib.Path(folder, f"{name}.png")
            # A page has few colours; 256 are as good to the eye, in a third of the bytes.
            taken = Image.open(io.BytesIO(view.screenshot())).convert("RGB")
            taken.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
                target, optimize=True
            )
            view.close()
            if (size := target.stat().st_size) > MOST:
                sys.exit(f"{target} has {size:,} bytes, more than {MOST:,}: take it of a smaller window")
        opened.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
