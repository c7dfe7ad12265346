// The map's bitmap: regions, lines or their density, dots; drawn in slices of time.

import {EDGES, G, NODES, ranked, radius} from "./data.js";
import {DASHES, outline} from "./shapes.js";
import {colourOf, ink, isDark, regionColour, shapeOf} from "./theme.js";
import {statusOf} from "./facts.js";
import {shownFact, shownNode} from "./visible.js";
import {map, mapX, mapY} from "./map-view.js";

const MARGIN = 0.3; // of the view, drawn beyond each side

const channels = (colour) => {
  const n = parseInt(colour.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
};

/** Draw everything for one view; yields now and then, and gives the finished bitmap. */
export function* drawBitmap(x, y, k, withEdges) {
  const ratio = map.canvas.width / map.width;
  const w = Math.round(map.canvas.width * (1 + 2 * MARGIN));
  const h = Math.round(map.canvas.height * (1 + 2 * MARGIN));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [w, h];
  const ctx = canvas.getContext("2d");
  const scale = k * ratio;
  const px = new Float32Array(NODES);
  const py = new Float32Array(NODES);
  for (let n = 0; n < NODES; n++) {
    px[n] = (mapX[n] - x) * scale + w / 2;
    py[n] = (mapY[n] - y) * scale + h / 2;
  }
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, w, h);
  drawRegions(ctx, x, y, scale, w, h);
  yield;
  if (withEdges) yield* drawEdges(ctx, px, py, w, h, ratio);
  yield* drawDots(ctx, px, py, w, h, ratio, k);
  return {canvas, x, y, k};
}

function* drawEdges(ctx, px, py, w, h, ratio) {
  const edges = [];
  for (let f = 0; f < EDGES; f++) {
    if (!shownFact[f]) continue;
    const a = G.from[f];
    const b = G.to[f];
    if ((px[a] < 0 && px[b] < 0) || (px[a] > w && px[b] > w)) continue;
    if ((py[a] < 0 && py[b] < 0) || (py[a] > h && py[b] > h)) continue;
    edges.push(f);
  }
  yield;
  if (edges.length > 5000) yield* edgeDensity(ctx, edges, px, py, w, h);
  else edgeLines(ctx, edges, px, py, ratio);
  yield;
}

function drawRegions(ctx, x, y, scale, w, h) {
  G.regions.forEach(([rx, ry, r], c) => {
    const size = r * scale;
    const [cx, cy] = [(rx - x) * scale + w / 2, (ry - y) * scale + h / 2];
    if (size < 5 || cx + size < 0 || cy + size < 0 || cx - size > w || cy - size > h) return;
    ctx.beginPath();
    ctx.arc(cx, cy, size, 0, 2 * Math.PI);
    ctx.globalAlpha = isDark() ? 0.1 : 0.075;
    ctx.fillStyle = regionColour(c);
    ctx.fill();
  });
  ctx.globalAlpha = 1;
}

// How many lines cross each pixel, shown as darkness: fast, and busy places stay readable.
function* edgeDensity(ctx, edges, px, py, w, h) {
  const crossings = new Uint16Array(w * h);
  for (let i = 0; i < edges.length; i++) {
    if (i % 4000 === 0) yield;
    const a = G.from[edges[i]];
    const b = G.to[edges[i]];
    countCrossings(crossings, w, h, px[a], py[a], px[b], py[b]);
  }
  yield;
  yield* darken(ctx, crossings, edges.length, w, h);
}

// Add the pixels of one line; only the stretch within the bitmap is walked.
function countCrossings(crossings, w, h, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy), 1));
  let [t0, t1] = [0, 1];
  for (const [d, p, most] of [[dx, ax, w - 1], [dy, ay, h - 1]]) {
    if (d === 0) {
      if (p < 0 || p > most) return;
      continue;
    }
    const [u, v] = [-p / d, (most - p) / d];
    t0 = Math.max(t0, Math.min(u, v));
    t1 = Math.min(t1, Math.max(u, v));
  }
  if (t1 < t0) return;
  const last = Math.floor(t1 * steps);
  // Short lines hold a community together; long ones only cross the others.
  const weight = steps < 45 ? 4 : steps < 160 ? 2 : 1;
  for (let s = Math.ceil(t0 * steps); s <= last; s++) {
    const at = Math.round(ay + (dy * s) / steps) * w + Math.round(ax + (dx * s) / steps);
    if (crossings[at] < 65000) crossings[at] += weight;
  }
}

// Mix the lines' ink into the bitmap: light lines in a crowd, stronger ones where few are.
function* darken(ctx, crossings, edges, w, h) {
  const image = ctx.getImageData(0, 0, w, h);
  const words = new Uint32Array(image.data.buffer);
  const [r, g, b] = channels(ink.line);
  const base = Math.max(0.05, Math.min(0.2, 2500 / (edges + 1)));
  const alpha = Array.from({length: 64}, (_, n) => 0.8 * (1 - (1 - base) ** n));
  for (let i = 0; i < words.length; i++) {
    if (i % 400000 === 0) yield;
    const n = crossings[i];
    if (!n) continue;
    const a = alpha[n < 64 ? n : 63];
    const old = words[i];
    const mix = (c, shift) => ((old >> shift) & 255) * (1 - a) + c * a;
    words[i] = 0xff000000 | (mix(b, 16) << 16) | (mix(g, 8) << 8) | mix(r, 0);
  }
  ctx.putImageData(image, 0, 0);
}

function edgeLines(ctx, edges, px, py, ratio) {
  const groups = new Map();
  for (const f of edges) {
    const status = statusOf(f);
    if (!groups.has(status)) groups.set(status, new Path2D());
    const path = groups.get(status);
    path.moveTo(px[G.from[f]], py[G.from[f]]);
    path.lineTo(px[G.to[f]], py[G.to[f]]);
  }
  ctx.lineWidth = ratio;
  for (const [status, path] of groups) {
    ctx.strokeStyle = status === "negated" ? ink.negated : ink.line;
    ctx.globalAlpha = edges.length > 1500 ? 0.55 : 0.85;
    ctx.setLineDash(DASHES[status].map((d) => d * ratio));
    ctx.stroke(path);
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function* drawDots(ctx, px, py, w, h, ratio, k) {
  const groups = new Map();
  let done = 0;
  // Small ones first, so that hubs lie on top.
  for (let i = NODES - 1; i >= 0; i--) {
    const n = ranked[i];
    if (!shownNode[n]) continue;
    const r = Math.max(0.9, Math.min(radius(n) * k, 22)) * ratio;
    if (px[n] < -r || py[n] < -r || px[n] > w + r || py[n] > h + r) continue;
    addDot(ctx, groups, n, px[n], py[n], r);
    if (++done % 3000 === 0) yield;
  }
  for (const [key, path] of groups) {
    const [colour, large] = key.split("!");
    ctx.fillStyle = colour;
    ctx.fill(path);
    if (large !== undefined) {
      ctx.lineWidth = 1.5 * ratio;
      ctx.strokeStyle = ink.ground;
      ctx.stroke(path);
    }
    yield;
  }
}

// A speck is drawn at once; a larger one joins those of its colour, and the largest have a shape.
function addDot(ctx, groups, n, x, y, r) {
  const colour = colourOf(n);
  if (r < 2.2) {
    ctx.fillStyle = colour;
    ctx.fillRect(x - r, y - r, 2 * r, 2 * r);
    return;
  }
  const key = colour + (r < 6 ? "" : "!");
  if (!groups.has(key)) groups.set(key, new Path2D());
  const path = groups.get(key);
  if (r < 6) {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
  } else path.addPath(new Path2D(outline(shapeOf(n), x, y, r)));
}
