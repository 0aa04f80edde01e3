// The reader: a report's words with their entries, and beside them the entry that was picked, or another report.

import { get } from "../api.js";
import { count, el, number } from "../dom.js";
import { actions } from "../entry.js";
import { outlet, statusName } from "../names.js";
import { note, open, state } from "../state.js";
import { replies } from "../replies.js";
import { ReportText } from "../reader/text.js";
import { stands } from "../stands.js";
import { evidenceOf, fieldsOf, lineOf } from "/shared/js/entries.js";
import { LAYER, LAYERS, Model } from "/shared/js/model.js";

export async function nodes() {
  const { said } = state();
  const key = said.get("open");
  if (!key) return [el("p", { class: "empty" }, "Open a report from any entry.")];
  const path = `reports/${encodeURIComponent(key)}`;
  const [picture, keyed] = await Promise.all([get(path), get(`${path}/entries`)]);
  return [new Reader(picture, keyed, said.get("entry"), said.get("beside")).root];
}

class Reader {
  constructor(picture, { report, rows }, entry, beside) {
    this.report = report;
    this.model = new Model([picture]);
    this.rows = new Map(rows.map((row) => [`${row.layer} ${row.id}`, row]));
    this.text = new ReportText(this.model, { onOpen: (entries) => this.pick(entries) });
    this.side = el("section", { class: "side reader-side", "aria-label": "What was picked" });
    this.chips = el("p", { class: "layers", role: "group", "aria-label": "Layers highlighted" }, LAYERS.map(({ key, name, letter }) => this.chip(key, name, letter, picture[key].length)));
    this.other = el("div", { class: "beside", hidden: true });
    const back = el("button", { type: "button", onclick: () => history.back() }, "Back");
    this.root = el("div", { class: "reader" }, el("div", { class: "bar" }, back, this.chips), el("div", { class: "reader-columns" }, this.text.root, this.other, this.side));
    this.overview();
    const found = entry && [...this.rows.values()].find((row) => row.key === entry);
    if (found) requestAnimationFrame(() => this.pick([this.model.get(0, found.id)].filter(Boolean)));
    if (beside) this.beside(beside);
  }

  chip(layer, name, letter, n) {
    const mark = el("span", { class: letter ? `letter l-${layer}` : `sample w-${layer}`, "aria-hidden": "true" }, letter || "ab");
    return el("button", { type: "button", class: "chip", "aria-pressed": this.text.shown.has(layer), onclick: (event) => {
      this.text.toggle(layer);
      event.currentTarget.setAttribute("aria-pressed", this.text.shown.has(layer));
    } }, mark, ` ${name} `, el("span", { class: "n" }, number(n)));
  }

  /** Shows entries beside the text, the first one's words in it. */
  pick(entries) {
    if (!entries.length) return;
    const [chosen, ...others] = entries;
    this.text.reveal(chosen);
    const row = this.rows.get(`${chosen.layer} ${chosen.value.id}`);
    note("entry", row?.key || null);
    const link = (entry) => el("button", { type: "button", class: "link", onclick: () => this.pick([entry]) }, lineOf(this.model, entry));
    const also = others.length ? el("p", { class: "note" }, "In the same words: ", others.map((e, i) => [i ? " · " : "", `${LAYER[e.layer].one}: `, el("button", { type: "button", class: "link", onclick: () => this.pick([e, ...entries.filter((x) => x !== e)]) }, lineOf(this.model, e))])) : null;
    this.side.replaceChildren(el("p", { class: "bar" }, el("button", { type: "button", onclick: () => this.overview() }, "All of this report")), ...[also, this.card(chosen, row, link)].filter(Boolean));
    this.side.scrollTop = 0;
  }

  card(entry, row, link) {
    const facts = fieldsOf(this.model, entry, link).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
    const linked = this.linked(entry).map((e) => el("li", {}, `${LAYER[e.layer].one}: `, link(e)));
    const spans = evidenceOf(entry);
    const node = el("article", { class: `entry ${row?.review || ""}`, tabindex: 0, "data-key": row?.key },
      el("p", { class: "what" }, LAYER[entry.layer].one, ": ", lineOf(this.model, entry)),
      row?.review ? el("p", { class: "meta" }, row.review === "unreviewed" ? "not reviewed" : row.review) : null,
      el("dl", { class: "facts" }, facts),
      el("p", { class: "note" }, `${count(spans.length, "place")} in the text`),
      linked.length ? el("details", { open: linked.length < 6 }, el("summary", {}, `In ${count(linked.length, "entry", "entries")}`), el("ul", {}, linked)) : null);
    if (!row) return node;
    const whole = get(`layers/${entry.layer}`, new URLSearchParams({ report: this.report, limit: 1000 }));
    if (["actors", "places"].includes(entry.layer)) return node;
    node.entry = { key: row.key, layer: entry.layer, review: row.review, evidence: spans[0] || { text: "" }, report: { key: this.report } };
    whole.then(({ rows }) => Object.assign(node.entry, rows.find((r) => r.key === row.key))).catch(() => {});
    node.append(stands(row.key), actions());
    return el("div", {}, node, replies(row.key));
  }

  /** The entries that name an actor or a place, or rest on a claim. */
  linked({ layer, value }) {
    if (!["actors", "places", "claims", "agreements"].includes(layer)) return [];
    const names = (e) => Object.values(e.value).some((v) => v === value.id || (Array.isArray(v) && v.includes(value.id)));
    return [...this.model.entries.values()].filter((e) => e.value.id !== value.id && names(e)).slice(0, 40);
  }

  /** What the report tells, by layer, and the reports around it. */
  overview() {
    note("entry", null);
    const parts = LAYERS.filter(({ key }) => !["actors", "places", "times", "quantities"].includes(key)).map(({ key, name }) => {
      const entries = [...this.model.of(key, 0)];
      if (!entries.length) return null;
      return el("details", { open: key === "events" }, el("summary", {}, el("h3", {}, name, " ", el("span", { class: "n" }, number(entries.length)))),
        el("ul", { class: "rows" }, entries.map((e) => el("li", {}, el("button", { type: "button", class: "row", onclick: () => this.pick([e]) },
          el("span", { class: "name" }, lineOf(this.model, e)), e.value.status ? el("span", { class: "note" }, statusName(e.value.status)) : null)))));
    });
    const around = el("div", {}, el("p", { class: "note" }, "Looking for reports like it …"));
    this.side.replaceChildren(around, el("h2", {}, "What it tells"), ...parts.filter(Boolean), replies(this.report));
    get(`reports/${this.report}/around`).then((found) => around.replaceChildren(...this.around(found)), (error) => around.replaceChildren(el("p", { class: "error", role: "alert" }, error.message)));
  }

  around({ copies, similar, original }) {
    const line = (r, words) => el("li", {}, el("button", { type: "button", class: "link", onclick: () => this.beside(r.key) }, r.title || r.key), el("span", { class: "note" }, ` ${outlet(r)}, ${r.published || "date not known"}${words}`));
    const same = copies.length ? [el("h2", {}, "The same text"), el("p", { class: "note" }, original === this.report ? "This is the original; the others republish it. They count as one source." : "This is a republication; it doesn’t count as a source of its own."), el("ul", { class: "around" }, copies.map((r) => line(r, r.original ? ", original" : "")))] : [];
    const like = similar.length ? [el("h2", {}, "Reports like it"), el("ul", { class: "around" }, similar.map((r) => line(r, `, ${count(r.shared, "name")} in common`)))] : [el("p", { class: "note" }, "No report like it.")];
    return [...same, ...like];
  }

  /** Another report side by side. */
  async beside(key) {
    note("beside", key);
    this.other.hidden = false;
    this.root.classList.add("two");
    this.other.replaceChildren(el("p", { class: "note" }, "Loading …"));
    const close = el("button", { type: "button", onclick: () => this.alone() }, "Close");
    const whole = el("button", { type: "button", onclick: () => open(key) }, "Read this one");
    try {
      const picture = await get(`reports/${encodeURIComponent(key)}`);
      const text = new ReportText(new Model([picture]), { onOpen: (entries) => text.reveal(entries[0]), shown: this.text.shown });
      this.other.replaceChildren(el("p", { class: "bar" }, close, whole), text.root);
    } catch (error) {
      this.other.replaceChildren(el("p", { class: "error", role: "alert" }, `${error.message} `, close));
    }
  }

  alone() {
    note("beside", null);
    this.other.hidden = true;
    this.root.classList.remove("two");
  }
}
