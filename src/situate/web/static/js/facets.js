// Narrowing down: the values of each field with how many entries have them, and what the filter holds now.

import { byId, el, number, plain } from "./dom.js";
import { LETTER, statusName } from "./names.js";
import { FIELDS, go, state } from "./state.js";

const SHOWN = ["layer", "type", "status", "review", "outlet"];
const FIELD = { outlet: "source" };
const MOST = 8;

/** Buttons that narrow the filter, from the counts by field; those of a field that isn't counted yet stay. */
export function facets(by) {
  const root = byId("facets");
  for (const name of SHOWN.filter((one) => by[one])) {
    const box = root.querySelector(`[data-field="${name}"]`) || root.appendChild(el("div", { "data-field": name }));
    box.replaceChildren(...facet(name, by[name]));
  }
}

function facet(name, values) {
  const field = FIELD[name] || name;
  const on = state().said.getAll(field);
  const chosen = values.filter((v) => on.includes(v.value));
  const ordered = [...chosen, ...values.filter((v) => !on.includes(v.value))];
  if (!ordered.length) return [];
  const most = Math.max(MOST, chosen.length);
  const buttons = ordered.map((v) => choice(field, v, on));
  const more = buttons.length > most && el("details", {}, el("summary", {}, `${buttons.length - most} more`), buttons.slice(most));
  return [el("h2", {}, name), ...buttons.slice(0, most), more].filter(Boolean);
}

function choice(field, { value, count }, on) {
  const pressed = on.includes(value);
  const letter = field === "layer" && el("span", { class: `letter l-${value}`, "aria-hidden": "true" }, LETTER[value]);
  const name = field === "status" ? statusName(value) : plain(value);
  return el("button", { type: "button", "aria-pressed": pressed, title: pressed ? "Take away" : "Show only these; several of one kind are alternatives", onclick: () => toggle(field, value, on) },
    letter, el("span", { class: "name" }, name), " ", el("span", { class: "n" }, number(count)));
}

function toggle(field, value, on) {
  const left = on.includes(value) ? on.filter((other) => other !== value) : [...on, value];
  const own = field === "layer" ? { type: null } : {}; // types belong to their layer
  go({ ...own, [field]: left.length ? left : null });
}

/** What the filter holds, each with a button that takes it away: seen in every view, also where nothing is left. */
export function held() {
  const { said } = state();
  const chips = FIELDS.flatMap((field) => said.getAll(field).filter(Boolean).map((value) =>
    el("button", { type: "button", class: "chip", "aria-label": `Take away: ${field} ${value}`, onclick: () => drop(field, value) }, `${field}: ${shown(field, value)} ×`)));
  byId("held").replaceChildren(...chips);
}

function shown(field, value) {
  if (field === "box") return value.split(",").map((x) => Number(x).toFixed(1)).join(", ");
  return plain(value.replace(/^(name|wikidata|report):/, "").replace(/\|.*$/, ""));
}

function drop(field, value) {
  const left = state().said.getAll(field).filter((other) => other !== value);
  go({ [field]: left.length ? left : null });
}
