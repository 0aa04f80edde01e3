// The views: lists of a layer, incidents, stories, the brief, and a report with its words, map and timeline.

import { get } from "./api.js";
import { card } from "./entry.js";
import { count, el, plain } from "./dom.js";
import { filter, go, state } from "./state.js";

export const LAYERS = ["events", "claims", "agreements", "movements", "control", "relations", "forecasts"];
export const VIEWS = [...LAYERS, "incidents", "stories", "map", "brief"];
const PAGE = 40;

/** Fills `into` with the view that the address names. */
export async function show(into) {
  const { view } = state();
  into.setAttribute("aria-busy", "true");
  try {
    const nodes = await (LAYERS.includes(view) ? list(view) : (OTHERS[view] || OTHERS.incidents)());
    into.replaceChildren(...nodes);
  } catch (error) {
    into.replaceChildren(el("p", { class: "error", role: "alert" }, `This can't be shown: ${error.message}`));
  }
  into.removeAttribute("aria-busy");
}

const nothing = () => el("p", { class: "note" }, "Nothing here for this filter. Reset it, or add reports with “situate add”.");

async function list(layer) {
  const query = filter();
  query.set("limit", PAGE);
  const found = await get(`layers/${layer}`, query);
  if (!found.rows.length) return [nothing()];
  const box = el("div", {}, found.rows.map((row) => card(row)));
  return [box, more(layer, box, found.after), exports(layer)];
}

function more(layer, box, after) {
  const button = el("button", { type: "button", hidden: after === null }, "Show more");
  button.addEventListener("click", async () => {
    const query = filter();
    query.set("limit", PAGE);
    query.set("after", after);
    const found = await get(`layers/${layer}`, query);
    box.append(...found.rows.map((row) => card(row)));
    after = found.after;
    button.hidden = after === null;
  });
  return button;
}

function exports(layer) {
  const query = filter();
  query.set("limit", 1000);
  const link = (format) => el("a", { href: `/api/layers/${layer}?${query}&format=${format}` }, format.toUpperCase());
  return el("p", { class: "note" }, "The first 1,000 of these as ", link("csv"), " or ", link("json"), ".");
}

async function incidents() {
  const found = await get("incidents", filter());
  const rows = found.rows.map((incident) => {
    const node = card(incident.entries[0]);
    const others = incident.entries.slice(1);
    const values = incident.values.map((v) => `${v.figure.words} ${v.role} (${v.said_by})`).join(" · ");
    const disputed = incident.disputed.length ? `Figures disagree: ${incident.disputed.join(", ")}. ` : "";
    node.append(el("p", { class: "note" }, `${disputed}${values}`),
      el("details", {}, el("summary", {}, `${count(incident.reports.length, "report")}, 1 incident, ${count(incident.sources.length, "independent source")}: why?`),
        others.map((entry, i) => el("div", {}, el("p", { class: "note" }, incident.why[i] || ""), card(entry)))));
    return node;
  });
  const cut = found.count > rows.length ? `The ${rows.length} latest of ${found.count} incidents.` : count(found.count, "incident");
  return rows.length ? [el("p", { class: "note" }, cut), ...rows] : [nothing()];
}

async function stories() {
  const found = await get("stories");
  return found.rows.map((story) => el("article", { class: "entry" },
    el("p", { class: "what" }, story.about.join(", ")),
    el("p", { class: "meta" }, `${story.first || "?"} – ${story.last || "?"} · ${count(story.reports.length, "report")}`),
    el("ul", {}, story.reports.map((r) => el("li", {},
      el("button", { type: "button", onclick: () => go({ view: "reader", open: r.report }) }, `${r.published || "?"} ${r.publisher || ""}: ${r.title || r.report}`),
      found.copies[r.report] ? el("span", { class: "note" }, ` copy of ${found.copies[r.report].slice(0, 8)}`) : null)))));
}

async function brief() {
  const made = await get("brief", filter());
  const cite = (n) => el("sup", {}, el("a", { href: `#s${n}` }, `[${n}]`));
  const sections = made.sections.map((s) => [el("h2", {}, s.title),
    el("ul", {}, s.sentences.map(([text, cited]) => el("li", {}, text, " ", cited.map(cite)))),
    s.left_out ? el("p", { class: "note" }, `${s.left_out} more not shown.`) : null]);
  const sources = made.citations.map((c) => el("li", { id: `s${c.number}` }, `${c.outlet}, ${c.published || "date not known"}: “${c.words}” `,
    el("button", { type: "button", onclick: () => go({ view: "reader", open: c.report }) }, "Read")));
  return [el("h2", {}, made.title), el("p", { class: "note" }, made.scope), ...sections.flat(), el("h2", {}, "Sources"), el("ol", {}, sources)]
    .filter(Boolean);
}

const frame = (query, title) => [el("iframe", { class: "page", src: `/api/page?${query}`, title })];

async function reader() {
  const key = state().said.get("open");
  if (!key) return [el("p", { class: "note" }, "Open a report from any entry.")];
  return frame(new URLSearchParams({ report: key }), "Report");
}

const map = async () => frame(filter(), "Map, timeline and tables of the reports that the filter lets through");

const OTHERS = { incidents, stories, brief, reader, map };

/** The values of a layer's fields with how many there are, as buttons that narrow the filter. */
export async function facets(into) {
  const { view, said } = state();
  const layer = LAYERS.includes(view) ? view : "events";
  const fields = ["type", "status", "review", "publisher"];
  const answers = await Promise.all(fields.map((field) => get(`facets/${layer}/${field}`, filter())));
  into.replaceChildren(...answers.flatMap(({ values }, i) => {
    const name = fields[i] === "publisher" ? "source" : fields[i];
    const known = values.filter((v) => v.value !== null);
    return known.length ? [el("h2", {}, plain(fields[i])), ...known.slice(0, 14).map((v) => {
      const on = said.get(name) === v.value;
      return el("button", { type: "button", "aria-pressed": on, onclick: () => go({ [name]: on ? null : v.value }) },
        plain(v.value), el("span", { class: "n" }, String(v.count)));
    })] : [];
  }));
}
