// Lists: the entries of a layer, incidents with all that tell them, stories with their reports.

import { get } from "../api.js";
import { count, el, number, plain } from "../dom.js";
import { card } from "../entry.js";
import { exports } from "../exports.js";
import { LAYERS, outlet } from "../names.js";
import { apart, one } from "../same.js";
import { me } from "../me.js";
import { say } from "../notice.js";
import { graded } from "../stands.js";
import { together } from "../review.js";
import { filter, go, open, state } from "../state.js";
import { nothing } from "../views.js";

const PAGE = 40;
const FIRST_REPORTS = 8; // of a story

/** The entries of one layer, the first that the filter names. */
export async function list() {
  const chosen = state().said.getAll("layer");
  const layer = LAYERS.find((name) => chosen.includes(name)) || "events";
  const query = filter({ but: ["layer"] });
  query.set("limit", PAGE);
  const tabs = el("p", { class: "tabs", role: "group", "aria-label": "Layer" }, LAYERS.map((name) =>
    el("button", { type: "button", "aria-pressed": name === layer, onclick: () => go({ layer: name, type: null }) }, name)));
  const found = await get(`layers/${layer}`, query);
  if (!found.rows.length) return [tabs, ...(await nothing(`No ${layer} for this filter.`))];
  const box = el("div", { class: "cards" }, found.rows.map((row) => card(row)));
  const files = exports(`layers/${layer}`, { forms: ["csv", "json", "geojson"], but: ["layer"], more: { limit: 1000 }, what: "The first 1,000 of these" });
  return [tabs, me().may("review") ? together(box) : null, box, more(`layers/${layer}`, query, box, found.after, (row) => card(row)), files].filter(Boolean);
}

/** A button for the next page of a listing. */
function more(path, query, box, after, make) {
  const button = el("button", { type: "button", hidden: after === null }, "Show more");
  button.addEventListener("click", async () => {
    query.set("after", after);
    try {
      const found = await get(path, query);
      box.append(...found.rows.map((row) => make(row, found)));
      box.dispatchEvent(new Event("decided")); // so that what counts them counts anew
      after = found.after;
      button.hidden = after === null;
    } catch (error) {
      say(`No more could be had: ${error.message}`, { bad: true });
    }
  });
  return button;
}

export async function incidents() {
  const query = filter();
  query.set("limit", PAGE);
  const found = await get("incidents", query);
  if (!found.rows.length) return nothing();
  const box = el("div", { class: "cards" }, found.rows.map(incidentCard));
  const told = `${found.count === null ? "The latest incidents" : count(found.count, "incident")}, from ${count(found.events, "entry", "entries")} that tell of what happened; what only was said, planned or denied is in the list.`;
  return [el("p", { class: "note" }, told), box, more("incidents", query, box, found.after, incidentCard), exports("incidents", { more: { limit: 1000 }, what: "The first 1,000 of these" })];
}

/** An incident: the surest entry, how well it is corroborated, the figures side by side, and why the others are the same. */
export function incidentCard(incident) {
  const node = card(incident.entries[0]);
  const others = incident.entries.slice(1);
  const roles = [...new Set(incident.values.map((v) => v.role))];
  const figures = roles.map((role) => el("p", { class: "figures" },
    incident.disputed.includes(role) ? el("strong", { class: "disputed" }, "Figures disagree: ") : null,
    `${plain(role)} `, incident.values.filter((v) => v.role === role).map((v, i) => [i ? " · " : "", el("b", {}, v.figure.words), ` (${v.said_by})`])));
  const summary = `${count(incident.reports.length, "report")}, 1 incident`;
  node.append(...figures, others.length
    ? el("details", {}, el("summary", {}, `${summary}: why?`), others.map((entry, i) => el("div", {}, el("p", { class: "note" }, incident.why[i] || "", " ", apart(incident.entries[0], entry)), card(entry))))
    : el("p", { class: "note" }, summary),
  ...graded(incident.corroboration, one(incident.entries[0])));
  return node;
}

export async function stories() {
  const query = filter();
  query.set("limit", PAGE);
  const found = await get("stories", query);
  if (!found.rows.length) return nothing();
  const box = el("div", { class: "cards" }, found.rows.map((story) => storyCard(story, found)));
  return [box, more("stories", query, box, found.after, storyCard), exports("stories", { more: { limit: 1000 }, what: "The first 1,000 of these" })];
}

/** A story: its first reports, and all others where somebody wants them. `page` tells which are copies. */
function storyCard(story, page) {
  const line = (r) => el("li", {},
    el("button", { type: "button", class: "link", onclick: () => open(r.report) }, r.title || r.report),
    el("span", { class: "note" }, ` ${r.published || "date not known"}, ${outlet({ ...r, key: r.report })}`),
    page.copies[r.report] ? el("span", { class: "note" }, " · republished") : null);
  const rest = story.reports.slice(FIRST_REPORTS);
  const others = el("details", { hidden: !rest.length }, el("summary", {}, `${number(story.size - FIRST_REPORTS)} more`));
  const beyond = story.size - story.reports.length;
  others.addEventListener("toggle", () => others.append(el("ul", {}, rest.map(line)), beyond ? el("p", { class: "note" }, `${number(beyond)} later ones aren’t listed here; they are under Reports.`) : ""), { once: true });
  return el("article", { class: "entry" },
    el("p", { class: "what" }, story.about.join(", ")),
    el("p", { class: "meta" }, `${story.first || "?"} – ${story.last || "?"} · ${count(story.size, "report")}`),
    el("ul", {}, story.reports.slice(0, FIRST_REPORTS).map(line)), others);
}
