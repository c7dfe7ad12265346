// What happened, on an axis of days: events and dated facts, in lanes by who, where or what; what has no date is listed.

import {E, FACTS, G, NODES, factsOf, isEvent, isLiteral, isNamed} from "./data.js";
import {$, button, el, later, say, svgEl} from "./dom.js";
import {count, fold, number, shorten} from "./text.js";
import {look} from "./shapes.js";
import {calledBeside, isRole, relationText, statusOf} from "./facts.js";
import {dayNumber, dayText, daysOfWords, spanWords} from "./days.js";
import {datesOf, eachClauseOnce, isLasting, strength} from "./profile.js";
import {change, state} from "./state.js";
import {passes} from "./visible.js";
import {badge, plainSentence} from "./views.js";
import {textWidth} from "./lettering.js";
import {select} from "./stage.js";

const MOST_LANES = 9;
const ROW = 21; // pixels of one line of marks
const MOST_ROWS = 4;
const LEFT = 128; // of the lanes' names
const MOST_MARKS = 700;
const VIEWS = [["who", "Who"], ["where", "Where"], ["what", "What"], ["", "Together"]];

const shownSpan = {from: 0, to: 1, by: "who", words: ""};
let items = [];
let undated = [];
let gathered = ""; // what the items were made for

const PERSONS = new Set(["Person", "Organization", "Group"]);
const PLACES = new Set(["GPE", "Location", "Facility"]);

/** Show the timeline, where it is open. */
export function showTimeline() {
  const open = state.view === "timeline";
  $("timeline").hidden = !open;
  if (!open) return;
  if (!$("timeline").firstChild) buildTimeline();
  const key = passesKey();
  if (gathered !== key) {
    gathered = key;
    gather();
    fitSpan();
  }
  drawTimeline();
}

const passesKey = () => JSON.stringify([Object.values(state.off).map((s) => [...s]), state.confidence, state.dates]);

// An event is one item, with all that is said of it; every other dated clause is one, too.
function gather() {
  const events = new Map();
  const others = [];
  undated = [];
  for (let f = 0; f < FACTS; f++) {
    if (!passes(f)) continue;
    const event = eventOf(f);
    if (event >= 0) events.set(event, [...(events.get(event) ?? []), f]);
    else if (datesOf(f)) others.push(f);
  }
  items = eachClauseOnce(others.sort((a, b) => strength(a) - strength(b) || a - b)).map(itemOfFact);
  for (const [node, facts] of events) {
    const item = itemOfEvent(node, facts);
    (item.dates ? items : undated).push(item);
  }
  for (let n = 0; n < NODES; n++) if (isEvent(n) && !events.has(n)) undated.push(...undatedEvent(n));
  items = eachItemOnce(items);
  items.sort((a, b) => a.dates[0] - b.dates[0] || b.weight - a.weight);
  undated.sort((a, b) => b.weight - a.weight);
}

// What reads the same and has the same days is told once, as surely as it can be; a clause that tells of an event,
// in the same sentence, of the same who and when, is told by the event.
function eachItemOnce(found) {
  const events = new Set();
  for (const {node, dates, ends, rows} of found) if (node >= 0) for (const row of rows) for (const n of ends) events.add([row, n, ...dates].join());
  const seen = new Set();
  return found.filter((item) => {
    const key = item.text + item.dates.join();
    if (seen.has(key)) return false;
    seen.add(key);
    return item.node >= 0 || !item.rows.some((row) => events.has([row, item.ends[0], ...item.dates].join()));
  }).filter((item, _, kept) => !isRetold(item, kept));
}

// What the table of relations says of an office or a tie is told by the clause that it was read from.
function isRetold(item, kept) {
  if (item.node >= 0 || !isLasting(item.fact)) return false;
  const same = (o) => o !== item && o.node < 0 && o.ends[0] === item.ends[0] && o.dates.join() === item.dates.join() && o.rows.some((row) => item.rows.includes(row));
  return kept.some((o) => same(o) && !isLasting(o.fact));
}

// The sentences that a fact is cited from, by their rows.
const rowsCited = (fact) => E().evidence[fact].filter((row, i) => i % 3 === 0 && row >= 0);

// An event of which no dated fact tells; there is none where all of its facts are filtered out.
function undatedEvent(node) {
  const facts = [...factsOf(node)].filter(passes);
  return facts.length && !facts.some(datesOf) ? [itemOfEvent(node, facts)] : [];
}

// The event of which a fact tells: when it was, or who had which part in it.
const eventOf = (fact) => (isEvent(G.from[fact]) && (isRole(fact) || datesOf(fact)) ? G.from[fact] : -1);

const numbersOf = (dates) => dates && [dayNumber(dates[0]), dayNumber(dates[1])];

function itemOfFact(fact) {
  const ends = [G.from[fact], ...(isLiteral(fact) ? [] : [G.to[fact]]), ...(E().qualifiers[fact] ?? []).map(([, v]) => v).filter((v) => typeof v === "number")];
  return {fact, node: -1, text: plainSentence(fact), dates: numbersOf(datesOf(fact)), days: E().dates[fact], ends, what: relationText(G.relation[fact]), weight: weightOf(ends), rows: rowsCited(fact)};
}

function itemOfEvent(node, facts) {
  const dated = facts.filter((f) => datesOf(f)).sort((a, b) => strength(a) - strength(b) || width(a) - width(b))[0];
  const ends = [...new Set(facts.flatMap((f) => [G.from[f], G.to[f]]))].filter((n) => n >= 0 && n !== node);
  const [fact] = facts;
  return {fact, node, text: dated === undefined ? G.label[node] : calledBeside(spanWords(...E().dates[dated]), node), dates: dated === undefined ? null : numbersOf(datesOf(dated)), days: E().dates[dated], ends: [node, ...ends], what: G.types[G.type[node]], weight: weightOf([node, ...ends]), rows: facts.flatMap(rowsCited)};
}

const width = (fact) => dayNumber(datesOf(fact)[1]) - dayNumber(datesOf(fact)[0]);
const weightOf = (ends) => Math.max(...ends.map((n) => G.salience[n])) + Math.min(...ends.map((n) => G.salience[n])) / 2;

const wantedItems = (all) => {
  const words = fold(shownSpan.words).trim();
  const days = daysOfWords(words);
  if (days) return all.filter((i) => i.dates && i.dates[0] <= days[1] && i.dates[1] >= days[0]);
  return words ? all.filter((i) => fold(i.text).includes(words) || i.ends.some((n) => fold(G.label[n]).includes(words))) : all;
};

// Most of what happened is in view at first; what is far before it waits to the left.
function fitSpan(all = false) {
  const asked = daysOfWords(shownSpan.words);
  if (asked && !all) return showDays(asked);
  const wanted = wantedItems(items);
  if (!wanted.length) return;
  const begins = wanted.map((i) => i.dates[0]).sort((a, b) => a - b);
  const ends = wanted.map((i) => i.dates[1]).sort((a, b) => a - b);
  const at = (list, share) => list[Math.round((list.length - 1) * share)];
  const [from, to] = all || wanted.length < 12 ? [begins[0], ends.at(-1)] : densest(wanted) ?? [at(begins, 0.06), at(ends, 0.96)];
  const room = Math.max(2, (to - from) * 0.04);
  [shownSpan.from, shownSpan.to] = [from - room, to + room * 2];
}

function showDays([from, to]) {
  const room = Math.max(0.5, (to - from) * 0.02);
  [shownSpan.from, shownSpan.to] = [from - room, to + 1 + room];
}

// The shortest stretch that holds most of what happened, where it is much shorter than the whole; else null. Births
// and foundings long before would leave no room for the words of all others.
function densest(wanted) {
  const sorted = wanted.map((i) => i.dates).sort((a, b) => a[0] - b[0]);
  const held = Math.ceil(sorted.length * 0.75);
  let best = null;
  for (let i = 0; i + held <= sorted.length; i++) {
    const stretch = [sorted[i][0], Math.max(...sorted.slice(i, i + held).map((d) => d[1]))];
    if (!best || stretch[1] - stretch[0] < best[1] - best[0]) best = stretch;
  }
  const whole = Math.max(...sorted.map((d) => d[1])) - sorted[0][0];
  return best[1] - best[0] < 0.4 * whole ? best : null;
}

function buildTimeline() {
  const filter = el("input", {type: "search", placeholder: "Who, where, what or when", "aria-label": "Filter the timeline", oninput: later(() => {
    shownSpan.words = filter.value;
    fitSpan();
    drawTimeline();
    say(`${count(wantedItems(items).length, "entry", "entries")}`);
  }, 150)});
  const by = VIEWS.map(([kind, text]) => button(text, () => {
    shownSpan.by = kind;
    drawTimeline();
  }, {"data-by": kind, "aria-pressed": "false"}));
  const zoom = (factor) => () => zoomSpan(factor);
  $("timeline").append(
    el("div", {class: "head"}, el("h2", {}, "Timeline"), filter, el("span", {class: "choice", role: "group", "aria-label": "Lanes"}, by), el("span", {class: "choice"}, button("−", zoom(1.6), {"aria-label": "Show more time", title: "Show more time"}), button("+", zoom(1 / 1.6), {"aria-label": "Show less time", title: "Show less time"}), button("All", showAllTime, {title: "All that has a date"}))),
    el("div", {class: "axis", tabindex: "0", role: "group", "aria-label": "Axis of days. Left and right arrows move it, plus and minus zoom."}),
    el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "What happened"}),
  );
  listenToAxis($("timeline").querySelector(".axis"));
  new ResizeObserver(() => state.view === "timeline" && drawTimeline()).observe($("timeline"));
}

function showAllTime() {
  fitSpan(true);
  drawTimeline();
}

function zoomSpan(factor, middle = (shownSpan.from + shownSpan.to) / 2) {
  const span = Math.max(3, Math.min(1.2e6, (shownSpan.to - shownSpan.from) * factor));
  const share = (middle - shownSpan.from) / (shownSpan.to - shownSpan.from);
  shownSpan.from = middle - share * span;
  shownSpan.to = shownSpan.from + span;
  drawTimeline();
}

function moveSpan(share) {
  const by = (shownSpan.to - shownSpan.from) * share;
  shownSpan.from += by;
  shownSpan.to += by;
  drawTimeline();
}

function listenToAxis(axis) {
  let held = null;
  axis.addEventListener("wheel", (event) => {
    const box = axis.getBoundingClientRect();
    const share = (event.clientX - box.left - LEFT) / (box.width - LEFT);
    if (!event.ctrlKey && Math.abs(event.deltaX) < Math.abs(event.deltaY) && !event.shiftKey && axis.scrollHeight > axis.clientHeight + 4) return;
    event.preventDefault();
    zoomSpan(event.deltaY > 0 ? 1.25 : 0.8, shownSpan.from + share * (shownSpan.to - shownSpan.from));
  }, {passive: false});
  axis.addEventListener("pointerdown", (event) => (held = event.target.closest("[data-item]") ? null : event.clientX));
  axis.addEventListener("pointermove", (event) => {
    if (held === null || !event.buttons) return;
    moveSpan((held - event.clientX) / (axis.clientWidth - LEFT));
    held = event.clientX;
  });
  axis.addEventListener("keydown", (event) => {
    const act = {ArrowLeft: () => moveSpan(-0.15), ArrowRight: () => moveSpan(0.15), "+": () => zoomSpan(0.7), "=": () => zoomSpan(0.7), "-": () => zoomSpan(1.4), 0: showAllTime}[event.key];
    if (!act || event.target !== axis) return;
    event.preventDefault();
    act();
  });
}

// The lanes: the most salient who, where or what of the items, and one for the rest.
function lanesOf(wanted) {
  if (!shownSpan.by) return [{name: "", node: -1, items: wanted}];
  const lanes = new Map();
  for (const item of wanted) {
    for (const key of keysOf(item)) {
      if (!lanes.has(key)) lanes.set(key, {name: typeof key === "number" ? G.label[key] : key, node: typeof key === "number" ? key : -1, items: []});
      lanes.get(key).items.push(item);
    }
  }
  const worth = (lane) => (lane.node >= 0 ? G.salience[lane.node] : 1) * Math.sqrt(lane.items.length);
  const ranked = [...lanes.values()].sort((a, b) => worth(b) - worth(a));
  const shown = ranked.slice(0, MOST_LANES);
  const told = new Set(shown.flatMap((lane) => lane.items));
  const rest = wanted.filter((item) => !told.has(item));
  return rest.length ? [...shown, {name: "Others", node: -1, items: rest}] : shown;
}

function keysOf(item) {
  if (shownSpan.by === "what") return [item.what];
  const kinds = shownSpan.by === "who" ? PERSONS : PLACES;
  return [...new Set(item.ends.filter((n) => kinds.has(G.types[G.type[n]]) && isNamed(n)))];
}

function drawTimeline() {
  for (const choice of $("timeline").querySelectorAll("[data-by]")) choice.setAttribute("aria-pressed", String(choice.dataset.by === shownSpan.by));
  const wanted = wantedItems(items);
  const inView = wanted.filter((i) => i.dates[1] >= shownSpan.from && i.dates[0] <= shownSpan.to);
  const axis = $("timeline").querySelector(".axis");
  const width = Math.max(280, axis.clientWidth || 600);
  axis.replaceChildren(drawing(lanesOf(inView), width));
  $("timeline").querySelector(".scroll").replaceChildren(...listOf(wanted, inView, wantedItems(undated)));
}

// Where a day stands.
const xOf = (day, width) => LEFT + ((day - shownSpan.from) / (shownSpan.to - shownSpan.from)) * (width - LEFT - 8);

function drawing(lanes, width) {
  const parts = [];
  let top = 26;
  for (const lane of lanes) {
    const {marks, rows} = marksOf(lane, width);
    const high = rows * ROW + 8;
    parts.push(svgEl("rect", {x: 0, y: top, width, height: high, class: "lane"}));
    if (lane.name) parts.push(laneName(lane, top + 19));
    parts.push(...marks.map((mark) => markOf(mark, top)));
    top += high + 2;
  }
  const svg = svgEl("svg", {viewBox: `0 0 ${width} ${top}`, width, height: top, class: "lanes", role: "group", "aria-label": "What happened, by day"}, ...ticksOf(width, top), ...parts);
  return svg;
}

function laneName(lane, y) {
  const text = svgEl("text", {x: 6, y, class: lane.node >= 0 ? "lane-name open" : "lane-name"}, shorten(lane.name, 17), svgEl("title", {}, lane.name));
  if (lane.node >= 0) text.addEventListener("click", () => select(lane.node));
  return text;
}

// Each item takes the first row with room for its words; where none has, it is a mark without words.
function marksOf(lane, width) {
  const rows = [];
  const marks = [];
  const ordered = [...lane.items].sort((a, b) => b.weight - a.weight).slice(0, MOST_MARKS);
  for (const item of ordered) {
    const x0 = Math.max(LEFT + 4, xOf(item.dates[0], width));
    const x1 = Math.max(x0 + 9, Math.min(width - 4, xOf(item.dates[1], width)));
    // As many letters as there is room for on the wider side.
    const room = Math.floor(Math.max(width - x0 - 16, x0 - LEFT - 14) / 6.4);
    const text = shorten(withoutName(item, lane), Math.max(20, Math.min(60, room)));
    const wide = textWidth(text, 12, false);
    const flip = x0 + 14 + wide > width;
    const [left, right] = flip ? [Math.max(LEFT, x0 - wide - 12), x0 + 9] : [x0 - 3, Math.max(x0 + 14 + wide, Math.min(x1, x0 + 14 + wide))];
    let row = 0;
    while (row < MOST_ROWS && !isFree(rows[row], left, right)) row++;
    const words = row < MOST_ROWS && !(flip && x0 - wide - 12 < LEFT);
    if (words) rows[row] = [...(rows[row] ?? []), [left, right]];
    marks.push({item, x0, x1, row: words ? row : MOST_ROWS, text: words ? text : "", flip});
  }
  // Those without words stand in a line of their own below the others.
  const high = Math.max(1, rows.length);
  const bare = marks.some((mark) => mark.row === MOST_ROWS) ? 1 : 0;
  for (const mark of marks) if (mark.row === MOST_ROWS) mark.row = high;
  return {marks, rows: high + bare};
}

const isFree = (row, left, right) => !row || row.every(([a, b]) => right < a || left > b + 6);

// Within somebody's lane the name need not be said.
function withoutName(item, lane) {
  const name = lane.node >= 0 ? G.label[lane.node] + " " : "";
  return name && item.text.startsWith(name) ? item.text.slice(name.length) : item.text;
}

function markOf({item, x0, x1, row, text, flip}, top) {
  const y = top + 14 + row * ROW;
  const family = look(G.types[G.type[item.node >= 0 ? item.node : item.ends[0]]])[0];
  const parts = [svgEl("title", {}, `${spanWords(...item.days)}: ${item.text}`)];
  if (x1 - x0 > 12) parts.push(svgEl("rect", {x: x0, y: y + 6, width: x1 - x0, height: 3, rx: 1.5, class: `stretch family-${family}`}));
  parts.push(svgEl("circle", {cx: x0 + 3, cy: y, r: 4.5, class: `family-${family}${statusOf(item.fact) === "asserted" ? "" : " unsure"}`}));
  if (text) parts.push(svgEl("text", {x: flip ? x0 - 5 : x0 + 11, y: y + 4, "text-anchor": flip ? "end" : "start"}, text));
  const mark = svgEl("g", {class: "mark" + (isChosen(item) ? " chosen" : ""), "data-item": ""}, ...parts);
  mark.addEventListener("click", () => openItem(item));
  return mark;
}

const isChosen = (item) => (item.node >= 0 ? item.node === state.node : item.fact === state.fact);
const openItem = (item) => change(item.node >= 0 ? {node: item.node, fact: -1} : {fact: item.fact, node: -1});

const STEPS = [1, 7, 30.44, 91.3, 365.25, 1826, 3652.5, 18262.5, 36525, 182625];

function ticksOf(width, high) {
  const pixel = (shownSpan.to - shownSpan.from) / (width - LEFT);
  const step = STEPS.find((s) => s >= pixel * (s < 30 ? 76 : 46)) ?? STEPS.at(-1);
  const found = [];
  for (const [day, text] of tickDays(step)) {
    const x = xOf(day, width);
    if (x < LEFT || x > width - 10) continue;
    found.push(svgEl("path", {d: `M${Math.round(x)} 20V${high}`, class: "tick"}), tickName(Math.round(x) + 3, text, !found.length));
  }
  return found;
}

// A year or a month of the axis is shown alone by a click.
function tickName(x, text, isFirst) {
  const days = daysOfWords(text);
  const name = svgEl("text", {x, y: 14, class: days && days[1] > days[0] ? "tick-name open" : "tick-name"}, isFirst ? tickWords(text) : withoutYear(tickWords(text)), svgEl("title", {}, `Show ${tickWords(text)} alone`));
  if (days) name.addEventListener("click", () => {
    showDays(days);
    drawTimeline();
  });
  return name;
}

// "2024-05" and "2024-05-03" as a reader has them.
const tickWords = (text) => (/^\d{4}-/.test(text) ? spanWords(...daysOfWords(text).map(dayText)).replace(/^(\d+ )?(\w{3})\w* /, "$1$2 ") : text);

// A month says its year where the year begins, and at the rim.
const withoutYear = (words) => words.replace(/^((?!Jan)\w{3}) \d{4}$/, "$1");

function* tickDays(step) {
  if (step < 30) {
    for (let day = Math.ceil(shownSpan.from / step) * step; day <= shownSpan.to; day += step) yield [day, new Date(day * 864e5).toISOString().slice(0, 10)];
    return;
  }
  const months = Math.max(1, Math.round(step / 30.44));
  const first = new Date(shownSpan.from * 864e5);
  let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  for (let n = 0; n < 300; n++, month += months) {
    const date = new Date(Date.UTC(2000, month % 12, 1));
    date.setUTCFullYear(Math.floor(month / 12));
    const day = date.getTime() / 864e5;
    if (day > shownSpan.to) return;
    yield [day, months >= 12 ? String(date.getUTCFullYear()) : date.toISOString().slice(0, 7)];
  }
}

const MOST_LISTED = 300;

function listOf(wanted, inView, without) {
  const outside = wanted.length - inView.length;
  const rows = inView.slice(0, MOST_LISTED).map(itemRow);
  if (!items.length && !undated.length) return [el("p", {class: "hint"}, "Nothing that passes the filters has a date.")];
  return [
    el("p", {class: "rows"}, `${count(inView.length, "entry", "entries")} in view${outside ? `, ${number.format(outside)} before or after` : ""}`),
    el("ul", {class: "told"}, rows),
    inView.length > MOST_LISTED ? el("p", {class: "note"}, `And ${number.format(inView.length - MOST_LISTED)} more: zoom in or filter.`) : "",
    without.length ? el("details", {class: "undated", open: without.length > wanted.length}, el("summary", {}, `${count(without.length, "event")} without a date`), el("ul", {class: "told"}, without.slice(0, MOST_LISTED).map(itemRow))) : "",
  ];
}

function itemRow(item) {
  return el("li", {class: "fact dated " + statusOf(item.fact) + (isChosen(item) ? " chosen" : "")}, el("time", {}, item.days ? spanWords(...item.days) : "no date"), el("div", {}, button(item.text, () => openItem(item), {class: "open", title: "Show what is said"}), badge(item.fact)));
}
