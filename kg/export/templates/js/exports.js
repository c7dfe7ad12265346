// Taking something away: pictures, CSV, SPARQL, paper.

function save(blob, name) {
  const link = el("a", {href: URL.createObjectURL(blob), download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages opened from a file may not use the clipboard directly.
    const area = el("textarea", {class: "away", "aria-hidden": "true"});
    area.value = text;
    (document.querySelector("dialog[open]") || document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(said);
  flash(said);
}

function flash(text) {
  const note = el("p", {class: "flash", "aria-hidden": "true"}, text);
  document.body.append(note);
  setTimeout(() => note.remove(), 1800);
}

const fileName = (suffix) => (document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph") + suffix;

// What is on the screen, as a picture.
function savePng() {
  const source = onMap() ? map.canvas : $("network").querySelector("canvas");
  const canvas = el("canvas");
  [canvas.width, canvas.height] = [source.width, source.height];
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(source, 0, 0);
  canvas.toBlob((blob) => save(blob, fileName(".png")), "image/png");
}

// All that is shown, as lines and letters.
function svgText() {
  const nodes = [...byDegree].filter((n) => shownNode[n]);
  const box = bounds(nodes) || [0, 0, 100, 100];
  const [left, top] = [box[0] - 130, box[1] - 60];
  const size = [box[2] - box[0] + 260, box[3] - box[1] + 120];
  const svg = svgEl("svg", {xmlns: SVG, viewBox: [left, top, ...size].join(" "), width: size[0], height: size[1], "font-family": "system-ui, sans-serif"});
  svg.append(svgEl("title", {}, document.title), svgEl("rect", {x: left, y: top, width: size[0], height: size[1], fill: ink.ground}));
  svg.append(svgEl("defs", {}, svgEl("marker", {id: "tip", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto"}, svgEl("path", {d: "M0 0L8 4L0 8Z", fill: ink.line}))));
  const lines = svgEl("g", {fill: "none", "stroke-width": 1.4});
  for (const {id, from, to, smooth} of wantedEdges()) {
    const [a, b] = [spotOf(from), spotOf(to)];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const long = Math.hypot(dx, dy) || 1;
    const bend = smooth ? (smooth.type === "curvedCW" ? -1 : 1) * smooth.roundness * 0.55 * long : 0;
    const cut = (r) => r / long;
    const [x1, y1] = [a[0] + dx * cut(radius(from)), a[1] + dy * cut(radius(from))];
    const [x2, y2] = [b[0] - dx * cut(radius(to) + 3), b[1] - dy * cut(radius(to) + 3)];
    const middle = [(a[0] + b[0]) / 2 - (dy / long) * bend, (a[1] + b[1]) / 2 + (dx / long) * bend];
    const round = (...v) => v.map((n) => Math.round(n * 10) / 10).join(" ");
    const path = from === to
      ? `M${round(a[0], a[1] - radius(from))}c-30 -40 30 -40 4 0`
      : `M${round(x1, y1)}${bend ? "Q" + round(...middle) + " " : "L"}${round(x2, y2)}`;
    const status = statusOf(id);
    lines.append(svgEl("path", {d: path, stroke: status === "negated" ? ink.negated : ink.line, "stroke-dasharray": DASHES[status].join(" ") || "none", "marker-end": "url(#tip)"}, svgEl("title", {}, `${G.label[from]} ${relationText(G.relation[id])} ${G.label[to]}`)));
  }
  const dots = svgEl("g", {stroke: ink.ground, "stroke-width": 1.5});
  for (const n of nodes) {
    const [x, y] = spotOf(n);
    dots.append(svgEl("path", {d: outline(shapeOf(n), x, y, radius(n)), fill: colourOf(n)}, svgEl("title", {}, G.label[n])));
  }
  const words = svgEl("g", {"text-anchor": "middle", fill: ink.text, stroke: ink.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round"});
  for (const label of placeLabels(nodes.map((node) => ({node, x: spotOf(node)[0], y: spotOf(node)[1], r: radius(node)})), {most: 5000})) {
    const [x, y] = spotOf(label.node);
    words.append(svgEl("text", {x: Math.round(x + label.dx), y: Math.round(y + label.dy), "font-size": label.size, "font-weight": label.strong ? 600 : 500}, label.text));
  }
  svg.append(lines, dots, words);
  return new XMLSerializer().serializeToString(svg);
}
const saveSvg = () => save(new Blob([svgText()], {type: "image/svg+xml"}), fileName(".svg"));

// SPARQL for what is selected, to run with `kg query` or in any triple store.
function sparql() {
  const prefixes = [
    `PREFIX ent: <${G.base}entity/>`,
    `PREFIX rel: <${G.base}relation/>`,
    `PREFIX kg: <${G.base}kg#>`,
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>",
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
    "PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>",
    "PREFIX prov: <http://www.w3.org/ns/prov#>",
  ].join("\n");
  const entity = (n) => iriOf("entity", idOf(n));
  const evidence = "  ?statement kg:asserted ?asserted ; kg:negated ?negated .\n  OPTIONAL { ?statement prov:wasDerivedFrom/nif:anchorOf ?sentence }";
  if (state.fact >= 0) {
    const f = state.fact;
    const object = isLiteral(f) ? "?object" : entity(G.to[f]);
    return `${prefixes}\n\n# The statements behind: ${oneLine(G.label[G.from[f]])} ${oneLine(relationText(G.relation[f]))} ${oneLine(objectText(f))}\nSELECT ?statement ?asserted ?negated ?sentence WHERE {\n  ?statement rdf:subject ${entity(G.from[f])} ;\n    rdf:predicate ${iriOf("relation", G.relations[G.relation[f]])} ;\n    rdf:object ${object} .\n${evidence}\n}`;
  }
  if (state.path && pathFacts) {
    const rows = pathFacts.map((f) => `    (${entity(G.from[f])} ${iriOf("relation", G.relations[G.relation[f]])} ${entity(G.to[f])})`);
    return `${prefixes}\n\n# The statements along the path\nSELECT ?subject ?relation ?object ?sentence WHERE {\n  VALUES (?subject ?relation ?object) {\n${rows.join("\n")}\n  }\n  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .\n${evidence}\n}`;
  }
  const node = state.node >= 0 ? state.node : state.focus;
  if (node >= 0) {
    return `${prefixes}\n\n# All that is said of: ${oneLine(G.label[node])}\nSELECT ?subject ?relation ?object ?asserted ?negated ?sentence WHERE {\n  VALUES ?node { ${entity(node)} }\n  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .\n  FILTER (?subject = ?node || ?object = ?node)\n${evidence}\n}`;
  }
  const off = [...state.off.types].map((t) => `kg:${G.types[t].replace(/[^A-Za-z0-9_]/g, "")}`);
  const filter = off.length ? `  ?subject a ?type . FILTER (?type NOT IN (${off.join(", ")}))\n` : "";
  return `${prefixes}\n\n# All statements${off.length ? ", without the types switched off" : ""}\nSELECT ?subject ?relation ?object ?asserted ?negated ?sentence WHERE {\n  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .\n${filter}${evidence}\n}`;
}

const oneLine = (text) => text.replace(/\s+/g, " ");

// An IRI of the graph; what may not stand in one is written as the graph writes it.
function iriOf(folder, local) {
  if (isIri(local)) folder = "";
  const safe = Array.from(local, (c) => (/[\u0000-\u0020<>"{}|\\^`]/.test(c) ? encodeURIComponent(c) : c)).join("");
  return folder ? `<${G.base}${folder}/${safe}>` : `<${safe}>`;
}

function openSparql() {
  const area = el("textarea", {readonly: true, rows: 14, spellcheck: "false", "aria-label": "SPARQL query"});
  area.value = sparql();
  const dialog = el(
    "dialog",
    {class: "box wide", "aria-label": "SPARQL for the selection"},
    el("div", {class: "head"}, el("h2", {}, "SPARQL for the selection"), button(icon(CROSS), () => dialog.close(), {class: "close", "aria-label": "Close"})),
    el("p", {class: "hint"}, "Run it with ", el("code", {}, "kg query GRAPH QUERY"), " or in any triple store that holds the graph."),
    area,
    button("Copy", () => copy(area.value, "The query is copied"), {class: "main"}),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
