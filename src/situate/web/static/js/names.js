// What layers, states and outlets are called, and the mark that tells each without colour.

import { el } from "./dom.js";
import { GROUP_OF, STATUSES, controlIcon, statusIcon } from "/shared/js/shapes.js";

export const LAYERS = ["events", "claims", "agreements", "movements", "control", "relations", "forecasts"];
export const LETTER = { agreements: "A", movements: "M", control: "C", relations: "R", forecasts: "F", claims: "“", events: "E" };
const DONE = new Set(["actual", "ongoing", "in_force", "concluded"]);

/** Whether it is told as a fact; the rest is only said, planned, denied … */
export const isDone = (status) => DONE.has(status);

/** The mark of an entry: its status for events and movements, its state for control, else its layer's letter. */
export function mark({ layer, type, status }) {
  if (layer === "control") return controlIcon(type, isDone(status));
  if (STATUSES[status] && layer !== "forecasts") return statusIcon(status, layer === "events" ? GROUP_OF[type] : layer);
  return el("span", { class: `letter l-${layer} ${isDone(status) ? "done" : "said"}`, "aria-hidden": "true" }, LETTER[layer] || "·");
}

export const statusName = (status) => STATUSES[status]?.name || String(status || "").replaceAll("_", " ");

export const outlet = (report) => report.publisher || report.id || report.key.slice(0, 8);
