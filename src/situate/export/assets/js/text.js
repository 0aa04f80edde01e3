// The report's text with its entries highlighted: words by layer, and a lettered mark before the evidence of the others.

class TextView extends MarkedText {
  constructor(model, { onOpen }) {
    super();
    this.model = model;
    this.onOpen = onOpen;
    this.root = byId("text");
    this.shown = new Set(LAYERS.filter((l) => l.shown).map((l) => l.key));
    this.root.addEventListener("click", (event) => this.clicked(event.target));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.drawLayers();
  }

  show(p) {
    this.p = p;
    this.draw();
    this.root.scrollTop = 0;
  }

  drawLayers() {
    const chips = LAYERS.map(({ key, name, letter }) =>
      el(
        "button",
        { type: "button", class: `chip l-${key}`, "aria-pressed": this.shown.has(key), onclick: (e) => this.toggle(key, e.currentTarget) },
        el("span", { class: "swatch", "aria-hidden": "true" }, letter || "ab"),
        name,
        el("span", { class: "n" }),
      ),
    );
    byId("layers").append(...chips);
  }

  toggle(layer, chip) {
    const on = !this.shown.has(layer);
    if (on) this.shown.add(layer);
    else this.shown.delete(layer);
    chip.setAttribute("aria-pressed", on);
    this.draw();
  }

  draw() {
    const picture = this.model.pictures[this.p];
    document.querySelectorAll("#layers .n").forEach((n, i) => (n.textContent = ` ${picture[LAYERS[i].key].length}`));
    refill(this.root, this.head(picture.report), this.body(picture));
    this.marks = [...this.root.querySelectorAll("[data-keys]")];
    this.marks.forEach((mark, i) => (mark.tabIndex = i === 0 ? 0 : -1));
    if (this.active) this.emphasise(this.active);
  }

  head(report) {
    const facts = [report.publisher, report.byline && `by ${report.byline}`, report.published && day(report.published)];
    if (report.republished_from && report.republished_from !== report.publisher) facts.push(`after ${report.republished_from}`);
    const source = /^https?:/.test(report.url || "") ? el("p", { class: "url" }, report.url) : null;
    return el("header", {}, report.title && el("h3", {}, report.title), el("p", { class: "facts" }, facts.filter(Boolean).join(" · ")), source);
  }

  body(picture) {
    const box = el("div", { class: "words" });
    const length = Array.from(picture.report.text).length; // in code points, as all offsets
    const { covers, badges, cuts } = this.layout(picture, length);
    this.segments = [];
    const open = new Set();
    for (let i = 0; i + 1 < cuts.length; i++) {
      const [start, end] = [cuts[i], cuts[i + 1]];
      for (const c of covers.ends.get(start) || []) open.delete(c);
      for (const c of covers.starts.get(start) || []) open.add(c);
      for (const entry of badges.get(start) || []) box.append(this.badge(entry));
      const node = this.segment(picture.slice(start, end), [...open]);
      this.segments.push({ start, end, node });
      box.append(node);
    }
    return box;
  }

  /** Where the text is cut, what covers each piece, and which marks stand before it. */
  layout(picture, length) {
    const covers = { starts: new Map(), ends: new Map() };
    const badges = new Map();
    const cuts = new Set([0, length]);
    const push = (map, at, what) => (map.get(at) || map.set(at, []).get(at)).push(what);
    const cover = (span, entry, name) => {
      const c = { entry, name };
      push(covers.starts, span.start, c);
      push(covers.ends, span.end, c);
    };
    for (const span of picture.report.furniture) {
      cover(span, null, "furniture");
      cuts.add(span.start).add(span.end);
    }
    for (const { key } of LAYERS) {
      for (const entry of this.model.of(key, this.p)) {
        for (const span of evidenceOf(entry)) cuts.add(span.start).add(span.end);
        for (const span of tellingOf(entry)) cuts.add(span.start).add(span.end);
        if (!this.shown.has(key)) continue;
        for (const span of wordsOf(entry)) cover(span, entry, `l-${key}`);
        if (LAYER[key].letter) push(badges, evidenceOf(entry)[0].start, entry);
      }
    }
    return { covers, badges, cuts: [...cuts].sort((a, b) => a - b) };
  }

  segment(text, open) {
    if (open.length === 0) return el("span", {}, text);
    const entries = open.map((c) => c.entry).filter(Boolean);
    const classes = new Set(open.map((c) => c.name));
    const event = entries.find((e) => e.layer === "events");
    if (event) {
      classes.add(`g-${GROUP_OF[event.value.type]}`);
      classes.add(STATUSES[event.value.status].done ? "done" : "said");
    }
    if (entries.length === 0) return el("span", { class: [...classes].join(" ") }, text);
    const keys = [...new Set(entries.map((e) => e.key))];
    const label = entries.map((e) => `${LAYER[e.layer].one}: ${lineOf(this.model, e)}`).join("; ");
    return el("span", { class: `hit ${[...classes].join(" ")}`, role: "button", title: label, "data-keys": keys.join(" ") }, text);
  }

  badge(entry) {
    const said = entry.value.status && STATUSES[entry.value.status] && !STATUSES[entry.value.status].done;
    const label = `${LAYER[entry.layer].one}: ${lineOf(this.model, entry)}`;
    return el(
      "span",
      { class: `badge l-${entry.layer} ${said || entry.layer === "forecasts" ? "said" : "done"}`, role: "button", title: label, "aria-label": label, "data-keys": entry.key },
      LAYER[entry.layer].letter,
    );
  }

  opened(keys) {
    this.onOpen(keys);
  }
}
