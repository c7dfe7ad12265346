// All facts as a table that sorts, filters and copies as CSV.

import {$, button, el, later, say} from "./dom.js";
import {count, fold, number, shorten} from "./text.js";
import {statusOf, when} from "./facts.js";
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
  const head = ORDER.map((i) => [COLUMNS[i][0], i]).map(([name, i]) =>
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
    ),
    el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows"}, el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody"))),
  );
}

// The sentence stands beside the fact; what tells of its standing follows.
const ORDER = [0, 1, 2, 8, 5, 3, 4, 6, 7];

function cell(fact, column) {
  const [name, get] = COLUMNS[column];
  if (name === "Sentence") return el("td", {class: "sentence"}, shorten(get(fact), 220));
  if (name === "Relation") return el("td", {}, button(get(fact), () => change({fact, node: -1}), {class: "open", title: "Show the sentences"}));
  if (name === "Document") return el("td", {class: "document"}, shorten(get(fact), 70));
  return el("td", {}, name === "When" ? when(fact) : shorten(get(fact), 120));
}

function fillTable() {
  const facts = tableFacts();
  $("table").querySelectorAll("th").forEach((th, at) => th.setAttribute("aria-sort", ORDER[at] !== table.sort ? "none" : table.down ? "descending" : "ascending"));
  $("table").querySelector(".rows").textContent = count(facts.length, "row");
  const body = $("table").querySelector("tbody");
  body.replaceChildren(
    ...facts.slice(0, table.rows).map((f) =>
      el(
        "tr",
        {class: "fact " + statusOf(f) + (f === state.fact ? " chosen" : "")},
        ORDER.map((i) => cell(f, i)),
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
