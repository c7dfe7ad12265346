// Words drawn on a canvas.

import {ink} from "./theme.js";

let measure = null;
const FONT = '"Inter", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif';

/** The font of labels of this size. */
export const labelFont = (size, strong) => `${strong ? 600 : 500} ${size}px ${FONT}`;
const widths = new Map();

/** How wide words are in pixels. */
export function textWidth(text, size, strong) {
  const key = size + (strong ? "b" : "n") + text;
  let width = widths.get(key);
  if (width === undefined) {
    measure ??= document.createElement("canvas").getContext("2d");
    measure.font = labelFont(size, strong);
    width = Math.max(...text.split("\n").map((line) => measure.measureText(line).width));
    if (widths.size > 20000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

const lineHeight = (size) => size + 2;

// Pictures of labels, as drawing letters with a rim anew in each frame is slow.
const sprites = new Map();

function sprite(text, size, strong, colour, rim) {
  const ratio = Math.min(devicePixelRatio || 1, 2);
  const key = [size, strong, colour, rim, ratio, text].join("|");
  let made = sprites.get(key);
  if (!made) {
    if (sprites.size > 900) sprites.clear();
    const lines = text.split("\n");
    const [w, h] = [textWidth(text, size, strong) + 8, size * 1.5 + 4 + (lines.length - 1) * lineHeight(size)];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.ceil(w * ratio), Math.ceil(h * ratio)];
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.font = labelFont(size, strong);
    ctx.lineWidth = rim;
    ctx.lineJoin = "round";
    ctx.strokeStyle = ink.ground;
    ctx.fillStyle = colour;
    ctx.textAlign = "center";
    const place = (at) => [w / 2, size + 2 + at * lineHeight(size)];
    lines.forEach((line, at) => ctx.strokeText(line, ...place(at)));
    lines.forEach((line, at) => ctx.fillText(line, ...place(at)));
    made = {canvas, w: canvas.width / ratio, h: canvas.height / ratio, rise: size + 2 + (lines.length - 1) * lineHeight(size)};
    sprites.set(key, made);
  }
  return made;
}

/** Draw words around a point, the middle of their last base line, with a rim in the colour of the ground. */
export function drawWords(ctx, text, x, y, {size, strong = false, colour = ink.text, rim = 3.5, alpha = 1}) {
  const made = sprite(text, size, strong, colour, rim);
  ctx.globalAlpha = alpha;
  ctx.drawImage(made.canvas, Math.round(x - made.w / 2), Math.round(y - made.rise), made.w, made.h);
  ctx.globalAlpha = 1;
}
