// Places for a few nodes alone: the surroundings of one, or the way between two.

import {G} from "./data.js";

/** Give {node: [x, y]} for a neighbourhood: its middle, then the others by springs, labels kept apart. */
export function placeAround(middle, nodes, facts) {
  const at = new Map(nodes.map((n, i) => [n, i]));
  const total = nodes.length;
  const x = new Float64Array(total);
  const y = new Float64Array(total);
  const links = [];
  for (const f of facts) {
    const a = at.get(G.from[f]);
    const b = at.get(G.to[f]);
    if (a !== b) links.push([a, b]);
  }
  // Start on rings by distance, neighbours of one community side by side.
  const step = new Int32Array(total).fill(-1);
  const near = Array.from({length: total}, () => []);
  for (const [a, b] of links) {
    near[a].push(b);
    near[b].push(a);
  }
  const centre = at.get(middle) ?? 0;
  step[centre] = 0;
  let front = [centre];
  const angle = new Float64Array(total);
  let ring = 0;
  while (front.length) {
    ring++;
    const next = [];
    for (const a of front) {
      const mine = [...new Set(near[a])].filter((b) => step[b] < 0);
      mine.sort((p, q) => G.community[nodes[p]] - G.community[nodes[q]] || nodes[p] - nodes[q]);
      mine.forEach((b, i) => {
        step[b] = ring;
        const width = ring === 1 ? 2 * Math.PI : Math.PI * 0.9;
        angle[b] = angle[a] + width * ((i + 0.5) / mine.length - 0.5);
        next.push(b);
      });
    }
    front = next;
  }
  const reach = 150 + 9 * Math.sqrt(total);
  for (let i = 0; i < total; i++) {
    const r = reach * (step[i] < 0 ? 2.6 : step[i]);
    x[i] = r * Math.cos(angle[i] || i) * 1.25;
    y[i] = r * Math.sin(angle[i] || i);
  }
  springs(x, y, links, centre, total > 250 ? 40 : 90, reach);
  pushApart(x, y, nodes);
  return new Map(nodes.map((n, i) => [n, [Math.round(x[i] - x[centre]), Math.round(y[i] - y[centre])]]));
}

function springs(x, y, links, fixed, rounds, length) {
  const total = x.length;
  const fx = new Float64Array(total);
  const fy = new Float64Array(total);
  for (let round = 0; round < rounds; round++) {
    const heat = length * 0.25 * (1 - round / rounds);
    fx.fill(0);
    fy.fill(0);
    for (let i = 0; i < total; i++) {
      for (let j = 0; j < i; j++) {
        const dx = x[i] - x[j] || (i - j) * 1e-3;
        const dy = y[i] - y[j];
        const push = (length * length * 0.6) / (dx * dx + dy * dy + 1);
        fx[i] += dx * push;
        fy[i] += dy * push;
        fx[j] -= dx * push;
        fy[j] -= dy * push;
      }
    }
    for (const [a, b] of links) {
      const dx = x[a] - x[b];
      const dy = y[a] - y[b];
      const pull = Math.sqrt(dx * dx + dy * dy) / length;
      fx[a] -= dx * pull;
      fy[a] -= dy * pull;
      fx[b] += dx * pull;
      fy[b] += dy * pull;
    }
    for (let i = 0; i < total; i++) {
      if (i === fixed) continue;
      const size = Math.hypot(fx[i], fy[i]) || 1;
      const move = Math.min(size, heat) / size;
      x[i] += fx[i] * move;
      y[i] += fy[i] * move;
    }
  }
}

// Move boxes of the labels' size until hardly two overlap.
function pushApart(x, y, nodes) {
  const half = nodes.map((n) => Math.min(95, 24 + Math.min(G.label[n].length, 26) * 3.6));
  for (let round = 0; round < 60; round++) {
    let moved = false;
    for (let i = 0; i < x.length; i++) {
      for (let j = 0; j < i; j++) {
        const overX = half[i] + half[j] - Math.abs(x[i] - x[j]);
        const overY = 46 - Math.abs(y[i] - y[j]);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        // Along the way that is shorter.
        if (overX < overY) shiftApart(x, i, j, overX);
        else shiftApart(y, i, j, overY);
      }
    }
    if (!moved) break;
  }
}

function shiftApart(at, i, j, over) {
  const d = (at[i] >= at[j] ? 0.5 : -0.5) * over;
  at[i] += d;
  at[j] -= d;
}

/** The nodes of a path in a gentle wave from left to right, or downwards where the stage is narrow. */
export function placeAlong(nodes, narrow = false) {
  return new Map(nodes.map((n, i) => [n, narrow ? [i % 2 ? 62 : -62, i * 92] : [i * 210, i % 2 ? 46 : -46]]));
}
