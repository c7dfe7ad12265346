// Places on the outlines of the world: how much is said of each, and what happened there.

import {E, FACTS, G, factsOf} from "./data.js";
import {$, button, el, stillness, svgEl} from "./dom.js";
import {count, number, shorten} from "./text.js";

import {statusOf, when} from "./facts.js";
import {datesOf, eachClauseOnce, strength} from "./profile.js";
import {change, state} from "./state.js";
import {passes} from "./visible.js";
import {badge, plainSentence} from "./views.js";
import {textWidth} from "./lettering.js";
import {Taken} from "./labels.js";
import {select} from "./stage.js";

const NEAR = 26; // pixels within which two places are drawn as one
const view = {x: 0, y: 0, k: 0.3, width: 600, height: 400};
let happenings = null; // of each place the facts that tell of it

/** Whether any place of the graph is known to the gazetteer. */
export const hasPlaces = () => Object.keys(E().spots).length > 0;

/** Show the map of places, where it is open. */
export function showWorld() {
  const open = state.view === "places";
  $("world").hidden = !open;
  if (!open || !hasPlaces()) return;
  const fresh = !$("world").firstChild;
  if (fresh) buildWorld();
  happenings = factsByPlace();
  sizeWorld();
  if (fresh) fitWorld();
  drawWorld();
  listPlace();
}

// What is said of a place, and what is said to have been there.
function factsByPlace() {
  const found = new Map(Object.keys(E().spots).map((n) => [Number(n), []]));
  for (const [n, facts] of found) facts.push(...[...factsOf(n)].filter(passes));
  for (const [f, others] of Object.entries(E().qualifiers)) {
    if (!passes(Number(f)) || f >= FACTS) continue;
    for (const [, n] of others) found.get(n)?.push(Number(f));
  }
  for (const [n, facts] of found) {
    if (facts.length) found.set(n, eachClauseOnce([...new Set(facts)].sort((a, b) => strength(a) - strength(b) || a - b)));
    else found.delete(n);
  }
  return found;
}

function buildWorld() {
  const {land, borders} = JSON.parse($("world-data").textContent);
  const svg = svgEl("svg", {class: "globe", tabindex: "0", role: "group", "aria-label": "Map of places. Arrow keys move it, plus and minus zoom."}, svgEl("g", {class: "ground"}, svgEl("path", {d: land, class: "land"}), svgEl("path", {d: borders, class: "border"})), svgEl("g", {class: "spots"}));
  const zoom = el("div", {class: "choice", role: "group", "aria-label": "Zoom of the map"}, button("−", () => zoomWorld(1 / 1.6), {"aria-label": "Zoom the map out"}), button("+", () => zoomWorld(1.6), {"aria-label": "Zoom the map in"}), button("All places", () => {
    fitWorld();
    drawWorld();
  }));
  $("world").append(
    el("div", {class: "head"}, el("h2", {}, "Map of places"), el("span", {class: "rows"}), zoom),
    el("div", {class: "globe-frame"}, svg),
    el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "What happened there"}),
    el("p", {class: "credit"}, "Places: GeoNames (CC BY 4.0). Outlines: Natural Earth."),
  );
  listenToGlobe(svg);
  new ResizeObserver(() => {
    if (state.view !== "places") return;
    sizeWorld();
    drawWorld();
  }).observe($("world").querySelector(".globe-frame"));
}

function sizeWorld() {
  const frame = $("world").querySelector(".globe-frame");
  [view.width, view.height] = [frame.clientWidth || 600, frame.clientHeight || 380];
}

// All places with what passes, not nearer than a large country is wide.
function fitWorld() {
  const spots = [...happenings.keys()].map((n) => E().spots[n]);
  if (!spots.length) return;
  const range = (i) => [Math.min(...spots.map((s) => s[i])), Math.max(...spots.map((s) => s[i]))];
  const [[x0, x1], [y0, y1]] = [range(0), range(1)];
  [view.x, view.y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  view.k = Math.min((view.width - 130) / Math.max(x1 - x0, 120), (view.height - 90) / Math.max(y1 - y0, 90));
}

function zoomWorld(factor, x = view.width / 2, y = view.height / 2) {
  const k = Math.max(0.12, Math.min(40, view.k * factor));
  view.x += (x - view.width / 2) * (1 / view.k - 1 / k);
  view.y += (y - view.height / 2) * (1 / view.k - 1 / k);
  view.k = k;
  drawWorld();
}

function moveWorld(dx, dy) {
  view.x -= dx / view.k;
  view.y -= dy / view.k;
  drawWorld();
}

function listenToGlobe(svg) {
  let held = null;
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoomWorld(event.deltaY > 0 ? 0.8 : 1.25, event.clientX - box.left, event.clientY - box.top);
  }, {passive: false});
  svg.addEventListener("pointerdown", (event) => (held = [event.clientX, event.clientY]));
  svg.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons) return;
    moveWorld(event.clientX - held[0], event.clientY - held[1]);
    held = [event.clientX, event.clientY];
  });
  svg.addEventListener("keydown", (event) => {
    const act = {ArrowLeft: () => moveWorld(60, 0), ArrowRight: () => moveWorld(-60, 0), ArrowUp: () => moveWorld(0, 60), ArrowDown: () => moveWorld(0, -60), "+": () => zoomWorld(1.4), "=": () => zoomWorld(1.4), "-": () => zoomWorld(1 / 1.4)}[event.key];
    if (!act || event.target !== svg) return;
    event.preventDefault();
    act();
  });
}

const sizeOfSpot = (n) => 5 + Math.min(13, 2.2 * Math.sqrt(happenings.get(n).length));

// Places that would cover each other are one mark with their number; the one of which most is said names it.
function clusters() {
  const found = [];
  const ordered = [...happenings.keys()].sort((a, b) => happenings.get(b).length - happenings.get(a).length || a - b);
  for (const n of ordered) {
    const [sx, sy] = E().spots[n];
    const [x, y] = [(sx - view.x) * view.k + view.width / 2, (sy - view.y) * view.k + view.height / 2];
    const near = found.find((c) => Math.hypot(c.x - x, c.y - y) < NEAR);
    if (near) near.nodes.push(n);
    else found.push({x, y, nodes: [n]});
  }
  return found.filter((c) => c.x > -40 && c.y > -40 && c.x < view.width + 40 && c.y < view.height + 40);
}

function drawWorld() {
  const svg = $("world").querySelector(".globe");
  svg.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`);
  const ground = svg.querySelector(".ground");
  ground.setAttribute("transform", `translate(${view.width / 2 - view.x * view.k} ${view.height / 2 - view.y * view.k}) scale(${view.k})`);
  ground.style.setProperty("stroke-width", String(1 / view.k));
  const taken = new Taken();
  const marks = clusters();
  for (const c of marks) taken.add(c.x - 9, c.y - 9, 18, 18);
  svg.querySelector(".spots").replaceChildren(...marks.map((c) => spotMark(c, taken)));
  $("world").querySelector(".rows").textContent = count(happenings.size, "place");
}

function spotMark(cluster, taken) {
  const [first] = cluster.nodes;
  const r = sizeOfSpot(first);
  const many = cluster.nodes.length > 1;
  const text = shorten(G.label[first], 24) + (many ? ` + ${number.format(cluster.nodes.length - 1)}` : "");
  const wide = textWidth(text, 12.5, true);
  const sides = [[cluster.x + r + 4, cluster.y + 4, "start"], [cluster.x - r - 4, cluster.y + 4, "end"], [cluster.x, cluster.y + r + 14, "middle"], [cluster.x, cluster.y - r - 5, "middle"]];
  const left = ([x, , anchor]) => (anchor === "start" ? x : anchor === "end" ? x - wide : x - wide / 2);
  const side = sides.find((s) => left(s) > 2 && left(s) + wide < view.width - 2 && taken.free(left(s), s[1] - 11, wide, 14));
  if (side) taken.add(left(side), side[1] - 11, wide, 14);
  const chosen = cluster.nodes.includes(state.node);
  const told = cluster.nodes.reduce((sum, n) => sum + happenings.get(n).length, 0);
  const mark = svgEl(
    "g",
    {class: "spot" + (chosen ? " chosen" : ""), role: "button", tabindex: "0", "aria-label": `${many ? cluster.nodes.map((n) => G.label[n]).slice(0, 12).join(", ") : G.label[first]}: ${count(told, "fact")}`},
    svgEl("circle", {cx: cluster.x, cy: cluster.y, r}),
    ...(many ? [svgEl("text", {x: cluster.x, y: cluster.y + 4, "text-anchor": "middle", class: "number"}, String(cluster.nodes.length))] : []),
    ...(side ? [svgEl("text", {x: side[0], y: side[1], "text-anchor": side[2]}, text)] : []),
  );
  const open = () => (many && !(chosen && view.k > 20) ? openCluster(cluster) : select(first));
  mark.addEventListener("click", open);
  mark.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    open();
  });
  return mark;
}

// A click on several brings them apart, and lists them.
function openCluster(cluster) {
  const spots = cluster.nodes.map((n) => E().spots[n]);
  const range = (i) => Math.max(...spots.map((s) => s[i])) - Math.min(...spots.map((s) => s[i]));
  const spread = Math.max(range(0), range(1), 1);
  [view.x, view.y] = [0, 1].map((i) => spots.reduce((sum, s) => sum + s[i], 0) / spots.length);
  view.k = Math.min(40, Math.max(view.k * 1.8, (Math.min(view.width, view.height) * 0.6) / spread));
  drawWorld();
  listPlaces(cluster.nodes);
}

// Below the map: what happened at the chosen place, or where most did.
function listPlace() {
  const place = happenings.has(state.node) ? state.node : -1;
  if (place >= 0) return listPlaces([place]);
  const ranked = [...happenings.keys()].sort((a, b) => happenings.get(b).length - happenings.get(a).length || a - b);
  listPlaces(ranked.slice(0, 12), true);
  return null;
}

const MOST_THERE = 60;

function listPlaces(nodes, brief = false) {
  const list = $("world").querySelector(".scroll");
  list.replaceChildren(...nodes.map((n) => placeItem(n, brief ? 0 : MOST_THERE)));
  list.scrollTo({top: 0, behavior: stillness.matches ? "auto" : "smooth"});
}

function placeItem(node, most) {
  const facts = [...happenings.get(node)].sort((a, b) => (datesOf(a)?.[0] ?? "9999").localeCompare(datesOf(b)?.[0] ?? "9999"));
  return el(
    "section",
    {class: "place"},
    el("h3", {}, button(G.label[node], () => select(node), {class: "node"}), el("span", {class: "many"}, count(facts.length, "fact"))),
    most ? el("ul", {class: "told"}, facts.slice(0, most).map((f) => el("li", {class: "fact dated " + statusOf(f)}, el("time", {}, when(f) || "no date"), el("div", {}, button(plainSentence(f), () => change({fact: f, node: -1}), {class: "open", title: "Show the sentence"}), badge(f))))) : null,
  );
}
