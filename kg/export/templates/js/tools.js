// The buttons above and beside the drawing.

import {NODES} from "./data.js";
import {$, button, el, icon, openDialog} from "./dom.js";
import {count} from "./text.js";
import {turnTheme} from "./theme.js";
import {state} from "./state.js";
import {toggleView} from "./moves.js";
import {fitAll, retheme, zoomBy} from "./stage.js";
import {openPathDialog} from "./paths.js";
import {networkKey, openHelp} from "./keys.js";
import {copy, saveCsv} from "./saving.js";
import {tableFacts} from "./table.js";
import {savePng, saveSvg} from "./pictures.js";
import {sparql} from "./sparql.js";

const tool = (text, path, act, more) => button([icon(path), el("span", {}, text)], act, {title: text, ...more});

function saveMenu() {
  const entry = (text, act) => el("li", {}, button(text, () => {
    menu.open = false;
    act();
  }));
  const menu = el(
    "details",
    {class: "menu"},
    el("summary", {title: "Save"}, icon("M8 2v8M4.5 7L8 10.5 11.5 7M3 13.5h10"), el("span", {}, "Save")),
    el("ul", {}, entry("Picture (PNG)", savePng), entry("Drawing (SVG)", saveSvg), entry("Facts (CSV)", () => saveCsv(tableFacts())), entry("SPARQL for the selection", openSparql), entry("Print", () => print())),
  );
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  return menu;
}

function openSparql() {
  const area = el("textarea", {readonly: true, rows: 14, spellcheck: "false", "aria-label": "SPARQL query"});
  area.value = sparql();
  openDialog(
    "SPARQL for the selection",
    "box wide",
    el("p", {class: "hint"}, "Run it with ", el("code", {}, "kg query GRAPH QUERY"), " or in any triple store that holds the graph."),
    area,
    button("Copy", () => copy(area.value, "The query is copied"), {class: "main"}),
  );
}

/** Put up the buttons of the heading. */
export function buildTools() {
  const turn = () => {
    turnTheme();
    retheme();
  };
  $("tools").append(
    tool("Filters", "M2.5 4h11M4.5 8h7M6.5 12h3", () => document.body.classList.toggle("filtering"), {id: "open-side"}),
    tool("Text", "M3 3.5h10M3 6.5h10M3 9.5h10M3 12.5h6", () => toggleView("text"), {id: "open-text", "aria-pressed": "false"}),
    tool("Path", "M3.5 12.5a1.5 1.5 0 1 0 0-.01M12.5 3.5a1.5 1.5 0 1 0 0-.01M4.5 11.5C8 8 8 8 11.5 4.5", () => openPathDialog(state.node)),
    saveMenu(),
    tool("Keys", "M2 5h12v7H2zM4.5 7.5h.01M7 7.5h.01M9.5 7.5h.01M12 7.5h.01M5 10h6", openHelp, {class: "bare"}),
    tool("Dark or light", "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11", turn, {class: "bare"}),
  );
  // The address is the page's state; the skip link leaves it alone.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("panel").focus();
  });
}

/** Show on the buttons which view is open. */
export function pressTools() {
  for (const [id, view] of [["open-text", "text"]]) $(id)?.setAttribute("aria-pressed", String(state.view === view));
}

/** Put up the buttons for zooming, and let the drawing hear keys. */
export function buildZoom() {
  $("zoom").append(
    button("+", () => zoomBy(1.35), {"aria-label": "Zoom in", title: "Zoom in"}),
    button("−", () => zoomBy(1 / 1.35), {"aria-label": "Zoom out", title: "Zoom out"}),
    button(icon("M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"), () => fitAll(), {"aria-label": "Fit all into view", title: "Fit all into view"}),
  );
  $("network").setAttribute("aria-label", `Network of ${count(NODES, "entity", "entities")}. Arrow keys go from one to the next, Enter shows its surroundings.`);
  $("network").addEventListener("keydown", networkKey);
  $("map").addEventListener("keydown", networkKey);
}
