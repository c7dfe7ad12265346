// Words and numbers as the page writes them.

/** Letters without accents and case, for searching. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Numbers with commas between thousands. */
export const number = {format: (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",")};

/** A number with its noun: "1 fact", "2 facts". */
export const count = (n, one, many) => number.format(n) + " " + (n === 1 ? one : many || one + "s");

/** Cut after so many characters, at a word where one ends near. */
export function shorten(text, most) {
  const letters = Array.from(text);
  if (letters.length <= most) return text;
  const cut = letters.slice(0, most - 1).join("");
  const space = cut.lastIndexOf(" ");
  return (space > most * 0.6 ? cut.slice(0, space) : cut) + "…";
}
