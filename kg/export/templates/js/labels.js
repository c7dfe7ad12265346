// Which labels are drawn, and where, so that none covers another.

import {G, isEvent} from "./data.js";
import {inLines, shorten} from "./text.js";
import {drawWords, textWidth} from "./lettering.js";

/** Rectangles taken so far, in a grid of cells. */
export class Taken {
  constructor() {
    this.cells = new Map();
  }
  *cellsOf(x, y, w, h) {
    for (let i = Math.floor(x / 80); i <= Math.floor((x + w) / 80); i++) {
      for (let j = Math.floor(y / 40); j <= Math.floor((y + h) / 40); j++) yield i * 65536 + j;
    }
  }
  free(x, y, w, h) {
    for (const cell of this.cellsOf(x, y, w, h)) {
      for (const o of this.cells.get(cell) || []) {
        if (x < o[0] + o[2] && o[0] < x + w && y < o[1] + o[3] && o[1] < y + h) return false;
      }
    }
    return true;
  }
  add(x, y, w, h) {
    for (const cell of this.cellsOf(x, y, w, h)) {
      const list = this.cells.get(cell);
      if (list) list.push([x, y, w, h]);
      else this.cells.set(cell, [[x, y, w, h]]);
    }
  }
}

/**
 * Choose labels for nodes given as {node, x, y, r} in order of importance, all in screen pixels.
 * Gives {node, text, dx, dy, size, strong}: the middle of the base line, seen from the node.
 * Specks may lie under a label, dots may not, except under the first `leaders` where there is no other
 * way. A `view` [left, top, right, bottom] is kept to.
 */
export function placeLabels(spots, {most = 400, must = new Set(), taken = new Taken(), leaders = 0, view = null} = {}) {
  const placed = [];
  const dots = new Taken();
  for (const s of spots) if (s.r > 3.5) dots.add(s.x - s.r * 0.8, s.y - s.r * 0.8, s.r * 1.6, s.r * 1.6);
  for (const [i, s] of spots.entries()) {
    if (placed.length >= most) break;
    const label = labelOf(s, must.has(s.node));
    const {w, h} = label;
    const sides = sidesOf(s, label);
    const open = sides.filter(([x, y]) => staysInView(view, s, x, y, label) && taken.free(x - w / 2, y, w, h));
    const spot = open.find(([x, y]) => dots.free(x - w / 2, y, w, h)) ?? fallback(open, sides, i < leaders, must.has(s.node));
    if (!spot) continue;
    taken.add(spot[0] - w / 2, spot[1], w, h);
    placed.push({node: s.node, text: label.text, dx: spot[0] - s.x, dy: spot[1] + h - 5 - s.y, size: label.size, strong: label.strong});
  }
  return placed;
}

const LONGEST_LABEL = 24; // letters of a name beside its dot
const LONGEST_LINE = 23; // and of one of the two lines that tell of an event
const DAY_OF_EVENT = /, (?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:1\d|20)\d\d$/;
const SMALL_SCREEN = 620; // pixels of a window in which names are written smaller

/** The letters of a label beside a dot of this radius. */
export function labelSize(r, must) {
  const less = (globalThis.innerWidth ?? Infinity) <= SMALL_SCREEN ? 1 : 0;
  return {strong: must || r >= 13.5, size: (r >= 12 ? 14 : 12.5) - less};
}

/**
 * What is written beside a node, with a break between its lines: a name in one; an event in two and without its day,
 * as what tells it from others of its kind stands at its end.
 */
export function labelText(node, must = false) {
  if (must) return shorten(G.label[node], 60);
  if (!isEvent(node)) return shorten(G.label[node], LONGEST_LABEL);
  return inLines(G.label[node].replace(DAY_OF_EVENT, ""), LONGEST_LINE);
}

function labelOf(s, must) {
  const {strong, size} = labelSize(s.r, must);
  const text = labelText(s.node, must);
  return {text, size, strong, w: textWidth(text, size, strong) + 8, h: heightOf(text, size)};
}

/** How high a label of one or two lines is. */
export const heightOf = (text, size) => (text.includes("\n") ? 2 * size + 7 : size + 5);

// Below, above, right and left of a node: the middle of the label's upper edge.
const sidesOf = (s, {w, h}) => [
  [s.x, s.y + s.r + 2],
  [s.x, s.y - s.r - 2 - h],
  [s.x + s.r + 3 + w / 2, s.y - h / 2],
  [s.x - s.r - 3 - w / 2, s.y - h / 2],
];

// A node within the view keeps its label there; of one outside no more is asked.
function staysInView(view, s, x, y, {w, h}) {
  if (!view || s.x <= view[0] || s.x >= view[2] || s.y <= view[1] || s.y >= view[3]) return true;
  return x - w / 2 > view[0] && x + w / 2 < view[2] && y > view[1] && y + h < view[3];
}

// Where no side is free of dots: a leader covers them, and what must be named covers labels too.
function fallback(open, sides, leads, must) {
  if (must) return open[0] ?? sides[0];
  return leads ? open[0] : undefined;
}

/** Draw a placed label beside its node. */
export function drawLabel(ctx, label, nodeX, nodeY, alpha) {
  drawWords(ctx, label.text, nodeX + label.dx, nodeY + label.dy, {size: label.size, strong: label.strong, alpha});
}
