// One entry of any layer: what, where and when, who says so, the words, and the buttons of its review.

import { el, plain } from "./dom.js";
import { go } from "./state.js";

const DONE = new Set(["actual", "ongoing", "in_force", "concluded"]);

/** A card for an entry. */
export function card(row) {
  const node = el("article", { class: `entry ${row.review || ""}`, tabindex: "0", "data-key": row.key },
    el("p", { class: "what" }, title(row), " ", status(row)),
    el("p", { class: "meta" }, meta(row)),
    el("blockquote", {}, words(row)),
    el("p", { class: "meta" }, source(row)));
  node.entry = row;
  if (row.layer !== undefined) node.append(actions());
  return node;
}

function title(row) {
  const names = (role) => [...new Set((row.actors || []).filter((a) => a.role === role).map((a) => a.name))].join(", ");
  const sites = (role) => (row.places || []).filter((p) => !role || p.role === role).map((p) => p.name).join(", ");
  switch (row.layer) {
    case "events": return [names("actor"), plain(row.acled || row.type), names("recipient")].filter(Boolean).join(" → ");
    case "control": return `${sites()}: ${plain(row.type)} ${(row.actors || []).map((a) => a.name).join(", ")}`;
    case "movements": return [plain(row.type), row.who || (row.actors || []).map((a) => a.name).join(", "), way(sites)].filter(Boolean).join(" · ");
    case "relations": return `${names("from")} ${plain(row.type)} ${names("to")}`;
    case "agreements": return row.name || `${plain(row.type)}: ${(row.actors || []).map((a) => a.name).join(", ")}`;
    case "claims": return `${row.source || "Somebody"} says`;
    case "forecasts": return row.content || "Forecast";
    default: return row.name || plain(row.type);
  }
}

const way = (sites) => [sites("origin"), sites("destination")].filter(Boolean).join(" → ");

function status(row) {
  if (!row.status) return null;
  return el("span", { class: `status ${DONE.has(row.status) ? "done" : "said"}` }, plain(row.status));
}

function meta(row) {
  const places = (row.places || []).map((p) => `${p.name} (${plain(p.kind)})`).join(", ");
  const figures = (row.figures || []).map((f) => `${f.words} ${f.role}`).join("; ");
  const when = row.earliest === row.latest ? row.earliest : `${row.earliest || "…"} – ${row.latest || "…"}`;
  const sure = row.confidence === null || row.confidence === undefined ? "" : `${Math.round(100 * row.confidence)} % sure`;
  return [when, places, figures, sure, plain(row.review || "")].filter(Boolean).join(" · ");
}

function words(row) {
  const { text, start } = row.evidence;
  if (row.trigger_start === undefined) return text;
  const [from, to] = [row.trigger_start - start, row.trigger_end - start];
  const points = [...text]; // offsets count code points
  if (from < 0 || to > points.length) return text;
  const part = (a, b) => points.slice(a, b).join("");
  return [part(0, from), el("mark", {}, part(from, to)), part(to)];
}

function source(row) {
  const { publisher, published, title: headline, key } = row.report;
  const said = row.source ? `according to ${row.source} · ` : "";
  return [said, `${publisher || row.report.id}, ${published || "date not known"}: `,
    el("button", { type: "button", class: "link", onclick: () => go({ view: "reader", open: key, entry: row.key }) }, headline || key)];
}

const ACTIONS = { accept: "Accept (a)", reject: "Reject (r)", unsure: "Unsure (u)", correct: "Correct (c)", undo: "Undo (z)" };

function actions() {
  const buttons = Object.entries(ACTIONS).map(([decision, name]) => el("button", { type: "button", "data-decision": decision }, name));
  return el("div", { class: "actions" }, buttons);
}

/** Shows the review state that the entry has by now. */
export function redraw(node) {
  node.className = `entry ${node.entry.review || ""}`;
  node.querySelector(".meta").textContent = meta(node.entry);
}
