// Days as numbers, and how many facts fall on which.

/** Days as numbers, and back. */
export const dayNumber = (day) => Math.round(Date.parse(day + "T00:00:00Z") / 86400000);

/** The day of a number, as it is written in a date. */
export const dayText = (n) => new Date(n * 86400000).toISOString().slice(0, 10);

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const monthName = (day) => MONTHS[Number(day.slice(5, 7)) - 1];
const lastOfMonth = (day) => dayText(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0) / 86400000);

/** A day as a reader writes it: "3 May 2024". */
export const dayWords = (day) => `${Number(day.slice(8))} ${monthName(day)} ${Number(day.slice(0, 4))}`;

/** A stretch of days as a reader writes it: "2025", "May 2024", "3 May 2024", "from 2019", "3 to 8 May 2024". */
export function spanWords(begins, ends) {
  if (!begins && !ends) return "";
  if (!ends) return "from " + startWords(begins);
  if (!begins) return "until " + endWords(ends);
  if (begins === ends) return dayWords(begins);
  const [from, to] = [Number(begins.slice(0, 4)), Number(ends.slice(0, 4))];
  const years = begins.endsWith("-01-01") && ends.endsWith("-12-31");
  if (years) return from === to ? String(from) : `${from} to ${to}`;
  const months = begins.endsWith("-01") && ends === lastOfMonth(ends);
  if (months && begins.slice(0, 7) === ends.slice(0, 7)) return `${monthName(begins)} ${from}`;
  if (months) return `${monthName(begins)}${from === to ? "" : " " + from} to ${monthName(ends)} ${to}`;
  return `${dayWords(begins)} to ${dayWords(ends)}`;
}

// A bound that was given as a year or a month is written as one.
const startWords = (day) => (day.endsWith("-01-01") ? String(Number(day.slice(0, 4))) : day.endsWith("-01") ? `${monthName(day)} ${Number(day.slice(0, 4))}` : dayWords(day));
const endWords = (day) => (day.endsWith("-12-31") ? String(Number(day.slice(0, 4))) : day === lastOfMonth(day) ? `${monthName(day)} ${Number(day.slice(0, 4))}` : dayWords(day));

const DATE_WORDS = /^(?:(?:(\d{1,2}) )?([a-z]{3,9})\.? )?(\d{4})$|^(\d{4})-(\d\d?)(?:-(\d\d?))?$/i;

/** The first and the last day of what a reader calls a day, a month or a year, or null: "May 2024", "2024-05". */
export function daysOfWords(words) {
  const found = DATE_WORDS.exec(words.trim());
  if (!found) return null;
  const [, day, name, year = found[4], , number, date = day] = found;
  const month = name ? MONTHS.findIndex((m) => m.toLowerCase().startsWith(name.toLowerCase())) : number ? Number(number) - 1 : -1;
  if ((name && month < 0) || month > 11) return null;
  const at = (y, m, d) => Math.round(Date.UTC(y, m, d) / 86400000);
  if (month < 0) return [at(year, 0, 1), at(year, 11, 31)];
  return date ? [at(year, month, date), at(year, month, date)] : [at(year, month, 1), at(Number(year), month + 1, 0)];
}

/** The stretches [first day, last day] of these dates; what is no date is left out. */
export function stretches(dates) {
  const found = [];
  for (const [begins, ends] of dates) {
    const from = dayNumber(begins || ends);
    const to = dayNumber(ends || begins);
    if (Number.isFinite(from) && Number.isFinite(to) && to >= from) found.push([from, to]);
  }
  return found;
}

/** The first and the last day of all, or null. */
export function spanOf(days) {
  if (!days.length) return null;
  return [days.reduce((m, d) => Math.min(m, d[0]), Infinity), days.reduce((m, d) => Math.max(m, d[1]), -Infinity)];
}

/** A histogram over a span: how many bins, the bin of a day, and the height of each; a stretch counts once in all. */
export function histogram(days, span) {
  const bins = Math.min(40, span[1] - span[0] + 1);
  const bin = (day) => Math.min(bins - 1, Math.floor(((day - span[0]) / (span[1] - span[0] + 1)) * bins));
  const heights = new Array(bins).fill(0);
  for (const [from, to] of days) {
    const width = bin(to) - bin(from) + 1;
    for (let b = bin(from); b <= bin(to); b++) heights[b] += 1 / width;
  }
  return {bins, bin, heights};
}
