// The query editor: a query and its answer, from this server alone.

"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  // A server that wants a token was asked for this page with it, and wants it of what the page asks, too.
  const token = new URLSearchParams(location.search).get("token");
  // Nothing is completed from elsewhere: the editor works without a network.
  Yasqe.defaults.autocompleters = [];
  const editor = new Yasqe(byId("editor"), {
    value: new URLSearchParams(location.search).get("query") || byId("saved").value,
    showQueryButton: false,
    createShareableLink: null,
    persistenceId: null,
    resizeable: true,
    autocompleters: [],
  });
  byId("saved").addEventListener("change", (event) => {
    const option = event.target.selectedOptions[0];
    byId("says").textContent = option.title;
    editor.setValue(option.value);
  });

  /** A term of an answer as a cell; an entity leads to its page. */
  function cell(term) {
    const td = document.createElement("td");
    if (!term) return td;
    if (term.type === "uri" && term.value.includes("/entity/")) {
      const a = document.createElement("a");
      a.href = "/entity/" + encodeURIComponent(decodeURIComponent(term.value.split("/entity/")[1]))
        + (token ? "?token=" + encodeURIComponent(token) : "");
      a.textContent = term.value.split("/entity/")[1];
      td.append(a);
    } else td.textContent = term.value;
    return td;
  }

  /** Rows of an answer as a table. */
  function table(data) {
    const shown = document.createElement("table");
    const head = shown.insertRow();
    for (const name of data.head.vars) {
      const th = document.createElement("th");
      th.textContent = name;
      head.append(th);
    }
    for (const binding of data.results.bindings) {
      const row = shown.insertRow();
      for (const name of data.head.vars) row.append(cell(binding[name]));
    }
    return shown;
  }

  /** Ask the query and show its answer: rows, yes or no, or Turtle. */
  async function run() {
    const state = byId("state"), answer = byId("answer");
    state.className = "";
    state.textContent = "running…";
    answer.replaceChildren();
    try {
      const response = await fetch("/sparql", {
        method: "POST",
        headers: {
          "Content-Type": "application/sparql-query",
          Accept: "application/sparql-results+json, text/turtle",
          ...(token && { Authorization: "Bearer " + token }),
        },
        body: editor.getValue(),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      if (response.headers.get("Content-Type").includes("json")) {
        const data = JSON.parse(text);
        if ("boolean" in data) state.textContent = String(data.boolean);
        else {
          answer.append(table(data));
          state.textContent = data.results.bindings.length + " rows";
        }
      } else {
        const pre = document.createElement("pre");
        pre.textContent = text;
        answer.append(pre);
        state.textContent = "";
      }
    } catch (error) {
      state.className = "bad";
      state.textContent = error.message;
    }
  }
  byId("run").addEventListener("click", run);
})();
