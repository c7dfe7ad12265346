"""Time the page against a tuned pyvis page of the same graph, in the same browser and run.

    python benchmarks/page/compare.py 300:450 1000:1500 20000:30000 100000:150000

"Tuned" pyvis is pyvis at its best: vis-network embedded, physics off, our positions given, straight lines,
nodes and edges put in directly, and nothing asked of the network. The two pages take turns, and each
figure is the median of the rounds. Ready is when the first picture stands on the page; frames are counted
while the mouse drags and while its wheel turns.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import shutil
import statistics
import sys
import tempfile
import time

from pyvis.network import Network

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from graphs import graph

from kg.export.html import PageNetwork
from kg.export.page_data import Tables, tables

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The first frame in which some canvas shows something; the same for either page.
WATCH = """
(() => {
  const probe = new OffscreenCanvas(80, 80).getContext("2d", {willReadFrequently: true});
  const look = () => {
    for (const canvas of document.querySelectorAll("canvas")) {
      if (!canvas.width || !canvas.height || !canvas.offsetParent) continue;
      probe.clearRect(0, 0, 80, 80);
      probe.drawImage(canvas, 0, 0, 80, 80);
      const words = new Uint32Array(probe.getImageData(0, 0, 80, 80).data.buffer);
      if (words.some((word) => word !== words[0])) {
        window.firstPicture = performance.now();
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
COUNT = """
(() => {
  window.frames_seen = 0;
  const tick = () => {
    window.frames_seen++;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})()
"""


def tuned_pyvis(data: Tables) -> str:
    """Give the page that pyvis makes of these tables, with all that makes it fast."""
    network = Network(height="800px", width="100%", directed=True, cdn_resources="in_line")
    made = data.graph
    rows = zip(made["label"], made["x"], made["y"], made["type"], strict=True)
    network.nodes = [
        {"id": i, "label": label, "x": x, "y": y, "group": kind, "shape": "dot", "size": 10}
        for i, (label, x, y, kind) in enumerate(rows)
    ]
    network.edges = [
        {"from": a, "to": b, "title": made["relations"][r], "arrows": "to"}
        for a, b, r in zip(made["from"], made["to"], made["relation"], strict=True)
        if b >= 0
    ]
    network.options = json.loads('{"physics": {"enabled": false}, "edges": {"smooth": false}}')
    network.options["layout"] = {"improvedLayout": False}
    network.get_network_data = lambda: (  # type: ignore[method-assign]
        network.nodes,
        network.edges,
        "",
        network.height,
        network.width,
        json.dumps(network.options),
    )
    text = network.generate_html()
    # What it would fetch is left out, so that it does not wait for a network that is not there.
    text = re.sub(r"<(script|link)\b[^>]*(?:src|href)=\"https?:[^>]*>(?:\s*</script>)?", "", text)
    return text


def measure(browser, path: pathlib.Path, seconds: float, wait: float) -> dict[str, float]:
    """Open a page once; give milliseconds to the first picture and frames a second."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(wait * 1000)
    page.add_init_script(WATCH)
    found = {}
    try:
        page.goto(path.resolve().as_uri(), timeout=wait * 1000, wait_until="commit")
        page.wait_for_function("() => window.firstPicture !== undefined", timeout=wait * 1000)
        found["ready"] = page.evaluate("window.firstPicture")
        page.wait_for_load_state("load", timeout=wait * 1000)
        page.wait_for_timeout(1500)
        page.evaluate(COUNT)
        found["pan"] = _frames(page, seconds, _drag)
        found["zoom"] = _frames(page, seconds, _wheel)
    except Exception as error:
        print(f"  {path.name}: {error}", file=sys.stderr)
    finally:
        context.close()
    return found


def _frames(page, seconds: float, act) -> float:
    # On the empty rim of the drawing, so that the drag moves the view and not a node.
    box = page.query_selector("#stage, #mynetwork").bounding_box()
    x, y = box["x"] + box["width"] * 0.04, box["y"] + min(box["height"], 700) * 0.5
    page.mouse.move(x, y)
    before, begun, step = page.evaluate("window.frames_seen"), time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        act(page, x, y, step)
        step += 1
    page.mouse.up()
    return (page.evaluate("window.frames_seen") - before) / (time.monotonic() - begun)


def _drag(page, x: float, y: float, step: int) -> None:
    if step == 0:
        page.mouse.down()
    page.mouse.move(x + (step * 7) % 160, y + (step * 5) % 110)


def _wheel(page, x: float, y: float, step: int) -> None:
    page.mouse.wheel(0, -60 if (step // 12) % 2 == 0 else 60)


def main() -> None:
    """Print a table of medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("sizes", nargs="+", metavar="NODES:EDGES")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of dragging, and of zooming")
    parser.add_argument("--wait", type=float, default=120, help="seconds until a page is given up")
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    print("| nodes | edges | page | write, CPU s | MB | ready, ms | of pyvis | pan, fps | zoom, fps |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for size in given.sizes:
            count, links = (int(part) for part in size.split(":"))
            records = graph(count, links)
            begun = time.process_time()
            data = tables(*records)
            texts = {"ours": PageNetwork(data).generate_html()}
            cost = {"ours": time.process_time() - begun}
            begun = time.process_time()
            texts["pyvis"] = tuned_pyvis(data)
            cost["pyvis"] = time.process_time() - begun
            rounds: dict[str, list[dict[str, float]]] = {"ours": [], "pyvis": []}
            paths = {name: pathlib.Path(folder) / f"{name}{count}.html" for name in texts}
            for name, text in texts.items():
                paths[name].write_text(text, encoding="utf-8")
            for _ in range(given.rounds):
                for name in texts:
                    browser = playwright.chromium.launch(executable_path=given.chromium, args=list(FLAGS))
                    rounds[name].append(measure(browser, paths[name], given.seconds, given.wait))
                    browser.close()
            middle = {
                name: {k: statistics.median([r[k] for r in rows if k in r] or [float("nan")]) for k in KEYS}
                for name, rows in rounds.items()
            }
            for name in texts:
                m = middle[name]
                ratio, weight = m["ready"] / middle["pyvis"]["ready"], len(texts[name].encode()) / 1e6
                print(
                    f"| {count:,} | {links:,} | {name} | {cost[name]:.1f} | {weight:.2f} "
                    f"| {m['ready']:.0f} | {ratio:.2f} | {m['pan']:.0f} | {m['zoom']:.0f} |",
                    flush=True,
                )


KEYS = ("ready", "pan", "zoom")

if __name__ == "__main__":
    main()
