// The card of an entry: what it says, who says so, and the words it comes from.

class Card {
  constructor(model, { onWords, onOpen, onClose }) {
    this.model = model;
    this.act = { onWords, onOpen, onClose };
    this.root = byId("card");
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.root.hidden) this.close();
    });
  }

  /** Show one of the entries given; where there are several, the others are offered above it. */
  show(keys, chosen = keys[0], heading = "") {
    const entries = keys.map((key) => this.model.entries.get(key)).filter(Boolean);
    const entry = this.model.entries.get(chosen);
    if (!entry) return;
    if (!this.root.contains(document.activeElement)) this.before = document.activeElement;
    refill(
      this.root,
      el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => this.close() }, "×"),
      entries.length > 1 && this.choice(entries, entry, heading),
      this.title(entry),
      this.fields(entry),
      this.evidence(entry),
    );
    this.root.hidden = false;
    this.root.scrollTop = 0;
    this.root.querySelector("h3").focus({ preventScroll: true });
  }

  close() {
    this.root.hidden = true;
    this.act.onClose();
    if (this.before?.isConnected) this.before.focus({ preventScroll: true });
  }

  choice(entries, entry, heading) {
    const keys = entries.map((e) => e.key);
    const items = entries.map((e) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: "row", "aria-current": e.key === entry.key ? "true" : null, onclick: () => this.act.onOpen(keys, e.key, heading) },
          iconOf(e),
          el("span", { class: "line" }, lineOf(this.model, e)),
          el("span", { class: "n" }, whenText(this.model, e).replace("reported ", "")),
        ),
      ),
    );
    const head = heading || `${entries.length} entries at these words`;
    return el("details", { class: "choice", open: entries.length <= 6 || heading !== "" }, el("summary", {}, head), el("ul", {}, items));
  }

  title(entry) {
    return el("h3", { tabindex: -1 }, iconOf(entry), el("span", { class: "layer" }, LAYER[entry.layer].one), " ", lineOf(this.model, entry));
  }

  fields(entry) {
    const link = (other) =>
      el("button", { type: "button", class: "link", onclick: () => this.act.onOpen([other.key]) }, lineOf(this.model, other));
    const rows = fieldsOf(this.model, entry, link).map(([label, content]) => [el("dt", {}, label), el("dd", {}, content)]);
    return el("dl", {}, rows);
  }

  evidence(entry) {
    const spans = unique(evidenceOf(entry));
    const quotes = spans.slice(0, 4).map((span) => el("blockquote", {}, this.quote(entry, span)));
    const more = spans.length > 4 ? el("p", { class: "note" }, `and ${spans.length - 4} more places in the report`) : null;
    const report = this.model.report(entry.p);
    const source = [this.model.outlet(entry.p), report.published && day(report.published)].filter(Boolean).join(", ");
    const button = el("button", { type: "button", class: "primary", onclick: () => this.act.onWords(entry) }, "Show the words");
    return [quotes, more, el("p", { class: "source" }, source, " ", button)];
  }

  /** A piece of evidence; short words (a name, a figure) come with the words around them. */
  quote(entry, span) {
    const { slice } = this.model.pictures[entry.p];
    if (span.end - span.start > 60 || !["actors", "places", "times", "quantities"].includes(entry.layer)) return this.marked(entry, span);
    const before = slice(Math.max(0, span.start - 60), span.start).replace(/\s+/g, " ");
    const after = slice(span.end, span.end + 60).replace(/\s+/g, " ");
    return ["…", before, el("mark", {}, span.text), after, "…"];
  }

  /** A sentence with the entry's telling words marked. */
  marked(entry, span) {
    const { slice } = this.model.pictures[entry.p];
    const inside = (s) => span.start <= s.start && s.end <= span.end && s.end - s.start < span.end - span.start;
    const words = unique(tellingOf(entry)).filter(inside).sort((a, b) => a.start - b.start);
    const out = [];
    let at = span.start;
    for (const word of words.filter((w, i) => i === 0 || w.start >= words[i - 1].end)) {
      out.push(slice(at, word.start), el("mark", {}, word.text));
      at = word.end;
    }
    return [...out, slice(at, span.end)];
  }
}

/** Spans without the ones that stand twice. */
function unique(spans) {
  return [...new Map(spans.map((s) => [`${s.start}-${s.end}`, s])).values()];
}

/** The mark of an entry: its status, its state of control, or its layer's letter. */
function iconOf({ layer, value }) {
  if (layer === "events") return statusIcon(value.status, GROUP_OF[value.type]);
  if (layer === "control") return controlIcon(value.state, STATUSES[value.status].done);
  if (layer === "movements") return statusIcon(value.status, "deeds");
  return el("span", { class: `swatch l-${layer}`, "aria-hidden": "true" }, LAYER[layer].letter || "ab");
}
