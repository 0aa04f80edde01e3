// Agreements by their state, with parties, guarantors and what they provide for.

import { get } from "../api.js";
import { count, el, number, plain, some } from "../dom.js";
import { actions, reviewed, when, words } from "../entry.js";
import { outlet } from "../names.js";
import { filter, go, open } from "../state.js";
import { nothing } from "../views.js";

const STATES = ["proposed", "negotiated", "concluded", "in_force", "disputed", "breached", "ended"];
const PAGE = 200;

export async function nodes() {
  const query = filter({ but: ["layer"] });
  query.set("limit", PAGE);
  const found = await get("layers/agreements", query);
  if (!found.rows.length) return nothing("No agreements for this filter.");
  const by = new Map(STATES.map((state) => [state, found.rows.filter((r) => r.status === state)]));
  by.set("other", found.rows.filter((r) => !STATES.includes(r.status)));
  const columns = [...by].filter(([, rows]) => rows.length).map(([state, rows]) => column(state, rows));
  const cut = found.after ? el("p", { class: "note" }, `The ${number(PAGE)} latest; choose days or narrow down to see others.`) : null;
  const steps = el("p", { class: "steps" }, STATES.map((state) => el("button", { type: "button", disabled: !by.get(state).length, onclick: () => go({ status: state }) },
    el("span", { class: `state-mark s-${state}`, "aria-hidden": "true" }), plain(state), " ", el("span", { class: "n" }, number(by.get(state).length)))));
  return [steps, cut, el("div", { class: "columns" }, columns)].filter(Boolean);
}

function column(state, rows) {
  return el("section", { class: "column", "aria-label": plain(state) }, el("h2", {}, el("span", { class: `state-mark s-${state}`, "aria-hidden": "true" }), plain(state), " ", el("span", { class: "n" }, number(rows.length))), rows.map(agreement));
}

function agreement(row) {
  const role = (...roles) => some(row.actors.filter((a) => roles.includes(a.role)).map((a) => a.name), 5);
  const facts = [["Parties", role("party", "parties")], ["Guarantors", role("guarantor", "guarantors")], ["Where", some(row.places.map((p) => p.name), 5)], ["When", when(row)]].filter(([, value]) => value);
  const node = el("article", { class: `entry ${row.review}`, tabindex: 0, "data-key": row.key },
    el("p", { class: "what" }, row.name || (row.type === "other" ? "agreement" : plain(row.type))),
    el("p", { class: "meta" }, [plain(row.type), reviewed(row)].join(" · ")),
    el("dl", { class: "facts" }, facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    row.provisions.length ? el("details", {}, el("summary", {}, count(row.provisions.length, "provision")), el("ul", {}, row.provisions.map((p) => el("li", {}, el("b", {}, plain(p.kind)), ` ${p.text}`)))) : null,
    el("blockquote", {}, words(row)),
    el("p", { class: "meta source" }, `${row.source ? `according to ${row.source} · ` : ""}${outlet(row.report)}, ${row.report.published || "date not known"}: `,
      el("button", { type: "button", class: "link", onclick: () => open(row.report.key, row.key) }, row.report.title || row.report.key)),
    actions());
  node.entry = row;
  return node;
}
