// Narrowing down: the values of a layer's fields with how many there are, and what the filter holds now.

import { get } from "./api.js";
import { byId, el, plain } from "./dom.js";
import { FIELDS, filter, go, state } from "./state.js";
import { LAYERS } from "./views.js";

const SHOWN = ["type", "status", "review", "publisher"];
const MOST = 14;

/** Buttons that narrow the filter, into `into`. */
export async function facets(into) {
  const { view } = state();
  const layer = LAYERS.includes(view) ? view : "events";
  const answers = await Promise.all(SHOWN.map((field) => get(`facets/${layer}/${field}`, filter())));
  into.replaceChildren(...answers.flatMap(({ values }, i) => facet(SHOWN[i], values.filter((v) => v.value !== null))));
}

function facet(field, values) {
  if (!values.length) return [];
  const name = field === "publisher" ? "source" : field;
  const more = values.length > MOST ? el("details", {}, el("summary", {}, `${values.length - MOST} more`), values.slice(MOST).map((v) => choice(name, v))) : null;
  return [el("h2", {}, field === "publisher" ? "outlet" : field), ...values.slice(0, MOST).map((v) => choice(name, v)), more].filter(Boolean);
}

function choice(name, { value, count }) {
  const on = state().said.getAll(name).includes(value);
  return el("button", { type: "button", "aria-pressed": String(on), onclick: () => go({ [name]: on ? null : value }) },
    plain(value), " ", el("span", { class: "n" }, count.toLocaleString("en")));
}

/** What the filter holds, each with a button that takes it away: seen in every view, also where nothing is left. */
export function held() {
  const { said } = state();
  const chips = FIELDS.flatMap((field) => said.getAll(field).filter(Boolean).map((value) =>
    el("button", { type: "button", class: "chip", "aria-label": `Take away: ${field} ${value}`, onclick: () => drop(field, value) }, `${field}: ${plain(value)} ×`)));
  byId("held").replaceChildren(...chips);
}

function drop(field, value) {
  const left = state().said.getAll(field).filter((other) => other !== value);
  go({ [field]: left.length ? left : null });
}
