// What is live on the map: names of regions and hubs, and the selection.

import {G, ranked, factsOf, isLiteral} from "./data.js";
import {shorten} from "./text.js";
import {colourBy, ink, isDark, regionColour} from "./theme.js";
import {hovered} from "./hover.js";
import {state} from "./state.js";
import {shownFact, shownNode} from "./visible.js";
import {drawWords, textWidth} from "./lettering.js";
import {Taken, drawLabel, placeLabels} from "./labels.js";
import {map, mapRadius, mapX, mapY, onMapX, onMapY} from "./map-view.js";

/** Names of regions and hubs, placed again when the scale or the part in view has changed much. */
export function paintNames(ctx) {
  if (!map.names || stale(map.names)) map.names = placeMapNames();
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

function stale(made) {
  const zoomed = Math.abs(Math.log(map.k / made.k)) > 0.12;
  const moved = Math.abs(map.x - made.x) * map.k > map.width * 0.22 || Math.abs(map.y - made.y) * map.k > map.height * 0.22;
  return zoomed || moved || made.hovered !== hovered.node || made.node !== state.node;
}

// The two most salient of each community.
let regionHubs = null;

function hubsOf(c) {
  regionHubs ??= findRegionHubs();
  return regionHubs[c];
}

function findRegionHubs() {
  const found = G.regions.map(() => []);
  for (const n of ranked) {
    const c = G.community[n];
    if (c >= 0 && found[c].length < 2) found[c].push(n);
  }
  return found;
}

/** A community is named after its two hubs, where there is room for both. */
export function regionName(c, hubs = 2) {
  return hubsOf(c).slice(0, hubs).map((n) => shorten(G.label[n], 24)).join(", ");
}

const outside = (x, y) => x < -map.width * 0.3 || y < -map.height * 0.3 || x > map.width * 1.3 || y > map.height * 1.3;

function placeMapNames() {
  const taken = new Taken();
  const named = new Set();
  const regions = placeRegionNames(taken, named);
  const labels = placeHubNames(taken, named);
  return {regions, labels, k: map.k, x: map.x, y: map.y, hovered: hovered.node, node: state.node};
}

function placeRegionNames(taken, named) {
  const regions = [];
  G.regions.forEach(([rx, ry, r], c) => {
    const size = r * map.k;
    const x = onMapX(rx);
    const y = onMapY(ry);
    if (regions.length >= 26 || size < 13 || size > map.width * 0.9 || outside(x, y)) return;
    const hubs = size < 75 ? 1 : 2;
    const text = regionName(c, hubs);
    const font = Math.round(Math.min(18, 12 + size / 40));
    const width = textWidth(text, font, true) + 8;
    const top = y - Math.min(size * 0.55, 60) + (hubs === 1 ? size * 0.55 + font / 3 : 0);
    if (!taken.free(x - width / 2, top - font, width, font + 5)) return;
    taken.add(x - width / 2, top - font, width, font + 5);
    // Where the name is its hub's, the hub needs no label of its own.
    if (hubs === 1) named.add(hubsOf(c)[0]);
    regions.push({text, x: rx, y: ry, dy: top - y, size: font, colour: isDark() || colourBy === "community" ? regionColour(c) : ink.text});
  });
  return regions;
}

function placeHubNames(taken, named) {
  const spots = [];
  const close = map.k > 0.28;
  const must = new Set([state.node, hovered.node].filter((n) => n >= 0));
  for (const n of [...must, ...(close ? ranked : ranked.subarray(0, 400))]) {
    if (!shownNode[n] || named.has(n)) continue;
    const x = onMapX(mapX[n]);
    const y = onMapY(mapY[n]);
    if (outside(x, y)) continue;
    named.add(n);
    spots.push({node: n, x, y, r: mapRadius(n)});
    if (spots.length > 700) break;
  }
  return placeLabels(spots, {most: close ? 160 : 14, must, taken});
}

/** Draw a ring around the chosen node, and its lines. */
export function paintSelection(ctx) {
  const node = hovered.node >= 0 ? hovered.node : state.node;
  if (node < 0) return;
  ctx.strokeStyle = ink.accent;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  let lines = 0;
  for (const f of factsOf(node)) {
    if (isLiteral(f) || !shownFact[f] || ++lines > 800) continue;
    ctx.moveTo(onMapX(mapX[G.from[f]]), onMapY(mapY[G.from[f]]));
    ctx.lineTo(onMapX(mapX[G.to[f]]), onMapY(mapY[G.to[f]]));
  }
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(onMapX(mapX[node]), onMapY(mapY[node]), mapRadius(node) + 4, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5;
  ctx.stroke();
}
