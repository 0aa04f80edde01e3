// How well an entry is corroborated: its grade, the reasons in words, who says otherwise, when it was reported.

import { get } from "./api.js";
import { count, day, el } from "./dom.js";
import { open } from "./state.js";

/** What a corroboration says, in two paragraphs at most, the second one ending with something more. */
export function graded({ grade, why, contradicted, first, last }, more = null) {
  const reported = first ? `; reported ${first === last ? day(first) : `from ${day(first)} to ${day(last)}`}` : "";
  const told = el("p", { class: "note stands" }, el("span", { class: "grade" }, grade), ` ${why}${reported}. `, more);
  const who = [...new Map(contradicted.map((c) => [c.entry, c])).values()];
  const links = who.map((c, i) => [i ? " · " : "", el("button", { type: "button", class: "link", onclick: () => open(c.entry.split(".")[0], c.entry) }, c.who)]);
  return links.length ? [el("p", { class: "figures" }, el("strong", { class: "disputed" }, "Contested: "), links), told] : [told];
}

/** A box that says how well the entry with this key is corroborated, once that is known. */
export function stands(key) {
  const box = el("div", {});
  get(`entries/${encodeURIComponent(key)}/corroboration`).then(
    (found) => box.replaceChildren(...graded(found, `Told in ${count(found.reports, "report")}.`)),
    (error) => box.replaceChildren(el("p", { class: "error", role: "alert" }, error.message)));
  return box;
}
