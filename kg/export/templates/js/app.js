// The page as a whole: what happens at the start and on each change.

import {G, NODES} from "./data.js";
import {$, whenLoaded} from "./dom.js";
import {count} from "./text.js";
import {readTheme, systemDark} from "./theme.js";
import {combobox} from "./combobox.js";
import {listenToAddress, onChange, readHash} from "./state.js";
import {shownNode, viewKey} from "./visible.js";
import {showCrumbs} from "./crumbs.js";
import {whenDrawn} from "./ready.js";
import {drawStage, fitAll, retheme, select} from "./stage.js";
import {buildMoreFilters, buildSide, refreshSide} from "./filters.js";
import {pageKey} from "./keys.js";
import {showPanel} from "./panel.js";
import {showReader} from "./reader.js";
import {buildTabs, showViews} from "./tabs.js";
import {buildTools, buildZoom, pressTools} from "./tools.js";

function showCounts() {
  const c = G.counts;
  $("counts").textContent = [
    count(c.entities, "entity", "entities"),
    count(c.facts, "fact"),
    c.documents ? count(c.documents, "document") : "",
  ].filter(Boolean).join(" · ");
}

let lastView = "";

function showAround() {
  showPanel();
  showCrumbs();
  showReader();
  showViews();
  pressTools();
}

function refresh() {
  const fresh = viewKey() !== lastView;
  lastView = viewKey();
  drawStage(fresh);
  refreshSide();
  showAround();
  const nothing = !shownNode.some(Boolean);
  $("empty").hidden = !nothing;
  $("empty").textContent = NODES ? "Nothing passes the filters." : "The graph is empty: nothing was found in its documents.";
  if (fresh) fitAll(false);
}

// What follows the first drawing, in the order of need.
function complete() {
  const idle = window.requestIdleCallback || setTimeout;
  showCounts();
  buildTools();
  buildZoom();
  buildTabs();
  combobox($("query"), $("hits"), select);
  buildSide();
  showAround();
  idle(() => {
    buildMoreFilters();
    document.documentElement.dataset.complete = "true";
  });
}

// Only what the first drawing needs; the rest follows it.
function startPage() {
  whenDrawn.then(() => whenLoaded).then(() => setTimeout(complete));
  readTheme();
  readHash();
  lastView = viewKey();
  drawStage(true);
  onChange(refresh);
  listenToAddress();
  systemDark.addEventListener("change", retheme);
  addEventListener("keydown", pageKey);
}

// What the address asks for may need the evidence.
if (location.hash.length > 1) whenLoaded.then(startPage);

else startPage();
