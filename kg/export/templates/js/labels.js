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
// Gives {node, text, dx, dy, size, strong}: the middle of the base line, seen from the node.
// Specks may lie under a label, dots may not, except under the first `leaders` where there is no other
// way. A `view` [left, top, right, bottom] is kept to.
function placeLabels(spots, {most = 400, must = new Set(), taken = new Taken(), leaders = 0, view = null} = {}) {
  const placed = [];
  const inView = (x, y, w, h) => !view || (x - w / 2 > view[0] && x + w / 2 < view[2] && y > view[1] && y + h < view[3]);
  const dots = new Taken();
  for (const s of spots) if (s.r > 3.5) dots.add(s.x - s.r * 0.8, s.y - s.r * 0.8, s.r * 1.6, s.r * 1.6);
  for (const [i, s] of spots.entries()) {
    if (placed.length >= most) break;
    const strong = must.has(s.node) || s.r >= 14;
    const size = s.r >= 14 ? 14 : 12.5;
    const text = shorten(G.label[s.node], must.has(s.node) ? 60 : 28);
    const w = textWidth(text, size, strong) + 8;
    const h = size + 5;
    const around = [
      [s.x, s.y + s.r + 2],
      [s.x, s.y - s.r - 2 - h],
      [s.x + s.r + 3 + w / 2, s.y - h / 2],
      [s.x - s.r - 3 - w / 2, s.y - h / 2],
    ];
    const inside = view && s.x > view[0] && s.x < view[2] && s.y > view[1] && s.y < view[3];
    const open = around.filter(([x, y]) => (!inside || inView(x, y, w, h)) && taken.free(x - w / 2, y, w, h));
    let spot = open.find(([x, y]) => dots.free(x - w / 2, y, w, h));
    if (!spot && i < leaders) spot = open[0];
    if (!spot && must.has(s.node)) spot = open[0] || around[0];
    if (!spot) continue;
    taken.add(spot[0] - w / 2, spot[1], w, h);
    placed.push({node: s.node, text, dx: spot[0] - s.x, dy: spot[1] + h - 5 - s.y, size, strong});
  }
  return placed;
}

// Pictures of labels, as drawing letters with a rim anew in each frame is slow.
const sprites = new Map();
function sprite(text, size, strong, colour, rim) {
  const ratio = Math.min(devicePixelRatio || 1, 2);
  const key = [size, strong, colour, rim, ratio, text].join("|");
  let made = sprites.get(key);
  if (!made) {
    if (sprites.size > 900) sprites.clear();
    const [w, h] = [textWidth(text, size, strong) + 8, size * 1.5 + 4];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.ceil(w * ratio), Math.ceil(h * ratio)];
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.font = labelFont(size, strong);
    ctx.lineWidth = rim;
    ctx.lineJoin = "round";
    ctx.strokeStyle = ink.ground;
    ctx.strokeText(text, 4, size + 2);
    ctx.fillStyle = colour;
    ctx.fillText(text, 4, size + 2);
    made = {canvas, w: canvas.width / ratio, h: canvas.height / ratio, rise: size + 2};
    sprites.set(key, made);
  }
  return made;
}

// Draw words around a point, the middle of their base line, with a rim in the colour of the ground.
function drawWords(ctx, text, x, y, {size, strong = false, colour = ink.text, rim = 3.5, alpha = 1}) {
  const made = sprite(text, size, strong, colour, rim);
  ctx.globalAlpha = alpha;
  ctx.drawImage(made.canvas, Math.round(x - made.w / 2), Math.round(y - made.rise), made.w, made.h);
  ctx.globalAlpha = 1;
}

function drawLabel(ctx, label, nodeX, nodeY, alpha) {
  drawWords(ctx, label.text, nodeX + label.dx, nodeY + label.dy, {size: label.size, strong: label.strong, alpha});
}
