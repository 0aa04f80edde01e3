// A text with marks: one at a time takes the keyboard, each opens its entries, and the words of an entry can be shown.

import { evidenceOf, focusOf, tellingOf } from "./entries.js";

/** Who extends it keeps `marks` (nodes with the keys of their entries) and `segments` ({start, end, node}), and hears `opened`. */
export class MarkedText {
  clicked(target) {
    const mark = target.closest("[data-keys]");
    if (!mark) return;
    this.moveTo(this.marks.indexOf(mark), false);
    this.opened(mark.dataset.keys.split(" "));
  }

  /** Arrow keys go from mark to mark, Enter opens. */
  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = this.marks.indexOf(document.activeElement);
    if (at < 0) return;
    if (step) this.moveTo((at + step + this.marks.length) % this.marks.length, true);
    else if (event.key === "Enter" || event.key === " ") this.clicked(document.activeElement);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  moveTo(index, focus) {
    this.marks.forEach((mark, i) => (mark.tabIndex = i === index ? 0 : -1));
    if (focus) this.marks[index].focus();
  }

  /** Shows the words of an entry: its evidence tinted, its telling words framed, both in sight. */
  reveal(entry) {
    this.active = entry;
    this.emphasise(entry);
    const focus = focusOf(entry);
    const node = focus && this.segments.find((s) => s.start <= focus.start && focus.start < s.end)?.node;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    node?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  emphasise(entry) {
    const inside = (s, spans) => spans.some((x) => x.start <= s.start && s.end <= x.end);
    const [evidence, focus] = [evidenceOf(entry), tellingOf(entry)];
    for (const s of this.segments) {
      s.node.classList.toggle("evidence", inside(s, evidence));
      s.node.classList.toggle("focus", inside(s, focus));
    }
  }

  forget() {
    this.active = null;
    for (const s of this.segments || []) s.node.classList.remove("evidence", "focus");
  }
}
