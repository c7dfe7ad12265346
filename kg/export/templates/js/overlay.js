// Drawn over vis-network's own drawing: a veil over what is not meant, then labels and relations.

import {EDGES, G, degree, factsOf, isLiteral, isWeak, otherEnd, radius, ranked} from "./data.js";
import {$} from "./dom.js";
import {shorten} from "./text.js";
import {ink} from "./theme.js";
import {isRole, roleText, saidText, statusOf} from "./facts.js";
import {hovered} from "./hover.js";
import {state} from "./state.js";
import {pathFacts, shownFact, shownNode} from "./visible.js";
import {drawWords, labelFont, textWidth} from "./lettering.js";
import {Taken, drawLabel, placeLabels} from "./labels.js";
import {spotOf} from "./places.js";
import {drawn, grown, net, settleLabels, visEdges, visNodes} from "./network.js";
import {firstDrawing, isReady} from "./ready.js";

let placedLabels = null; // as last placed
let placedKey = "";
let placedScale = 1;
let lastDrawing = 0;

// What stands out: the selected node or fact with what it touches.
function spotlight() {
  if (state.node >= 0 && shownNode[state.node]) {
    const facts = [...factsOf(state.node)].filter((f) => shownFact[f] && !isLiteral(f));
    return {nodes: new Set([state.node, ...facts.map((f) => otherEnd(f, state.node))]), facts};
  }
  if (state.fact >= 0 && shownFact[state.fact]) {
    const ends = [G.from[state.fact]];
    if (!isLiteral(state.fact)) ends.push(G.to[state.fact]);
    return {nodes: new Set(ends), facts: isLiteral(state.fact) ? [] : [state.fact]};
  }
  return null;
}

/** What is drawn over the network each time that vis-network has drawn. */
export function overlay(ctx) {
  if (!isReady && visNodes.length > 24) {
    // Names come one frame after the first picture.
    firstDrawing();
    requestAnimationFrame(() => net.redraw());
    return;
  }
  const scale = net.getScale();
  const light = spotlight();
  const {canvas} = ctx;
  const ratio = canvas.width / canvas.clientWidth;
  if (light) drawSpotlight(ctx, light, scale);
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const origin = net.canvasToDOM({x: 0, y: 0});
  const size = [canvas.clientWidth, canvas.clientHeight];
  keepLabels(scale, light, origin, size);
  drawLabels(ctx, light, scale, origin, size);
  ctx.restore();
  firstDrawing();
}

function drawSpotlight(ctx, light, scale) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 0.72;
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.restore();
  for (const fact of light.facts) drawAgain(ctx, net.body.edges[fact]);
  for (const node of light.nodes) drawAgain(ctx, net.body.nodes[node]);
  if (net.body.nodes[state.node]) drawRing(ctx, state.node, scale);
}

// Place labels anew where what is drawn has changed; while somebody zooms they keep their places.
function keepLabels(scale, light, origin, [w, h]) {
  const key = [drawn, state.node, state.fact, hovered.node, hovered.fact, Math.round((origin.x * 4) / w), Math.round((origin.y * 4) / h)].join();
  const zoomed = Math.abs(Math.log(scale / placedScale));
  if (key !== placedKey || zoomed > 0.12 || (zoomed > 1e-3 && performance.now() - lastDrawing > 100)) {
    placedKey = key;
    placedScale = scale;
    placedLabels = placeNetworkLabels(scale, light);
  } else if (zoomed > 1e-3) settleLabels();
  lastDrawing = performance.now();
}

function drawLabels(ctx, light, scale, origin, [w, h]) {
  const screenSpot = (node) => spotOf(node).map((v, i) => v * scale + (i ? origin.y : origin.x));
  for (const label of placedLabels) {
    const [x, y] = screenSpot(label.node);
    if (x < -150 || y < -40 || x > w + 150 || y > h + 40) continue;
    drawLabel(ctx, label, x, y, !light || light.nodes.has(label.node) ? 1 : 0.28);
  }
  for (const word of relationWords) if (!light || light.facts.includes(word.fact)) drawRelation(ctx, word, scale, origin);
  const tags = new Taken();
  for (const fact of namedFacts(light)) edgeLabel(ctx, fact, tags);
  // The chosen one's name lies over all others.
  for (const label of placedLabels) {
    if (label.node === state.node || label.node === hovered.node) drawLabel(ctx, label, ...screenSpot(label.node), 1);
  }
}

// The facts whose relation is written on a tag on their line.
function namedFacts(light) {
  const named = new Set(light && light.facts.length <= 14 ? light.facts : []);
  if (hovered.fact >= 0) named.add(hovered.fact);
  if (hovered.node >= 0 && !light) {
    const facts = [...factsOf(hovered.node)].filter((f) => shownFact[f] && !isLiteral(f));
    if (facts.length <= 14) facts.forEach((f) => named.add(f));
  }
  if (state.path && pathFacts) pathFacts.forEach((f) => named.add(f));
  return named;
}

function drawAgain(ctx, thing) {
  if (!thing) return;
  if (thing.edgeType) {
    const {width, color} = thing.options;
    thing.options.width = 2 * grown;
    if (color.color === ink.line) thing.options.color = {...color, color: ink.strong};
    thing.draw(ctx);
    thing.drawArrows?.(ctx);
    Object.assign(thing.options, {width, color});
  } else thing.draw(ctx);
}

function drawRing(ctx, node, scale) {
  const spot = net.getPosition(node);
  ctx.beginPath();
  ctx.arc(spot.x, spot.y, radius(node) * grown * 1.35 + 4 / scale, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5 / scale;
  ctx.strokeStyle = ink.accent;
  ctx.stroke();
}

function placeNetworkLabels(scale, light) {
  const first = new Set(light ? light.nodes : []);
  if (hovered.node >= 0) first.add(hovered.node);
  const order = [...first].sort((a, b) => degree[b] - degree[a]);
  for (const n of ranked) if (shownNode[n] && !first.has(n)) order.push(n);
  const spots = order.map((node) => {
    const [x, y] = spotOf(node);
    return {node, x: x * scale, y: y * scale, r: Math.max(2, radius(node) * grown * scale)};
  });
  // From afar only hubs are named.
  const crowd = order.length > 120 && scale < 0.55 ? first.size + Math.round(45 + 300 * scale * scale) : 400;
  const {clientWidth: w, clientHeight: h} = $("network");
  const origin = net.canvasToDOM({x: 0, y: 0});
  const view = [4 - origin.x, 4 - origin.y, w - 4 - origin.x, h - 4 - origin.y];
  const taken = reserved(view, scale, light);
  const room = Math.max(24, Math.round((w * h) / 5500));
  const found = placeLabels(spots, {must: mustBeNamed(), most: Math.min(crowd, first.size + room), taken, view, leaders: order.length > 250 ? 30 : 10});
  // Words of a line do not lie over a dot either.
  for (const s of spots) taken.add(s.x - s.r, s.y - s.r, 2 * s.r, 2 * s.r);
  relationWords = placeRelations(scale, taken);
  return found;
}

function mustBeNamed() {
  const must = new Set([state.node, hovered.node, state.fact >= 0 ? G.from[state.fact] : -1]);
  if (state.fact >= 0 && !isLiteral(state.fact)) must.add(G.to[state.fact]);
  return must;
}

// Nothing is written under the zoom buttons, the line that says what is shown, or a relation's tag.
function reserved(view, scale, light) {
  const taken = new Taken();
  taken.add(view[2] - 52, view[3] - 134, 52, 134);
  if ($("crumbs").firstChild) taken.add(view[0], view[1], $("crumbs").offsetWidth + 20, 44);
  for (const fact of namedFacts(light)) {
    const edge = net.body.edges[fact];
    if (!edge?.from || !edge.to) continue;
    const middle = middleOf(edge);
    const width = textWidth(relationWord(fact), 11.5, false) + 10;
    taken.add(middle.x * scale - width / 2, middle.y * scale - 9, width, 18);
  }
  return taken;
}

// The words of relations beside their lines, where lines are few and there is room.
let relationWords = [];

function placeRelations(scale, taken) {
  const found = [];
  if (visEdges.length > 220) return found;
  for (let f = 0; f < EDGES; f++) {
    const edge = shownFact[f] && net.body.edges[f];
    if (!edge?.from || !edge.to || edge.from === edge.to) continue;
    const middle = middleOf(edge);
    const text = relationWord(f);
    const w = textWidth(text, 11, false) + 6;
    // Beside the words some of the line must be left to be seen.
    const [dx, dy] = [Math.abs(edge.from.x - edge.to.x) * scale, Math.abs(edge.from.y - edge.to.y) * scale];
    const [x, y] = [middle.x * scale, middle.y * scale];
    if (Math.max(dx - w - 26, dy - 44) < 0 || !taken.free(x - w / 2, y - 7, w, 14)) continue;
    taken.add(x - w / 2, y - 7, w, 14);
    found.push({fact: f, text, middle});
  }
  return found;
}

const relationWord = (f) => (isWeak(f) ? "named together" : shorten(isRole(f) ? roleText(f) : saidText(f), 28));

function middleOf(edge) {
  try {
    return edge.edgeType.getPoint(0.5, edge.edgeType.getViaNode?.());
  } catch {
    // A loop has no middle of this kind; its node will do.
    return {x: (edge.from.x + edge.to.x) / 2, y: (edge.from.y + edge.to.y) / 2};
  }
}

function drawRelation(ctx, {fact, text, middle}, scale, origin) {
  const [x, y] = [middle.x * scale + origin.x, middle.y * scale + origin.y + 4];
  drawWords(ctx, text, x, y, {size: 11, colour: statusOf(fact) === "negated" ? ink.negated : ink.soft, rim: 4});
}

function edgeLabel(ctx, fact, tags) {
  const edge = net.body.edges[fact];
  if (!edge?.from || !edge.to) return;
  const {x, y} = net.canvasToDOM(middleOf(edge));
  const text = relationWord(fact);
  const w = textWidth(text, 11.5, false) + 10;
  // A short line has no room for words between its ends.
  const [a, b] = [net.canvasToDOM(edge.from), net.canvasToDOM(edge.to)];
  if (fact !== state.fact && fact !== hovered.fact && Math.abs(a.x - b.x) < w * 0.9 && Math.abs(a.y - b.y) < 44) return;
  if (fact !== state.fact && fact !== hovered.fact && !tags.free(x - w / 2, y - 9, w, 18)) return;
  tags.add(x - w / 2, y - 9, w, 18);
  ctx.fillStyle = ink.ground;
  ctx.strokeStyle = !isWeak(fact) && statusOf(fact) === "negated" ? ink.negated : ink.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(x - w / 2, y - 9, w, 18, 9);
  ctx.fill();
  ctx.stroke();
  ctx.font = labelFont(11.5, false);
  ctx.textAlign = "center";
  ctx.fillStyle = ink.soft;
  ctx.fillText(text, x, y + 4);
}
