// The page: one filter, every view; keys for review; a line when the store has something new.

import { get } from "./api.js";
import { byId, count, el, plain } from "./dom.js";
import { decide } from "./entry.js";
import { FIELDS, filter, go, onChange, state } from "./state.js";
import { LAYERS, VIEWS, facets, show } from "./views.js";

const KEYS = { a: "accept", r: "reject", u: "unsure", c: "correct", z: "undo" };

async function refresh() {
  const { view, said } = state();
  for (const input of byId("filter").elements) if (input.name) input.value = said.get(input.name) || "";
  byId("views").replaceChildren(...VIEWS.map((name) =>
    el("button", { type: "button", "aria-current": name === view ? "page" : null, onclick: () => go({ view: name }) }, plain(name))));
  await Promise.all([show(byId("view")), counts(), facets(byId("facets")).catch(() => {})]);
}

async function counts() {
  const found = await get("counts", filter());
  const layers = LAYERS.map((name) => `${found.layers[name].toLocaleString("en")} ${name}`).join(" · ");
  byId("counts").textContent = `${count(found.reports, "report")} · ${layers}`;
}

function entries() {
  return [...document.querySelectorAll(".entry[data-key]")];
}

function step(by) {
  const all = entries();
  const at = all.indexOf(document.activeElement.closest?.(".entry[data-key]"));
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const chosen = document.activeElement.closest?.(".entry[data-key]");
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "/") byId("filter").elements.text.focus();
  else if (event.key === "Enter" && chosen === document.activeElement) go({ view: "reader", open: chosen.entry.report.key });
  else if (KEYS[event.key] && chosen) decide(chosen.entry, chosen, KEYS[event.key], () => step(event.key === "z" ? 0 : 1));
  else return;
  event.preventDefault();
}

function live() {
  let last = null;
  new EventSource("/api/live").addEventListener("message", ({ data }) => {
    if (last !== null && JSON.parse(data).reports !== JSON.parse(last).reports) refresh();
    last = data;
  });
}

byId("filter").addEventListener("submit", (event) => {
  event.preventDefault();
  go(Object.fromEntries(new FormData(event.target)));
});
byId("reset").addEventListener("click", () => go(Object.fromEntries(FIELDS.map((field) => [field, null]))));
byId("help").addEventListener("click", () => byId("keys").showModal());
addEventListener("keydown", onKey);
onChange(refresh);
refresh();
live();
