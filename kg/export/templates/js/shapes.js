// The colour family and the shape of each type, and the dashes of each standing.

import {G} from "./data.js";

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
  Award: ["thing", "star"],
  Animal: ["thing", "dot"],
  Law: ["thing", "triangle"],
  Language: ["thing", "hexagon"],
  Position: ["office", "triangleDown"],
  Quantity: ["idea", "diamond"],
  Concept: ["idea", "dot"],
};

// vis-network draws its shapes of one size with different areas.
export const SHAPE_SIZE = {star: 1.6, diamond: 1.2, triangle: 1.15, triangleDown: 1.15, square: 0.95, hexagon: 1.05, dot: 1};

const EVENTS = new Set(G.events.map((type) => G.types[type]));

/** The colour family and the shape of a type. */
export const look = (type) => LOOK[type] || (EVENTS.has(type) ? LOOK.Event : ["idea", "dot"]);
export const DASHES = {asserted: [], reported: [2, 4], planned: [8, 5], negated: [10, 3, 2, 3], doubtful: [1, 4]};

/** The outline of a shape around a point, as a path for canvas and SVG alike. */
export function outline(shape, x, y, r) {
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
