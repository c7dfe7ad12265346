// Which labels are drawn, and where, so that none covers another.

const measure = document.createElement("canvas").getContext("2d");
const FONT = '"Inter", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif';
const labelFont = (size, strong) => `${strong ? 600 : 500} ${size}px ${FONT}`;
const widths = new Map();

function textWidth(text, size, strong) {
  const key = size + (strong ? "b" : "n") + text;
  let width = widths.get(key);
  if (width === undefined) {
    measure.font = labelFont(size, strong);
    width = measure.measureText(text).width;
    if (widths.size > 20000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

// Rectangles taken so far, in a grid of cells.
class Taken {
  constructor() {
    this.cells = new Map();
  }
  *around(x, y, w, h) {
    for (let i = Math.floor(x / 80); i <= Math.floor((x + w) / 80); i++) {
      for (let j = Math.floor(y / 40); j <= Math.floor((y + h) / 40); j++) yield i * 65536 + j;
    }
  }
  free(x, y, w, h) {
    for (const cell of this.around(x, y, w, h)) {
      for (const o of this.cells.get(cell) || []) {
        if (x < o[0] + o[2] && o[0] < x + w && y < o[1] + o[3] && o[1] < y + h) return false;
      }
    }
    return true;
  }
  add(x, y, w, h) {
    for (const cell of this.around(x, y, w, h)) {
      const list = this.cells.get(cell);
      if (list) list.push([x, y, w, h]);
      else this.cells.set(cell, [[x, y, w, h]]);
    }
  }
}

// Choose labels for nodes given as {node, x, y, r} in order of importance, all in screen pixels.
// Gives {node, text, x, y, size, strong}, x and y being the middle of the label's base line.
function placeLabels(spots, {most = 400, must = new Set(), taken = new Taken()} = {}) {
  const placed = [];
  for (const s of spots) taken.add(s.x - s.r * 0.8, s.y - s.r * 0.8, s.r * 1.6, s.r * 1.6);
  for (const s of spots) {
    if (placed.length >= most) break;
    const strong = must.has(s.node) || s.r >= 15;
    const size = s.r >= 15 ? 14 : 12.5;
    const text = shorten(G.label[s.node], must.has(s.node) ? 60 : 28);
    const w = textWidth(text, size, strong) + 8;
    const h = size + 5;
    const options = [
      [s.x, s.y + s.r + 3],
      [s.x, s.y - s.r - 3 - h],
      [s.x + s.r + 3 + w / 2, s.y - h / 2],
      [s.x - s.r - 3 - w / 2, s.y - h / 2],
    ];
    let spot = options.find(([x, y]) => taken.free(x - w / 2, y, w, h));
    if (!spot && must.has(s.node)) spot = options[0];
    if (!spot) continue;
    taken.add(spot[0] - w / 2, spot[1], w, h);
    placed.push({node: s.node, text, x: spot[0], y: spot[1] + h - 5, size, strong});
  }
  return placed;
}

// Draw a label with a rim in the colour of the ground, so that lines behind do not disturb.
function drawLabel(ctx, label, dx, dy, alpha) {
  ctx.font = labelFont(label.size, label.strong);
  ctx.textAlign = "center";
  ctx.globalAlpha = alpha;
  ctx.lineWidth = 3.5;
  ctx.lineJoin = "round";
  ctx.strokeStyle = ink.ground;
  ctx.strokeText(label.text, label.x + dx, label.y + dy);
  ctx.fillStyle = ink.text;
  ctx.fillText(label.text, label.x + dx, label.y + dy);
  ctx.globalAlpha = 1;
}
