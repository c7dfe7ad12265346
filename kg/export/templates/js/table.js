// All facts as a table that sorts, filters and copies as CSV.

const COLUMNS = [
  ["Subject", (f) => G.label[G.from[f]]],
  ["Relation", (f) => relationText(G.relation[f])],
  ["Object", (f) => objectText(f)],
  ["Standing", (f) => standing(f) || "asserted"],
  ["By", (f) => (speaker(f) >= 0 ? G.label[speaker(f)] : "")],
  ["When", (f) => when(f)],
  ["Document", (f) => [...new Set(documentsOf(f))].map(documentTitle).join("; ")],
  ["Confidence", (f) => (E().confidence[f] / 100).toFixed(2)],
];
const table = {sort: -1, down: false, words: "", rows: 100};

function showTable() {
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
      button("Save as CSV", () => save(new Blob(["\ufeff", factsAsCsv(tableFacts())], {type: "text/csv"}), "facts.csv")),
      button(icon(CROSS), () => change({view: ""}), {class: "close", "aria-label": "Close the table"}),
    ),
    el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows"}, el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody"))),
  );
}

function tableFacts() {
  const found = [];
  for (let f = 0; f < FACTS; f++) {
    if (alone() ? !shownFact[f] : !passesFilter[f]) continue;
    if (table.words && !COLUMNS.some(([, get]) => fold(get(f)).includes(table.words))) continue;
    found.push(f);
  }
  if (table.sort >= 0) {
    const get = COLUMNS[table.sort][1];
    const keys = new Map(found.map((f) => [f, get(f)]));
    const order = new Intl.Collator("en", {numeric: true}).compare;
    found.sort((a, b) => (table.down ? -1 : 1) * order(keys.get(a), keys.get(b)) || a - b);
  }
  return found;
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

function factsAsCsv(facts) {
  const quote = (text) => (/[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  const rows = [[...COLUMNS.map(([name]) => name), "Sentence"], ...facts.map((f) => [...COLUMNS.map(([, get]) => get(f)), citations(f)[0]?.text ?? ""])];
  return rows.map((row) => row.map(quote).join(",")).join("\r\n") + "\r\n";
}
