// Beside the map: the busiest places, or what stands at the place that was picked. It holds by keyboard what the map shows.

import { get } from "../api.js";
import { count, el, number, plain } from "../dom.js";
import { card } from "../entry.js";
import { filter, go } from "../state.js";
import { incidentCard } from "../views/lists.js";

const MOST = 60;
let last = null;

/** Shows the places of `found`, or the `picked` ones with their entries. */
export function panel(side, { found = null, picked = null }) {
  if (found) last = found;
  if (!picked) return side.replaceChildren(el("h2", {}, "Places"), ...places(side, last.sites));
  const back = el("button", { type: "button", onclick: () => panel(side, {}) }, "All places");
  if (picked.length > 1) {
    side.replaceChildren(el("p", { class: "bar" }, back), el("h2", {}, `${count(picked.length, "place")} near ${picked[0].name}`), ...places(side, picked));
    return;
  }
  const [site] = picked;
  const body = el("div", { class: "cards", "aria-busy": true }, el("p", { class: "note" }, "Loading …"));
  const only = el("button", { type: "button", onclick: () => go({ place: site.key, box: null }) }, "Only this place");
  side.replaceChildren(el("p", { class: "bar" }, back, " ", only), el("h2", { tabindex: -1 }, site.name), el("p", { class: "note" }, precision(site)), ...held(site), body);
  side.querySelector("h2").focus({ preventScroll: true });
  told(site).then((nodes) => body.replaceChildren(...nodes), (error) => body.replaceChildren(el("p", { class: "error", role: "alert" }, error.message)))
    .finally(() => body.removeAttribute("aria-busy"));
}

function places(side, sites) {
  const rows = sites.slice(0, MOST).map((site) => el("li", {}, el("button", { type: "button", class: "row", onclick: () => panel(side, { picked: [site] }) },
    el("span", { class: "name" }, site.name, " ", el("span", { class: "note" }, plain(site.kind))), el("span", { class: "n" }, number(Object.values(site.layers).reduce((a, b) => a + b, 0))))));
  const cut = sites.length > MOST ? el("p", { class: "note" }, `${number(sites.length - MOST)} more on the map.`) : null;
  return [el("ul", { class: "rows" }, rows), cut].filter(Boolean);
}

function precision(site) {
  const near = site.radius_km > 1 ? `, within ${Math.round(site.radius_km)} km` : "";
  return `${plain(site.kind)} level${near}`;
}

function held(site) {
  return site.held.length ? [el("p", { class: "note" }, "Control: ", site.held.map((h, i) => `${i ? "; " : ""}${h.holder} ${plain(h.state)}${["actual", "ongoing"].includes(h.status) ? "" : ` (${h.status})`}${h.day ? `, ${h.day}` : ""}`).join(""))] : [];
}

/** The incidents and the other entries at a place. */
async function told(site) {
  const query = filter({ but: ["place"] });
  query.append("place", site.key);
  query.set("limit", 20);
  const others = Object.keys(site.layers).filter((layer) => layer !== "events");
  const [incidents, said, ...rest] = await Promise.all([
    site.layers.events ? get("incidents", query) : { rows: [] },
    site.layers.events ? get("layers/events", query) : { rows: [] },
    ...others.map((layer) => get(`layers/${layer}`, query)),
  ]);
  const happened = new Set(incidents.rows.flatMap((i) => i.entries.map((e) => e.key)));
  const only = said.rows.filter((e) => !happened.has(e.key) && !["actual", "ongoing"].includes(e.status));
  const cut = incidents.after ? [el("p", { class: "note" }, `The ${incidents.rows.length} latest incidents; “Only this place” and the list show all.`)] : [];
  return [
    ...cut,
    ...incidents.rows.map(incidentCard),
    ...(only.length ? [el("h3", {}, "Only said, planned or denied"), ...only.map((e) => card(e))] : []),
    ...rest.flatMap(({ rows }, i) => (rows.length ? [el("h3", {}, plain(others[i])), ...rows.map((e) => card(e))] : [])),
  ];
}
