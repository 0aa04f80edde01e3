// The entries as tables, a tab a layer, with a search over all of them; each row leads to its card and its words.

const FIRST = 200; // rows drawn before "show all"

const TABLES = {
  events: {
    heads: ["Standing", "When", "Who", "Did", "To whom", "Where"],
    cells: (m, { p, value: v }) => [
      [statusIcon(v.status, GROUP_OF[v.type]), STATUSES[v.status].name],
      null,
      m.names(p, v.actors),
      [el("span", { class: `type g-${GROUP_OF[v.type]}` }, v.type), " ", v.trigger.text],
      m.names(p, v.recipients),
      m.names(p, v.places),
    ],
  },
  control: {
    heads: ["Place", "When", "State", "Holder"],
    cells: (m, { p, value: v }) => [m.name(p, v.place), null, [controlIcon(v.state, STATUSES[v.status].done), STATES[v.state] + said(v)], m.name(p, v.holder)],
  },
  agreements: {
    heads: ["Kind", "When", "State", "Parties", "Guarantors", "Where", "Provisions"],
    cells: (m, { p, value: v }) => [plain(v.kind), null, plain(v.status), m.names(p, v.parties), m.names(p, v.guarantors), m.names(p, v.places), short(v.provisions.map((x) => x.span.text).join(" · "), 140)],
  },
  movements: {
    heads: ["Standing", "When", "Who", "Kind", "How many", "From", "To", "By"],
    cells: (m, { p, value: v }) => [[statusIcon(v.status, "movements"), STATUSES[v.status].name], null, whoMoves(m, p, v), plain(v.kind), amount(m.get(p, v.quantity)?.value), m.name(p, v.origin), m.name(p, v.destination), v.means?.text],
  },
  relations: {
    heads: ["From", "Tie", "To", "When"],
    cells: (m, { p, value: v }) => [m.name(p, v.from), [el("span", { class: `sign s${v.sign}`, "aria-hidden": "true" }, { 1: "+", 0: "○", "-1": "−" }[v.sign]), tie(v.kind)], m.name(p, v.to), null],
  },
  forecasts: {
    heads: ["What", "How likely", "By when", "If", "Made"],
    cells: (m, { value: v }) => [short(v.content.text, 160), likelihood(v), v.horizon?.span?.text || period(v.horizon?.earliest, v.horizon?.latest), v.condition?.text, null],
  },
  claims: {
    heads: ["Source", "Cue", "What is said", "Reported"],
    cells: (m, { p, value: v }) => [sourceOf(m, p, v), v.cue?.text, short(v.content.text, 180), null],
  },
  actors: { heads: ["Name", "Kind", "Country", "Called"], cells: (m, { value: v }) => [v.name, plain(v.kind), v.country, short(called(v), 120)] },
  places: { heads: ["Name", "Kind", "Country", "Position", "Called"], cells: (m, { value: v }) => [v.name, plain(v.kind), v.country, position(v), short(called(v), 90)] },
};
const SAID = ["events", "control", "agreements", "movements", "relations", "forecasts"];

function said({ status }) {
  return STATUSES[status].done ? "" : ` (${STATUSES[status].name})`;
}

class Tables {
  constructor(model, { onOpen }) {
    this.model = model;
    this.onOpen = onOpen;
    this.layer = "events";
    this.tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Layers" });
    this.search = el("input", { type: "search", placeholder: "Find in the entries", "aria-label": "Find in the entries", oninput: () => this.draw() });
    this.panel = el("div", { class: "panel", role: "tabpanel", tabindex: 0 });
    byId("tables").append(el("div", { class: "bar" }, this.tabs, this.search), this.panel);
    this.tabs.addEventListener("keydown", (event) => this.key(event));
  }

  gather(p) {
    this.p = p;
    this.rows = {};
    for (const layer of Object.keys(TABLES)) this.rows[layer] = [...this.model.of(layer, p)].map((entry) => ({ entry, text: this.searchable(entry) }));
    this.draw();
  }

  searchable(entry) {
    const said = sayerOf(this.model, entry);
    return [lineOf(this.model, entry), ...evidenceOf(entry).map((s) => s.text), said, entry.value.type, this.model.names(entry.p, placesOf(entry))].join(" ").toLowerCase();
  }

  found(layer) {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return this.rows[layer].filter(({ text }) => words.every((w) => text.includes(w)));
  }

  draw(limit = FIRST) {
    refill(this.tabs, ...Object.keys(TABLES).map((layer) => this.tab(layer)));
    const found = this.found(this.layer);
    this.panel.setAttribute("aria-label", LAYER[this.layer].name);
    refill(this.panel, found.length ? this.table(found.slice(0, limit)) : el("p", { class: "note" }, this.search.value ? "Nothing matches." : "Nothing of this kind in what was read."));
    if (found.length > limit) this.panel.append(el("button", { type: "button", onclick: () => this.draw(Infinity) }, `Show all ${found.length}`));
  }

  tab(layer) {
    const here = layer === this.layer;
    return el(
      "button",
      { type: "button", role: "tab", "aria-selected": here, tabindex: here ? 0 : -1, onclick: () => this.choose(layer) },
      LAYER[layer].name,
      el("span", { class: "n" }, ` ${this.found(layer).length}`),
    );
  }

  choose(layer) {
    this.layer = layer;
    this.draw();
    this.tabs.querySelector("[aria-selected=true]").focus({ preventScroll: true });
  }

  key(event) {
    const layers = Object.keys(TABLES);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.choose(layers[(layers.indexOf(this.layer) + step + layers.length) % layers.length]);
  }

  table(rows) {
    const { heads } = TABLES[this.layer];
    const head = el("thead", {}, el("tr", {}, heads.map((h) => el("th", { scope: "col" }, h)), el("th", { scope: "col" }, el("span", { class: "hidden" }, "Open"))));
    return el("div", { class: "wide" }, el("table", {}, head, rows.map(({ entry }) => this.row(entry, heads))));
  }

  /** An entry: its fields, and below them the words with who says so. */
  row(entry, labels) {
    const cells = TABLES[this.layer].cells(this.model, entry).map((cell) => (cell === null ? whenText(this.model, entry) : cell));
    const open = () => this.onOpen([entry.key]);
    const row = el("tr", {}, cells.map((cell, i) => el("td", { "data-label": labels[i], class: labels[i] === "Standing" ? "standing" : null }, cell || "")));
    row.append(el("td", { class: "go" }, el("button", { type: "button", "aria-label": `Open: ${lineOf(this.model, entry)}`, onclick: (e) => (e.stopPropagation(), open()) }, "›")));
    const words = SAID.includes(this.layer) && el("tr", { class: "evidence-row" }, el("td", { colspan: labels.length + 1 }, this.words(entry)));
    const done = STATUSES[entry.value.status]?.done ?? entry.layer !== "forecasts";
    return el("tbody", { class: done ? "" : "said", onclick: open }, row, words);
  }

  words(entry) {
    const report = `${this.model.outlet(entry.p)}${this.model.report(entry.p).published ? ", " + day(this.model.report(entry.p).published) : ""}`;
    const sayer = sayerOf(this.model, entry);
    const who = sayer.endsWith("own voice") ? report : `${short(sayer, 60)}, in ${report}`;
    return [el("q", {}, short(evidenceOf(entry)[0].text, 190)), " ", el("span", { class: "who" }, who)];
  }
}
