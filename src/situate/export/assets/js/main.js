// The page: one report in the reader, all of them or this one in the views, one entry in the card.

class Page {
  constructor(model, outlines) {
    this.model = model;
    this.scope = null; // a picture's number, or null for all
    const act = { onOpen: (keys, chosen, heading) => this.open(keys, chosen, heading) };
    this.text = new TextView(model, act);
    this.card = new Card(model, { ...act, onWords: (entry) => this.words(entry), onClose: () => this.text.forget() });
    this.map = new MapView(byId("map"), outlines, { onMoved: (view) => this.marks.place(view) });
    this.marks = new Marks(model, this.map, act);
    this.timeline = new Timeline(model, act);
    this.tables = new Tables(model, act);
    this.controls();
    this.views();
    this.legends();
  }

  start() {
    this.theme();
    const wanted = new URLSearchParams(location.hash.slice(1));
    const p = this.model.pictures.findIndex((x) => x.report.id === wanted.get("report"));
    this.show(Math.max(0, p));
    this.refresh();
    const entry = p >= 0 && this.model.get(p, wanted.get("entry"));
    if (entry) this.words(entry);
  }

  show(p) {
    this.p = p;
    this.text.active = null;
    this.text.show(p);
    byId("report").value = String(p);
    this.remember();
    if (this.scope !== null) this.setScope(p);
  }

  remember(entry) {
    const state = new URLSearchParams({ report: this.model.report(this.p).id, ...(entry && { entry: entry.value.id }) });
    history.replaceState(null, "", `#${state}`);
  }

  setScope(scope) {
    this.scope = scope;
    byId("scope-all").setAttribute("aria-pressed", scope === null);
    byId("scope-one").setAttribute("aria-pressed", scope !== null);
    this.refresh();
  }

  refresh() {
    this.marks.gather(this.scope);
    this.timeline.gather(this.scope);
    this.tables.gather(this.scope);
    this.tell();
  }

  /** The counts, and what the map and the timeline can't show. */
  tell() {
    const n = (layer) => [...this.model.of(layer, this.scope)].length;
    const reports = this.scope === null ? this.model.pictures.length : 1;
    byId("counts").textContent = [count(reports, "report"), count(n("events"), "event"), count(n("agreements"), "agreement"), count(n("movements"), "movement"), count(n("forecasts"), "forecast")].join(" · ");
    const { country, nowhere } = this.marks.missing;
    byId("map-missing").textContent = country + nowhere ? `Not on the map: ${count(country, "entry", "entries")} known only to a country or an unsettled place, ${nowhere} without a place. The tables hold them.` : "";
    const late = this.timeline.undated;
    const box = refill(byId("time-missing"));
    if (!late.length) return;
    const open = () => this.open(late.map((e) => e.key), late[0].key, `${count(late.length, "entry", "entries")} not on the line`);
    box.append(`Not on the line: ${count(late.length, "entry", "entries")} without a date or dated to more than two months. `, el("button", { type: "button", class: "link", onclick: open }, "List them"));
  }

  /** Open the card; words in the report that is shown are tinted at once. */
  open(keys, chosen = keys[0], heading = "") {
    this.card.show(keys, chosen, heading);
    const entry = this.model.entries.get(chosen);
    if (!entry) return;
    if (entry.p === this.p) this.text.reveal(entry);
    else this.text.forget();
  }

  /** Lead to the words of an entry, in whichever report. */
  words(entry) {
    if (entry.p !== this.p) this.show(entry.p);
    this.view("reader");
    this.card.show([entry.key]);
    this.text.reveal(entry);
    this.remember(entry);
  }

  controls() {
    const picker = byId("report");
    this.model.pictures.forEach(({ report }, p) => {
      const when = report.published ? day(report.published) : "no date";
      picker.append(el("option", { value: p }, `${when} · ${this.model.outlet(p)} · ${short(report.title || report.text, 70)}`));
    });
    picker.addEventListener("change", () => this.show(Number(picker.value)));
    const step = (by) => this.show((this.p + by + this.model.pictures.length) % this.model.pictures.length);
    byId("previous").addEventListener("click", () => step(-1));
    byId("next").addEventListener("click", () => step(1));
    byId("scope-all").addEventListener("click", () => this.setScope(null));
    byId("scope-one").addEventListener("click", () => this.setScope(this.p));
    byId("theme").addEventListener("click", () => this.theme(document.documentElement.dataset.theme !== "dark"));
  }

  /** Light or dark as the system has it, until the button is pressed. */
  theme(chosen) {
    const system = matchMedia("(prefers-color-scheme: dark)");
    if (chosen === undefined) system.addEventListener("change", () => this.theme(system.matches));
    document.documentElement.dataset.theme = (chosen ?? system.matches) ? "dark" : "light";
    this.map.draw();
  }

  /** On a narrow screen one view is shown at a time. */
  views() {
    const names = { reader: "Text", map: "Map", time: "Time", tables: "Tables" };
    byId("views").append(...Object.entries(names).map(([key, name]) => el("button", { type: "button", "data-go": key, onclick: () => this.view(key) }, name)));
    this.view("reader");
  }

  view(name) {
    document.body.dataset.view = name;
    for (const button of byId("views").children) button.setAttribute("aria-pressed", button.dataset.go === name);
  }

  legends() {
    const chip = (icon, name) => el("span", { class: "key" }, icon, name);
    byId("time-legend").append(...Object.entries(STATUSES).map(([key, { name }]) => chip(statusIcon(key), name)), chip(el("span", { class: "faint" }, "●"), "day of the report: no date of its own"));
    const toggle = (kind, name) => el("button", { type: "button", class: "chip", "aria-pressed": "true", onclick: (e) => (this.marks.toggle(kind), e.currentTarget.setAttribute("aria-pressed", !this.marks.hidden.has(kind))) }, name);
    const states = Object.entries(STATES).map(([key, name]) => chip(controlIcon(key, true), name));
    const holders = this.marks.holders.slice(0, HOLDER_COLOURS).map((name) => {
      const icon = controlIcon("holds", true, this.marks.colour(name));
      return chip(icon, name);
    });
    byId("map-legend").append(
      toggle("events", "Events"),
      toggle("control", "Control"),
      toggle("movements", "Movements"),
      el("details", {}, el("summary", {}, "What the marks mean"), el("p", {}, ...states), el("p", {}, ...holders), el("p", { class: "note" }, "A ring is how far from its middle a place may lie; a wide, dashed one is an area. Entries known only to a country have no mark. Dashed arrows were planned or announced. Hollow marks: said, not done.")),
    );
  }
}

function embedded(id) {
  return JSON.parse(byId(id).textContent);
}

const page = new Page(new Model(embedded("pictures")), new Outlines(embedded("outlines")));
page.start();
