// Agreements by their state, each once however many reports tell it: parties, guarantors, standings over time, provisions.

import { get } from "../api.js";
import { count, day, el, number, plain, some } from "../dom.js";
import { actions, reviewed, when, words } from "../entry.js";
import { exports } from "../exports.js";
import { outlet } from "../names.js";
import { filter, go, open } from "../state.js";
import { nothing } from "../views.js";

const STATES = ["proposed", "negotiated", "concluded", "in_force", "disputed", "breached", "ended"];
const OTHER = "other";

export async function nodes() {
  const query = filter({ but: ["layer"] });
  const [found, told] = await Promise.all([get("agreements/history", query), entries(query)]);
  if (!found.rows.length) return nothing("No agreements for this filter.");
  const state = (row) => (STATES.includes(row.status) ? row.status : OTHER);
  const by = new Map([...STATES, OTHER].map((name) => [name, found.rows.filter((row) => state(row) === name)]));
  const columns = [...by].filter(([, rows]) => rows.length).map(([name, rows]) => column(name, rows, told));
  const cut = found.left_out ? el("p", { class: "note" }, `${number(found.left_out)} older entries are left out; choose days or narrow down to see them.`) : null;
  const steps = el("p", { class: "steps" }, STATES.map((name) => el("button", { type: "button", disabled: !by.get(name).length, onclick: () => go({ status: name }) },
    mark(name), plain(name), " ", el("span", { class: "n" }, number(by.get(name).length)))));
  const note = el("p", { class: "note" }, `${count(found.rows.length, "agreement")}, told in ${count(told.size, "entry", "entries")}; each stands where the latest report has it.`);
  return [steps, note, cut, el("div", { class: "columns" }, columns), exports("agreements/history", { but: ["layer"] })].filter(Boolean);
}

/** The entries that tell of agreements, by key. */
async function entries(query) {
  const told = new Map();
  let after = null;
  do {
    const page = await get("layers/agreements", new URLSearchParams([...query, ["limit", 1000], ...(after ? [["after", after]] : [])]));
    page.rows.forEach((row) => told.set(row.key, row));
    after = page.after;
  } while (after && told.size < 2000);
  return told;
}

const mark = (state) => el("span", { class: `state-mark s-${state}`, "aria-hidden": "true" });

function column(state, rows, told) {
  return el("section", { class: "column", "aria-label": plain(state) }, el("h2", {}, mark(state), plain(state), " ", el("span", { class: "n" }, number(rows.length))), rows.map((row) => agreement(row, told)));
}

/** An agreement: what all its reports say together, and its latest entry; the others where somebody wants them. */
function agreement(row, told) {
  const names = (list) => some(list.map((x) => x.name), 5);
  const rows = row.standings.flatMap((s) => s.entries).map((key) => told.get(key)).filter(Boolean).toReversed();
  const provisions = rows.flatMap((r) => r.provisions);
  const facts = [["Parties", names(row.parties)], ["Guarantors", names(row.guarantors)], ["Where", names(row.places)]].filter(([, value]) => value);
  const steps = row.standings.map((s, i) => [i ? " → " : "", `${plain(s.status)} `, el("span", { class: "note" }, s.since ? day(s.since) : "date not known")]);
  const [latest, ...others] = rows;
  const node = el("article", { class: "agreement" },
    el("p", { class: "what" }, row.name || (row.kind === "other" ? "agreement" : plain(row.kind))),
    el("p", { class: "meta" }, steps),
    el("dl", { class: "facts" }, facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    provisions.length ? el("details", {}, el("summary", {}, count(provisions.length, "provision")), el("ul", {}, provisions.map((p) => el("li", {}, el("b", {}, plain(p.kind)), ` ${p.text}`)))) : null,
    latest ? entry(latest) : null,
    others.length ? el("details", {}, el("summary", {}, `told ${count(others.length, "more time", "more times")}`), others.map(entry)) : null);
  return node;
}

function entry(row) {
  const node = el("article", { class: `entry ${row.review}`, tabindex: 0, "data-key": row.key },
    el("p", { class: "meta" }, [plain(row.status), when(row), reviewed(row)].join(" · ")),
    el("blockquote", {}, words(row)),
    el("p", { class: "meta source" }, `${row.source ? `according to ${row.source} · ` : ""}${outlet(row.report)}, ${row.report.published || "date not known"}: `,
      el("button", { type: "button", class: "link", onclick: () => open(row.report.key, row.key) }, row.report.title || row.report.key)),
    actions());
  node.entry = row;
  return node;
}
