"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const facets = JSON.parse($("#facets").textContent);
  const USES = $$("#collection thead th[data-use]").map((th) => th.dataset.use);
  const FILTERS = ["text", "kind", "rule", "section", "language", "use", "state", "party", "status", "decision"];

  // ---- Findings and what the filters know of them
  const findings = $$(".finding").map((element) => {
    const cause = element.closest(".cause");
    return {
      element, cause, id: element.id, doc: facets.documents[element.dataset.d], kind: cause ? cause.dataset.kind : "",
      rule: cause ? cause.closest(".rule").dataset.rule : "", status: element.dataset.status || "open", words: null,
    };
  });
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const causes = new Map();
  for (const finding of findings) if (finding.cause) (causes.get(finding.cause) || causes.set(finding.cause, []).get(finding.cause)).push(finding);
  const documents = $$("[data-doc]").map((element) => ({ element, doc: facets.documents[element.dataset.doc] }));
  const title = (finding) => {
    const own = $(".message", finding.element) || $("h4 .said", finding.cause);
    return own ? own.textContent : "";
  };
  const words = (finding) => {
    if (finding.words === null) {
      const shared = finding.cause ? $("h4", finding.cause).textContent + " " + ($(".shared", finding.cause) || { textContent: "" }).textContent : "";
      finding.words = (finding.id + " " + finding.element.textContent + " " + shared).toLowerCase();
    }
    return finding.words;
  };

  // ---- Decisions, kept in the browser
  const STORE = "rightscheck.decisions:" + facets.store;
  const DECISIONS = { fix: "fix", waive: "waive", "not-a-problem": "not a problem", ask: "ask", later: "later" };
  const read = () => {
    try { return new Map(Object.entries(JSON.parse(localStorage.getItem(STORE) || "{}"))); } catch { return new Map(); }
  };
  let decisions = read();
  const keep = () => {
    try { localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(decisions))); } catch { say("This browser does not keep decisions: export them before you close the page."); }
    showDecisions();
  };
  const shownDecision = (decision) => {
    const parts = [DECISIONS[decision.decision] || decision.decision];
    if (decision.reason) parts.push(decision.reason.replace("-", " "));
    if (decision.ends) parts.push("until " + decision.ends);
    return parts.join(", ") + (decision.note ? ": " + decision.note : "");
  };
  const showDecisions = () => {
    for (const finding of findings) {
      const decision = decisions.get(finding.id);
      let badge = $(":scope > .decision", finding.element);
      if (!decision) { if (badge) badge.remove(); continue; }
      if (!badge) {
        badge = document.createElement("p");
        badge.className = "decision";
        finding.element.append(badge);
      }
      badge.textContent = "Decided: " + shownDecision(decision);
    }
    say(decisions.size === 0 ? "No decisions yet" : decisions.size === 1 ? "1 decision" : decisions.size + " decisions");
    $("#export").disabled = decisions.size === 0;
    if (chosen().decision) apply();
  };
  const say = (text) => { $("#decided").textContent = text; };

  // ---- Filters, kept in the address
  const form = $("#filters");
  const chosen = () => Object.fromEntries(FILTERS.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value));
  const fits = (doc, filter) => {
    if (!doc) return !(filter.section || filter.language || filter.use || filter.state || filter.party);
    if (filter.section && doc.section !== filter.section && !doc.section.startsWith(filter.section + "/")) return false;
    if (filter.language && doc.language !== filter.language) return false;
    if (filter.party && !doc.parties.includes(facets.parties.indexOf(filter.party))) return false;
    if (filter.use && filter.state) return doc.uses[USES.indexOf(filter.use)] === filter.state;
    if (filter.use) return doc.uses[USES.indexOf(filter.use)] !== "-";
    return !filter.state || doc.uses.includes(filter.state);
  };
  const matches = (finding, filter, asked) => {
    if (filter.kind && finding.kind !== filter.kind) return false;
    if (filter.rule && finding.rule !== filter.rule) return false;
    if (filter.status && finding.status !== filter.status) return false;
    if (filter.decision) {
      const decision = decisions.get(finding.id);
      if (filter.decision === "none" ? decision : !decision || decision.decision !== filter.decision) return false;
    }
    return fits(finding.doc, filter) && asked.every((word) => words(finding).includes(word));
  };
  const apply = () => {
    const filter = chosen();
    const active = Object.keys(filter).length > 0;
    const asked = (filter.text || "").toLowerCase().split(/\s+/).filter(Boolean);
    const ofFindings = ["kind", "rule", "status", "decision", "text"].some((name) => filter[name]);
    const docs = new Set();
    let count = 0;
    for (const finding of findings) {
      const shown = matches(finding, filter, asked);
      finding.element.hidden = !shown;
      if (shown) { count += 1; docs.add(finding.doc); }
    }
    for (const [cause, list] of causes) {
      const shown = list.filter((finding) => !finding.element.hidden).length;
      cause.hidden = shown === 0;
      const rest = $(".rest", cause);
      if (rest) rest.hidden = list.every((finding) => finding.element.hidden || !rest.contains(finding.element));
    }
    for (const rule of $$(".rule[data-rule]")) rule.hidden = $$(".cause", rule).every((cause) => cause.hidden);
    for (const { element, doc } of documents) {
      const named = asked.length > 0 && doc && asked.every((word) => doc.path.toLowerCase().includes(word));
      element.hidden = !fits(doc, filter) || (ofFindings && !docs.has(doc) && !named);
    }
    $("#shown").textContent = active ? count + " of " + findings.length + " findings shown: " + Object.entries(filter).map(([name, value]) => name + " “" + label(name, value) + "”").join(", ") : "";
    $("#nothing").hidden = !active || count > 0 || documents.some(({ element }) => !element.hidden);
    current = -1;
    $$(".current").forEach((element) => element.classList.remove("current"));
  };
  const label = (name, value) => {
    const field = form.elements[name];
    return field.options && field.selectedIndex >= 0 ? field.options[field.selectedIndex].textContent : value;
  };
  const remember = (at) => {
    const query = new URLSearchParams(chosen());
    if (at) query.set("at", at);
    const hash = query.toString() ? "#/" + query : at ? "#" + at : "#";
    if (location.hash !== hash) history.replaceState(null, "", hash);
  };
  const recall = () => {
    if (!location.hash.startsWith("#/")) return;
    const query = new URLSearchParams(location.hash.slice(2));
    for (const name of FILTERS) {
      const field = form.elements[name];
      const value = query.get(name) || "";
      field.value = value;
      if (value && field.options && field.selectedIndex < 0) field.value = "";
      if (value && field.closest(".more")) field.closest(".more").open = true;
    }
    apply();
    const at = query.get("at") && document.getElementById(query.get("at"));
    if (at) at.scrollIntoView();
  };
  const fill = (name, values) => {
    for (const [value, text] of values) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = text;
      form.elements[name].append(option);
    }
  };
  const counted = (of) => {
    const counts = new Map();
    for (const doc of facets.documents) if (of(doc)) counts.set(of(doc), (counts.get(of(doc)) || 0) + 1);
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, count]) => [value, value + " (" + count + ")"]);
  };
  fill("section", counted((doc) => doc.section));
  fill("language", counted((doc) => doc.language));
  fill("party", facets.parties.map((party) => [party, party]));
  let timer = 0;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => { apply(); remember(); }, 60); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", recall);

  // ---- Links inside the page keep the filters
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.metaKey || event.ctrlKey) return;
    const target = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!target || Object.keys(chosen()).length === 0) return;
    event.preventDefault();
    const fold = target.closest("details");
    if (fold) fold.open = true;
    target.hidden = false;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
    remember(target.id);
  });

  // ---- Keys
  let current = -1;
  const visible = () => findings.filter((finding) => !finding.element.hidden && !(finding.cause && finding.cause.hidden));
  const step = (by) => {
    const list = visible();
    if (list.length === 0) return;
    current = Math.max(0, Math.min(list.length - 1, current < 0 ? (by > 0 ? 0 : list.length - 1) : current + by));
    $$(".current").forEach((element) => element.classList.remove("current"));
    const { element } = list[current];
    const fold = element.closest("details");
    if (fold) fold.open = true;
    element.classList.add("current");
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  };
  const here = () => {
    const focused = document.activeElement && document.activeElement.closest(".finding");
    return (focused && byId.get(focused.id)) || visible()[current];
  };
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || $("dialog[open]")) return;
    if (event.target.matches("input, select, textarea")) { if (event.key === "Escape") event.target.blur(); return; }
    const keys = {
      j: () => step(1),
      k: () => step(-1),
      o: () => { const finding = here(); const link = finding && $(".where a", finding.element); if (link) link.click(); },
      d: () => { const finding = here(); if (finding) ask(finding); },
      f: () => form.elements.text.focus(),
      "/": () => form.elements.text.focus(),
      "?": () => $("#help").showModal(),
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  // ---- Deciding
  const dialog = $("#decide");
  const fields = $("form", dialog).elements;
  let asked = null;
  const siblings = (finding) => (finding.cause ? causes.get(finding.cause) : [finding]);
  const ask = (finding, whole = false) => {
    asked = finding;
    const all = siblings(finding);
    const old = decisions.get(finding.id) || {};
    $("#decide-about").textContent = (whole && all.length > 1 ? $("h4 .said", finding.cause).textContent : title(finding)) + " · " + (whole && all.length > 1 ? all.length + " findings" : finding.doc ? finding.doc.path : "");
    for (const radio of fields.decision) radio.checked = radio.value === old.decision;
    if (old.reason && old.reason !== "false-positive") fields.reason.value = old.reason;
    fields.note.value = old.note || "";
    fields.ends.value = old.ends || "";
    try { fields.by.value = localStorage.getItem("rightscheck.by") || ""; } catch { /* not kept */ }
    fields.all.checked = whole;
    $("#all-field").hidden = all.length < 2;
    $("#all-words").textContent = "the same for all " + all.length.toLocaleString("en") + " findings with this cause";
    $("#decide-clear").hidden = !old.decision;
    needs();
    dialog.showModal();
  };
  const needs = () => {
    const value = fields.decision.value;
    $("#reason-field").hidden = value !== "waive";
    fields.note.required = fields.ends.required = value === "waive" || value === "not-a-problem";
  };
  dialog.addEventListener("change", needs);
  const targets = () => (fields.all.checked && !$("#all-field").hidden ? siblings(asked) : [asked]);
  $("#decide-cancel").addEventListener("click", () => dialog.close());
  $("#decide-clear").addEventListener("click", () => {
    for (const finding of targets()) decisions.delete(finding.id);
    dialog.close();
    keep();
  });
  $("form", dialog).addEventListener("submit", () => {
    const decision = fields.decision.value;
    const entry = { decision, note: fields.note.value.trim(), ends: fields.ends.value };
    if (decision === "waive") entry.reason = fields.reason.value;
    if (decision === "not-a-problem") entry.reason = "false-positive";
    for (const finding of targets()) {
      decisions.set(finding.id, { ...entry, rule: finding.rule, document: finding.doc ? finding.doc.path : "", finding: title(finding) });
    }
    try { localStorage.setItem("rightscheck.by", fields.by.value.trim()); } catch { /* not kept */ }
    keep();
  });
  const button = (text, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "decide";
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  };
  for (const [cause, list] of causes) {
    const text = list.length > 1 ? "Decide all " + list.length.toLocaleString("en") : "Decide";
    $("header", cause).prepend(button(text, () => ask(list[0], list.length > 1)));
    if (list.length > 1 && list.length <= 400) for (const finding of list) $(".where", finding.element).append(button("Decide", () => ask(finding)));
  }

  // ---- decisions.toml, out and in
  const quoted = (text) => '"' + text.replace(/[\\"]/g, "\\$&").replace(/[\u0000-\u001f\u007f]/g, (c) => (c === "\n" ? "\\n" : c === "\t" ? "\\t" : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))) + '"';
  const isDate = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text || "");
  const toml = () => {
    let by = "";
    try { by = localStorage.getItem("rightscheck.by") || ""; } catch { /* not kept */ }
    const lines = ["schema = 1", "policy = " + quoted(facets.policy)];
    if (isDate(facets.as_of)) lines.push("as-of = " + facets.as_of);
    if (by) lines.push("by = " + quoted(by));
    for (const [fingerprint, decision] of [...decisions].sort(([a], [b]) => (a < b ? -1 : 1))) {
      lines.push("", "[[decision]]", "fingerprint = " + quoted(fingerprint));
      for (const key of ["rule", "document", "finding", "decision", "reason", "note"]) if (decision[key]) lines.push(key + " = " + quoted(decision[key]));
      if (isDate(decision.ends)) lines.push("ends = " + decision.ends);
    }
    return lines.join("\n") + "\n";
  };
  const unquoted = (text) => {
    if (!/^"(?:[^"\\]|\\.)*"$/.test(text)) return text;
    return text.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code, c) => (code ? String.fromCharCode(parseInt(code, 16)) : { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" }[c] || c));
  };
  const parse = (text) => {
    const found = new Map();
    let table = null;
    for (const line of text.split(/\r?\n/)) {
      if (/^\s*(#|$)/.test(line)) continue;
      if (/^\s*\[\[decision\]\]\s*(#.*)?$/.test(line)) { table = {}; continue; }
      const pair = /^\s*([A-Za-z0-9_-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s#"]+)\s*(#.*)?$/.exec(line);
      if (!pair) throw new Error("this is not a decisions.toml: " + line.slice(0, 80));
      if (!table) continue;
      table[pair[1]] = unquoted(pair[2]);
      if (table.fingerprint && Object.hasOwn(DECISIONS, table.decision)) found.set(table.fingerprint, table);
    }
    return found;
  };
  $("#export").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([toml()], { type: "application/toml" }));
    link.download = "decisions.toml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  $("#import").addEventListener("click", () => $("#import-file").click());
  $("#import-file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    try {
      const found = parse(await file.text());
      let gone = 0;
      for (const [fingerprint, table] of found) {
        const { fingerprint: _, ...decision } = table;
        decisions.set(fingerprint, decision);
        if (!byId.has(fingerprint)) gone += 1;
      }
      keep();
      say(found.size + " decisions read" + (gone ? ", " + gone + " of them about findings that are gone" : ""));
    } catch (error) {
      say(error.message);
    }
    event.target.value = "";
  });
  $("#keys").addEventListener("click", () => $("#help").showModal());

  // ---- Paper shows what is folded
  addEventListener("beforeprint", () => $$("details.rest:not([open])").forEach((fold) => { fold.open = true; fold.dataset.folded = ""; }));
  addEventListener("afterprint", () => $$("details[data-folded]").forEach((fold) => { fold.open = false; delete fold.dataset.folded; }));

  form.hidden = false;
  $("#bar").hidden = false;
  showDecisions();
  recall();
})();
