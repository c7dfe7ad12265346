// The way between two nodes: asked for in a dialog or from a node, told in the panel.

function openPathDialog(from = -1) {
  const dialog = el("dialog", {class: "box", "aria-label": "Path between two"});
  const ends = [from, -1];
  const field = (which, text) => {
    const input = el("input", {type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "ends" + which, "aria-autocomplete": "list", autocomplete: "off", "aria-label": text, value: ends[which] >= 0 ? G.label[ends[which]] : ""});
    const list = el("ul", {id: "ends" + which, role: "listbox", class: "hits", hidden: true, "aria-label": text});
    combobox(input, list, (node) => {
      ends[which] = node;
      const other = ends.indexOf(-1);
      if (other >= 0) dialog.querySelectorAll("input")[other].focus();
      else find.focus();
    });
    input.addEventListener("input", () => (ends[which] = -1));
    return el("label", {class: "end"}, el("span", {}, text), el("span", {class: "field"}, input, list));
  };
  const find = button("Find the path", () => {
    // A name typed in full counts as chosen.
    dialog.querySelectorAll("input").forEach((input, i) => {
      if (ends[i] < 0) ends[i] = findNodes(input.value, 1)[0]?.node ?? -1;
    });
    if (ends.includes(-1)) return say("Choose two names first");
    dialog.close();
    if (ends[0] === ends[1]) return select(ends[0]);
    state.unfolded.clear();
    change({path: [...ends], focus: -1, node: -1, fact: -1});
    say(pathFacts ? `A path of ${count(pathFacts.length, "step")}` : "There is no path");
  }, {class: "main"});
  dialog.append(
    el("div", {class: "head"}, el("h2", {}, "Path between two"), button(icon(CROSS), () => dialog.close(), {class: "close", "aria-label": "Close"})),
    field(0, "From"),
    field(1, "To"),
    find,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelectorAll("input")[from >= 0 ? 1 : 0].focus();
}

function pathPanel() {
  const nodes = pathNodes();
  return [
    el("h2", {}, pathFacts ? `${count(pathFacts.length, "step")} from ${shorten(G.label[nodes[0]], 40)} to ${shorten(G.label[nodes.at(-1)], 40)}` : "No path"),
    pathFacts
      ? el(
          "ol",
          {class: "steps"},
          pathFacts.map((fact) => el("li", {class: "fact " + statusOf(fact)}, button(sentenceOf(fact), () => change({fact, node: -1}), {class: "open"}), badge(fact))),
        )
      : el("p", {class: "hint"}, `No chain of facts that pass the filters joins ${G.label[nodes[0]]} and ${G.label[nodes[1]]}.`),
  ];
}

const sentenceOf = (fact) => [el("b", {}, shorten(G.label[G.from[fact]], 50)), " ", relationText(G.relation[fact]), " ", el("b", {}, shorten(objectText(fact), 50))];
