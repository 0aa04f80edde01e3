// One entry of any layer: what, where and when, who says so, the words, and the buttons of its review.

import { day, el, period, plain, some } from "./dom.js";
import { isDone, mark, outlet, statusName } from "./names.js";
import { open } from "./state.js";

const WIDE = new Set(["country", "admin", "region", "zone", "terrain", "water"]);

/** A card for an entry. `actions` false leaves the buttons of the review away. */
export function card(row, { actions: reviewable = true } = {}) {
  const node = el("article", { class: `entry ${row.review || ""}`, tabindex: 0, "data-key": row.key },
    el("p", { class: "what" }, mark(row), " ", title(row), " ", status(row)),
    el("p", { class: "meta" }, meta(row)),
    el("blockquote", {}, words(row)),
    el("p", { class: "meta source" }, source(row)));
  node.entry = row;
  if (reviewable && row.layer !== undefined) node.append(actions());
  return node;
}

/** What the entry says, in a line. */
export function title(row) {
  const names = (...roles) => some((row.actors || []).filter((a) => !roles.length || roles.includes(a.role)).map((a) => a.name));
  const sites = (role) => some((row.places || []).filter((p) => !role || p.role === role).map((p) => p.name));
  switch (row.layer) {
    case "events": return [names("actor"), plain(row.acled || row.type), names("recipient")].filter(Boolean).join(" → ");
    case "control": return `${names() || "Somebody"} ${plain(row.type)} ${sites()}${row.exception ? `, all but ${row.exception}` : ""}`;
    case "movements": return [plain(row.type), row.who || names(), [sites("origin"), sites("destination")].filter(Boolean).join(" → ")].filter(Boolean).join(" · ");
    case "relations": return `${names("from")} ${plain(row.type)} ${names("to")}`;
    case "agreements": return [row.name || plain(row.type), names("party", "parties")].filter(Boolean).join(": ");
    case "claims": return `${row.source || "Somebody not named"} says`;
    case "forecasts": return row.content || "Forecast";
    default: return row.name || plain(row.type);
  }
}

function status(row) {
  if (!row.status) return null;
  return el("span", { class: `status ${isDone(row.status) ? "done" : "said"}` }, statusName(row.status));
}

function meta(row) {
  const places = some((row.places || []).map(placed));
  const figures = (row.figures || []).map((f) => `${f.words} ${plain(f.role)}`).join("; ");
  const sure = row.confidence === null || row.confidence === undefined ? "" : `${Math.round(100 * row.confidence)} % sure`;
  return [when(row), places, figures, sure, reviewed(row)].filter(Boolean).join(" · ");
}

/** A place as precisely as it is known: "Nawa", "somewhere in Idlib (admin level)", "Syria (country level)". */
export function placed(site) {
  if (!WIDE.has(site.kind)) return site.lat === null ? `${site.name} (not located)` : site.name;
  return site.kind === "country" ? `${site.name} (country level)` : `somewhere in ${site.name} (${plain(site.kind)} level)`;
}

export function when(row) {
  const said = row.earliest || row.latest ? period(row.earliest, row.latest) : "date not known";
  return row.dated_by === "report" ? `reported ${said}` : said;
}

export function reviewed(row) {
  return row.review === "unreviewed" ? "not reviewed" : plain(row.review || "");
}

/** The evidence, with the telling word marked. */
export function words(row) {
  const { text, start } = row.evidence;
  if (row.trigger_start === undefined) return text;
  const [from, to] = [row.trigger_start - start, row.trigger_end - start];
  const points = [...text]; // offsets count code points
  if (from < 0 || to > points.length) return text;
  const part = (a, b) => points.slice(a, b).join("");
  return [part(0, from), el("mark", {}, part(from, to)), part(to)];
}

function source(row) {
  const { report } = row;
  const said = row.source && row.layer !== "claims" ? [`according to ${row.source}`, row.source_kind ? ` (${plain(row.source_kind)})` : "", " · "] : "";
  return [said, `${outlet(report)}, ${report.published ? day(report.published.slice(0, 10)) : "date not known"}: `,
    el("button", { type: "button", class: "link", onclick: () => open(report.key, row.key) }, report.title || report.key)];
}

const ACTIONS = { accept: ["Accept", "a"], reject: ["Reject", "r"], unsure: ["Unsure", "u"], correct: ["Correct", "c"], undo: ["Undo", "z"] };

export function actions() {
  return el("div", { class: "actions" }, Object.entries(ACTIONS).map(([decision, [name, key]]) =>
    el("button", { type: "button", "data-decision": decision }, name, " ", el("kbd", {}, key))));
}

/** Shows the review state that the entry has by now. */
export function redraw(node) {
  node.className = node.className.replace(/\b(unreviewed|accepted|corrected|rejected|unsure)\b/g, "").trim();
  node.classList.add(node.entry.review || "unreviewed");
  const line = node.querySelector(".meta");
  if (line) line.textContent = meta(node.entry);
}
