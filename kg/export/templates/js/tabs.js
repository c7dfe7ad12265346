// The views of one graph, by tab: each shows what passes the filters, and the address names it.

import {E} from "./data.js";
import {$, button, el} from "./dom.js";
import {state, change} from "./state.js";
import {showTimeline} from "./timeline.js";
import {showCards} from "./cards.js";
import {hasPlaces, showWorld} from "./world.js";
import {showPapers} from "./papers.js";
import {showTable} from "./table.js";

const TABS = [["", "Network"], ["timeline", "Timeline"], ["people", "People", " and organizations"], ["places", "Map"], ["table", "Facts"], ["documents", "Documents"]];

/** Put up the tabs. */
export function buildTabs() {
  const shown = TABS.filter(([view]) => (view !== "documents" || E().documents.length) && (view !== "places" || hasPlaces()));
  $("tabs").append(...shown.map(([view, text, more]) => button(more ? [text, el("span", {class: "long"}, more)] : text, () => change({view}), {"data-view": view, "aria-pressed": "false"})));
}

/** Show the view that is open, and on its tab that it is. */
export function showViews() {
  for (const show of [showTimeline, showCards, showWorld, showPapers, showTable]) show();
  const current = state.view === "text" ? "" : state.view;
  for (const tab of $("tabs").children) {
    tab.setAttribute("aria-pressed", String(tab.dataset.view === current));
    // On a phone not all of them have room.
    if (tab.dataset.view === current && $("tabs").scrollWidth > $("tabs").clientWidth) $("tabs").scrollLeft = tab.offsetLeft - 40;
  }
}
