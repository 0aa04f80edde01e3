// The marks: status, class of event and state of control, each told by shape as well as by colour.

import { svg } from "./dom.js";

// PLOVER's classes in four groups: in word or in deed, with or against.
export const GROUPS = {
  force: { name: "Force and pressure", types: ["ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"] },
  against: { name: "Hostile words", types: ["THREATEN", "ACCUSE", "REJECT", "REQUEST"] },
  words: { name: "Friendly words", types: ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"] },
  deeds: { name: "Help and retreat", types: ["AID", "COOPERATE", "RETREAT"] },
};
export const GROUP_OF = Object.fromEntries(Object.entries(GROUPS).flatMap(([g, v]) => v.types.map((t) => [t, g])));

// What was done is filled, what was only said is hollow.
export const STATUSES = {
  actual: { name: "happened", done: true },
  ongoing: { name: "goes on", done: true },
  planned: { name: "planned" },
  offered: { name: "offered" },
  threatened: { name: "threatened" },
  conditional: { name: "conditional" },
  predicted: { name: "predicted" },
  denied: { name: "denied" },
  generic: { name: "in general" },
};

/** The mark of a status, `r` its half size, drawn around (0, 0) in the current colour. */
export function statusShape(status, r) {
  const hollow = { fill: "none", stroke: "currentColor", "stroke-width": Math.max(1.3, r * 0.34) };
  const solid = { fill: "currentColor" };
  const k = r * 0.92;
  switch (status) {
    case "actual":
      return [svg("circle", { r, ...solid })];
    case "ongoing":
      return [svg("circle", { r: r * 0.5, ...solid }), svg("circle", { r, ...hollow })];
    case "planned":
      return [svg("rect", { x: -k, y: -k, width: 2 * k, height: 2 * k, ...hollow })];
    case "offered":
      return [svg("path", { d: `M${-r} ${-k}H${r}L0 ${r}Z`, ...hollow })];
    case "threatened":
      return [svg("path", { d: `M${-r} ${k}H${r}L0 ${-r}Z`, ...hollow })];
    case "conditional":
      return [svg("path", { d: `M0 ${-r * 1.15}L${r * 1.15} 0L0 ${r * 1.15}L${-r * 1.15} 0Z`, ...hollow })];
    case "predicted":
      return [svg("circle", { r, ...hollow, "stroke-dasharray": `${r * 0.7} ${r * 0.55}` })];
    case "denied":
      return [svg("path", { d: `M${-k} ${-k}L${k} ${k}M${-k} ${k}L${k} ${-k}`, ...hollow })];
    default:
      return [svg("path", { d: `M${-r} 0H${r}`, ...hollow })];
  }
}

/** A status as an inline picture for text and tables. */
export function statusIcon(status, group = "") {
  const icon = svg("svg", { class: `icon g-${group}`, viewBox: "-8 -8 16 16", "aria-hidden": "true" });
  icon.append(...statusShape(status, 5.4));
  return icon;
}

export const STATES = {
  holds: "holds",
  captured: "captured",
  occupies: "occupies",
  patrols: "patrols",
  contests: "contests",
  besieges: "besieges",
  lost: "lost",
  withdrew: "withdrew from",
};

/** The mark of a state of control around (0, 0); what isn't done is drawn hollow. */
export function controlShape(state, r, done = true) {
  const line = { stroke: "currentColor", "stroke-width": 1.6, fill: done ? "currentColor" : "none" };
  const bare = { ...line, fill: "none" };
  const mast = svg("path", { d: `M${-r * 0.8} ${r}V${-r}`, ...bare });
  switch (state) {
    case "captured": // a flag
      return [mast, svg("path", { d: `M${-r * 0.8} ${-r}H${r}V${r * 0.2}H${-r * 0.8}Z`, ...line })];
    case "lost": // an empty, broken flag
      return [mast, svg("path", { d: `M${-r * 0.8} ${-r}H${r}V${r * 0.2}H${-r * 0.8}`, ...bare, "stroke-dasharray": "2 1.6" })];
    case "occupies":
      return [svg("rect", { x: -r, y: -r, width: 2 * r, height: 2 * r, ...bare }), svg("rect", { x: -r * 0.45, y: -r * 0.45, width: r * 0.9, height: r * 0.9, ...line })];
    case "patrols":
      return [svg("path", { d: `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`, ...line })];
    case "contests":
      return [svg("path", { d: `M${-r} ${-r}H${r}L${-r} ${r}H${r}Z`, ...line })];
    case "besieges":
      return [svg("circle", { r, ...bare }), svg("circle", { r: r * 0.35, ...line })];
    case "withdrew":
      return [svg("path", { d: `M${r} ${-r}L${-r} 0L${r} ${r}`, ...bare })];
    default: // holds: a block
      return [svg("rect", { x: -r, y: -r, width: 2 * r, height: 2 * r, ...line })];
  }
}

export function controlIcon(state, done, colour) {
  const icon = svg("svg", { class: "icon", viewBox: "-8 -8 16 16", "aria-hidden": "true" });
  icon.style.color = colour || "";
  icon.append(...controlShape(state, 5.2, done));
  return icon;
}
