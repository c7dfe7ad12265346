// The map of a large graph: a bitmap of all nodes and edges, drawn in slices of time and moved as a whole
// while somebody pans or zooms; names, the selection and hits are live.

const map = {
  canvas: null,
  ctx: null,
  width: 0,
  height: 0,
  x: 0, // the spot of the graph in the middle of the view
  y: 0,
  k: 1, // pixels per unit
  bitmap: null, // {canvas, x, y, k}: the last finished drawing and the view it was made for
  job: null,
  names: null,
  wanted: false,
};
const MARGIN = 0.3; // of the view, drawn beyond each side
let mapX = null;
let mapY = null;

function openMap() {
  if (map.canvas) return;
  mapX = Float32Array.from(G.x);
  mapY = Float32Array.from(G.y);
  map.canvas = $("map");
  map.ctx = map.canvas.getContext("2d", {alpha: false});
  new ResizeObserver(() => {
    if (sizeMap()) redrawMap();
  }).observe($("stage"));
  sizeMap();
  fitMap();
  whenLoaded.then(listenMap);
  redrawMap();
}

function sizeMap() {
  const {clientWidth: w, clientHeight: h} = $("stage");
  if (!w || !h || (w === map.width && h === map.height)) return false;
  [map.width, map.height] = [w, h];
  const ratio = Math.min(devicePixelRatio || 1, 2);
  map.canvas.width = Math.round(w * ratio);
  map.canvas.height = Math.round(h * ratio);
  return true;
}

function fitMap(box = mapBounds()) {
  if (box[0] > box[2]) return;
  map.x = (box[0] + box[2]) / 2;
  map.y = (box[1] + box[3]) / 2;
  map.k = Math.min((map.width - 60) / (box[2] - box[0] + 1), (map.height - 60) / (box[3] - box[1] + 1), 1.2);
}

function mapBounds() {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let n = 0; n < NODES; n++) {
    if (!shownNode[n]) continue;
    if (mapX[n] < x0) x0 = mapX[n];
    if (mapX[n] > x1) x1 = mapX[n];
    if (mapY[n] < y0) y0 = mapY[n];
    if (mapY[n] > y1) y1 = mapY[n];
  }
  return [x0, y0, x1, y1];
}

function redrawMap() {
  // The very first drawing is of dots alone; the lines follow.
  map.job = drawBitmap(map.x, map.y, map.k, map.bitmap !== null);
  frameSoon();
}

function frameSoon() {
  if (map.wanted) return;
  map.wanted = true;
  requestAnimationFrame(mapFrame);
}

const settle = later(() => redrawMap(), 90);

function viewMoved() {
  settle();
  frameSoon();
}

function mapFrame() {
  map.wanted = false;
  if (map.canvas.hidden) return;
  if (map.job) {
    const until = performance.now() + (map.bitmap ? 7 : 400);
    let step = {done: false};
    while (!step.done && performance.now() < until) step = map.job.next();
    if (step.done) {
      const first = !map.bitmap;
      map.bitmap = step.value;
      map.job = null;
      if (first) setTimeout(redrawMap, 30);
    }
  }
  paint();
  if (map.job) frameSoon();
}

// One frame: the bitmap moved to where the view is, and what is live on top.
function paint() {
  const {ctx, width: w, height: h} = map;
  const ratio = map.canvas.width / w;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, map.canvas.width, map.canvas.height);
  const made = map.bitmap;
  if (made) {
    const grow = map.k / made.k;
    const bw = made.canvas.width * grow;
    const bh = made.canvas.height * grow;
    const left = (w / 2 + (made.x - map.x) * map.k) * ratio - bw / 2;
    const top = (h / 2 + (made.y - map.y) * map.k) * ratio - bh / 2;
    ctx.imageSmoothingEnabled = grow !== 1;
    ctx.drawImage(made.canvas, Math.round(left), Math.round(top), Math.round(bw), Math.round(bh));
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintSelection(ctx);
  if (isReady) paintNames(ctx);
  if (made) firstDrawing();
}

const onMapX = (x) => (x - map.x) * map.k + map.width / 2;
const onMapY = (y) => (y - map.y) * map.k + map.height / 2;
const mapRadius = (n) => Math.max(0.9, Math.min(radius(n) * map.k, 22));

const channels = (colour) => {
  const n = parseInt(colour.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
};

// Draw everything for one view; yields now and then, and gives the finished bitmap.
function* drawBitmap(x, y, k, withEdges) {
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
const regionColour = (c) => shade(COMMUNITY_HUES[c % COMMUNITY_HUES.length]);

// How many lines cross each pixel, shown as darkness: fast, and busy places stay readable.
function* edgeDensity(ctx, edges, px, py, w, h) {
  const crossings = new Uint16Array(w * h);
  for (let i = 0; i < edges.length; i++) {
    if (i % 4000 === 0) yield;
    const a = G.from[edges[i]];
    const b = G.to[edges[i]];
    const dx = px[b] - px[a];
    const dy = py[b] - py[a];
    const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy), 1));
    // Only the stretch within the bitmap is walked.
    let [t0, t1] = [0, 1];
    for (const [d, p, most] of [[dx, px[a], w - 1], [dy, py[a], h - 1]]) {
      if (d === 0) {
        if (p < 0 || p > most) t1 = -1;
      } else {
        const [u, v] = [-p / d, (most - p) / d];
        t0 = Math.max(t0, Math.min(u, v));
        t1 = Math.min(t1, Math.max(u, v));
      }
    }
    if (t1 < t0) continue;
    const last = Math.floor(t1 * steps);
    // Short lines hold a community together; long ones only cross the others.
    const weight = steps < 45 ? 4 : steps < 160 ? 2 : 1;
    for (let s = Math.ceil(t0 * steps); s <= last; s++) {
      const at = Math.round(py[a] + (dy * s) / steps) * w + Math.round(px[a] + (dx * s) / steps);
      if (crossings[at] < 65000) crossings[at] += weight;
    }
  }
  yield;
  const image = ctx.getImageData(0, 0, w, h);
  const words = new Uint32Array(image.data.buffer);
  const [r, g, b] = channels(ink.line);
  // Light lines in a crowd, stronger ones where few are.
  const base = Math.max(0.05, Math.min(0.2, 2500 / (edges.length + 1)));
  const alpha = Array.from({length: 64}, (_, n) => 0.8 * (1 - Math.pow(1 - base, n)));
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
    const n = byDegree[i];
    if (!shownNode[n]) continue;
    const r = Math.max(0.9, Math.min(radius(n) * k, 22)) * ratio;
    if (px[n] < -r || py[n] < -r || px[n] > w + r || py[n] > h + r) continue;
    const colour = mapColour(n);
    if (r < 2.2) {
      ctx.fillStyle = colour;
      ctx.fillRect(px[n] - r, py[n] - r, 2 * r, 2 * r);
    } else {
      const key = colour + (r < 6 ? "" : "!");
      if (!groups.has(key)) groups.set(key, new Path2D());
      const path = groups.get(key);
      if (r < 6) {
        path.moveTo(px[n] + r, py[n]);
        path.arc(px[n], py[n], r, 0, 2 * Math.PI);
      } else path.addPath(new Path2D(outline(shapeOf(n), px[n], py[n], r)));
    }
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

function mapColour(n) {
  if (colourBy === "type") return colourOf(n);
  return G.community[n] < 0 ? shade("idea") : regionColour(G.community[n]);
}

// Names of regions and hubs, placed again when the scale or the part in view has changed much.
function paintNames(ctx) {
  const made = map.names;
  const stale = !made || Math.abs(Math.log(map.k / made.k)) > 0.12 || Math.abs(map.x - made.x) * map.k > map.width * 0.22 || Math.abs(map.y - made.y) * map.k > map.height * 0.22 || made.hovered !== hovered.node || made.node !== state.node;
  if (stale) map.names = placeMapNames();
  const names = map.names;
  for (const name of names.regions) {
    const x = onMapX(name.x);
    const y = onMapY(name.y) + name.dy;
    drawWords(ctx, name.text, x, y, {size: name.size, strong: true, colour: name.colour, rim: 4});
  }
  for (const label of names.labels) {
    drawLabel(ctx, label, onMapX(mapX[label.node]), onMapY(mapY[label.node]), 1);
  }
}

// A community is named after its two hubs, where there is room for both.
function regionName(c, hubs = 2) {
  regionHubs ??= findRegionHubs();
  return regionHubs[c].slice(0, hubs).map((n) => shorten(G.label[n], 24)).join(", ");
}
let regionHubs = null;
function findRegionHubs() {
  const found = G.regions.map(() => []);
  for (const n of byDegree) {
    const c = G.community[n];
    if (c >= 0 && found[c].length < 2) found[c].push(n);
  }
  return found;
}

function placeMapNames() {
  const regions = [];
  const spots = [];
  const seen = new Taken();
  const out = (x, y) => x < -map.width * 0.3 || y < -map.height * 0.3 || x > map.width * 1.3 || y > map.height * 1.3;
  const named = new Set();
  G.regions.forEach(([rx, ry, r], c) => {
    const size = r * map.k;
    const x = onMapX(rx);
    const y = onMapY(ry);
    if (regions.length >= 26 || size < 13 || size > map.width * 0.9 || out(x, y)) return;
    const hubs = size < 75 ? 1 : 2;
    const text = regionName(c, hubs);
    const font = Math.round(Math.min(18, 12 + size / 40));
    const width = textWidth(text, font, true) + 8;
    const top = y - Math.min(size * 0.55, 60) + (hubs === 1 ? size * 0.55 + font / 3 : 0);
    if (!seen.free(x - width / 2, top - font, width, font + 5)) return;
    seen.add(x - width / 2, top - font, width, font + 5);
    // Where the name is its hub's, the hub needs no label of its own.
    if (hubs === 1) named.add(regionHubs[c][0]);
    regions.push({text, x: rx, y: ry, dy: top - y, size: font, colour: isDark() || colourBy === "community" ? regionColour(c) : ink.text});
  });
  const close = map.k > 0.28;
  const must = new Set([state.node, hovered.node].filter((n) => n >= 0));
  for (const n of [...must, ...(close ? byDegree : byDegree.subarray(0, 400))]) {
    if (!shownNode[n] || named.has(n)) continue;
    const x = onMapX(mapX[n]);
    const y = onMapY(mapY[n]);
    if (out(x, y)) continue;
    named.add(n);
    spots.push({node: n, x, y, r: mapRadius(n)});
    if (spots.length > 700) break;
  }
  const labels = placeLabels(spots, {most: close ? 160 : 14, must, taken: seen});
  return {regions, labels, k: map.k, x: map.x, y: map.y, hovered: hovered.node, node: state.node};
}

function paintSelection(ctx) {
  const node = hovered.node >= 0 ? hovered.node : state.node;
  if (node < 0) return;
  ctx.strokeStyle = ink.accent;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  let drawn = 0;
  for (const f of factsOf(node)) {
    if (isLiteral(f) || !shownFact[f] || ++drawn > 800) continue;
    ctx.moveTo(onMapX(mapX[G.from[f]]), onMapY(mapY[G.from[f]]));
    ctx.lineTo(onMapX(mapX[G.to[f]]), onMapY(mapY[G.to[f]]));
  }
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(onMapX(mapX[node]), onMapY(mapY[node]), mapRadius(node) + 4, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5;
  ctx.stroke();
}

// Which node is under the pointer: nodes sorted into cells of the map, built on the first move.
let cells = null;
const CELL = 120;
function nodeOnMap(x, y) {
  if (!cells) {
    cells = new Map();
    for (let n = 0; n < NODES; n++) {
      const key = Math.floor(mapX[n] / CELL) * 100003 + Math.floor(mapY[n] / CELL);
      const list = cells.get(key);
      if (list) list.push(n);
      else cells.set(key, [n]);
    }
  }
  const wx = (x - map.width / 2) / map.k + map.x;
  const wy = (y - map.height / 2) / map.k + map.y;
  const reach = Math.min(14 / map.k, 400);
  let best = -1;
  let nearest = Infinity;
  for (let i = Math.floor((wx - reach) / CELL); i <= Math.floor((wx + reach) / CELL); i++) {
    for (let j = Math.floor((wy - reach) / CELL); j <= Math.floor((wy + reach) / CELL); j++) {
      for (const n of cells.get(i * 100003 + j) || []) {
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

function zoomMap(factor, x = map.width / 2, y = map.height / 2) {
  const k = Math.max(0.004, Math.min(map.k * factor, 4));
  map.x += (x - map.width / 2) * (1 / map.k - 1 / k);
  map.y += (y - map.height / 2) * (1 / map.k - 1 / k);
  map.k = k;
  viewMoved();
}

function panMap(dx, dy) {
  map.x -= dx / map.k;
  map.y -= dy / map.k;
  viewMoved();
}

function listenMap() {
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

// From the map a node opens with its surroundings.
function openAround(node) {
  hover(-1, -1);
  change({node, fact: -1, focus: node, steps: 1, path: null});
}
