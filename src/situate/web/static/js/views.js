// The views: lists of a layer, incidents, stories, the brief, and a report with its words, map and timeline.

import { get } from "./api.js";
import { card } from "./entry.js";
import { count, el, plain } from "./dom.js";
import { say } from "./notice.js";
import { filter, go, state } from "./state.js";

export const LAYERS = ["events", "claims", "agreements", "movements", "control", "relations", "forecasts"];
export const VIEWS = [...LAYERS, "incidents", "stories", "map", "brief"];
const PAGE = 40;

let asked = 0;
let showing = null;

/** Fills `into` with the view that the address names; of two that were asked for, the later one stays. */
export async function show(into) {
  const { view } = state();
  const turn = ++asked;
  into.setAttribute("aria-busy", "true");
  if (view !== showing) {
    scrollTo(0, 0);
    into.replaceChildren(el("p", { class: "note" }, `Loading ${plain(view)} …`));
  }
  let nodes;
  try {
    nodes = await (LAYERS.includes(view) ? list(view) : (OTHERS[view] || OTHERS.incidents)());
  } catch (error) {
    const again = el("button", { type: "button", onclick: () => show(into) }, "Try again");
    nodes = [el("p", { class: "error", role: "alert" }, `This can’t be shown: ${error.message} `, again)];
  }
  if (turn !== asked) return;
  showing = view;
  into.replaceChildren(...nodes);
  into.removeAttribute("aria-busy");
}

async function nothing() {
  const { reports } = await get("counts");
  const why = reports ? "Nothing here for this filter. Take something of it away, or reset it." : "The store is empty. Add reports with “situate add”; they appear here by themselves.";
  return [el("p", { class: "empty" }, why)];
}

async function list(layer) {
  const query = filter();
  query.set("limit", PAGE);
  const found = await get(`layers/${layer}`, query);
  if (!found.rows.length) return nothing();
  const box = el("div", {}, found.rows.map((row) => card(row)));
  return [box, more(layer, box, found.after), exports(layer)];
}

function more(layer, box, after) {
  const button = el("button", { type: "button", hidden: after === null }, "Show more");
  button.addEventListener("click", async () => {
    const query = filter();
    query.set("limit", PAGE);
    query.set("after", after);
    try {
      const found = await get(`layers/${layer}`, query);
      box.append(...found.rows.map((row) => card(row)));
      after = found.after;
      button.hidden = after === null;
    } catch (error) {
      say(`No more could be had: ${error.message}`, { bad: true });
    }
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
  return rows.length ? [el("p", { class: "note" }, cut), ...rows] : nothing();
}

async function stories() {
  const found = await get("stories", filter());
  if (!found.rows.length) return nothing();
  return found.rows.map((story) => el("article", { class: "entry" },
    el("p", { class: "what" }, story.about.join(", ")),
    el("p", { class: "meta" }, `${story.first || "?"} – ${story.last || "?"} · ${count(story.reports.length, "report")}`),
    el("ul", {}, story.reports.map((r) => el("li", {},
      el("button", { type: "button", class: "link", onclick: () => go({ view: "reader", open: r.report, entry: null }) }, `${r.published || "?"} ${r.publisher || ""}: ${r.title || r.report}`),
      found.copies[r.report] ? el("span", { class: "note" }, ` copy of ${found.copies[r.report].slice(0, 8)}`) : null)))));
}

async function brief() {
  const made = await get("brief", filter());
  if (!made.citations.length) return nothing();
  const cite = (n) => el("sup", {}, el("a", { href: `#s${n}` }, `[${n}]`));
  const sections = made.sections.map((s) => [el("h2", {}, s.title),
    el("ul", {}, s.sentences.map(([text, cited]) => el("li", {}, text, " ", cited.map(cite)))),
    s.left_out ? el("p", { class: "note" }, `${s.left_out} more not shown.`) : null]);
  const sources = made.citations.map((c) => el("li", { id: `s${c.number}` }, `${c.outlet}, ${c.published || "date not known"}: “${c.words}” `,
    el("button", { type: "button", class: "link", onclick: () => go({ view: "reader", open: c.report, entry: null }) }, "Read")));
  return [el("h2", {}, made.title), el("p", { class: "note" }, made.scope), ...sections.flat(), el("h2", {}, "Sources"), el("ol", {}, sources)]
    .filter(Boolean);
}

const frame = (address, title) => el("iframe", { class: "page", src: `/api/page?${address}`, title });

/** Where a page has room for one of its parts at a time, this one begins with its map. */
function atMap(page) {
  page.addEventListener("load", () => page.contentDocument.querySelector('[data-go="map"]')?.click());
  return page;
}

async function reader() {
  const { said } = state();
  const [key, entry] = [said.get("open"), said.get("entry")];
  if (!key) return [el("p", { class: "empty" }, "Open a report from any entry.")];
  const { report } = await get(`reports/${encodeURIComponent(key)}`);
  const found = entry ? await get(`entries/${encodeURIComponent(entry)}`) : null;
  const at = found ? `#${new URLSearchParams({ report: report.id, entry: found.entry.id })}` : "";
  const back = el("button", { type: "button", onclick: () => history.back() }, "Back");
  return [el("p", { class: "bar" }, back), frame(`${new URLSearchParams({ report: key })}${at}`, `Report: ${report.title || report.id}`)];
}

async function map() {
  const { layers } = await get("counts", filter());
  if (!Object.values(layers).some(Boolean)) return nothing();
  return [el("p", { class: "note" }, "The reports that the filter lets through, at most 200, with all that they tell."), atMap(frame(filter(), "Map, timeline and tables"))];
}

const OTHERS = { incidents, stories, brief, reader, map };
