// The time line: a lane for each layer and type, a bubble for each step of time; filled is told as done, hollow only said.

import { get } from "../api.js";
import { day, el, number, plain, svg } from "../dom.js";
import { LETTER } from "../names.js";
import { exports } from "../exports.js";
import { filter, go } from "../state.js";
import { nothing } from "../views.js";
import { GROUP_OF } from "/shared/js/shapes.js";

const LANE = 34;
const MOST = 30;

export async function nodes() {
  const found = await get("timeline/lanes", filter());
  if (!found.lanes.length) return nothing();
  const lanes = found.lanes.slice(0, MOST);
  const most = Math.max(...lanes.flatMap((lane) => lane.cells.map(([, done, said]) => done + said)));
  const names = el("div", { class: "lane-names" }, lanes.map((lane, i) => name(lane, lanes[i - 1])));
  const picture = el("div", { class: "lanes", tabindex: 0, role: "region", "aria-label": "Entries over time" }, draw(lanes, found.bins, most));
  const busiest = busy(lanes, found.bins.length);
  requestAnimationFrame(() => (picture.scrollLeft = busiest * picture.scrollWidth - picture.clientWidth / 2));
  const outside = found.outside ? ` ${number(found.outside)} entries far from these days are left out; choose days above to see them.` : "";
  const cut = found.lanes.length > MOST ? ` ${found.lanes.length - MOST} lanes with fewer entries are left out.` : "";
  return [
    el("p", { class: "note" }, `By ${found.unit}. Filled: told as done; ring: only said, planned or denied. A bubble leads to its entries.${outside}${cut}`),
    el("div", { class: "timeline" }, names, picture),
    table(lanes, found.bins),
    exports("timeline/lanes", { what: "Lanes" }),
  ];
}

/** Where most is told of, as a share of the width: a narrow screen begins there. */
function busy(lanes, n) {
  const sums = new Float64Array(n);
  for (const lane of lanes) for (const [at, done, said] of lane.cells) sums[at] += done + said;
  return (sums.indexOf(Math.max(...sums)) + 0.5) / n;
}

function name(lane, before) {
  const first = !before || before.layer !== lane.layer;
  return el("div", { class: `lane-name ${first ? "first" : ""}` },
    el("span", { class: `letter l-${lane.layer}`, "aria-hidden": "true" }, LETTER[lane.layer]), " ",
    el("span", {}, plain(lane.type) || plain(lane.layer)), el("span", { class: "n" }, ` ${number(lane.total)}`));
}

/** Positions across are shares of the width, so that lanes stay level with their names. */
function draw(lanes, bins, most) {
  const across = (i) => `${((100 * i) / bins.length).toFixed(3)}%`;
  const height = lanes.length * LANE + 22;
  const node = svg("svg", { class: "lanes-svg", height, role: "group", "aria-label": "Entries over time; the table below holds the same" });
  const every = Math.max(1, Math.ceil(bins.length / 8));
  for (let k = 0; k < bins.length; k += every) {
    node.append(svg("line", { x1: across(k), x2: across(k), y1: 0, y2: lanes.length * LANE, class: "lane-tick" }),
      svg("text", { x: across(k), dx: 3, y: lanes.length * LANE + 15, class: "lane-date" }, day(bins[k][0])));
  }
  lanes.forEach((lane, i) => {
    const y = i * LANE + LANE / 2;
    node.append(svg("line", { x1: 0, x2: "100%", y1: y, y2: y, class: "lane-line" }));
    for (const [at, done, said] of lane.cells) node.append(bubble(lane, bins[at], across(at + 0.5), y, done, said, most));
  });
  return node;
}

function bubble(lane, [first, last], x, y, done, said, most) {
  const r = (n) => 2.5 + 12 * Math.sqrt(n / most);
  const when = first === last ? day(first) : `${day(first)} – ${day(last)}`;
  const label = `${plain(lane.type || lane.layer)}, ${when}: ${number(done)} told as done, ${number(said)} only said`;
  const colour = lane.layer === "events" ? `g-${GROUP_OF[lane.type]}` : `c-${lane.layer}`;
  const node = svg("g", { class: `bubble ${colour}` }, svg("title", {}, label),
    said ? svg("circle", { cx: x, cy: y, r: r(done + said), class: "said" }) : null,
    done ? svg("circle", { cx: x, cy: y, r: r(done), class: "done" }) : null);
  node.addEventListener("click", () => pick(lane, first, last));
  return node;
}

const pick = (lane, since, until) => go({ view: "list", layer: lane.layer, type: lane.type || null, since, until });

/** The same as a table: what a screen reader reads and a keyboard reaches. */
function table(lanes, bins) {
  const rows = lanes.map((lane) => el("tr", {}, el("th", { scope: "row" }, `${plain(lane.type) || lane.layer}`), el("td", {}, lane.layer),
    el("td", {}, number(lane.total)), el("td", {}, peak(lane, bins))));
  return el("details", {}, el("summary", {}, "As a table"), el("table", { class: "plain" },
    el("thead", {}, el("tr", {}, ["What", "Layer", "Entries", "Most at once"].map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, rows)));
}

function peak(lane, bins) {
  const [at, done, said] = lane.cells.reduce((a, b) => (b[1] + b[2] > a[1] + a[2] ? b : a));
  return el("button", { type: "button", class: "link", onclick: () => pick(lane, ...bins[at]) }, `${number(done + said)} from ${day(bins[at][0])}`);
}
