// The map: places with their precision, who holds them, flows between them; busy ones drawn together.

import { get } from "../api.js";
import { count, el, number, settled } from "../dom.js";
import { exports } from "../exports.js";
import { filter, go, state } from "../state.js";
import { nothing } from "../views.js";
import { Sheet } from "../map/sheet.js";
import { panel } from "../map/panel.js";
import { say } from "../notice.js";
import { Tiles } from "../map/tiles.js";
import { legend } from "../map/legend.js";
import { MapView } from "/shared/js/map.js";
import { Outlines, latitude, northing } from "/shared/js/projection.js";

let view = null; // kept over changes of the filter, so that the map stays where it is

/** The map and what goes with it. */
export async function nodes() {
  const query = filter();
  const [found, outlines, base] = await Promise.all([get("map", query), view ? null : drawn(), view ? null : get("base")]);
  if (!found.sites.length && !found.country_only && !found.nowhere) return nothing();
  view ??= new Picture(outlines, base);
  view.take(found);
  return [view.root];
}

async function drawn() {
  const answer = await fetch("/shared/outlines.json");
  return new Outlines(await answer.json());
}

class Picture {
  constructor(outlines, base) {
    this.hidden = new Set();
    this.holder = el("div", { class: "map" });
    this.side = el("section", { class: "map-side", "aria-label": "What stands on the map" });
    this.told = el("p", { class: "note map-told" });
    this.keys = el("div", { class: "legend" });
    this.root = el("div", { class: "map-view" }, el("div", { class: "map-main" }, this.holder, this.keys, this.told), this.side);
    this.map = new MapView(this.holder, outlines, { onMoved: (projection) => this.moved(projection) });
    this.sheet = new Sheet(this.holder, { onPick: (sites) => panel(this.side, { picked: sites }), onHover: () => this.map.draw() });
    this.settle = settled(() => this.rest(), 400);
    if (base.kind !== "outlines") this.under(base);
    const area = el("button", { type: "button", class: "area", onclick: () => this.narrow() }, "Only this area");
    this.holder.append(area);
  }

  /** Tiles under the marks, and whom their makers want named. */
  under(base) {
    const credit = el("p", { class: "credit", hidden: !base.credit }, base.credit);
    this.holder.append(credit);
    const tiles = (this.map.tiles = new Tiles(base, () => {
      credit.textContent = tiles.credit || "";
      credit.hidden = !tiles.credit;
      this.map.draw();
    }));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => tiles.forget());
    tiles.opened?.catch((error) => say(`The map’s tiles can’t be had: ${error.message}`, { bad: true }));
  }

  /** New data; the map goes to where it lies unless somebody moved it, or the address names an area. */
  take(found) {
    this.found = found;
    this.sheet.take(found, this.hidden);
    this.keys.replaceChildren(...legend(this.sheet.holders, this.hidden, (kind) => this.toggle(kind)));
    const away = [found.country_only && `${count(found.country_only, "entry", "entries")} known by country only`, found.nowhere && `${number(found.nowhere)} without a place`].filter(Boolean);
    const cut = found.left_out ? ` The ${number(found.sites.length)} busiest of ${number(found.sites.length + found.left_out)} places are drawn.` : "";
    this.told.replaceChildren(`${count(found.sites.length, "place")}${away.length ? `; not on the map: ${away.join(", ")}` : ""}.${cut} `, ...exports("map", { what: "Places" }).childNodes);
    const box = state().said.get("box")?.split(",").map(Number) || this.sheet.main();
    const key = JSON.stringify([state().said.get("box"), box]);
    if (key !== this.framedBy) this.map.frame(box, this.sheet.all());
    this.framedBy = key;
    panel(this.side, { found, hidden: this.hidden });
    this.map.draw();
  }

  toggle(kind) {
    if (!this.hidden.delete(kind)) this.hidden.add(kind);
    this.sheet.take(this.found, this.hidden);
    this.keys.replaceChildren(...legend(this.sheet.holders, this.hidden, (kind) => this.toggle(kind)));
    this.map.draw();
  }

  moved(projection) {
    this.sheet.paint(projection);
    this.settle();
  }

  /** When the map rests: the towns of the area, so that it can be read without a net. */
  async rest() {
    const [west, bottom, east, top] = this.map.view.sight();
    const box = [Math.max(-180, west), latitude(bottom), Math.min(180, east), latitude(top)].map((x) => x.toFixed(2));
    if (Number(box[0]) >= Number(box[2]) || box.join() === this.townsOf || this.map.tiles?.named) return;
    this.townsOf = box.join();
    try {
      const { towns } = await get("towns", new URLSearchParams({ box: box.join(), limit: 40 }));
      this.sheet.towns = towns.map(([name, lat, lon, people]) => ({ name, lat, lon, people, y: northing(lat) }));
      this.map.draw();
    } catch {
      this.townsOf = ""; // the map stands without them; the next move asks again
    }
  }

  narrow() {
    const [west, bottom, east, top] = this.map.view.sight();
    go({ box: [Math.max(-180, west), latitude(bottom), Math.min(180, east), latitude(top)].map((x) => x.toFixed(2)).join(",") });
  }
}
