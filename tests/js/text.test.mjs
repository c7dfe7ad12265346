import assert from "node:assert/strict";
import {test} from "node:test";
import {module} from "./page.mjs";

const {count, fold, inLines, number, shorten} = await module("text");
const {dayNumber, dayText, daysOfWords, histogram, spanOf, stretches} = await module("days");
const {outline, look} = await module("shapes");

test("searching sees neither accents nor case", () => {
  assert.equal(fold("Ines ÁLVAREZ"), "ines alvarez");
});

test("numbers have commas and nouns agree", () => {
  assert.equal(number.format(1234567), "1,234,567");
  assert.equal(number.format(999), "999");
  assert.equal(count(1, "entity", "entities"), "1 entity");
  assert.equal(count(2000, "fact"), "2,000 facts");
});

test("words are cut at a space where one is near, and never within a letter", () => {
  assert.equal(shorten("harbour", 10), "harbour");
  assert.equal(shorten("the second quay of the harbour", 20), "the second quay of…");
  assert.equal(shorten("abcdefghij", 5), "abcd…");
  assert.equal(shorten("🚢🚢🚢🚢", 3), "🚢🚢…");
});

test("days go to numbers and back", () => {
  assert.equal(dayNumber("1970-01-02"), 1);
  for (const day of ["2024-02-29", "1899-12-31", "2025-01-01"]) assert.equal(dayText(dayNumber(day)), day);
});

test("a stretch with one end is one day, and what is no day is left out", () => {
  const found = stretches([["2024-05-03", ""], ["", "2024-05-04"], ["2024-06-02", "2024-06-01"], ["soon", ""]]);
  assert.deepEqual(found.map((days) => days.map(dayText)), [["2024-05-03", "2024-05-03"], ["2024-05-04", "2024-05-04"]]);
});

test("a histogram holds each stretch once in all", () => {
  const days = [[0, 0], [5, 9], [399, 399]];
  assert.deepEqual(spanOf(days), [0, 399]);
  assert.equal(spanOf([]), null);
  const {bins, bin, heights} = histogram(days, spanOf(days));
  assert.equal(bins, 40);
  assert.deepEqual([bin(0), bin(399)], [0, 39]);
  assert.equal(Math.round(heights.reduce((sum, h) => sum + h, 0)), 3);
  assert.equal(histogram(days, [0, 4]).bins, 5);
});

test("each type has a look, and an unknown one that of an idea", () => {
  assert.deepEqual(look("Person"), ["person", "dot"]);
  assert.deepEqual(look("Anything"), ["idea", "dot"]);
  assert.equal(outline("square", 0, 0, 4).split("L").length, 4);
  assert.equal(outline("star", 0, 0, 4).split("L").length, 10);
  assert.match(outline("dot", 1, 2, 4), /^M-3,2a4,4/);
});

test("a day, a month and a year are found by what they are called", () => {
  const days = (words) => daysOfWords(words)?.map(dayText) ?? null;
  assert.deepEqual(days("February 2021"), ["2021-02-01", "2021-02-28"]);
  assert.deepEqual(days("feb 2024"), ["2024-02-01", "2024-02-29"]);
  assert.deepEqual(days("2021"), ["2021-01-01", "2021-12-31"]);
  assert.deepEqual(days("2021-12"), ["2021-12-01", "2021-12-31"]);
  assert.deepEqual(days("9 February 2021"), ["2021-02-09", "2021-02-09"]);
  assert.deepEqual(days("2021-02-09"), ["2021-02-09", "2021-02-09"]);
  for (const words of ["Smarch 2021", "2021-13", "Lisbon", "mayor 2021", ""]) assert.equal(days(words), null);
});

test("words stand in two lines of about one length, and what is too long is cut", () => {
  assert.equal(inLines("Nora Feld", 23), "Nora Feld");
  assert.equal(inLines("sentencing of Daan Mertens", 23), "sentencing of\nDaan Mertens");
  assert.equal(inLines("acquisition of Corvane Marine by Delmar Works", 23), "acquisition of Corvane\nMarine by Delmar Works");
  assert.ok(inLines("election of Hanne Wouters as mayor of the town of Ostend", 23).endsWith("…"));
  assert.equal(inLines("Donaudampfschifffahrtsgesellschaft und Co", 23), "Donaudampfschifffahrts…");
});
