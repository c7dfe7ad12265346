// The drawing as a picture.

import {G, isWeak, radius, ranked} from "./data.js";
import {$, SVG, el, svgEl} from "./dom.js";
import {DASHES, outline} from "./shapes.js";
import {colourOf, ink, shapeOf} from "./theme.js";
import {saidText, statusOf} from "./facts.js";
import {onMap, shownNode} from "./visible.js";
import {placeLabels} from "./labels.js";
import {map} from "./map-view.js";
import {bounds, spotOf} from "./places.js";
import {wantedEdges} from "./network.js";
import {fileName, save} from "./saving.js";

/** What is on the screen, as a picture. */
export function savePng() {
  const source = onMap() ? map.canvas : $("network").querySelector("canvas");
  const canvas = el("canvas");
  [canvas.width, canvas.height] = [source.width, source.height];
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(source, 0, 0);
  canvas.toBlob((blob) => save(blob, fileName(".png")), "image/png");
}

// All that is shown, as lines and letters.
function svgText() {
  const nodes = [...ranked].filter((n) => shownNode[n]);
  const box = bounds(nodes) || [0, 0, 100, 100];
  const [left, top] = [box[0] - 130, box[1] - 60];
  const size = [box[2] - box[0] + 260, box[3] - box[1] + 120];
  const svg = svgEl("svg", {xmlns: SVG, viewBox: [left, top, ...size].join(" "), width: size[0], height: size[1], "font-family": "system-ui, sans-serif"});
  svg.append(
    svgEl("title", {}, document.title),
    svgEl("rect", {x: left, y: top, width: size[0], height: size[1], fill: ink.ground}),
    svgEl("defs", {}, svgEl("marker", {id: "tip", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto"}, svgEl("path", {d: "M0 0L8 4L0 8Z", fill: ink.line}))),
    svgEl("g", {fill: "none", "stroke-width": 1.4}, ...wantedEdges().map(svgLine)),
    svgEl("g", {stroke: ink.ground, "stroke-width": 1.5}, ...nodes.map(svgDot)),
    svgEl("g", {"text-anchor": "middle", fill: ink.text, stroke: ink.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round"}, ...svgLabels(nodes)),
  );
  return new XMLSerializer().serializeToString(svg);
}

function svgLine({id, from, to, smooth}) {
  if (isWeak(id)) return svgEl("path", {d: linePath(from, to), stroke: ink.line, "stroke-dasharray": "1 6", opacity: 0.5});
  const negated = statusOf(id) === "negated";
  const path = from === to ? loopPath(from) : linePath(from, to, smooth);
  return svgEl("path", {d: path, stroke: negated ? ink.negated : ink.line, "stroke-dasharray": DASHES[statusOf(id)].join(" ") || "none", "marker-end": "url(#tip)"}, svgEl("title", {}, `${G.label[from]} ${saidText(id)} ${G.label[to]}`));
}

const rounded = (...v) => v.map((n) => Math.round(n * 10) / 10).join(" ");

function loopPath(node) {
  const [x, y] = spotOf(node);
  return `M${rounded(x, y - radius(node))}c-30 -40 30 -40 4 0`;
}

// From rim to rim, bent where parallel relations fan out.
function linePath(from, to, smooth) {
  const [a, b] = [spotOf(from), spotOf(to)];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const long = Math.hypot(dx, dy) || 1;
  const bend = smooth ? (smooth.type === "curvedCW" ? -1 : 1) * smooth.roundness * 0.55 * long : 0;
  const cut = (r) => r / long;
  const [x1, y1] = [a[0] + dx * cut(radius(from)), a[1] + dy * cut(radius(from))];
  const [x2, y2] = [b[0] - dx * cut(radius(to) + 3), b[1] - dy * cut(radius(to) + 3)];
  const middle = [(a[0] + b[0]) / 2 - (dy / long) * bend, (a[1] + b[1]) / 2 + (dx / long) * bend];
  return `M${rounded(x1, y1)}${bend ? "Q" + rounded(...middle) + " " : "L"}${rounded(x2, y2)}`;
}

function svgDot(node) {
  return svgEl("path", {d: outline(shapeOf(node), ...spotOf(node), radius(node)), fill: colourOf(node)}, svgEl("title", {}, G.label[node]));
}

function svgLabels(nodes) {
  const spots = nodes.map((node) => ({node, x: spotOf(node)[0], y: spotOf(node)[1], r: radius(node)}));
  return placeLabels(spots, {most: 5000}).map((label) => {
    const [x, y] = spotOf(label.node);
    const at = {x: Math.round(x + label.dx), "font-size": label.size, "font-weight": label.strong ? 600 : 500};
    const lines = label.text.split("\n");
    return svgEl("text", {...at, y: Math.round(y + label.dy - (lines.length - 1) * (label.size + 2))}, ...lines.map((line, i) => svgEl("tspan", i ? {x: at.x, dy: label.size + 2} : {}, line)));
  });
}

/** Save all that is shown as a drawing. */
export const saveSvg = () => save(new Blob([svgText()], {type: "image/svg+xml"}), fileName(".svg"));
