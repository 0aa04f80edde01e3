// A report's text with every entry highlighted by layer: words by line and tint, a lettered mark before other evidence.

import { day, el } from "../dom.js";
import { LETTER } from "../names.js";
import { LAYER, LAYERS } from "/shared/js/model.js";
import { evidenceOf, lineOf, tellingOf, wordsOf } from "/shared/js/entries.js";
import { MarkedText } from "/shared/js/marked.js";
import { GROUP_OF, STATUSES } from "/shared/js/shapes.js";

export class ReportText extends MarkedText {
  /** `model` holds one picture; `onOpen(entries)` hears what was picked. */
  constructor(model, { onOpen, shown = null }) {
    super();
    this.model = model;
    this.picture = model.pictures[0];
    this.onOpen = onOpen;
    this.shown = shown || new Set(LAYERS.filter((l) => l.shown).map((l) => l.key));
    this.root = el("article", { class: "report", lang: this.picture.report.language || null });
    this.root.addEventListener("click", (event) => this.clicked(event.target));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.draw();
  }

  toggle(layer) {
    if (!this.shown.delete(layer)) this.shown.add(layer);
    this.draw();
  }

  draw() {
    this.root.replaceChildren(head(this.picture.report), this.body());
    this.marks = [...this.root.querySelectorAll("[data-keys]")];
    this.marks.forEach((mark, i) => (mark.tabIndex = i === 0 ? 0 : -1));
    if (this.active) this.emphasise(this.active);
  }

  body() {
    const box = el("div", { class: "report-words" });
    const { covers, badges, cuts } = this.layout();
    this.segments = [];
    const open = new Set();
    for (let i = 0; i + 1 < cuts.length; i++) {
      const [start, end] = [cuts[i], cuts[i + 1]];
      for (const c of covers.ends.get(start) || []) open.delete(c);
      for (const c of covers.starts.get(start) || []) open.add(c);
      for (const entry of badges.get(start) || []) box.append(this.badge(entry));
      const node = this.segment(this.picture.slice(start, end), [...open]);
      this.segments.push({ start, end, node });
      box.append(node);
    }
    return box;
  }

  /** Where the text is cut, what covers each piece, and which marks stand before it. */
  layout() {
    const { report } = this.picture;
    const covers = { starts: new Map(), ends: new Map() };
    const badges = new Map();
    const cuts = new Set([0, Array.from(report.text).length]); // in code points, as all offsets
    const push = (map, at, what) => (map.get(at) || map.set(at, []).get(at)).push(what);
    const cover = (span, entry, name) => {
      const c = { entry, name };
      push(covers.starts, span.start, c);
      push(covers.ends, span.end, c);
      cuts.add(span.start).add(span.end);
    };
    for (const span of report.furniture || []) cover(span, null, "furniture");
    for (const { key } of LAYERS) {
      for (const entry of this.model.of(key, 0)) {
        for (const span of [...evidenceOf(entry), ...tellingOf(entry)]) cuts.add(span.start).add(span.end);
        if (!this.shown.has(key)) continue;
        for (const span of wordsOf(entry)) cover(span, entry, `w-${key}`);
        if (LAYER[key].letter && evidenceOf(entry).length) push(badges, evidenceOf(entry)[0].start, entry);
      }
    }
    return { covers, badges, cuts: [...cuts].sort((a, b) => a - b) };
  }

  segment(text, open) {
    if (open.length === 0) return el("span", {}, text);
    const entries = open.map((c) => c.entry).filter(Boolean);
    const classes = new Set(open.map((c) => c.name));
    const event = entries.find((e) => e.layer === "events");
    if (event) classes.add(`g-${GROUP_OF[event.value.type]}`).add(STATUSES[event.value.status]?.done ? "done" : "said");
    if (!entries.length) return el("span", { class: [...classes].join(" ") }, text);
    const keys = [...new Set(entries.map((e) => e.key))];
    const label = entries.map((e) => `${LAYER[e.layer].one}: ${lineOf(this.model, e)}`).join("; ");
    return el("span", { class: `hit ${[...classes].join(" ")}`, role: "button", title: label, "data-keys": keys.join(" ") }, text);
  }

  badge(entry) {
    const label = `${LAYER[entry.layer].one}: ${lineOf(this.model, entry)}`;
    const done = STATUSES[entry.value.status]?.done ?? entry.layer !== "forecasts";
    return el("span", { class: `badge letter l-${entry.layer} ${done ? "done" : "said"}`, role: "button", title: label, "aria-label": label, "data-keys": entry.key }, LETTER[entry.layer]);
  }

  opened(keys) {
    this.onOpen(keys.map((key) => this.model.entries.get(key)));
  }
}

/** How much of the text was read: all of it, but for what is furniture of the page. */
function coverage(report) {
  const whole = Array.from(report.text).length;
  const passed = new Set((report.furniture || []).flatMap((f) => Array.from({ length: f.end - f.start }, (_, i) => f.start + i))).size;
  return passed ? `Read: ${Math.round((100 * (whole - passed)) / Math.max(1, whole))} % of the text; the rest is furniture of the page, shown grey.` : "Read: 100 % of the text.";
}

function head(report) {
  const facts = [report.publisher, report.byline && `by ${report.byline}`, report.published ? day(report.published.slice(0, 10)) : "date not known"];
  if (report.republished_from && report.republished_from !== report.publisher) facts.push(`after ${report.republished_from}`);
  const address = /^https?:/.test(report.url || "") ? el("p", { class: "note" }, el("a", { href: report.url, rel: "noreferrer noopener", target: "_blank" }, report.url)) : null;
  return el("header", {}, el("h2", {}, report.title || report.id), el("p", { class: "note" }, facts.filter(Boolean).join(" · ")), el("p", { class: "note" }, coverage(report)), address);
}
