// The network view: vis-network draws dots and lines, we draw the labels.

let net = null;
let visNodes = null;
let visEdges = null;

// Beside the map vis-network waits as text, whose hash the policy names, until a part is to be shown.
function loadLibrary() {
  if (!window.vis) document.head.append(el("script", {}, $("library").textContent));
  visNodes = new vis.DataSet();
  visEdges = new vis.DataSet();
}
let placed = null; // labels as last placed
let placedKey = "";
let placedScale = 1;
let lastDrawing = 0;
// When zooming has come to rest, labels are placed anew and dots get the size that suits the scale.
const settleLabels = later(() => {
  if (resize()) drawn++;
  net.redraw();
}, 130);

function resize() {
  const now = Math.max(1, Math.min(2.4, 0.7 / net.getScale()));
  if (Math.abs(Math.log(now / grown)) < 0.15) return false;
  grown = now;
  suitLines();
  visNodes.update(visNodes.getIds().map((n) => ({id: n, size: sizeOf(n)})));
  return true;
}
let suited = 1; // what the lines were last drawn for
function suitLines() {
  suited = grown;
  const {width, arrows} = visOptions().edges;
  net.setOptions({edges: {width, arrows}});
}
const sizeOf = (n) => radius(n) * grown * SHAPE_SIZE[shapeOf(n)];

let drawn = 0; // counts changes of what is drawn
const pinned = new Map(); // where a node was dragged to
let hovered = {node: -1, fact: -1};
let places = null; // of the nodes of a part that is shown by itself
let placesKey = "";
const spotOf = (n) => pinned.get(n) || places?.get(n) || [G.x[n], G.y[n]];

// A part gets places of its own; they stay while it is the same part.
function placePart() {
  if (!alone()) {
    if (places) pinned.clear();
    places = null;
    placesKey = "";
    return;
  }
  const nodes = [];
  for (const n of byDegree) if (shownNode[n]) nodes.push(n);
  const key = [state.focus, state.steps, state.path, nodes.length, [...state.unfolded]].join(" ");
  if (key === placesKey) return;
  placesKey = key;
  pinned.clear();
  const facts = [];
  for (let f = 0; f < EDGES; f++) if (shownFact[f]) facts.push(f);
  if (state.path && !state.unfolded.size) places = placeAlong(pathNodes());
  else places = placeAround(state.path ? state.path[0] : state.focus, nodes, facts);
}

function pathNodes() {
  if (!pathFacts) return [...state.path];
  let here = state.path[0];
  return [here, ...pathFacts.map((fact) => (here = otherEnd(fact, here)))];
}

// Many nodes are seen from afar; they are drawn larger, so that a dot stays a dot.
let grown = 1;
function growth(nodes) {
  const box = bounds(nodes);
  if (!box) return 1;
  const scale = fittingScale(box);
  return Math.max(1, Math.min(2.4, 0.7 / scale));
}

// Items carry as little as can be: vis-network takes each option of each item apart.
function visNode(n) {
  const [x, y] = spotOf(n);
  return {id: n, x, y, size: sizeOf(n), shape: shapeOf(n), color: fill(colourOf(n))};
}

const fills = new Map();
function fill(colour) {
  if (!fills.has(colour)) fills.set(colour, {background: colour, border: ink.ground});
  return fills.get(colour);
}

function visEdge(fact, slot, slots) {
  const status = statusOf(fact);
  const edge = {id: fact, from: G.from[fact], to: G.to[fact]};
  if (status === "negated") edge.color = {color: ink.negated, highlight: ink.negated, hover: ink.negated};
  if (DASHES[status].length) edge.dashes = DASHES[status];
  if (edge.from === edge.to) edge.selfReference = {size: 16 + 7 * slot, angle: Math.PI / 4, renderBehindTheNode: false};
  else if (slots > 1) {
    // Parallel relations fan out: the same side whichever way an arrow points.
    const offset = (slot - (slots - 1) / 2) * (edge.from < edge.to ? 1 : -1);
    if (offset) edge.smooth = {enabled: true, type: offset > 0 ? "curvedCW" : "curvedCCW", roundness: Math.min(0.85, 0.2 * Math.abs(offset))};
  }
  return edge;
}

function wantedEdges() {
  const groups = new Map();
  for (let i = 0; i < EDGES; i++) {
    if (!shownFact[i]) continue;
    const a = G.from[i];
    const b = G.to[i];
    const key = a < b ? a * NODES + b : b * NODES + a;
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  const edges = [];
  for (const group of groups.values()) group.forEach((fact, slot) => edges.push(visEdge(fact, slot, group.length)));
  return edges;
}

function visOptions() {
  return {
    autoResize: true,
    physics: false,
    layout: {improvedLayout: false},
    nodes: {borderWidth: 1.5, chosen: false},
    edges: {
      smooth: false,
      width: 1.3 * grown,
      selectionWidth: 1,
      hoverWidth: 0.6,
      color: {color: ink.line, highlight: ink.accent, hover: ink.strong, inherit: false},
      arrows: {to: {enabled: true, scaleFactor: 0.42 * grown}},
      arrowStrikethrough: false,
    },
    interaction: {hover: true, tooltipDelay: 1e6, selectConnectedEdges: false, multiselect: false, keyboard: false, zoomSpeed: 0.7},
  };
}

function drawNetwork() {
  recompute();
  $("network").hidden = onMap();
  $("map").hidden = !onMap();
  if (onMap()) {
    openMap();
    if (sizeMap()) fitMap();
    map.names = null;
    redrawMap();
    return;
  }
  placePart();
  const shown = [];
  for (let n = 0; n < NODES; n++) if (shownNode[n]) shown.push(n);
  // The size of dots suits the view, and changes with it only.
  if (viewKey() !== lastView) grown = growth(shown);
  const nodes = shown.map(visNode);
  if (!net) {
    loadLibrary();
    visNodes.add(nodes);
    visEdges.add(wantedEdges());
    suited = grown;
    net = new vis.Network($("network"), {nodes: visNodes, edges: visEdges}, visOptions());
    net.canvas.frame.tabIndex = -1;
    letGlide();
    listen();
    fitAll(false);
    return;
  }
  replaceAll(visEdges, wantedEdges(), () => replaceAll(visNodes, nodes));
  if (grown !== suited) suitLines();
  drawn++;
  net.redraw();
}

// Make a data set hold exactly these items; `between` runs when surplus is gone and before new ones come.
function replaceAll(set, items, between) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  if (between) between();
  set.update(items);
}

function listen() {
  net.on("click", ({pointer, event}) => {
    const node = net.getNodeAt(pointer.DOM);
    const edge = node === undefined ? net.getEdgeAt(pointer.DOM) : undefined;
    if (node !== undefined) change({node, fact: -1});
    else if (edge !== undefined) change({node: -1, fact: edge});
    else change({node: -1, fact: -1});
    event.preventDefault?.();
  });
  net.on("doubleClick", ({pointer}) => {
    const node = net.getNodeAt(pointer.DOM);
    if (node !== undefined) unfold(node);
  });
  net.on("dragEnd", ({nodes}) => {
    for (const [id, {x, y}] of Object.entries(net.getPositions(nodes))) pinned.set(Number(id), [x, y]);
    drawn++;
  });
  net.on("dragging", ({nodes}) => nodes.length && drawn++);
  net.on("hoverNode", ({node}) => hover(node, -1));
  net.on("blurNode", () => hover(-1, -1));
  net.on("hoverEdge", ({edge}) => hover(-1, edge));
  net.on("blurEdge", () => hover(-1, -1));
  net.on("afterDrawing", overlay);
}

function hover(node, fact) {
  hovered = {node, fact};
  $("network").style.cursor = node >= 0 || fact >= 0 ? "pointer" : "";
  const tip = $("tip");
  const text =
    node >= 0
      ? [el("b", {}, shorten(G.label[node], 80)), " ", typeText(G.types[G.type[node]]), ", ", count(degree[node], "link")]
      : fact >= 0
        ? [shorten(G.label[G.from[fact]], 40), " ", el("b", {}, relationText(G.relation[fact])), " ", shorten(objectText(fact), 40)]
        : null;
  tip.hidden = !text;
  if (text) tip.replaceChildren(...text);
}

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

// Drawn over vis-network's own drawing: a veil over what is not meant, then labels.
function overlay(ctx) {
  if (!isReady && visNodes.length > 60) {
    // Names come one frame after the first picture.
    firstDrawing();
    requestAnimationFrame(() => net.redraw());
    return;
  }
  const scale = net.getScale();
  const light = spotlight();
  const canvas = ctx.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  if (light) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 0.72;
    ctx.fillStyle = ink.ground;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.restore();
    for (const fact of light.facts) drawAgain(ctx, net.body.edges[fact]);
    for (const node of light.nodes) drawAgain(ctx, net.body.nodes[node]);
    if (net.body.nodes[state.node]) ring(ctx, state.node, scale);
  }
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const origin = net.canvasToDOM({x: 0, y: 0});
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  const key = [drawn, state.node, state.fact, hovered.node, hovered.fact, Math.round((origin.x * 4) / w), Math.round((origin.y * 4) / h)].join();
  // While somebody zooms the labels keep their places beside their nodes.
  const zoomed = Math.abs(Math.log(scale / placedScale));
  if (key !== placedKey || zoomed > 0.12 || (zoomed > 1e-3 && performance.now() - lastDrawing > 100)) {
    placedKey = key;
    placedScale = scale;
    placed = placeNetworkLabels(scale, light);
  } else if (zoomed > 1e-3) settleLabels();
  lastDrawing = performance.now();
  for (const label of placed) {
    const [nx, ny] = spotOf(label.node);
    const x = nx * scale + origin.x;
    const y = ny * scale + origin.y;
    if (x < -150 || y < -40 || x > w + 150 || y > h + 40) continue;
    const lit = !light || light.nodes.has(label.node);
    drawLabel(ctx, label, x, y, lit ? 1 : 0.28);
  }
  for (const word of relationWords) if (!light || light.facts.includes(word.fact)) drawRelation(ctx, word, scale, origin, 1);
  for (const fact of namedFacts(light)) edgeLabel(ctx, fact);
  for (const label of placed) {
    if (label.node !== state.node && label.node !== hovered.node) continue;
    const [nx, ny] = spotOf(label.node);
    drawLabel(ctx, label, nx * scale + origin.x, ny * scale + origin.y, 1);
  }
  ctx.restore();
  firstDrawing();
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

function ring(ctx, node, scale) {
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
  for (const n of byDegree) if (shownNode[n] && !first.has(n)) order.push(n);
  const spots = order.map((node) => {
    const [x, y] = spotOf(node);
    return {node, x: x * scale, y: y * scale, r: Math.max(2, radius(node) * grown * scale)};
  });
  // From afar only hubs are named.
  const crowd = order.length > 120 && scale < 0.55 ? first.size + Math.round(45 + 300 * scale * scale) : 400;
  const must = new Set([state.node, hovered.node, state.fact >= 0 ? G.from[state.fact] : -1]);
  if (state.fact >= 0 && !isLiteral(state.fact)) must.add(G.to[state.fact]);
  const {clientWidth: w, clientHeight: h} = $("network");
  const origin = net.canvasToDOM({x: 0, y: 0});
  const view = [4 - origin.x, 4 - origin.y, w - 4 - origin.x, h - 4 - origin.y];
  const taken = new Taken();
  // Nothing is written under the zoom buttons or the line that says what is shown.
  taken.add(view[2] - 52, view[3] - 134, 52, 134);
  if ($("crumbs").firstChild) taken.add(view[0], view[1], $("crumbs").offsetWidth + 20, 44);
  for (const fact of namedFacts(light)) {
    const edge = net.body.edges[fact];
    if (!edge?.from || !edge.to) continue;
    const middle = middleOf(edge);
    const width = textWidth(relationWord(fact), 11.5, false) + 10;
    taken.add(middle.x * scale - width / 2, middle.y * scale - 9, width, 18);
  }
  const room = Math.max(24, Math.round((w * h) / 5500));
  const placed = placeLabels(spots, {must, most: Math.min(crowd, first.size + room), taken, view, leaders: order.length > 250 ? 30 : 10});
  relationWords = placeRelations(scale, taken);
  return placed;
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

const relationWord = (f) => (statusOf(f) === "negated" ? "not: " : "") + shorten(relationText(G.relation[f]), 26);

function middleOf(edge) {
  try {
    return edge.edgeType.getPoint(0.5, edge.edgeType.getViaNode?.());
  } catch {
    // A loop has no middle of this kind; its node will do.
    return {x: (edge.from.x + edge.to.x) / 2, y: (edge.from.y + edge.to.y) / 2};
  }
}

function drawRelation(ctx, {fact, text, middle}, scale, origin, alpha) {
  const [x, y] = [middle.x * scale + origin.x, middle.y * scale + origin.y + 4];
  drawWords(ctx, text, x, y, {size: 11, colour: statusOf(fact) === "negated" ? ink.negated : ink.soft, rim: 4, alpha});
}

function edgeLabel(ctx, fact) {
  const edge = net.body.edges[fact];
  if (!edge || !edge.from || !edge.to) return;
  const {x, y} = net.canvasToDOM(middleOf(edge));
  const text = relationWord(fact);
  const w = textWidth(text, 11.5, false) + 10;
  // A short line has no room for words between its ends.
  const [a, b] = [net.canvasToDOM(edge.from), net.canvasToDOM(edge.to)];
  if (fact !== state.fact && fact !== hovered.fact && Math.abs(a.x - b.x) < w * 0.9 && Math.abs(a.y - b.y) < 44) return;
  ctx.fillStyle = ink.ground;
  ctx.strokeStyle = statusOf(fact) === "negated" ? ink.negated : ink.line;
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

function bounds(nodes) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const n of nodes) {
    const [x, y] = spotOf(n);
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  return x0 <= x1 ? [x0, y0, x1, y1] : null;
}

const shownNodes = () => visNodes.getIds();

// The scale at which a box fits, with room for the labels at its rim.
function fittingScale(box, most = 1.15) {
  const {clientWidth: w, clientHeight: h} = $("stage");
  return Math.min((w - Math.min(170, w * 0.3)) / (box[2] - box[0] + 1), (h - 96) / (box[3] - box[1] + 1), most);
}

function fit(nodes, smoothly, most = 1.15) {
  const box = bounds(nodes);
  if (!box || !net) return;
  const scale = fittingScale(box, most);
  net.moveTo({
    position: {x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2},
    scale: Math.max(scale, 0.02),
    animation: smoothly && !stillness.matches ? {duration: 450, easingFunction: "easeInOutQuad"} : false,
  });
}
function fitAll(smoothly = true) {
  if (onMap()) {
    fitMap();
    viewMoved();
  } else fit(shownNodes(), smoothly);
}

function zoomBy(factor) {
  if (onMap()) return zoomMap(factor);
  net.moveTo({scale: net.getScale() * factor, animation: stillness.matches ? false : {duration: 150}});
}

// Bring a node into the view without moving more than needed.
function flyTo(node) {
  if (onMap() || !visNodes.get(node)) return;
  const [x, y] = spotOf(node);
  net.moveTo({position: {x, y}, scale: Math.max(net.getScale(), 0.8), animation: stillness.matches ? false : {duration: 500}});
}

// Show the neighbours of a node too; where all are shown, show them alone.
function unfold(node) {
  if (G.scale === "network" && !alone()) return openAround(node);
  state.unfolded.add(node);
  change({node, fact: -1});
}

let isReady = false;
function firstDrawing() {
  if (isReady) return;
  isReady = true;
  performance.mark("first-drawing");
  document.documentElement.dataset.ready = "true";
  whenReady();
}
