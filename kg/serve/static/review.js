// The page for reviewing: lists of what may be wrong, a thing with all that is known of it, and what was decided.
// Everything is text to it: what comes from documents is never read as HTML.


(() => {
  const byId = (id) => document.getElementById(id);
  const TABS = [["pairs", "May be one"], ["doubts", "Facts in doubt"], ["things", "Things"], ["decisions", "Decisions"]];
  const ACTED = {same: "One thing", different: "Two things", rename: "Renamed", retype: "Class given", reject: "Wrong", confirm: "Right", add: "Added"};
  let data = null, tab = "pairs", at = {pairs: 0, doubts: 0}, thing = null, other = null, pending = 0, queue = Promise.resolve();
  const compared = new Map(), drafts = new Map();

  // The token is behind the # of the address that kg printed; it leaves the address, and stays in this tab.
  const token = location.hash.slice(1) || sessionStorage.getItem("kg-token") || "";
  sessionStorage.setItem("kg-token", token);
  if (location.hash) history.replaceState(null, "", location.pathname);

  /** An element with attributes and children; a string is text. */
  function el(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  function say(words, bad = false) {
    byId("said").className = bad ? "bad" : "";
    byId("said").textContent = words;
  }

  /** Ask the server; what it cannot do is thrown as its words. */
  async function ask(what, body = {}) {
    let response;
    try {
      response = await fetch("/review/" + what, {
        method: "POST",
        headers: {"Content-Type": "application/json", "X-KG-Token": token},
        body: JSON.stringify(body),
      });
    } catch {
      throw new Error("the server does not answer; is kg still running?");
    }
    const answer = await response.json().catch(() => ({error: "the server cannot answer now"}));
    if (answer.error) throw new Error(answer.error);
    return answer.is;
  }

  /** Decide: what was decided goes from the list at once, and the list is fetched anew when all is written. */
  function decide(what, body, gone, done) {
    if (gone) gone();
    pending += 1;
    draw(true);
    queue = queue.then(async () => {
      try {
        const {decision} = await ask(what, body);
        if (done) done();
        compared.clear();
        if (what === "undo") say("Taken back: " + decision.what);
        else if (decision.idle) say("Without effect: " + decision.idle, true);
        else say(`${ACTED[decision.kind]}: ${decision.what}${data.follows ? "" : " (from the next build on)"}`);
      } catch (error) {
        say(error.message, true);
      }
      pending -= 1;
      if (!pending) await refresh();
    });
    return queue;
  }

  async function refresh() {
    try {
      data = await ask("overview");
    } catch (error) {
      say(error.message, true);
      if (!data) byId("work").replaceChildren(el("p", {class: "lead"}, error.message));
      return;
    }
    byId("graph").textContent = data.graph;
    document.title = "Review " + data.graph;
    if (thing) await open(thing.id, false, thing.label);
    draw();
  }

  // Small parts that several views have.

  const kindOf = (entity) => el("span", {class: "kind"}, entity.type === "GPE" ? "Country, city, state" : entity.type);
  const nameOf = (entity) => el("button", {type: "button", class: "name", onclick: (event) => { event.stopPropagation(); show(entity.id); }}, entity.label);
  const also = (entity) => (entity.aliases.length ? el("p", {class: "why"}, "also " + entity.aliases.join(", ")) : null);
  const button = (words, kind, act, more = {}) => el("button", {type: "button", class: kind, onclick: act, ...more}, words);

  function quote(sentence, source, marked = []) {
    if (!sentence) return null;
    const [from, to] = marked;
    const words = to > from ? [sentence.slice(0, from), el("mark", {}, sentence.slice(from, to)), sentence.slice(to)] : [sentence];
    return el("blockquote", {}, words, el("cite", {}, source));
  }

  const factLine = (fact) => el("p", {class: "fact"}, nameOf(fact.subject), " ", el("span", {class: "relation"}, fact.relation), " ", fact.object ? nameOf(fact.object) : fact.text);

  /** The two answers to a fact. */
  function judging(fact) {
    const act = (kind) => () => decide("decide", {kind, key: fact.key});
    const named = {"aria-label": `${fact.subject.label} ${fact.relation} ${fact.object ? fact.object.label : fact.text}`};
    return el("div", {class: "acts"}, button("Right", "yes", act("confirm"), {"aria-label": "Right: " + named["aria-label"]}), button("Wrong", "no", act("reject"), {"aria-label": "Wrong: " + named["aria-label"]}));
  }

  /** The two answers to a fact in doubt, with a note, and what the same words say besides, which goes with it. */
  function weighing(fact, gone) {
    const along = el("input", {type: "checkbox", checked: true, id: "along"});
    const note = el("input", {type: "text", id: "note", "aria-label": "Why (a note)", placeholder: "why (a note)", size: 16});
    const act = (kind) => decide("decide", {kind, key: fact.key, alone: !along.checked, note: note.value}, gone);
    const besides = el("label", {class: "check", for: "along", hidden: true});
    if (fact.object) ask("akin", {key: fact.key}).then((words) => {
      if (!words.length) return;
      besides.replaceChildren(along, el("span", {}, "If it is wrong, so is what the same words say: " + words.join("; ")));
      besides.hidden = false;
    }, () => {});
    current = {yes: () => act("confirm"), no: () => act("reject"), open: fact.subject.id};
    return [
      el("div", {class: "acts"}, button("Right (y)", "yes", current.yes), button("Wrong (n)", "no", current.no), button("Later (j)", "", () => move(1)), note),
      besides,
    ];
  }

  // A list of which one item is open.

  let current = {};

  function list(name, items, line, body, lead, none) {
    at[name] = Math.max(0, Math.min(at[name], items.length - 1));
    current = {};
    const rows = items.map((item, i) => {
      const open = i === at[name];
      const row = el("li", {class: open ? "item current" : "item", tabindex: open ? "-1" : null, "aria-current": open ? "true" : null});
      if (open) row.append(...body(item).filter(Boolean));
      else row.append(el("button", {type: "button", class: "line", onclick: () => { at[name] = i; draw(true); }}, line(item)));
      return row;
    });
    return [el("p", {class: "lead"}, items.length ? lead : none), el("ol", {}, rows)];
  }

  function pairsView() {
    const drop = (pair) => () => { data.pairs = data.pairs.filter((p) => p !== pair); };
    const line = (pair) => [el("strong", {}, pair.a.label), kindOf(pair.a), el("strong", {}, pair.b.label), kindOf(pair.b), el("span", {class: "why"}, pair.why)];
    const body = (pair) => {
      const act = (kind) => decide("decide", {kind, a: pair.a.id, b: pair.b.id}, drop(pair));
      current = {yes: () => act("same"), no: () => act("different"), open: pair.a.id};
      return [
        el("h2", {}, `${pair.a.label} and ${pair.b.label}`),
        el("p", {class: "why"}, `${pair.why}; likeliness ${pair.score.toFixed(2)}`),
        comparison(pair.a.id, pair.b.id),
        el("div", {class: "acts"}, button("One thing (y)", "yes", () => act("same")), button("Two things (n)", "no", () => act("different")), button("Later (j)", "", () => move(1))),
      ];
    };
    const more = data.more_pairs ? ` ${data.more_pairs} more come after these.` : "";
    return list("pairs", data.pairs, line, body, `Names that are nearly alike, or may be short for one another. They stay two until somebody says otherwise.${more}`, "Nothing else looks like one thing under two names.");
  }

  /** Two things side by side with their sentences, and what changes if they are one. */
  function comparison(a, b) {
    const key = a + " " + b;
    const place = el("div", {}, el("p", {class: "why"}, "…"));
    const fill = ({sides, changes}) => place.replaceChildren(
      el("div", {class: "sides"}, sides.map((side) => el("section", {class: "side", "aria-label": side.label},
        el("p", {}, nameOf(side), " ", kindOf(side)), also(side),
        el("p", {class: "why"}, side.told),
        side.sentences.map((s) => quote(s.sentence, s.source))))),
      el("h3", {}, "If they are one"), el("ul", {class: "changes"}, changes.map((words) => el("li", {}, words))),
    );
    if (compared.has(key)) fill(compared.get(key));
    else ask("pair", {a, b}).then((found) => { compared.set(key, found); fill(found); }, (error) => place.replaceChildren(el("p", {class: "idle"}, error.message)));
    return place;
  }

  function doubtsView() {
    const drop = (fact) => () => { data.doubts = data.doubts.filter((f) => f !== fact); };
    const line = (fact) => [el("strong", {}, fact.subject.label), fact.relation, el("strong", {}, fact.object ? fact.object.label : fact.text), el("span", {class: "why"}, fact.why)];
    const body = (fact) => {
      return [factLine(fact), fact.saying ? el("p", {class: "why"}, fact.saying) : null, quote(fact.sentence, fact.source, fact.marked), el("p", {class: "why"}, `${fact.why}; stands as ${fact.standing}`), ...weighing(fact, drop(fact))];
    };
    return list("doubts", data.doubts, line, body, "Facts that were not read surely, or do not fit what they are said of. What is right becomes asserted, and what is wrong no longer is.", "No fact is in doubt.");
  }

  // Things.

  let found = [];

  function thingsView() {
    const query = el("input", {type: "search", id: "query", value: lastQuery, autocomplete: "off", oninput: (event) => search(event.target.value)});
    const hits = el("ul", {class: "hits", id: "hits"});
    drawHits(hits);
    const top = el("label", {class: "field"}, "Find a person, organization, place or thing", query);
    if (thing) return [top, hits, thingView()];
    const merged = data.merged.map((entity) => el("li", {class: "row"}, nameOf(entity), " ", kindOf(entity), el("p", {class: "why"}, entity.why), also(entity)));
    return [top, hits, merged.length ? el("h3", {}, "Made one on evidence that may err") : null, el("ul", {}, merged)];
  }

  let lastQuery = "", asking = 0;

  async function search(words) {
    lastQuery = words;
    const mine = ++asking;
    const answer = words.trim() ? await ask("find", {name: words}).catch(() => []) : [];
    if (mine !== asking) return;
    found = answer;
    if (byId("hits")) drawHits(byId("hits"));
  }

  function drawHits(place) {
    const held = place.contains(document.activeElement);  // a later answer must not take the focus away
    const none = lastQuery.trim() && !found.length ? [el("li", {class: "why"}, "Nothing is called so.")] : [];
    place.replaceChildren(...found.map((entity) => el("li", {}, el("button", {type: "button", onclick: () => { found = []; lastQuery = ""; show(entity.id); }}, el("strong", {}, entity.label), " ", kindOf(entity), entity.aliases.length ? el("span", {class: "why"}, " also " + entity.aliases.slice(0, 4).join(", ")) : null))), ...none);
    if (held) place.querySelector("button")?.focus();
  }

  async function open(id, told = true, label = "") {
    try {
      thing = await ask("thing", {id, label});
    } catch (error) {
      thing = null;
      if (told) say(error.message, true);
    }
  }

  /** Show a thing with all that is known of it. */
  async function show(id) {
    other = null;
    await open(id);
    tab = "things";
    draw();
    scrollTo(0, 0);
    const heading = document.querySelector("#thing h2");
    if (heading) heading.focus();
  }

  function thingView() {
    const shown = el("section", {id: "thing", class: "item current", "aria-label": thing.label});
    shown.append(el("h2", {tabindex: "-1"}, thing.label, " ", kindOf(thing)));
    if (thing.aliases.length) shown.append(also(thing));
    shown.append(...splitting(), ...calling(), ...merging(), ...facts(), ...adding());
    return shown;
  }

  function splitting() {
    const boxes = thing.parts.map((part, i) => el("input", {type: "checkbox", id: "part-" + i, value: part.key}));
    const rows = thing.parts.map((part, i) => el("li", {class: "part"}, thing.parts.length > 1 ? boxes[i] : null, el("label", {for: "part-" + i}, el("strong", {}, part.name), ` in ${part.source}`, part.times > 1 ? el("span", {class: "why"}, ` ${part.times} times`) : null, part.sentence ? el("br") : null, part.sentence)));
    const act = button("Split off what is ticked", "no", () => decide("decide", {kind: "split", id: thing.id, parts: boxes.filter((b) => b.checked).map((b) => b.value)}));
    const several = thing.parts.length > 1;
    return [el("h3", {}, several ? "Is all of this one thing? Tick what is another" : "Where it is spoken of"), el("ul", {}, rows), several ? el("div", {class: "acts"}, act) : ""];
  }

  function calling() {
    const label = el("input", {type: "text", value: thing.label, maxlength: 200, required: true});
    const kind = el("select", {}, data.classes.map((name) => el("option", {value: name, selected: name === thing.type}, name)));
    if (!data.classes.includes(thing.type)) kind.prepend(el("option", {value: "", selected: true}, thing.type));
    const send = (what, to) => (event) => { event.preventDefault(); if (to.value) decide("decide", {kind: what, id: thing.id, to: to.value}); };
    return [
      el("h3", {}, "What it is"),
      el("form", {class: "fields two", onsubmit: send("rename", label)}, el("label", {class: "field"}, "Name", label), el("button", {}, "Rename")),
      el("form", {class: "fields two", onsubmit: send("retype", kind)}, el("label", {class: "field"}, "Class", kind), el("button", {}, "Give class")),
    ];
  }

  function merging() {
    const hits = el("ul", {class: "hits"});
    const query = el("input", {type: "search", autocomplete: "off", oninput: async (event) => {
      const answer = await ask("find", {name: event.target.value}).catch(() => []);
      hits.replaceChildren(...answer.filter((e) => e.id !== thing.id).map((entity) => el("li", {}, el("button", {type: "button", onclick: () => { other = entity; draw(); }}, el("strong", {}, entity.label), " ", kindOf(entity)))));
    }});
    const asked = [el("h3", {}, "Is it the same as another?"), el("label", {class: "field"}, "Name of the other", query), hits];
    if (!other) return asked;
    const merge = button("One thing", "yes", () => { const b = other.id; other = null; decide("decide", {kind: "same", a: thing.id, b}); });
    return [...asked, comparison(thing.id, other.id), el("div", {class: "acts"}, merge, button("No", "", () => { other = null; draw(); }))];
  }

  function facts() {
    const rows = thing.facts.map((fact) => el("li", {class: "row"}, factLine(fact), quote(fact.sentence, fact.source, fact.marked), el("p", {class: "why"}, fact.standing + (fact.sentences > 1 ? `, in ${fact.sentences} sentences` : "")), judging(fact)));
    const more = thing.more_facts ? el("p", {class: "why"}, `and ${thing.more_facts} more`) : "";
    return rows.length ? [el("h3", {}, "Facts"), el("ul", {}, rows), more] : [];
  }

  function adding() {
    // What is half written stays when the list is drawn anew.
    const draft = drafts.get(thing.id) || {};
    const field = (words, name, more = {}) => {
      const made = el(more.wide ? "textarea" : "input", {name, id: "add-" + name, required: more.required, rows: more.wide ? 2 : null, list: more.list, oninput: (event) => drafts.set(thing.id, {...drafts.get(thing.id), [name]: event.target.value})});
      made.value = draft[name] ?? more.value ?? "";
      return el("label", {class: "field" + (more.wide ? " wide" : "")}, words, made);
    };
    const classes = (words, name) => el("label", {class: "field"}, words, el("select", {name}, el("option", {value: ""}, "as it is known"), name === "object_type" ? el("option", {value: "text"}, "a text") : null, data.classes.map((c) => el("option", {value: c}, c))));
    const sources = [...new Set(thing.parts.map((part) => part.source))];
    // The sentences about it, to be taken over.
    const known = new Map([...thing.parts, ...thing.facts].filter((p) => p.sentence).map((p) => [p.sentence, p.source]));
    const taking = el("select", {id: "add-known", onchange: (event) => {
      const put = {sentence: event.target.value, source: known.get(event.target.value) || ""};
      for (const [name, value] of Object.entries(put)) byId("add-" + name).value = value;
      drafts.set(thing.id, {...drafts.get(thing.id), ...put});
    }}, el("option", {value: ""}, "…"), [...known.keys()].map((words) => el("option", {value: words}, words.length > 90 ? words.slice(0, 89) + "…" : words)));
    const form = el("form", {class: "fields", onsubmit: (event) => {
      event.preventDefault();
      const body = {kind: "add", ...Object.fromEntries(new FormData(event.target))};
      const id = thing.id;
      decide("decide", body, null, () => drafts.delete(id));
    }},
      field("Subject", "subject", {value: thing.label, required: true}), field("Relation, as “work for”", "relation", {required: true}), field("Object: a thing, day or number", "object"), classes("Class of the object, if it is new", "object_type"),
      el("label", {class: "field wide"}, "A sentence about it", taking),
      field("The sentence that says so, as it stands in its document", "sentence", {wide: true, required: true}), field("Document (empty: any that has it)", "source", {list: "sources"}),
      el("datalist", {id: "sources"}, sources.map((s) => el("option", {value: s}))), el("button", {}, "Add the fact"));
    return [el("h3", {}, "Add a fact that is missing"), form];
  }

  // Decisions.

  function decisionsView() {
    const rows = [...data.decisions].reverse().map((d) => el("li", {class: "row"},
      el("p", {}, el("strong", {}, ACTED[d.kind] + ": "), d.what),
      d.also.length ? el("p", {class: "why"}, "with it: " + d.also.join("; ")) : null,
      d.evidence.map((e) => quote(e.sentence, e.source)),
      el("p", {class: "why"}, [d.by, d.at.replace("T", " ").replace("Z", ""), d.note].filter(Boolean).join(", ")),
      d.idle ? el("p", {class: "idle"}, "without effect: " + d.idle) : null,
      el("div", {class: "acts"}, button("Undo", "", () => decide("undo", {number: d.number}, () => { data.decisions = data.decisions.filter((x) => x !== d); }), {"aria-label": "Undo: " + d.what}))));
    const where = el("p", {class: "lead"}, rows.length ? "In " : "Nothing was decided yet. Decisions go into ", el("code", {}, data.file), data.follows ? "" : ", which the next build obeys");
    return [where, el("ol", {}, rows)];
  }

  // All of it.

  const VIEWS = {pairs: pairsView, doubts: doubtsView, things: thingsView, decisions: decisionsView};

  function draw(moved = false) {
    if (!data) return;
    byId("tabs").replaceChildren(...TABS.map(([name, words], i) => {
      const count = {pairs: data.pairs.length, doubts: data.doubts.length, decisions: data.decisions.length}[name];
      return el("button", {type: "button", role: "tab", id: "tab-" + name, "aria-selected": String(name === tab), "aria-controls": "work", tabindex: name === tab ? "0" : "-1", title: `Key ${i + 1}`, onclick: () => choose(name), onkeydown: along}, count === undefined ? words : `${words} (${count})`);
    }));
    byId("work").removeAttribute("aria-label");
    byId("work").setAttribute("aria-labelledby", "tab-" + tab);
    current = {};
    const kept = document.activeElement?.id;
    byId("work").replaceChildren(...VIEWS[tab]().filter(Boolean));
    byId("undo").disabled = !data.decisions.length && !pending;
    const here = document.querySelector(".item.current");
    if (moved && here && tab !== "things") { here.focus({preventScroll: true}); here.scrollIntoView({block: "nearest"}); }
    else if (kept && kept !== "work" && byId(kept) && document.activeElement.id !== kept) byId(kept).focus({preventScroll: true});
  }

  /** Arrows go along the tabs. */
  function along(event) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const names = TABS.map(([name]) => name);
    choose(names[(names.indexOf(tab) + step + names.length) % names.length]);
    byId("tab-" + tab).focus();
  }

  function choose(name) {
    tab = name;
    draw();
    scrollTo(0, 0);
  }

  function move(step) {
    if (!(tab in at)) return;
    at[tab] += step;
    draw(true);
  }

  const undo = () => { if (data && (data.decisions.length || pending)) decide("undo", {}, () => data.decisions.pop()); };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (!data || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = {
      j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), u: undo,
      y: () => current.yes?.(), n: () => current.no?.(), o: () => current.open && show(current.open),
      "/": () => { choose("things"); byId("query").focus(); }, "?": () => byId("help").showModal(),
    };
    TABS.forEach(([name], i) => { acts[String(i + 1)] = () => choose(name); });
    const arrow = event.key.startsWith("Arrow");
    if (!(event.key in acts) || (arrow && !(tab in at)) || (arrow && event.target.role === "tab")) return;
    event.preventDefault();
    acts[event.key]();
  });
  byId("undo").addEventListener("click", undo);
  byId("keys").addEventListener("click", () => byId("help").showModal());
  if (!token) {
    say("open the address that kg printed: it has the token", true);
    byId("work").append(el("p", {class: "lead"}, "This page shows nothing without the token of the address that kg printed."));
  } else refresh().then(() => { if (data && !data.pairs.length && data.doubts.length) choose("doubts"); document.documentElement.dataset.ready = "yes"; });
})();
