// The page as a whole: what happens at the start and on each change.

function showCounts() {
  const c = G.counts;
  $("counts").textContent = [
    count(c.entities, "entity", "entities"),
    count(c.facts, "fact"),
    c.documents ? count(c.documents, "document") : "",
  ].filter(Boolean).join(" · ");
}

function showAll() {
  state.unfolded.clear();
  change({focus: -1, path: null});
}

function showCrumbs() {
  const crumbs = [];
  const back = button(G.scale === "map" ? "Back to the map" : "Show all", showAll, {class: "pill"});
  if (state.path) crumbs.push(el("span", {}, "Path from ", el("b", {}, shorten(G.label[state.path[0]], 30)), " to ", el("b", {}, shorten(G.label[state.path[1]], 30))), back);
  else if (state.focus >= 0) crumbs.push(el("span", {}, state.steps === 1 ? "Around " : "Two steps around ", el("b", {}, shorten(G.label[state.focus], 30))), back);
  else if (G.scale === "unfolding") {
    let shown = 0;
    for (let n = 0; n < NODES; n++) shown += shownNode[n];
    crumbs.push(el("span", {}, `The ${number.format(shown)} best connected of ${number.format(NODES)}; double-click unfolds`));
    if (state.unfolded.size) crumbs.push(button("Fold again", showAll, {class: "pill"}));
  }
  if (!alone() && looseNodes && looseNodes < NODES && G.scale !== "unfolding") {
    const words = state.loose ? `Hide ${count(looseNodes, "name")} without links` : `${count(looseNodes, "name")} without links: show`;
    crumbs.push(button(words, () => change({loose: !state.loose}), {class: "pill quiet", "aria-pressed": state.loose}));
  }
  $("crumbs").replaceChildren(...crumbs);
}

const viewKey = () => [state.focus, state.steps, state.path, state.loose, onMap()].join();
let lastView = "";

function refresh() {
  drawNetwork();
  refreshSide();
  showPanel();
  showCrumbs();
  showReader();
  showTable();
  for (const [id, view] of [["open-table", "table"], ["open-text", "text"]]) $(id)?.setAttribute("aria-pressed", String(state.view === view));
  const nothing = !shownNode.some(Boolean);
  $("empty").hidden = !nothing;
  $("empty").textContent = NODES ? "Nothing passes the filters." : "The graph is empty: nothing was found in its documents.";
  if (viewKey() !== lastView) {
    lastView = viewKey();
    fitAll(false);
  }
}

const toggleView = (view) => change({view: state.view === view ? "" : view});

function buildTools() {
  const tool = (text, path, act, more) => button([icon(path), el("span", {}, text)], act, {title: text, ...more});
  const entry = (text, act) => el("li", {}, button(text, () => {
    menu.open = false;
    act();
  }));
  const menu = el(
    "details",
    {class: "menu"},
    el("summary", {title: "Save"}, icon("M8 2v8M4.5 7L8 10.5 11.5 7M3 13.5h10"), el("span", {}, "Save")),
    el("ul", {}, entry("Picture (PNG)", savePng), entry("Drawing (SVG)", saveSvg), entry("Facts (CSV)", () => save(new Blob(["\ufeff", factsAsCsv(tableFacts())], {type: "text/csv"}), "facts.csv")), entry("SPARQL for the selection", openSparql), entry("Print", () => print())),
  );
  $("tools").append(
    tool("Filters", "M2.5 4h11M4.5 8h7M6.5 12h3", () => document.body.classList.toggle("filtering"), {id: "open-side"}),
    tool("Text", "M3 3.5h10M3 6.5h10M3 9.5h10M3 12.5h6", () => toggleView("text"), {id: "open-text", "aria-pressed": "false"}),
    tool("Table", "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 3.5v9", () => toggleView("table"), {id: "open-table", "aria-pressed": "false"}),
    tool("Path", "M3.5 12.5a1.5 1.5 0 1 0 0-.01M12.5 3.5a1.5 1.5 0 1 0 0-.01M4.5 11.5C8 8 8 8 11.5 4.5", () => openPathDialog(state.node)),
    menu,
    tool("Keys", "M2 5h12v7H2zM4.5 7.5h.01M7 7.5h.01M9.5 7.5h.01M12 7.5h.01M5 10h6", openHelp, {class: "bare"}),
    tool("Dark or light", "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11", () => {
      chosenTheme = isDark() ? "light" : "dark";
      retheme();
    }, {class: "bare"}),
  );
  // The address is the page's state; the skip link leaves it alone.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("panel").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

function retheme() {
  readTheme();
  fills.clear();
  net?.setOptions(visOptions());
  refresh();
}

function buildZoom() {
  $("zoom").append(
    button("+", () => zoomBy(1.35), {"aria-label": "Zoom in", title: "Zoom in"}),
    button("−", () => zoomBy(1 / 1.35), {"aria-label": "Zoom out", title: "Zoom out"}),
    button(icon("M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"), () => fitAll(), {"aria-label": "Fit all into view", title: "Fit all into view"}),
  );
  $("network").setAttribute("aria-label", `Network of ${count(NODES, "entity", "entities")}. Arrow keys go from one to the next, Enter shows its surroundings.`);
  $("network").addEventListener("keydown", networkKey);
  $("map").addEventListener("keydown", networkKey);
}

// After the first drawing, in the order of need.
function whenReady() {
  const idle = window.requestIdleCallback || setTimeout;
  whenLoaded.then(() => setTimeout(() => {
    showCounts();
    buildTools();
    buildZoom();
    combobox($("query"), $("hits"), select);
    buildSide();
    showPanel();
    showCrumbs();
    showReader();
    showTable();
    for (const [id, view] of [["open-table", "table"], ["open-text", "text"]]) $(id).setAttribute("aria-pressed", String(state.view === view));
    idle(() => {
      buildMoreFilters();
      document.documentElement.dataset.complete = "true";
    });
  }));
}

// Only what the first drawing needs; the rest follows it.
function start() {
  readTheme();
  readHash();
  drawNetwork();
  lastView = viewKey();
  onChange(refresh);
  systemDark.addEventListener("change", retheme);
  addEventListener("keydown", pageKey);
}

// What the address asks for may need the evidence.
if (location.hash.length > 1) whenLoaded.then(start);
else start();
