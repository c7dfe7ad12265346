// Places for the first look: all within the frame of the stage, no name over another.

import {radius} from "./data.js";
import {textWidth} from "./lettering.js";
import {heightOf, labelSize, labelText} from "./labels.js";

const ROUNDS = 130;

/** How much room a node wants with its name below it: half of its width, what is above its middle, and below. */
export function boxOf(node) {
  const r = radius(node);
  const {size, strong} = labelSize(r, false);
  const text = labelText(node);
  const wide = textWidth(text, size, strong) / 2 + 7;
  return {half: Math.max(wide, r + 3), up: r + 3, down: r + heightOf(text, size) + 4};
}

/** How many of these nodes, the first of them, have room in a frame with their names. */
export function roomFor(nodes, width, height) {
  // What is left free shows the lines; on a small screen names come before them.
  let left = (width < 500 ? 0.72 : 0.58) * width * height;
  return nodes.filter((n) => {
    const {half, up, down} = boxOf(n);
    left -= 2 * half * (up + down);
    return left >= 0;
  }).length;
}

/**
 * Give {places: Map of node → [x, y], left: [node, …]} for nodes by importance and their links [[a, b], …] in a
 * frame of so many pixels, whose corner right below stays free; `left` are the least important, for which there is
 * no room.
 */
export function spread(nodes, links, width, height, corner = [0, 0]) {
  const at = new Map(nodes.map((n, i) => [n, i]));
  const ends = links.map(([a, b]) => [at.get(a), at.get(b)]).filter(([a, b]) => a !== b);
  const boxes = nodes.map(boxOf);
  const x = new Float64Array(nodes.length);
  const y = new Float64Array(nodes.length);
  begin(x, y, ends, width, height);
  pull(x, y, ends, boxes, width, height);
  const gone = keepApart(x, y, boxes, width, height, corner);
  const places = new Map();
  const left = [];
  nodes.forEach((n, i) => (gone[i] ? left.push(n) : places.set(n, [Math.round(x[i]), Math.round(y[i])])));
  return {places, left};
}

// Parts that hang together get a stretch of the frame each, as wide as they are large; within it the most
// important stands in the middle and the others around it, those near it nearest.
function begin(x, y, ends, width, height) {
  const near = x.length ? Array.from({length: x.length}, () => []) : [];
  for (const [a, b] of ends) {
    near[a].push(b);
    near[b].push(a);
  }
  const seen = new Uint8Array(x.length);
  const parts = [];
  for (let i = 0; i < x.length; i++) {
    if (seen[i]) continue;
    const part = [i];
    seen[i] = 1;
    for (const n of part) {
      for (const m of near[n].filter((o) => !seen[o])) {
        if (!seen[m]) part.push(m);
        seen[m] = 1;
      }
    }
    parts.push(part);
  }
  parts.sort((p, q) => q.length - p.length || p[0] - q[0]);
  let turn = 0;
  parts.forEach((part, number) => {
    // The largest in the middle, the others on a spiral around it.
    const far = number ? 0.32 + 0.12 * Math.sqrt(number) : 0;
    const [cx, cy] = [Math.cos(turn) * far * width, Math.sin(turn) * far * height];
    turn += 2.4;
    const reach = Math.sqrt(part.length / x.length) * 0.42;
    part.forEach((n, i) => {
      const r = reach * Math.sqrt(i / Math.max(part.length, 1));
      x[n] = cx + Math.cos(i * 2.399963) * r * width;
      y[n] = cy + Math.sin(i * 2.399963) * r * height;
    });
  });
}

// Springs along the links, all others pushed away, nothing out of the frame.
function pull(x, y, ends, boxes, width, height) {
  const total = x.length;
  const rest = 0.8 * Math.sqrt((width * height) / Math.max(total, 1));
  const fx = new Float64Array(total);
  const fy = new Float64Array(total);
  for (let round = 0; round < ROUNDS; round++) {
    const heat = rest * (0.6 * (1 - round / ROUNDS) ** 1.5 + 0.01);
    fx.fill(0);
    fy.fill(0);
    for (let i = 0; i < total; i++) {
      for (let j = 0; j < i; j++) {
        // Names are wider than high, so that what stands beside needs more room than what stands below.
        const dx = (x[i] - x[j]) * 0.62 || (i - j) * 1e-3;
        const dy = y[i] - y[j];
        const push = (rest * rest) / (dx * dx + dy * dy + 1);
        fx[i] += dx * push;
        fy[i] += dy * push;
        fx[j] -= dx * push;
        fy[j] -= dy * push;
      }
      // Towards the middle, in the shape of the frame.
      fx[i] -= x[i] * 0.9 * Math.min(1, height / width);
      fy[i] -= y[i] * 0.9 * Math.min(1, width / height);
    }
    for (const [a, b] of ends) {
      const dx = x[a] - x[b];
      const dy = y[a] - y[b];
      const force = Math.hypot(dx, dy) / rest;
      fx[a] -= dx * force;
      fy[a] -= dy * force;
      fx[b] += dx * force;
      fy[b] += dy * force;
    }
    for (let i = 0; i < total; i++) {
      const size = Math.hypot(fx[i], fy[i]) || 1;
      const move = Math.min(size, heat) / size;
      x[i] += fx[i] * move;
      y[i] += fy[i] * move;
      stay(x, y, boxes[i], i, width, height);
    }
  }
}

function stay(x, y, {half, up, down}, i, width, height) {
  x[i] = Math.max(half - width / 2, Math.min(width / 2 - half, x[i]));
  y[i] = Math.max(up - height / 2, Math.min(height / 2 - down, y[i]));
}

function leaveCorner(x, y, {half, down}, i, left, top) {
  const overX = x[i] + half - left;
  const overY = y[i] + down - top;
  if (overX <= 0 || overY <= 0) return;
  if (overX < overY) x[i] -= overX;
  else y[i] -= overY;
}

// Move boxes until none covers another. Where that does not end, the least important that overlaps takes the nearest
// free spot, and goes where there is none.
function keepApart(x, y, boxes, width, height, corner) {
  const gone = new Uint8Array(x.length);
  const keepIn = (i) => {
    stay(x, y, boxes[i], i, width, height);
    leaveCorner(x, y, boxes[i], i, width / 2 - corner[0], height / 2 - corner[1]);
  };
  partAll(x, y, boxes, keepIn);
  const placed = [];
  for (let i = 0; i < x.length; i++) {
    const spot = freeSpot(x, y, boxes, i, placed, keepIn);
    gone[i] = spot ? 0 : 1;
    if (spot) placed.push(i);
  }
  return gone;
}

// Put a box where it covers none of those that are placed, as near as it can be; gives whether there is such a spot.
function freeSpot(x, y, boxes, i, placed, keepIn) {
  const [x0, y0] = [x[i], y[i]];
  for (let step = 0; step < 1500; step++) {
    const r = 9 * Math.sqrt(step);
    x[i] = x0 + Math.cos(step * 2.399963) * r * 1.4;
    y[i] = y0 + Math.sin(step * 2.399963) * r;
    keepIn(i);
    if (placed.every((j) => isApart(x, y, boxes, i, j))) return true;
  }
  return false;
}

function isApart(x, y, boxes, i, j) {
  const a = boxes[i];
  const b = boxes[j];
  if (Math.abs(x[i] - x[j]) >= a.half + b.half) return true;
  return y[j] >= y[i] ? y[j] - y[i] >= a.down + b.up : y[i] - y[j] >= a.up + b.down;
}

function partAll(x, y, boxes, keepIn) {
  for (let round = 0; round < 120; round++) {
    let moved = false;
    for (let i = 1; i < x.length; i++) for (let j = 0; j < i; j++) moved = partTwo(x, y, boxes, i, j) || moved;
    for (let i = 0; i < x.length; i++) keepIn(i);
    if (!moved) return;
  }
}

function partTwo(x, y, boxes, i, j) {
  const a = boxes[i];
  const b = boxes[j];
  const overX = a.half + b.half - Math.abs(x[i] - x[j]);
  if (overX <= 0.5) return false;
  const overY = y[i] >= y[j] ? a.up + b.down - (y[i] - y[j]) : a.down + b.up - (y[j] - y[i]);
  if (overY <= 0.5) return false;
  if (overX < overY) shift(x, i, j, overX / 2 + 0.3);
  else shift(y, i, j, overY / 2 + 0.3);
  return true;
}

function shift(at, i, j, by) {
  const sign = at[i] >= at[j] ? 1 : -1;
  at[i] += sign * by;
  at[j] -= sign * by;
}

/** Give places for newcomers around a node, where nothing stands yet: Map of node → [x, y]. */
export function placeBeside(node, newcomers, taken) {
  const boxes = [...taken].map(([n, [x, y]]) => ({x, y, ...boxOf(n)}));
  const [cx, cy] = taken.get(node) ?? [0, 0];
  const found = new Map();
  for (const n of newcomers) {
    const box = boxOf(n);
    for (let step = 0; ; step++) {
      const r = 62 + 9 * Math.sqrt(step) + step * 0.7;
      const x = Math.round(cx + Math.cos(step * 2.399963) * r * 1.35);
      const y = Math.round(cy + Math.sin(step * 2.399963) * r);
      if (step < 3000 && !boxes.every((o) => clear(o, {x, y, ...box}))) continue;
      boxes.push({x, y, ...box});
      found.set(n, [x, y]);
      break;
    }
  }
  return found;
}

const clear = (a, b) => Math.abs(a.x - b.x) >= a.half + b.half || (b.y >= a.y ? b.y - a.y >= a.down + b.up : a.y - b.y >= a.up + b.down);
