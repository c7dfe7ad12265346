// Colours and shapes. A type has a colour of its family and a shape of its own.

// Okabe and Ito's palette, which people with colour blindness tell apart, toned for either ground.
const FAMILY = {
  person: {light: "#c2571a", dark: "#f08a4b"},
  body: {light: "#0b6fae", dark: "#5fb4ea"},
  place: {light: "#00795c", dark: "#35c499"},
  event: {light: "#b0457f", dark: "#e58abb"},
  thing: {light: "#9a7400", dark: "#e3b93c"},
  office: {light: "#5d57b5", dark: "#a5a0f0"},
  idea: {light: "#68707a", dark: "#a3acb8"},
};
const LOOK = {
  Person: ["person", "dot"],
  Organization: ["body", "square"],
  Group: ["body", "hexagon"],
  GPE: ["place", "diamond"],
  Location: ["place", "triangle"],
  Facility: ["place", "triangleDown"],
  Event: ["event", "star"],
  Product: ["thing", "square"],
  Work: ["thing", "diamond"],
  Law: ["thing", "triangle"],
  Language: ["thing", "hexagon"],
  Position: ["office", "triangleDown"],
  Quantity: ["idea", "diamond"],
  Concept: ["idea", "dot"],
};
// vis-network draws its shapes of one size with different areas.
const SHAPE_SIZE = {star: 1.6, diamond: 1.2, triangle: 1.15, triangleDown: 1.15, square: 0.95, hexagon: 1.05, dot: 1};
const look = (type) => LOOK[type] || ["idea", "dot"];
const COMMUNITY_HUES = ["body", "person", "place", "event", "thing", "office"];

const systemDark = matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = "";
const isDark = () => (chosenTheme ? chosenTheme === "dark" : systemDark.matches);
let colourBy = "type";
let ink = {};

function readTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue("--" + name).trim();
  ink = {
    ground: get("ground"),
    text: get("text"),
    soft: get("soft"),
    line: get("edge"),
    strong: get("edge-strong"),
    accent: get("accent"),
    negated: get("negated"),
  };
}

const shade = (family) => FAMILY[family][isDark() ? "dark" : "light"];
function colourOf(node) {
  if (colourBy === "community") {
    const c = G.community[node];
    return c < 0 ? shade("idea") : shade(COMMUNITY_HUES[c % COMMUNITY_HUES.length]);
  }
  return shade(look(G.types[G.type[node]])[0]);
}
const shapeOf = (node) => look(G.types[G.type[node]])[1];

// The outline of a shape around a point, as a path for canvas and SVG alike.
function outline(shape, x, y, r) {
  const corners = (n, turn, s) =>
    Array.from({length: n}, (_, i) => {
      const a = turn + (i * 2 * Math.PI) / n;
      return [x + s * r * Math.cos(a), y + s * r * Math.sin(a)];
    });
  const up = -Math.PI / 2;
  let points;
  if (shape === "square") points = corners(4, Math.PI / 4, 1.25);
  else if (shape === "diamond") points = corners(4, 0, 1.25);
  else if (shape === "triangle") points = corners(3, up, 1.3);
  else if (shape === "triangleDown") points = corners(3, -up, 1.3);
  else if (shape === "hexagon") points = corners(6, 0, 1.12);
  else if (shape === "star") {
    const outer = corners(5, up, 1.4);
    const inner = corners(5, up + Math.PI / 5, 0.65);
    points = outer.flatMap((p, i) => [p, inner[i]]);
  } else return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
  return "M" + points.map((p) => p.map((v) => Math.round(v * 100) / 100).join(",")).join("L") + "Z";
}

function glyph(type) {
  const [family, shape] = look(type);
  return svgEl(
    "svg",
    {viewBox: "0 0 16 16", class: "glyph family-" + family, "aria-hidden": "true"},
    svgEl("path", {d: outline(shape, 8, 8, 5.2)}),
  );
}

const DASHES = {asserted: [], reported: [2, 4], planned: [8, 5], negated: [10, 3, 2, 3], doubtful: [1, 4]};
