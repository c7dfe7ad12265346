// The network by keyboard: arrows go from node to node, Enter opens, + and − zoom.

const KEYS = [
  ["/", "Search"],
  ["Arrow keys in the network", "To the next node that way; in the map, move the map"],
  ["Enter", "Show the surroundings of the node"],
  ["+ and −, 0", "Zoom in and out, fit all"],
  ["Esc", "Close what is open, step by step"],
  ["T, R, P", "Table of facts, reading pane, path"],
];

function networkKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const turn = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
  if (turn) {
    if (onMap()) panMap(-turn[0] * 90, -turn[1] * 90);
    else stepTowards(turn);
  } else if (event.key === "+" || event.key === "=") zoomBy(1.35);
  else if (event.key === "-") zoomBy(1 / 1.35);
  else if (event.key === "0") fitAll();
  else if (event.key === "Enter" && state.node >= 0) openAround(state.node);
  else return;
  event.preventDefault();
}

// The shown node nearest in a direction, those straight ahead first.
function stepTowards([dx, dy]) {
  const from = state.node >= 0 && shownNode[state.node] ? state.node : -1;
  let best = -1;
  let least = Infinity;
  if (from < 0) best = [...byDegree].find((n) => shownNode[n]) ?? -1;
  else {
    const [x, y] = spotOf(from);
    for (let n = 0; n < NODES; n++) {
      if (!shownNode[n] || n === from) continue;
      const [ox, oy] = spotOf(n);
      const ahead = (ox - x) * dx + (oy - y) * dy;
      const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
      if (ahead <= 0 || aside > ahead * 2) continue;
      const cost = ahead + 2 * aside;
      if (cost < least) {
        least = cost;
        best = n;
      }
    }
  }
  if (best < 0) return;
  change({node: best, fact: -1}, {keep: true});
  flyTo(best);
  say(`${G.label[best]}, ${typeText(G.types[G.type[best]])}, ${count(degree[best], "link")}`);
}

function pageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "");
  if (event.key === "Escape") {
    if (document.querySelector("details[open]")) document.querySelectorAll("details[open]").forEach((d) => (d.open = false));
    else if (document.body.classList.contains("filtering")) document.body.classList.remove("filtering");
    else if (state.node >= 0 || state.fact >= 0) change({node: -1, fact: -1});
    else if (state.view) change({view: ""});
    else if (alone()) showAll();
    return;
  }
  if (typing) return;
  if (event.key === "/") $("query").focus();
  else if (event.key === "t") toggleView("table");
  else if (event.key === "r") toggleView("text");
  else if (event.key === "p") openPathDialog(state.node);
  else return;
  event.preventDefault();
}

function openHelp() {
  const dialog = el(
    "dialog",
    {class: "box", "aria-label": "Keys"},
    el("div", {class: "head"}, el("h2", {}, "Keys"), button(icon(CROSS), () => dialog.close(), {class: "close", "aria-label": "Close"})),
    el("dl", {class: "details"}, KEYS.map(([key, what]) => [el("dt", {}, key), el("dd", {}, what)])),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
