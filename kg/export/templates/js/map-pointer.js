// The pointer on the map.

import {NODES, degree} from "./data.js";
import {hover, hovered} from "./hover.js";
import {change, state} from "./state.js";
import {shownNode} from "./visible.js";
import {openAround} from "./moves.js";
import {map, mapRadius, mapX, mapY} from "./map-view.js";
import {frameSoon, panMap, zoomMap} from "./map.js";

// Which node is under the pointer: nodes sorted into cells of the map, built on the first move.
let cells = null;

const CELL = 120;
const cellKey = (i, j) => i * 100003 + j;

function cellsOfMap() {
  const found = new Map();
  for (let n = 0; n < NODES; n++) {
    const key = cellKey(Math.floor(mapX[n] / CELL), Math.floor(mapY[n] / CELL));
    const list = found.get(key);
    if (list) list.push(n);
    else found.set(key, [n]);
  }
  return found;
}

function nodeOnMap(x, y) {
  cells ??= cellsOfMap();
  const wx = (x - map.width / 2) / map.k + map.x;
  const wy = (y - map.height / 2) / map.k + map.y;
  const reach = Math.min(14 / map.k, 400);
  let best = -1;
  let nearest = Infinity;
  for (let i = Math.floor((wx - reach) / CELL); i <= Math.floor((wx + reach) / CELL); i++) {
    for (let j = Math.floor((wy - reach) / CELL); j <= Math.floor((wy + reach) / CELL); j++) {
      for (const n of cells.get(cellKey(i, j)) || []) {
        if (!shownNode[n]) continue;
        // Hubs win over the specks around them.
        const far = Math.hypot(mapX[n] - wx, mapY[n] - wy) * map.k - mapRadius(n);
        const score = far - Math.min(8, degree[n] / 4);
        if (far < 9 && score < nearest) {
          nearest = score;
          best = n;
        }
      }
    }
  }
  return best;
}

/** Let pointers move, zoom and choose on the map. */
export function listenMap() {
  const {canvas} = map;
  const down = new Map();
  let moved = 0;
  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  canvas.addEventListener("pointerdown", (event) => {
    down.set(event.pointerId, spot(event));
    moved = 0;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = spot(event);
    const from = down.get(event.pointerId);
    if (!from) {
      const node = nodeOnMap(x, y);
      if (node !== hovered.node) {
        hover(node, -1);
        frameSoon();
      }
      return;
    }
    const others = [...down].filter(([id]) => id !== event.pointerId);
    if (others.length === 1) {
      // Two fingers: zoom by their distance.
      const [ox, oy] = others[0][1];
      const before = Math.hypot(from[0] - ox, from[1] - oy) || 1;
      zoomMap(Math.hypot(x - ox, y - oy) / before, (x + ox) / 2, (y + oy) / 2);
    } else panMap(x - from[0], y - from[1]);
    moved += Math.abs(x - from[0]) + Math.abs(y - from[1]);
    down.set(event.pointerId, [x, y]);
  });
  const up = (event) => {
    const was = down.delete(event.pointerId);
    if (!was || event.type === "pointercancel" || moved > 5) return;
    const node = nodeOnMap(...spot(event));
    if (node >= 0) openAround(node);
    else if (state.node >= 0) change({node: -1, fact: -1});
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => {
    hover(-1, -1);
    frameSoon();
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 30 : 1;
    zoomMap(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * 0.0016), ...spot(event));
  }, {passive: false});
}
