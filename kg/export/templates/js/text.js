// Words and numbers as the page writes them.

/** Letters without accents and case, for searching. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Numbers with commas between thousands. */
export const number = {format: (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",")};

/** A number with its noun: "1 fact", "2 facts". */
export const count = (n, one, many) => number.format(n) + " " + (n === 1 ? one : many || one + "s");

/** Words in at most two lines of so many characters, as even as can be; what is longer is cut. */
export function inLines(text, most) {
  if (Array.from(text).length <= most) return text;
  const words = text.split(" ");
  const lengths = (at) => [words.slice(0, at).join(" ").length, words.slice(at).join(" ").length];
  let best = 0;
  for (let at = 1; at < words.length; at++) {
    const [first, second] = lengths(at);
    if (first <= most && (!best || second > most || Math.max(first, second) < Math.max(...lengths(best)))) best = at;
  }
  if (!best) return shorten(text, most);
  return words.slice(0, best).join(" ") + "\n" + shorten(words.slice(best).join(" "), most);
}

/** Cut after so many characters, at a word where one ends near. */
export function shorten(text, most) {
  const letters = Array.from(text);
  if (letters.length <= most) return text;
  const cut = letters.slice(0, most - 1).join("");
  const space = cut.lastIndexOf(" ");
  return (space > most * 0.6 ? cut.slice(0, space) : cut) + "…";
}
