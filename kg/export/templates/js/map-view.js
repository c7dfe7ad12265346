// The map's canvas and the view of it: where a spot of the graph is on the screen.

import {G, NODES, radius} from "./data.js";
import {$} from "./dom.js";
import {shownNode} from "./visible.js";

export const map = {
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

export let mapX = null;
export let mapY = null;

/** Take the canvas; gives false where it was taken before. */
export function openMapView() {
  if (map.canvas) return false;
  mapX = Float32Array.from(G.x);
  mapY = Float32Array.from(G.y);
  map.canvas = $("map");
  map.ctx = map.canvas.getContext("2d", {alpha: false});
  sizeMap();
  fitMap();
  return true;
}

/** Fit the canvas to its place; gives whether its size has changed. */
export function sizeMap() {
  const {clientWidth: w, clientHeight: h} = $("stage");
  if (!w || !h || (w === map.width && h === map.height)) return false;
  [map.width, map.height] = [w, h];
  const ratio = Math.min(devicePixelRatio || 1, 2);
  map.canvas.width = Math.round(w * ratio);
  map.canvas.height = Math.round(h * ratio);
  return true;
}

/** Bring a box into view, or all that is shown. */
export function fitMap(box = mapBounds()) {
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

/** Where a spot of the graph is on the screen, from the left. */
export const onMapX = (x) => (x - map.x) * map.k + map.width / 2;

/** Where a spot of the graph is on the screen, from above. */
export const onMapY = (y) => (y - map.y) * map.k + map.height / 2;

/** The radius of a node's dot on the map, in pixels. */
export const mapRadius = (n) => Math.max(0.9, Math.min(radius(n) * map.k, 22));
