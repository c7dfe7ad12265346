// Days as numbers, and how many facts fall on which.

/** Days as numbers, and back. */
export const dayNumber = (day) => Math.round(Date.parse(day + "T00:00:00Z") / 86400000);

/** The day of a number, as it is written in a date. */
export const dayText = (n) => new Date(n * 86400000).toISOString().slice(0, 10);

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
