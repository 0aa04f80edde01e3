// The time brush: entries over time, and the days that the filter lets through, chosen by dragging or by keys.

import { get } from "./api.js";
import { byId, day, el, number, refill, settled, svg } from "./dom.js";
import { filter, go, state } from "./state.js";

let bins = []; // [first day, last day, told as done, only said]
let asked = null;
let range = null; // numbers of the first and last bin chosen, or null for all

/** Shows the brush for the filter; what is shown already isn't asked for again. */
export async function brush({ anew = false } = {}) {
  const query = String(filter({ but: ["since", "until"] }));
  if (anew || query !== asked) {
    asked = query;
    const found = await get("timeline", new URLSearchParams(query));
    if (query !== asked) return;
    bins = found.bins;
    draw(found);
  }
  place();
}

function draw({ unit, earlier, later }) {
  const root = byId("brush");
  if (!bins.length) return refill(root, el("p", { class: "empty-brush" }, "Nothing with a date here."));
  const most = Math.max(...bins.map(([, , done, said]) => done + said));
  const bars = svg("svg", { class: "bars", viewBox: `0 0 ${bins.length} 100`, preserveAspectRatio: "none", role: "img", "aria-label": `Entries by ${unit}, ${bins[0][0]} to ${bins.at(-1)[1]}` },
    svg("path", { class: "done", d: bins.map(([, , done], i) => bar(i, 0, done, most)).join("") }),
    svg("path", { class: "said", d: bins.map(([, , done, said], i) => bar(i, done, said, most)).join("") }));
  bars.addEventListener("pointerdown", begin);
  bars.addEventListener("pointermove", hint);
  const chosen = el("div", { class: "chosen", hidden: true, title: "Drag to move; double click shows all days" });
  chosen.addEventListener("pointerdown", begin);
  chosen.addEventListener("dblclick", all);
  refill(root, bars, chosen, handle("From", 0), handle("Until", 1), ticks(earlier, later), beyond(earlier, later));
}

const height = (n, most) => 96 * Math.sqrt(n / most);

function bar(i, below, n, most) {
  if (!n) return "";
  const [low, high] = [height(below, most), height(below + n, most)];
  return `M${i + 0.08} ${100 - low}V${100 - Math.max(high, low + 2)}H${i + 0.92}V${100 - low}Z`;
}

function handle(name, end) {
  const node = el("div", { class: "handle", role: "slider", tabindex: 0, "aria-label": name, "aria-valuemin": 0, "aria-valuemax": bins.length - 1, "data-end": end });
  node.addEventListener("pointerdown", begin);
  node.addEventListener("keydown", key);
  return node;
}

/** Dates under the bars, where there is room for them. */
function ticks(earlier, later) {
  const box = el("div", { class: "ticks", "aria-hidden": "true" });
  const days = (Date.parse(bins.at(-1)[1]) - Date.parse(bins[0][0])) / 864e5;
  const width = byId("brush").clientWidth || 500;
  const step = Math.max(1, Math.ceil((bins.length * 74) / width));
  for (let i = 0; i < bins.length; i += step) {
    const [y, m, d] = bins[i][0].split("-");
    const month = day(bins[i][0]).split(" ")[1];
    const text = days > 3000 ? y : days > 250 ? `${month} ${y}` : `${Number(d)} ${month}`;
    const share = (i + 0.5) / bins.length;
    const tick = el("span", {}, text);
    tick.style.left = `${100 * share}%`;
    if (share * width > (earlier ? 110 : 20) && (1 - share) * width > (later ? 110 : 30)) box.append(tick);
  }
  return box;
}

function beyond(earlier, later) {
  const button = (n, name, changes) => n > 0 && el("button", { type: "button", class: `beyond ${name}`, onclick: () => go(changes) }, `${number(n)} ${name === "late" ? "later ›" : "earlier"}`);
  return [button(earlier, "early", { since: null, until: before(bins[0][0], 1) }), button(later, "late", { since: before(bins.at(-1)[1], -1), until: null })];
}

function before(iso, days) {
  return new Date(Date.parse(iso) - days * 864e5).toISOString().slice(0, 10);
}

/** Puts the chosen days where the filter has them. */
function place() {
  if (!bins.length) return;
  const { said } = state();
  const [since, until] = [said.get("since"), said.get("until")];
  const from = since ? bins.findIndex((b) => b[1] >= since) : 0;
  const to = until ? bins.findLastIndex((b) => b[0] <= until) : bins.length - 1;
  range = since || until ? [from < 0 ? bins.length - 1 : from, Math.max(0, to)] : null;
  show();
}

function show() {
  const [from, to] = range || [0, bins.length - 1];
  const root = byId("brush");
  const share = (i) => `${(100 * i) / bins.length}%`;
  const chosen = root.querySelector(".chosen");
  chosen.hidden = !range;
  chosen.style.left = share(from);
  chosen.style.width = share(to - from + 1);
  root.querySelectorAll(".handle").forEach((node, end) => {
    const at = end ? to : from;
    node.style.left = share(at + end);
    node.setAttribute("aria-valuenow", at);
    node.setAttribute("aria-valuetext", day(bins[at][end]));
  });
}

const binAt = (x) => {
  const box = byId("brush").getBoundingClientRect();
  return Math.max(0, Math.min(bins.length - 1, Math.floor(((x - box.left) / box.width) * bins.length)));
};

function hint(event) {
  const [first, last, done, said] = bins[binAt(event.clientX)];
  byId("brush").title = `${first === last ? day(first) : `${day(first)} – ${day(last)}`}: ${number(done)} told as done, ${number(said)} only said`;
}

/** A drag: over the bars it chooses, at a handle it moves an end, inside what is chosen it moves the whole. */
function begin(event) {
  if (event.button > 0) return;
  event.preventDefault();
  const end = event.currentTarget.dataset.end;
  const start = binAt(event.clientX);
  const [from, to] = range || [0, bins.length - 1];
  const whole = event.currentTarget.classList.contains("chosen");
  const drag = (at) => {
    if (whole) {
      const by = Math.max(-from, Math.min(bins.length - 1 - to, at - start));
      range = [from + by, to + by];
    } else range = end === "0" ? [Math.min(at, to), to] : end === "1" ? [from, Math.max(at, from)] : [Math.min(start, at), Math.max(start, at)];
    show();
  };
  if (!whole && end === undefined) drag(start);
  const move = (e) => drag(binAt(e.clientX));
  const stop = (e) => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", stop);
    removeEventListener("pointercancel", stop);
    if (e.type === "pointerup") keep();
    else place();
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop);
  addEventListener("pointercancel", stop);
}

function key(event) {
  const end = Number(event.currentTarget.dataset.end);
  const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
  const [from, to] = range || [0, bins.length - 1];
  if (event.key === "Escape") return all();
  let at = end ? to : from;
  if (step) at += step * (event.shiftKey ? 10 : 1);
  else if (event.key === "Home") at = 0;
  else if (event.key === "End") at = bins.length - 1;
  else return;
  event.preventDefault();
  at = Math.max(0, Math.min(bins.length - 1, at));
  range = end ? [Math.min(from, at), at] : [at, Math.max(to, at)];
  show();
  keepSoon();
}

function keep() {
  const whole = !range || (range[0] === 0 && range[1] === bins.length - 1);
  go(whole ? { since: null, until: null } : { since: bins[range[0]][0], until: bins[range[1]][1] });
}

const keepSoon = settled(keep, 350);

function all() {
  range = null;
  go({ since: null, until: null });
}
