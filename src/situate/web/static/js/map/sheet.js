// What is drawn over the base map, on one canvas: areas of uncertainty, control, flows, marks and names.

import { el } from "../dom.js";
import { GROUP_OF } from "/shared/js/shapes.js";
import { northing } from "/shared/js/projection.js";
import { Clusters } from "./clusters.js";
import { controlAreas, holdersOf } from "./control.js";
import { Pen } from "./pen.js";

const WIDE = new Set(["admin", "region", "zone", "terrain", "water", "line"]);
const FAR = 25; // km: what may be farther off than this is an area, not a point
export const isWide = (site) => WIDE.has(site.kind) || site.radius_km > FAR;
const LABELS = 70;
const OUTLINED = 6; // areas whose reach is drawn without being asked for; the others show it under the pointer

export class Sheet {
  constructor(root, { onPick, onHover }) {
    this.onHover = onHover;
    this.canvas = el("canvas", { class: "sheet", "aria-hidden": "true" });
    root.querySelector("svg").before(this.canvas);
    this.tip = el("div", { class: "map-tip", hidden: true, "aria-hidden": "true" });
    root.append(this.tip);
    this.root = root;
    this.towns = [];
    this.drawn = [];
    this.listen(onPick);
  }

  /** New data: sites with northing, weight and groups of events. `hidden` names the kinds that aren't wanted. */
  take({ sites, ways }, hidden) {
    this.hidden = hidden;
    this.sites = sites.map((site) => {
      const shown = Object.entries(site.layers).filter(([layer]) => !hidden.has(layer));
      const groups = {};
      if (!hidden.has("events")) for (const [type, n] of Object.entries(site.types)) groups[GROUP_OF[type]] = (groups[GROUP_OF[type]] || 0) + n;
      const weight = shown.reduce((sum, [, n]) => sum + n, 0);
      return { ...site, y: northing(site.lat), weight, groups, done: Math.min(site.done, weight) };
    }).sort((a, b) => b.weight - a.weight);
    this.wide = this.sites.filter((s) => isWide(s) && s.weight).sort((a, b) => b.radius_km - a.radius_km);
    this.clusters = new Clusters(this.sites.filter((s) => !isWide(s) && s.weight));
    this.holders = holdersOf(this.sites);
    this.control = hidden.has("control") ? { areas: [], fronts: [] } : controlAreas(this.sites, isWide);
    const at = new Map(this.sites.map((s) => [s.key, s]));
    this.ways = hidden.has("movements") ? [] : ways.map((way) => ({ ...way, from: at.get(way.origin), to: at.get(way.destination) })).filter((w) => w.from && w.to);
  }

  /** The box round the busiest neighbourhood: reports on several wars share no map. */
  main() {
    const points = this.sites.filter((s) => s.weight);
    let best = [];
    let most = 0;
    const left = new Set(points.slice(0, 600));
    while (left.size) {
      const group = [left.values().next().value];
      left.delete(group[0]);
      for (const site of group) {
        for (const other of left) {
          if (Math.hypot(site.lon - other.lon, site.lat - other.lat) < 2.5) {
            group.push(other);
            left.delete(other);
          }
        }
      }
      const weight = group.reduce((sum, s) => sum + s.weight, 0);
      if (weight > most) [best, most] = [group, weight];
    }
    return boxOf(best);
  }

  all() {
    return boxOf(this.sites);
  }

  paint(view) {
    const ratio = window.devicePixelRatio || 1;
    if (this.canvas.width !== view.width * ratio || this.canvas.height !== view.height * ratio) {
      this.canvas.width = view.width * ratio;
      this.canvas.height = view.height * ratio;
    }
    const pen = new Pen(this.canvas.getContext("2d"), view, getComputedStyle(this.root), ratio);
    const [west, bottom, east, top] = view.sight();
    const near = 40 / view.scale;
    const seen = (s) => s.lon > west - near && s.lon < east + near && s.y > bottom - near && s.y < top + near;
    const wide = this.wide.filter(seen);
    for (const site of [...wide].sort((a, b) => b.weight - a.weight).slice(0, OUTLINED)) pen.area(site, site === this.hovered);
    if (this.hovered) pen.area(this.hovered, true);
    this.control.areas.forEach((area) => pen.held(area, this.holders));
    this.control.fronts.forEach((front) => pen.front(front));
    this.ways.forEach((way) => pen.way(way, this.ways.length));
    this.drawn = this.clusters.at(view.scale).filter((c) => seen(c.lead));
    pen.keepFree(this.drawn);
    pen.towns(this.towns.filter(seen));
    pen.anew();
    for (const cluster of [...this.drawn].reverse()) pen.cluster(cluster);
    if (!this.hidden.has("control")) for (const { lead, sites } of this.drawn) if (sites.length === 1) pen.flags(lead, this.holders);
    pen.keepFree(this.drawn);
    for (const cluster of this.drawn.slice(0, LABELS)) pen.name(cluster);
    for (const site of wide) pen.wideName(site);
    this.view = view;
  }

  /** What is under a point of the screen: sites, or none. */
  at(x, y) {
    for (const cluster of this.drawn) {
      const [cx, cy] = this.view.point(cluster.lead.lon, cluster.lead.lat);
      if (Math.hypot(cx - x, cy - y) < cluster.size + 5) return cluster.sites;
    }
    for (const site of [...this.wide].reverse()) {
      const [cx, cy] = this.view.point(site.lon, site.lat);
      if (Math.hypot(cx - x, cy - y) < 13) return [site];
    }
    return [];
  }

  listen(onPick) {
    let from = null;
    const where = (event) => {
      const box = this.root.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    this.root.addEventListener("pointerdown", (event) => (from = where(event)));
    this.root.addEventListener("click", (event) => {
      if (event.target.closest("button") || !from) return;
      const [x, y] = where(event);
      const sites = Math.hypot(x - from[0], y - from[1]) < 5 ? this.at(x, y) : [];
      if (sites.length) onPick(sites);
    });
    this.root.addEventListener("pointermove", (event) => {
      if (!this.view || event.buttons) return (this.tip.hidden = true);
      const [x, y] = where(event);
      const sites = this.at(x, y);
      this.root.classList.toggle("over", sites.length > 0);
      const hovered = sites.length === 1 && isWide(sites[0]) ? sites[0] : null;
      if (hovered !== this.hovered) {
        this.hovered = hovered;
        this.onHover();
      }
      this.tip.hidden = !sites.length;
      if (!sites.length) return;
      const sum = sites.reduce((n, s) => n + s.weight, 0);
      this.tip.textContent = `${sites[0].name}${sites.length > 1 ? ` and ${sites.length - 1} more places` : isWide(sites[0]) ? ` (${sites[0].kind} level)` : sites[0].radius_km > 1 ? `, within ${Math.round(sites[0].radius_km)} km` : ""}: ${sum} ${sum === 1 ? "entry" : "entries"}`;
      this.tip.style.left = `${Math.min(x + 14, this.view.width - 220)}px`;
      this.tip.style.top = `${y + 14}px`;
    });
    this.root.addEventListener("pointerleave", () => (this.tip.hidden = true));
  }
}

function boxOf(sites) {
  if (!sites.length) return [-20, -35, 60, 60];
  const [lons, lats] = [sites.map((s) => s.lon), sites.map((s) => s.lat)];
  const least = (values) => values.reduce((a, b) => Math.min(a, b));
  const most = (values) => values.reduce((a, b) => Math.max(a, b));
  return [least(lons), least(lats), most(lons), most(lats)];
}
