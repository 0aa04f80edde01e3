// The views, each in a file of its own that is loaded when it is first shown: `nodes()` gives what stands in it.

import { get } from "./api.js";
import { el, plain, svg } from "./dom.js";
import { state } from "./state.js";

export const GROUPS = [
  ["map", "timeline", "incidents", "list"],
  ["network", "control", "agreements", "movements", "forecasts"],
  ["reports", "stories", "brief", "review"],
];
const FILE = { list: "lists", incidents: "lists", stories: "lists", brief: "brief" };
const KNOWN = new Set([...GROUPS.flat(), "reader", "settings"]);

let asked = 0;
let showing = null;

/**
 * Fills `into` with the view that the address names; of two that were asked for, the later one stays. Where `busy` says,
 * when all is there, that somebody has begun to work with what is shown, that stays: then this gives false.
 */
export async function show(into, busy = () => false) {
  const view = KNOWN.has(state().view) ? state().view : "map";
  const turn = ++asked;
  into.setAttribute("aria-busy", "true");
  if (view !== showing) {
    scrollTo(0, 0);
    into.replaceChildren(el("div", { class: "skeleton", role: "status", "aria-label": `Loading ${plain(view)}` }, el("span"), el("span"), el("span")));
  }
  let nodes;
  try {
    const file = await import(`./views/${FILE[view] || view}.js`);
    nodes = await file[view in FILE ? view : "nodes"]();
  } catch (error) {
    const again = el("button", { type: "button", onclick: () => show(into) }, "Try again");
    nodes = [el("p", { class: "error", role: "alert" }, `This can’t be shown: ${error.message} `, again)];
  }
  if (turn !== asked) return true;
  into.removeAttribute("aria-busy");
  if (busy()) return false;
  showing = view;
  if (nodes.length !== 1 || nodes[0] !== into.firstChild || into.childNodes.length > 1) into.replaceChildren(...nodes);
  return true;
}

/** What is shown where the filter lets nothing through, or the store is empty. */
export async function nothing(what = "Nothing here for this filter.") {
  const { reports } = await get("counts");
  const why = reports ? `${what} Take something of it away, or reset it.` : "The store is empty. Add some under “Reports”, or with “situate add”; they appear here by themselves.";
  const picture = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: "M4 7h16M4 12h10M4 17h6", fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round" }));
  return [el("p", { class: "empty" }, picture, why)];
}
