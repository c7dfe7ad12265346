// Taking something away: as a file or in the clipboard.

import {el, say} from "./dom.js";
import {factsAsCsv} from "./rows.js";

/** Let the browser save something under this name. */
export function save(blob, name) {
  const link = el("a", {href: URL.createObjectURL(blob), download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Put text into the clipboard, and say so. */
export async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages opened from a file may not use the clipboard directly.
    const area = el("textarea", {class: "away", "aria-hidden": "true"});
    area.value = text;
    (document.querySelector("dialog[open]") || document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(said);
  flash(said);
}

function flash(text) {
  const note = el("p", {class: "flash", "aria-hidden": "true"}, text);
  document.body.append(note);
  setTimeout(() => note.remove(), 1800);
}

/** A file's name made from the page's title. */
export const fileName = (suffix) => (document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph") + suffix;

/** Save these facts as a table that spreadsheets open, with its mark of UTF-8. */
export function saveCsv(facts) {
  save(new Blob(["\ufeff", factsAsCsv(facts)], {type: "text/csv"}), "facts.csv");
}
