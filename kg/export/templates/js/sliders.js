// Filters that slide: dates and confidence.

import {E, FACTS} from "./data.js";
import {el, later, say, svgEl} from "./dom.js";
import {count, number} from "./text.js";
import {change, state} from "./state.js";
import {shownCounts} from "./visible.js";
import {dayNumber, dayText, histogram, spanOf, stretches} from "./days.js";

const followers = [];

/** Set the sliders to what the state says. */
export const followSliders = () => followers.forEach((follow) => follow());

/** The slider of dates, or null where no two days are known. */
export function timeline() {
  const days = stretches(Object.values(E().dates));
  const span = spanOf(days);
  if (!span || span[0] === span[1]) return null;
  const {bins, bin, heights} = histogram(days, span);
  const bars = barsOf(heights, bins);
  const chosen = () => (state.dates ? state.dates.map(dayNumber) : span);
  const handle = (which, text) => el("input", {type: "range", min: span[0], max: span[1], value: chosen()[which], "aria-label": text, class: "handle"});
  const [low, high] = [handle(0, "Facts from"), handle(1, "Facts until")];
  const words = el("output", {id: "span"});
  const given = () => [Number(low.value), Number(high.value)];
  const show = () => {
    const [a, b] = given();
    words.textContent = `${dayText(a)} – ${dayText(b)}`;
    low.setAttribute("aria-valuetext", dayText(a));
    high.setAttribute("aria-valuetext", dayText(b));
    bars.querySelectorAll("rect").forEach((rect, i) => rect.classList.toggle("out", i < bin(a) || i > bin(b)));
  };
  const apply = later(() => {
    const [a, b] = given();
    change({dates: a <= span[0] && b >= span[1] ? null : [dayText(a), dayText(b)]}, {keep: true});
    say(`${dayText(a)} to ${dayText(b)}. ${shownCounts()}`);
  }, 120);
  // A handle stops at the other.
  const slide = (mine, other) => {
    mine.oninput = () => {
      const [a, b] = given();
      if (a > b) mine.value = other.value;
      show();
      apply();
    };
  };
  slide(low, high);
  slide(high, low);
  followers.push(() => {
    [low.value, high.value] = chosen();
    show();
  });
  show();
  return el("fieldset", {class: "dates"}, el("legend", {}, "Dates"), el("div", {class: "slider"}, bars, low, high), words, el("p", {class: "hint"}, `${number.format(days.length)} of ${count(FACTS, "fact")} have a date.`));
}

function barsOf(heights, bins) {
  const tallest = Math.max(...heights);
  const bars = svgEl("svg", {viewBox: `0 0 ${bins} 20`, preserveAspectRatio: "none", class: "bars", "aria-hidden": "true"});
  heights.forEach((h, i) => bars.append(svgEl("rect", {x: i + 0.08, y: 20 - (h ? Math.max(1.5, (h / tallest) * 20) : 0), width: 0.84, height: 20, "data-bin": i})));
  return bars;
}

/** The slider of confidence, or null where all is alike. */
export function confidenceSlider() {
  const values = new Set(E().confidence);
  if (values.size < 2) return null;
  const least = Math.min(...values);
  const lowest = Math.floor(least / 5) * 5;
  const words = el("output", {});
  const show = () => (words.textContent = "at least " + (Number(input.value) / 100).toFixed(2));
  const apply = later(() => {
    change({confidence: Number(input.value) <= least ? 0 : Number(input.value)}, {keep: true});
    say(shownCounts());
  }, 120);
  const slid = () => {
    show();
    apply();
  };
  const input = el("input", {type: "range", min: lowest, max: 100, step: 5, value: Math.max(state.confidence, lowest), "aria-label": "Least confidence", oninput: slid});
  followers.push(() => {
    input.value = String(Math.max(state.confidence, lowest));
    show();
  });
  show();
  return el("fieldset", {}, el("legend", {}, "Confidence"), input, words);
}
