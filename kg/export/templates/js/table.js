// All facts as a table that sorts, filters and copies as CSV.

import {$, button, closeButton, el, later, say} from "./dom.js";
import {count, fold, number, shorten} from "./text.js";
import {statusOf} from "./facts.js";
import {change, state} from "./state.js";
import {COLUMNS, factsAsCsv, rowsOf} from "./rows.js";
import {copy, saveCsv} from "./saving.js";

const table = {sort: -1, down: false, words: "", rows: 100};

/** The facts of the table as it is filtered and sorted. */
export const tableFacts = () => rowsOf(table);

/** Show the table, where it is open. */
export function showTable() {
  const open = state.view === "table";
  $("table").hidden = !open;
  if (!open) return;
  if (!$("table").firstChild) buildTable();
  fillTable();
}

function buildTable() {
  const filter = el("input", {type: "search", placeholder: "Filter the rows", "aria-label": "Filter the rows", oninput: later(() => {
    table.words = fold(filter.value).trim();
    table.rows = 100;
    fillTable();
    say(count(tableFacts().length, "row"));
  }, 120)});
  const head = COLUMNS.map(([name], i) =>
    el("th", {scope: "col", "aria-sort": "none"}, button(name, () => {
      table.down = table.sort === i && !table.down;
      table.sort = i;
      fillTable();
    })),
  );
  $("table").append(
    el(
      "div",
      {class: "head"},
      el("h2", {}, "Facts"),
      filter,
      el("span", {class: "rows"}),
      button("Copy as CSV", () => copy(factsAsCsv(tableFacts()), "The table is copied")),
      button("Save as CSV", () => saveCsv(tableFacts())),
      closeButton("Close the table", () => change({view: ""})),
    ),
    el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows"}, el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody"))),
  );
}

function fillTable() {
  const facts = tableFacts();
  $("table").querySelectorAll("th").forEach((th, i) => th.setAttribute("aria-sort", i !== table.sort ? "none" : table.down ? "descending" : "ascending"));
  $("table").querySelector(".rows").textContent = count(facts.length, "row");
  const body = $("table").querySelector("tbody");
  body.replaceChildren(
    ...facts.slice(0, table.rows).map((f) =>
      el(
        "tr",
        {class: "fact " + statusOf(f) + (f === state.fact ? " chosen" : "")},
        COLUMNS.map(([, get], i) => el("td", {}, i === 1 ? button(get(f), () => change({fact: f, node: -1}), {class: "open", title: "Show the sentences"}) : shorten(get(f), 120))),
      ),
    ),
  );
  if (facts.length > table.rows) {
    body.append(el("tr", {}, el("td", {colspan: COLUMNS.length}, button(`Show ${number.format(Math.min(500, facts.length - table.rows))} more`, () => {
      table.rows += 500;
      fillTable();
    }))));
  }
}
