// Search with suggestions: labels and aliases, without accents, by keyboard.

let searchable = null; // [folded text, node, the alias or ""]
function searchRows() {
  if (searchable) return searchable;
  searchable = [];
  for (const n of byDegree) {
    searchable.push([fold(G.label[n]), n, ""]);
    for (const a of aliases(n)) searchable.push([fold(a), n, a]);
  }
  return searchable;
}

// The best matches: whole name, then beginning, then beginning of a word, then anywhere; hubs first.
function findNodes(query, most = 12) {
  const wanted = fold(query).trim();
  if (!wanted) return [];
  const ranks = [[], [], [], []];
  const seen = new Set();
  for (const row of searchRows()) {
    const at = row[0].indexOf(wanted);
    if (at < 0) continue;
    const rank = row[0] === wanted ? 0 : at === 0 ? 1 : /[^\p{L}\p{N}]/u.test(row[0][at - 1]) ? 2 : 3;
    if (ranks[rank].length < most * 3) ranks[rank].push(row);
  }
  const found = [];
  for (const row of ranks.flat()) {
    if (seen.has(row[1])) continue;
    seen.add(row[1]);
    found.push({node: row[1], alias: row[2]});
    if (found.length >= most) break;
  }
  return found;
}

// Make an input and its list work together; `choose` gets the node.
function combobox(input, list, choose) {
  let hits = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (hit) => {
    input.value = G.label[hit.node];
    close();
    choose(hit.node);
  };
  const move = (to) => {
    active = (to + hits.length) % hits.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
    list.children[active].scrollIntoView({block: "nearest"});
    input.setAttribute("aria-activedescendant", list.children[active].id);
  };
  const show = () => {
    hits = findNodes(input.value);
    if (!input.value.trim()) return close();
    active = -1;
    list.replaceChildren(
      ...hits.map((hit, i) =>
        el(
          "li",
          {role: "option", id: `${list.id}-${i}`, "aria-selected": "false", onmousedown: (e) => e.preventDefault(), onclick: () => take(hit)},
          glyph(G.types[G.type[hit.node]]),
          el("span", {class: "name"}, shorten(G.label[hit.node], 60)),
          hit.alias ? el("span", {class: "via"}, shorten(hit.alias, 40)) : null,
          el("span", {class: "many"}, number.format(degree[hit.node])),
        ),
      ),
    );
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    say(hits.length ? count(hits.length, "suggestion") : "Nothing found");
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) {
      if (list.hidden) show();
      move(active + 1);
    } else if (event.key === "ArrowUp" && hits.length) move(active - 1);
    else if (event.key === "Enter" && !list.hidden && hits.length) take(hits[Math.max(active, 0)]);
    else if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
}
