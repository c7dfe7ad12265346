// The way between two nodes: asked for in a dialog or from a node, told in the panel.

import {G, isWeak, weakLink} from "./data.js";
import {button, el, openDialog, say} from "./dom.js";
import {count, shorten} from "./text.js";
import {findNodes} from "./search.js";
import {combobox} from "./combobox.js";
import {change, state} from "./state.js";
import {pathFacts} from "./visible.js";
import {pathNodes} from "./places.js";
import {select} from "./stage.js";
import {factWords, nodeButton} from "./views.js";
import {citations, sentence} from "./facts.js";
import {piecesOf} from "./quotes.js";

/** Ask for two names, and show the way between them. */
export function openPathDialog(from = -1) {
  const ends = [from, -1];
  const inputs = [];
  const find = button("Find the path", () => {
    // A name typed in full counts as chosen.
    inputs.forEach((input, i) => {
      if (ends[i] < 0) ends[i] = findNodes(input.value, 1)[0]?.node ?? -1;
    });
    if (ends.includes(-1)) return say("Choose two names first");
    dialog.close();
    showPath(ends);
  }, {class: "main"});
  const choose = (which, node) => {
    ends[which] = node;
    const other = ends.indexOf(-1);
    (other >= 0 ? inputs[other] : find).focus();
  };
  const field = (which, text) => {
    const [label, input] = endField("ends" + which, text, ends[which], (node) => choose(which, node));
    input.addEventListener("input", () => (ends[which] = -1));
    inputs.push(input);
    return label;
  };
  const dialog = openDialog("Path between two", "box", field(0, "From"), field(1, "To"), find);
  inputs[from >= 0 ? 1 : 0].focus();
}

// A field for one end, and its input.
function endField(id, text, node, choose) {
  const input = el("input", {type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", "aria-label": text, value: node >= 0 ? G.label[node] : ""});
  const list = el("ul", {id, role: "listbox", class: "hits", hidden: true, "aria-label": text});
  combobox(input, list, choose);
  return [el("label", {class: "end"}, el("span", {}, text), el("span", {class: "field"}, input, list)), input];
}

function showPath(ends) {
  if (ends[0] === ends[1]) return select(ends[0]);
  state.unfolded.clear();
  change({path: [...ends], focus: -1, node: -1, fact: -1});
  say(pathFacts ? `A path of ${count(pathFacts.length, "step")}` : "There is no path");
}

/** What the panel tells of a path: a sentence a step, with the words of the text below it. */
export function pathPanel() {
  const nodes = pathNodes();
  const [from, to] = state.path.map((n) => shorten(G.label[n], 40));
  const weak = el("label", {class: "toggle"}, el("input", {type: "checkbox", checked: state.weak, onchange: () => change({weak: !state.weak})}), el("span", {class: "what"}, "Also over names that only stand in one sentence"));
  if (!pathFacts) {
    return [el("h2", {}, "No path"), el("p", {class: "hint"}, `No chain of facts that pass the filters joins ${G.label[nodes[0]]} and ${G.label[nodes[1]]}.`), weak];
  }
  return [
    el("h2", {}, `${count(pathFacts.length, "step")} from ${from} to ${to}`),
    el("ol", {class: "steps path"}, pathFacts.map((link) => (isWeak(link) ? weakStep(link) : el("li", {}, factWords(link), firstQuote(link))))),
    weak,
  ];
}

function firstQuote(fact) {
  const [first] = citations(fact);
  return first ? el("blockquote", {class: "small"}, piecesOf(first, fact).map(([text, kind]) => (kind ? el("mark", {class: kind}, text) : text))) : null;
}

function weakStep(link) {
  const {a, b, documents, row} = weakLink(link);
  return el("li", {}, el("p", {}, nodeButton(a), " and ", nodeButton(b), ` are named together in ${count(documents, "document")}.`), el("blockquote", {class: "small"}, sentence(row).text));
}
