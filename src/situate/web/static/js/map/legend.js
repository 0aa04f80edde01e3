// What the map's marks mean, and which kinds of them are drawn.

import { el, svg } from "../dom.js";

const SHOWABLE = { events: "Events", control: "Control", movements: "Flows", agreements: "Agreements" };
const HOLDERS = 7;

export function legend(holders, hidden, onToggle) {
  const kinds = el("span", { class: "kinds", role: "group", "aria-label": "Drawn on the map" }, Object.entries(SHOWABLE).map(([kind, name]) =>
    el("button", { type: "button", "aria-pressed": !hidden.has(kind), onclick: () => onToggle(kind) }, name)));
  const key = (picture, words) => el("span", { class: "key" }, icon(picture), words);
  const colour = (name, words) => el("span", { class: "key" }, icon(svg("circle", { r: 6, class: `fill-${name}` })), words);
  const shapes = [
    key([svg("circle", { r: 7, class: "line" }), svg("path", { d: "M0 0V-7A7 7 0 1 1 -7 0Z", class: "full" })], "filled as far as told as done"),
    key(svg("circle", { r: 6.5, class: "line", "stroke-dasharray": "3 2" }), "only said"),
    key([svg("circle", { r: 4.5, class: "full" }), svg("circle", { r: 7.5, class: "line" })], "several places"),
    key(svg("circle", { r: 7.5, class: "soft" }), "somewhere within"),
    key(svg("path", { d: "M0 -7L7 0L0 7L-7 0Z", class: "line" }), "an area, no point"),
    key(svg("path", { d: "M-8 4Q0 -8 8 2M8 2L2 0M8 2L5 6", class: "line flow" }), "flow, dashed: only said"),
    key(svg("path", { d: "M-4 7V-7L6 -3L-4 1", class: "full line" }), "holds"),
    key(svg("path", { d: "M-8 5L8 -5", class: "line front" }), "holders face each other"),
  ];
  const groups = [["force", "force and pressure"], ["against", "hostile words"], ["words", "friendly words"], ["deeds", "help and retreat"]].map(([g, words]) => colour(g, words));
  const held = holders.slice(0, HOLDERS).map((name, i) => el("span", { class: "key" }, icon(svg("path", { d: "M-4 7V-7L6 -3L-4 1Z", class: `holder${i}` })), name));
  const more = holders.length > HOLDERS ? el("span", { class: "note" }, `and ${holders.length - HOLDERS} more holders in grey`) : null;
  return [kinds, el("details", { open: matchMedia("(min-width: 62rem)").matches }, el("summary", {}, "What the marks mean"),
    el("p", {}, shapes), el("p", {}, groups), hidden.has("control") || !held.length ? null : el("p", {}, "Last said to hold: ", held, more))];
}

function icon(picture) {
  return svg("svg", { class: "icon", viewBox: "-10 -10 20 20", "aria-hidden": "true" }, picture);
}
