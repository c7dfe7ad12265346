"""Take the picture of the page that README shows: `python tools/picture_page.py PAGE.html PICTURE.png`.

Needs playwright and a Chromium (`chromium` on the path, or its path in CHROMIUM).
"""

from __future__ import annotations

import os
import pathlib
import shutil
import sys

from playwright.sync_api import sync_playwright


def main(page: str, picture: str) -> None:
    """Open the page, wait until it is drawn, and take its picture."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    browser = next((path for name in names if name and (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("no Chromium: apt-get install chromium, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        view = opened.new_page(viewport={"width": 1280, "height": 800})
        view.goto(pathlib.Path(page).resolve().as_uri())
        view.wait_for_selector("html[data-ready]", timeout=30_000)
        view.wait_for_timeout(1500)
        view.screenshot(path=picture)
        opened.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
