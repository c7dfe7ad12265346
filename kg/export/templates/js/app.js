// The page as a whole: what happens at the start and on each change.

function showCounts() {
  const c = G.counts;
  $("counts").textContent = [
    count(c.entities, "entity", "entities"),
    count(c.facts, "fact"),
    c.documents ? count(c.documents, "document") : "",
  ].filter(Boolean).join(" · ");
}

function showCrumbs() {
  const crumbs = [];
  const back = button("Show all", () => {
    state.unfolded.clear();
    change({focus: -1, path: null});
    fitAll();
  }, {class: "pill"});
  if (state.path) crumbs.push(el("span", {}, "Path from ", el("b", {}, shorten(G.label[state.path[0]], 40)), " to ", el("b", {}, shorten(G.label[state.path[1]], 40))), back);
  else if (state.focus >= 0) crumbs.push(el("span", {}, state.steps === 1 ? "Around " : "Two steps around ", el("b", {}, shorten(G.label[state.focus], 40))), back);
  $("crumbs").replaceChildren(...crumbs);
}

let view = "";
function refresh() {
  drawNetwork();
  refreshSide();
  showPanel();
  showCrumbs();
  const nothing = !shownNode.some(Boolean);
  $("empty").hidden = !nothing;
  $("empty").textContent = NODES ? "Nothing passes the filters." : "The graph is empty.";
  const now = [state.focus, state.steps, state.path].join();
  if (now !== view) {
    view = now;
    fitAll();
  }
}

function start() {
  readTheme();
  readHash();
  showCounts();
  drawNetwork();
  view = [state.focus, state.steps, state.path].join();
  onChange(refresh);
  requestAnimationFrame(() => {
    buildSide();
    showPanel();
    showCrumbs();
  });
  combobox($("query"), $("hits"), select);
  $("tools").append(
    button(icon("M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12"), () => {
      chosenTheme = isDark() ? "light" : "dark";
      retheme();
    }, {"aria-label": "Dark or light", title: "Dark or light"}),
  );
  $("zoom").append(
    button("+", () => zoomBy(1.35), {"aria-label": "Zoom in"}),
    button("−", () => zoomBy(1 / 1.35), {"aria-label": "Zoom out"}),
    button(icon("M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"), () => fitAll(), {"aria-label": "Fit all into view"}),
  );
  systemDark.addEventListener("change", retheme);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") change({node: -1, fact: -1});
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      $("query").focus();
      event.preventDefault();
    }
  });
}

function retheme() {
  readTheme();
  net.setOptions(visOptions());
  refresh();
}

start();
