// A field with suggestions, by keyboard too.

import {G, degree} from "./data.js";
import {el, say} from "./dom.js";
import {whatItIs} from "./profile.js";
import {count, number, shorten} from "./text.js";
import {findNodes, nearNodes} from "./search.js";
import {glyph} from "./theme.js";

/** Make an input and its list work together; `choose` gets the node. */
export function combobox(input, list, choose) {
  let hits = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (hit) => {
    input.value = G.label[hit.node];
    close();
    choose(hit.node);
  };
  // Within a label a click would give the field the focus again, and open its list.
  const choosing = (event, hit) => {
    event.preventDefault();
    take(hit);
  };
  const move = (to) => {
    active = (to + hits.length) % hits.length;
    const options = [...list.querySelectorAll("[id]")];
    options.forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
    options[active].scrollIntoView({block: "nearest"});
    input.setAttribute("aria-activedescendant", options[active].id);
  };
  // Of two that are called the same, what they are says which is meant.
  const told = (hit) => (hits.some((other) => other !== hit && G.label[other.node] === G.label[hit.node]) && whatItIs(hit.node)) || hit.alias;
  const show = () => {
    if (!input.value.trim()) return close();
    hits = findNodes(input.value);
    const exact = hits.length > 0;
    if (!exact) hits = nearNodes(input.value);
    active = -1;
    const none = exact ? [] : [el("li", {class: "nothing", role: "option", "aria-disabled": "true"}, `Nothing is called “${shorten(input.value.trim(), 40)}”.${hits.length ? " Near it:" : ""}`)];
    list.replaceChildren(
      ...none,
      ...hits.map((hit, i) =>
        el(
          "li",
          {role: "option", id: `${list.id}-${i}`, "aria-selected": "false", onmousedown: (e) => e.preventDefault(), onclick: (e) => choosing(e, hit)},
          glyph(G.types[G.type[hit.node]]),
          el("span", {class: "name"}, shorten(G.label[hit.node], 60)),
          told(hit) ? el("span", {class: "via"}, shorten(told(hit), 40)) : null,
          el("span", {class: "many"}, number.format(degree[hit.node])),
        ),
      ),
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    say(exact ? count(hits.length, "suggestion") : hits.length ? `Nothing is called so. ${count(hits.length, "name")} near it` : "Nothing is called so, or nearly so");
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) {
      if (list.hidden) show();
      move(active + 1);
    } else if (event.key === "ArrowUp" && hits.length) move(active - 1);
    else if (event.key === "Enter" && !list.hidden && hits.length) take(hits[Math.max(active, 0)]);
    else if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
}
