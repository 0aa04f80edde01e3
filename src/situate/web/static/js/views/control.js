// Who held each place from when to when, by the reports: a bar a holder, a mark where reports disagree.

import { get } from "../api.js";
import { count, day, el, number, plain, some } from "../dom.js";
import { card } from "../entry.js";
import { exports } from "../exports.js";
import { filter, state } from "../state.js";
import { nothing } from "../views.js";
import { controlIcon } from "/shared/js/shapes.js";

const FIRST = 40; // places drawn before "show all"
const HOLDERS = 7;
const EARLY = 0.2; // the share of days that may lie far before the others, and then stand at the edge
const NARROW = 4; // per cent: the room that the shortest bar takes

export async function nodes() {
  const found = await get("control/history", filter());
  if (!found.stretches.length && !found.marks.length) return nothing("Nothing told of control for this filter.");
  const places = byPlace(found);
  const span = spanOf(found);
  const holders = ranked(found.stretches);
  const side = el("section", { class: "side", "aria-live": "polite", "aria-label": "What was picked" }, el("p", { class: "note" }, "A bar or a mark leads to the words it rests on."));
  const rows = el("div", { class: "history" }, axis(span), places.slice(0, FIRST).map((p) => row(p, span, holders, side)));
  const rest = places.slice(FIRST);
  const more = rest.length ? el("button", { type: "button", onclick: (e) => (rows.append(...rest.map((p) => row(p, span, holders, side))), e.target.remove()) }, `Show ${count(rest.length, "more place", "more places")}`) : null;
  const cut = found.left_out ? el("p", { class: "note" }, `${number(found.left_out)} older entries are left out; choose days above to see them.`) : null;
  return [key(holders), el("div", { class: "with-side" }, el("div", {}, rows, more, cut, exports("control/history", { what: "Stretches" })), side)].filter(Boolean);
}

function byPlace({ stretches, marks }) {
  const places = new Map();
  const at = (place, name) => places.get(place) || places.set(place, { name, stretches: [], marks: [] }).get(place);
  for (const s of stretches) at(s.place, s.place_name).stretches.push(s);
  for (const m of marks) if (m.place) at(m.place, m.place_name).marks.push(m);
  const told = (p) => p.marks.length + p.stretches.reduce((n, s) => n + s.entries.length + s.ended_by.length + s.disputed.length, 0);
  return [...places.values()].sort((a, b) => told(b) - told(a) || a.name.localeCompare(b.name));
}

const dayOf = (e) => e.day;

/** From when to when the rows go: within the filter's days, all but the few that lie far before the others. */
function spanOf({ stretches, marks }) {
  const { said } = state();
  const [since, until] = [said.get("since") || "0000", said.get("until") || "9999"];
  const told = [...stretches.flatMap((s) => [s.since, s.until, ...[...s.entries, ...s.disputed].map(dayOf)]), ...marks.map(dayOf)].filter(Boolean);
  const within = told.filter((d) => d >= since && d <= until);
  const days = (within.length ? within : told).map((d) => Date.parse(d.slice(0, 10))).sort((a, b) => a - b);
  const low = days[Math.min(Math.ceil(days.length * EARLY), days.length - 1)];
  const first = days.at(-1) - days[0] > 2 * (days.at(-1) - low) ? low : days[0];
  const last = Math.max(days.at(-1), first + 7 * 864e5) + (days.at(-1) - first) * 0.06; // room for what is still open
  return { first, last, x: (d) => Math.max(0, Math.min(100, (100 * (Date.parse(d.slice(0, 10)) - first)) / (last - first))) };
}

function ranked(stretches) {
  const times = new Map();
  for (const s of stretches) times.set(s.holder, { name: s.holder_name, n: (times.get(s.holder)?.n || 0) + s.entries.length });
  return new Map([...times].sort((a, b) => b[1].n - a[1].n).map(([holder, { name }], i) => [holder, { rank: Math.min(i, HOLDERS), name }]));
}

function key(holders) {
  const shown = [...holders.values()].slice(0, HOLDERS).map(({ rank, name }) => el("span", { class: "key" }, el("span", { class: `bar-swatch hold${rank}`, "aria-hidden": "true" }), name));
  return el("p", { class: "legend" }, shown, el("span", { class: "key" }, el("span", { class: "bar-swatch open", "aria-hidden": "true" }), "fading: no report of its end"),
    el("span", { class: "key" }, controlIcon("besieges", true), "besieged"), el("span", { class: "key" }, controlIcon("contests", true), "contested"), el("span", { class: "key" }, "◆ another holder is reported"));
}

function axis({ first, last }) {
  const box = el("div", { class: "history-axis", "aria-hidden": "true" });
  for (let i = 0; i < 5; i++) {
    const tick = el("span", {}, day(new Date(first + ((last - first) * i) / 5).toISOString().slice(0, 10)));
    tick.style.left = `${i * 20}%`;
    box.append(tick);
  }
  return el("div", { class: "history-row" }, el("span"), box);
}

function row(place, span, holders, side) {
  const ends = []; // where each track's last bar ends, in per cent
  const bars = place.stretches.map((s) => {
    const [from, to] = [Math.min(span.x(s.since), 97), s.until ? span.x(s.until) : 100];
    const free = ends.findIndex((end) => end <= from);
    const track = free < 0 ? ends.length : free;
    ends[track] = Math.max(to, from + NARROW);
    const node = bar(s, span, holders, side);
    node.style.left = `${from}%`;
    node.style.width = `max(1.5rem, ${to - from}%)`;
    node.style.top = `${0.25 + 1.75 * track}rem`;
    return node;
  });
  const doubts = place.stretches.flatMap((s) => s.disputed.map((e) => point(e, span, side, el("span", { "aria-hidden": "true" }, "◆"), "disputed")));
  const marks = place.marks.map((e) => point(e, span, side, controlIcon(e.type, ["actual", "ongoing"].includes(e.status)), ""));
  const box = el("div", { class: "history-bars" }, bars, marks, doubts);
  box.style.height = `${0.25 + 1.75 * Math.max(1, ends.length)}rem`;
  return el("div", { class: "history-row" }, el("span", { class: "history-name" }, place.name), box);
}

function bar(s, span, holders, side) {
  const { rank } = holders.get(s.holder);
  const until = s.until ? `until ${day(s.until)}` : "no report of its end";
  const label = `${s.place_name}: ${s.holder_name}, from ${day(s.since)}, ${until}; ${count(s.entries.length, "report")}${s.disputed.length ? `, ${s.disputed.length} of another holder` : ""}`;
  return el("button", { type: "button", class: `stretch hold${rank} ${s.until ? "" : "open"}`, title: label, "aria-label": label, onclick: () => show(side, label, s.place, [["Said to hold it", s.entries], ["Ended by", s.ended_by], ["Another holder is reported", s.disputed]]) }, el("span", {}, Date.parse(s.since) < span.first ? `‹ ${s.since.slice(0, 4)} ${s.holder_name}` : s.holder_name));
}

function point(e, span, side, icon, kind) {
  const label = `${some(e.actors)} ${plain(e.type)}, ${dayOf(e) ? day(dayOf(e).slice(0, 10)) : "date not known"}`;
  const node = el("button", { type: "button", class: `history-point ${kind}`, title: label, "aria-label": label, onclick: () => show(side, label, e.place, [["", [e]]]) }, icon);
  node.style.left = `${span.x(dayOf(e) || "1970-01-01")}%`;
  return node;
}

/** The entries of some parts, [name, entries], with their words. */
async function show(side, label, place, parts) {
  side.replaceChildren(el("h2", {}, label), el("p", { class: "note" }, "Loading …"));
  side.scrollTop = 0;
  if (side.getBoundingClientRect().top > innerHeight) side.scrollIntoView({ block: "start" });
  try {
    const query = filter({ but: ["layer", "place"] });
    query.append("place", place);
    query.set("limit", 1000);
    const { rows } = await get("layers/control", query);
    const by = new Map(rows.map((row) => [row.key, row]));
    const shown = parts.filter(([, entries]) => entries.length).flatMap(([name, entries]) => [name ? el("h3", {}, name) : null, el("div", { class: "cards" }, entries.map((e) => by.get(e.key)).filter(Boolean).map((row) => card(row)))]);
    side.replaceChildren(el("h2", {}, label), ...shown.filter(Boolean));
  } catch (error) {
    side.replaceChildren(el("p", { class: "error", role: "alert" }, error.message));
  }
}
