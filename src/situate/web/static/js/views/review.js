// The review: one entry at a time with its words in their context, by keys; who agrees with whom; the trail to take away.

import { get } from "../api.js";
import { count, el, number } from "../dom.js";
import { card } from "../entry.js";
import { LAYERS } from "../names.js";
import { callMe, me } from "../me.js";
import { say } from "../notice.js";
import { replies } from "../replies.js";
import { filter, note, state } from "../state.js";
import { nothing } from "../views.js";

const APART = 40; // entries with two opinions that are shown at once
const AROUND = 420; // characters of the report on either side

export async function nodes() {
  if (!me().may("review")) return [el("p", { class: "empty" }, "Reviewing needs the role of a reviewer.")];
  return [await new Review().start()];
}

/** An entry as its layer's listing has it; null where it isn't there any more. */
async function row(key) {
  const [report, layer] = key.split(".");
  const { rows } = await get(`layers/${layer}`, new URLSearchParams({ report, limit: 1000 }));
  return rows.find((r) => r.key === key) || null;
}

class Review {
  constructor() {
    const { said } = state();
    this.layer = LAYERS.find((l) => said.getAll("layer").includes(l)) || "events";
    this.order = said.get("order") === "importance" ? "importance" : "doubt";
    this.second = said.get("second") === "1";
    this.later = [];
    this.done = 0;
    this.begun = Date.now();
    this.box = el("div", { class: "only" });
    this.told = el("p", { class: "note", role: "status" });
    this.side = el("section", { class: "side", "aria-label": "What others say" });
    this.root = el("div", {}, this.controls(), el("div", { class: "with-side" }, el("div", {}, this.told, this.box), this.side));
    this.box.addEventListener("decided", (event) => this.decided(event.detail));
    const later = () => (this.root.isConnected ? this.leave() : removeEventListener("later", later));
    addEventListener("later", later);
  }

  controls() {
    const pick = (name, value, options) => el("select", { "aria-label": name, onchange: (e) => this.set(value, e.target.value) }, options.map(([v, words]) => el("option", { value: v, selected: String(this[value]) === v }, words)));
    const name = me().by === "alone" ? el("label", { class: "inline" }, "Deciding as ", el("input", { type: "text", maxlength: 100, value: me().name, onchange: (e) => callMe(e.target.value.trim()) })) : null;
    return el("div", { class: "bar review-bar" },
      el("label", { class: "inline" }, "Layer ", pick("Layer", "layer", LAYERS.map((l) => [l, l]))),
      el("label", { class: "inline" }, "First ", pick("Order", "order", [["doubt", "what is most in doubt"], ["importance", "what matters most"]])),
      el("label", { class: "inline" }, "Of ", pick("Whose", "second", [["false", "what nobody reviewed"], ["true", "what others reviewed (second opinion)"]])), name);
  }

  set(field, value) {
    this[field] = field === "second" ? value === "true" : value;
    if (field === "order") note("order", value === "doubt" ? null : value);
    if (field === "second") note("second", this.second ? "1" : null);
    this.later = [];
    this.next();
  }

  async start() {
    await Promise.all([this.next(), this.agreement()]);
    return this.root;
  }

  /** Asks for the entry that most needs a person and shows it, its context when that has come. */
  async next() {
    const query = filter({ but: ["layer", "review"] });
    for (const [name, value] of [["layer", this.layer], ["order", this.order], ["second", this.second]]) query.append(name, value);
    for (const key of this.later) query.append("but", key);
    try {
      const { row, waiting } = await get("review/next", query);
      this.tell(waiting);
      if (!row) return this.box.replaceChildren(...(await nothing(this.later.length ? "Only what you left for later waits here." : "Nothing waits for a review here.")));
      this.show(row);
    } catch (error) {
      this.box.replaceChildren(el("p", { class: "error", role: "alert" }, `The next entry can’t be had: ${error.message} `, el("button", { type: "button", onclick: () => this.next() }, "Try again")));
    }
  }

  tell(waiting) {
    const hours = (Date.now() - this.begun) / 36e5;
    const pace = this.done > 4 ? `, ${number(this.done / hours)} an hour` : "";
    this.told.textContent = `${count(waiting, "entry", "entries")} waiting${this.done ? ` · ${count(this.done, "decision")}${pace}` : ""}${this.later.length ? ` · ${this.later.length} left for later` : ""}`;
  }

  show(row) {
    if (this.second) row = { ...row, review: "unreviewed" }; // a second opinion doesn't see the first
    const node = card(row);
    node.classList.add("large");
    const later = el("button", { type: "button", onclick: () => this.leave() }, "Later ", el("kbd", {}, "n"));
    node.querySelector(".actions").append(later);
    this.box.replaceChildren(node, replies(row.key));
    this.row = row;
    node.focus({ preventScroll: true });
    this.context(row, node.querySelector("blockquote"));
  }

  /** The words with what stands around them in the report. */
  async context(row, quote) {
    try {
      const { report } = await get(`reports/${row.report.key}`);
      if (this.row !== row) return;
      const points = Array.from(report.text);
      const { start, end } = row.evidence;
      const part = (a, b) => points.slice(Math.max(0, a), b).join("");
      const before = `${start > AROUND ? "…" : ""}${part(start - AROUND, start)}`;
      const after = `${part(end, end + AROUND)}${end + AROUND < points.length ? "…" : ""}`;
      const words = [...quote.childNodes];
      quote.classList.add("in-context");
      quote.replaceChildren(el("span", { class: "around-words" }, before), el("span", { class: "evidence" }, words), el("span", { class: "around-words" }, after));
    } catch {
      // the words stand there anyway; only what is around them is missing
    }
  }

  leave() {
    if (this.row) this.later.push(this.row.key);
    this.next();
  }

  async decided({ node, decision }) {
    if (this.box.querySelector(".cards")) return; // a list of those judged differently stays
    if (decision === "undo") return this.show({ ...node.entry });
    this.done += 1;
    if (this.second) await this.compare(node.entry);
    await this.next();
  }

  /** After a second opinion: what the others said. */
  async compare(entry) {
    try {
      const { rows } = await get("decisions", new URLSearchParams({ entry: entry.key }));
      const others = [...new Map(rows.filter((d) => d.who !== me().name && !d.field).map((d) => [d.who, d.decision]))];
      if (others.length) say(`Others on the last one: ${others.map(([who, what]) => `${who}: ${what}`).join(", ")}.`);
      this.agreement();
    } catch (error) {
      say(error.message, { bad: true });
    }
  }

  /** The entries that two people judge differently, one after the other, so that a third or they themselves can settle them. */
  async apart({ one, other, apart }) {
    try {
      const rows = await Promise.all(apart.slice(0, APART).map((key) => row(key)));
      const cut = apart.length > APART ? `; the first ${APART}` : "";
      this.box.replaceChildren(el("p", { class: "note" }, `${one} and ${other} judge ${count(apart.length, "entry", "entries")} differently${cut}. `, el("button", { type: "button", class: "link", onclick: () => this.next() }, "Back to what waits")), el("div", { class: "cards" }, rows.filter(Boolean).map((r) => card(r))));
      this.box.querySelector(".entry")?.focus();
    } catch (error) {
      say(error.message, { bad: true });
    }
  }

  async agreement() {
    const trail = ["csv", "jsonl"].map((form) => [" ", el("a", { href: `/api/decisions?format=${form}`, download: `decisions.${form}` }, form.toUpperCase())]);
    try {
      const { rows } = await get("agreement");
      const table = rows.length ? el("table", { class: "plain" }, el("thead", {}, el("tr", {}, ["Reviewers", "Both", "Alike", "Kappa", "Apart"].map((h) => el("th", { scope: "col" }, h)))),
        el("tbody", {}, rows.map((r) => el("tr", {}, el("td", {}, `${r.one}, ${r.other}`), el("td", {}, number(r.both)), el("td", {}, `${Math.round(100 * r.raw)} %`), el("td", {}, r.kappa === null ? "–" : r.kappa.toFixed(2)), el("td", {}, r.apart.length ? el("button", { type: "button", class: "link", "aria-label": `Show the ${count(r.apart.length, "entry", "entries")} that ${r.one} and ${r.other} judge differently`, onclick: () => this.apart(r) }, number(r.apart.length)) : "0")))))
        : el("p", { class: "note" }, "Shown as soon as two people judged the same entries.");
      this.side.replaceChildren(el("h2", {}, "Agreement"), table, el("h2", {}, "Trail"), el("p", { class: "note" }, "Every decision with who, when and what stood before:", trail));
    } catch (error) {
      this.side.replaceChildren(el("p", { class: "note" }, error.message));
    }
  }
}
