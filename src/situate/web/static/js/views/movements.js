// Movements as flows: from where to where, how many people, with a movement that several reports tell counted once.

import { get } from "../api.js";
import { count, el, number, period, plain, svg } from "../dom.js";
import { card } from "../entry.js";
import { exports } from "../exports.js";
import { filter, go } from "../state.js";
import { nothing } from "../views.js";

const MOST = 24; // ways drawn

export async function nodes() {
  const query = filter({ but: ["layer"] });
  const found = await get("flows", query);
  for (const flow of found.flows) flow.movements = flow.movements.map((n) => found.movements[n]);
  if (!found.flows.length) return nothing("No movements with a place for this filter.");
  const side = el("section", { class: "side", "aria-live": "polite", "aria-label": "What was picked" }, el("p", { class: "note" }, "A flow leads to its movements and their words."));
  const ways = found.flows.filter((f) => f.origin && f.destination).slice(0, MOST);
  const notes = [found.unplaced && `${count(found.unplaced, "movement")} without any place`, found.left_out && `${number(found.left_out)} older ones`].filter(Boolean);
  return [
    ...summary(found.totals),
    notes.length ? el("p", { class: "note" }, `Not among these: ${notes.join(", ")}. On the map: `, el("button", { type: "button", class: "link", onclick: () => go({ view: "map", layer: "movements" }) }, "flows"), ".") : null,
    el("div", { class: "with-side" }, el("div", {}, ways.length ? diagram(ways, side) : null, table(found.flows, side), exports("flows", { but: ["layer"], what: "Flows" })), side),
  ].filter(Boolean);
}

/** People by kind, done apart from what is only said; a range, and how many movements have no figure. */
function summary(totals) {
  const counted = totals.filter((t) => t.high);
  const without = totals.filter((t) => !t.high);
  const box = (t) => el("li", { class: t.done ? "done" : "said" }, el("b", {}, range([t.low, t.high])), el("span", {}, `${plain(t.kind)}${t.done ? "" : ", only said"}`),
    el("span", { class: "note" }, `${count(t.movements, "movement")}${t.uncounted ? `, ${t.uncounted} without a figure` : ""}`));
  const rest = without.map((t) => `${count(t.movements, plain(t.kind))}${t.done ? "" : " (only said)"}`).join(", ");
  return [counted.length ? el("ul", { class: "totals" }, counted.map(box)) : null, rest ? el("p", { class: "note" }, `Without any figure: ${rest}.`) : null];
}

export const range = ([low, high]) => (low === high ? number(low) : `${number(low)}–${number(high)}`);

/** The ways from origins on the left to destinations on the right. */
function diagram(ways, side) {
  const left = order(ways, "origin");
  const right = order(ways, "destination");
  const height = Math.max(left.length, right.length) * 34 + 10;
  const node = svg("svg", { viewBox: `0 0 800 ${height}`, class: "sankey", role: "group", "aria-label": "Flows from place to place; the table below holds the same" });
  const y = (names, key) => ((names.findIndex((n) => n.key === key) + 0.5) * height) / names.length;
  for (const f of ways) {
    const [y1, y2] = [y(left, f.origin.key), y(right, f.destination.key)];
    const width = 2 + Math.min(16, f.people ? 2.6 * Math.log10(1 + f.people[1]) : f.movements.length);
    const path = svg("path", { d: `M205 ${y1}C400 ${y1} 400 ${y2} 595 ${y2}`, class: `flow ${f.done ? "done" : "said"}`, "stroke-width": width.toFixed(1) }, svg("title", {}, line(f)));
    path.addEventListener("click", () => show(side, f));
    node.append(path);
  }
  const label = (names, x, anchor) => names.map((n) => svg("text", { x, y: y(names, n.key), dy: "0.35em", "text-anchor": anchor }, n.name.length > 30 ? `${n.name.slice(0, 29)}…` : n.name));
  node.append(...label(left, 197, "end"), ...label(right, 603, "start"));
  return node;
}

function order(ways, end) {
  const names = new Map();
  for (const f of ways) names.set(f[end].key, { key: f[end].key, name: f[end].name, n: (names.get(f[end].key)?.n || 0) + f.movements.length });
  return [...names.values()].sort((a, b) => b.n - a.n);
}

function line(f) {
  const way = [f.origin && `from ${f.origin.name}`, f.destination && `to ${f.destination.name}`].filter(Boolean).join(" ");
  return `${plain(f.kind)} ${way}: ${f.people ? `${range(f.people)} people, ` : ""}${count(f.movements.length, "movement")}${f.done ? "" : ", only said"}`;
}

function table(flows, side) {
  const rows = flows.map((f) => el("tr", { class: f.done ? "" : "said" },
    el("td", {}, el("button", { type: "button", class: "link", onclick: () => show(side, f) }, plain(f.kind))), el("td", {}, f.origin?.name || "?"), el("td", {}, f.destination?.name || "?"),
    el("td", { class: "num" }, f.people ? range(f.people) : "no figure"), el("td", { class: "num" }, number(f.movements.length)), el("td", {}, f.done ? "done" : "only said")));
  const heads = ["Kind", "From", "To", "People", "Movements", "Standing"];
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Flows as a table" }, el("table", { class: "plain" }, el("thead", {}, el("tr", {}, heads.map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, rows)));
}

async function show(side, flow) {
  side.replaceChildren(el("h2", {}, line(flow)), el("p", { class: "note" }, "Loading …"));
  if (side.getBoundingClientRect().top > innerHeight) side.scrollIntoView({ block: "start" });
  try {
    const query = filter({ but: ["layer"] });
    query.append("place", (flow.origin || flow.destination).key);
    query.set("limit", 500);
    const { rows } = await get("layers/movements", query);
    const by = new Map(rows.map((r) => [r.key, r]));
    side.replaceChildren(el("h2", {}, line(flow)), ...flow.movements.flatMap((m) => [
      el("h3", {}, `${period(m.first, m.last) || "date not known"}: ${m.low === null ? "no figure" : `${range([m.low, m.high])} people`}${m.entries.length > 1 ? `, told ${m.entries.length} times` : ""}`),
      el("div", { class: "cards" }, m.entries.map((key) => by.get(key)).filter(Boolean).map((row) => card(row)))]));
  } catch (error) {
    side.replaceChildren(el("p", { class: "error", role: "alert" }, error.message));
  }
}
