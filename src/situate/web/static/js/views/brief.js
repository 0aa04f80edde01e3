// The situation report: every sentence with the words it rests on.

import { get } from "../api.js";
import { el } from "../dom.js";
import { filter, open } from "../state.js";
import { nothing } from "../views.js";

export async function brief() {
  const made = await get("brief", filter());
  if (!made.citations.length) return nothing();
  const cite = (n) => el("sup", {}, el("a", { href: `#s${n}`, "aria-label": `Source ${n}` }, `[${n}]`));
  const sections = made.sections.map((s) => [el("h2", {}, s.title),
    el("ul", {}, s.sentences.map(({ text, cited }) => el("li", {}, text, " ", cited.map(cite)))),
    s.left_out ? el("p", { class: "note" }, `${s.left_out} more not shown.`) : null]);
  const sources = made.citations.map((c) => el("li", { id: `s${c.number}` }, `${c.outlet}, ${c.published || "date not known"}: “${c.words}” `,
    el("button", { type: "button", class: "link", onclick: () => open(c.report) }, "Read")));
  const files = ["markdown", "html"].map((form) => [" ", el("a", { href: `/api/brief?${filter()}&format=${form}` }, form)]);
  return [el("article", { class: "prose" }, el("h2", {}, made.title), el("p", { class: "note" }, made.scope, " As ", files), sections, el("h2", {}, "Sources"), el("ol", {}, sources))];
}
