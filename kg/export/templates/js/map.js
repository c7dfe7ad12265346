// The map of a large graph: a bitmap of all nodes and edges, drawn in slices of time and moved as a whole
// while somebody pans or zooms; names, the selection and hits are live.

import {$, later} from "./dom.js";
import {ink} from "./theme.js";
import {fitMap, map, openMapView, sizeMap} from "./map-view.js";
import {paintNames, paintSelection} from "./map-names.js";
import {drawBitmap} from "./map-drawing.js";
import {firstDrawing, isReady} from "./ready.js";

/** Draw the map; gives whether it was opened just now. */
export function showMap() {
  const opened = openMapView();
  if (opened) {
    new ResizeObserver(() => {
      if (sizeMap()) redrawMap();
    }).observe($("stage"));
  } else if (sizeMap()) fitMap();
  map.names = null;
  redrawMap();
  return opened;
}

function redrawMap() {
  // The very first drawing is of dots alone; the lines follow.
  map.job = drawBitmap(map.x, map.y, map.k, map.bitmap !== null);
  frameSoon();
}

/** Ask for a frame. */
export function frameSoon() {
  if (map.wanted) return;
  map.wanted = true;
  requestAnimationFrame(mapFrame);
}

const settle = later(() => redrawMap(), 90);

/** Show the map from where the view is now; the bitmap follows when it rests. */
export function viewMoved() {
  settle();
  frameSoon();
}

function mapFrame() {
  map.wanted = false;
  if (map.canvas.hidden) return;
  if (map.job) drawOn();
  paint();
  if (map.job) frameSoon();
}

// Go on with the bitmap for as long as a frame allows; the first one is drawn at a stretch.
function drawOn() {
  const until = performance.now() + (map.bitmap ? 7 : 400);
  let step = {done: false};
  while (!step.done && performance.now() < until) step = map.job.next();
  if (!step.done) return;
  const first = !map.bitmap;
  map.bitmap = step.value;
  map.job = null;
  if (first) setTimeout(redrawMap, 30);
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

/** Zoom the map around a spot of the screen. */
export function zoomMap(factor, x = map.width / 2, y = map.height / 2) {
  const k = Math.max(0.004, Math.min(map.k * factor, 4));
  map.x += (x - map.width / 2) * (1 / map.k - 1 / k);
  map.y += (y - map.height / 2) * (1 / map.k - 1 / k);
  map.k = k;
  viewMoved();
}

/** Move the map by pixels. */
export function panMap(dx, dy) {
  map.x -= dx / map.k;
  map.y -= dy / map.k;
  viewMoved();
}
