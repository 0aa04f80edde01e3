// What stands on the map: places with their uncertainty, control, movements. Countries are never pinned.

const HOLDER_COLOURS = 7; // --h0 … --h6 in the style sheet, then grey

class Marks {
  constructor(model, map, { onOpen }) {
    this.model = model;
    this.map = map;
    this.onOpen = onOpen;
    this.hidden = new Set();
    this.holders = this.rankHolders();
  }

  /** Holders by how often they are named, over all reports, so that their colours stay. */
  rankHolders() {
    const times = new Map();
    for (const { p, value } of this.model.of("control")) {
      const name = this.model.name(p, value.holder);
      times.set(name, (times.get(name) || 0) + 1);
    }
    return [...times].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
  }

  colour(holder) {
    const rank = this.holders.indexOf(holder);
    return rank < HOLDER_COLOURS ? `var(--h${rank})` : "var(--muted)";
  }

  /** Gather the sites (places with a position, one for all reports) and what is said of them. */
  gather(p) {
    this.sites = new Map();
    this.routes = [];
    this.missing = { country: 0, nowhere: 0 };
    for (const layer of ["events", "agreements", "control"]) {
      for (const entry of this.model.of(layer, p)) this.locate(entry);
    }
    for (const entry of this.model.of("movements", p)) this.locateMovement(entry);
    for (const entry of this.model.of("places", p)) this.siteOf(entry.p, entry.value.id)?.places.push(entry);
    this.draw();
    const box = (sites) => boxAround(sites.map((s) => [s.lon, s.lat]));
    const busy = [...this.sites.values()].filter((s) => s.entries.length);
    const all = busy.length ? busy : [...this.sites.values()];
    this.map.frame(box(mainCluster(all)), box(all));
  }

  siteOf(p, id) {
    const place = this.model.get(p, id)?.value;
    if (!place || place.lat === null || place.kind === "country") return null;
    const key = place.gazetteer || `${place.name}|${place.lat.toFixed(2)}|${place.lon.toFixed(2)}`;
    if (!this.sites.has(key)) {
      const area = ["admin", "region", "zone", "terrain", "water"].includes(place.kind) || (place.radius_km || 0) > 15;
      this.sites.set(key, { key, name: place.name, lon: place.lon, lat: place.lat, radius: place.radius_km || 0, area, entries: [], control: [], places: [] });
    }
    return this.sites.get(key);
  }

  locate(entry) {
    const ids = placesOf(entry);
    const sites = ids.map((id) => this.siteOf(entry.p, id)).filter(Boolean);
    for (const site of new Set(sites)) {
      site.entries.push(entry);
      if (entry.layer === "control") site.control.push(entry);
    }
    if (!sites.length) this.missing[ids.length ? "country" : "nowhere"] += 1;
  }

  locateMovement(entry) {
    const from = this.siteOf(entry.p, entry.value.origin);
    const to = this.siteOf(entry.p, entry.value.destination);
    if (from && to && from !== to) this.routes.push({ from, to, entry });
    for (const site of [from, to]) site?.entries.push(entry);
    if (!from && !to) this.missing[placesOf(entry).length ? "country" : "nowhere"] += 1;
  }

  toggle(kind) {
    if (!this.hidden.delete(kind)) this.hidden.add(kind);
    this.draw();
  }

  /** Make the marks anew; `place` then only moves them. */
  draw() {
    const sites = [...this.sites.values()].sort((a, b) => b.radius - a.radius);
    this.areas = sites.filter((s) => s.radius > 0 && s.entries.length).map((s) => ({ s, node: svg("circle", { class: `area ${s.area ? "wide" : ""}` }) }));
    this.arrows = this.hidden.has("movements") ? [] : this.routes.map((r) => this.arrow(r));
    this.spots = sites.filter((s) => s.entries.length || s.places.length).map((s) => ({ s, node: this.spot(s), label: svg("text", { class: "name", dy: "0.35em" }, s.name) }));
    this.spots.sort((a, b) => a.s.entries.length - b.s.entries.length);
    const head = svg("marker", { id: "head", viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 6, markerHeight: 6, orient: "auto-start-reverse" }, svg("path", { d: "M0 1L9 5L0 9Z", class: "head" }));
    refill(
      this.map.overlay,
      svg("defs", {}, head),
      ...this.areas.map((a) => a.node),
      ...this.arrows.map((a) => a.node),
      ...this.spots.map((s) => s.label),
      ...this.spots.map((s) => s.node),
    );
    this.map.draw();
  }

  spot(site) {
    const events = this.hidden.has("events") ? [] : site.entries.filter((e) => e.layer !== "control" && e.layer !== "movements");
    const done = events.some((e) => STATUSES[e.value.status]?.done ?? true);
    const group = mostOf(events.filter((e) => e.layer === "events").map((e) => GROUP_OF[e.value.type]));
    const size = events.length ? Math.min(11, 4 + Math.sqrt(events.length) * 1.5) : 2.2;
    const shape = events.length ? statusShape(done ? "actual" : "predicted", size) : [svg("circle", { r: size, class: "quiet" })];
    const number = events.length > 1 && done ? svg("text", { class: "number", dy: "0.35em" }, events.length) : null;
    const node = svg("g", { class: `mark g-${group || ""} ${site.area ? "wide" : ""}` }, svg("title", {}, siteTitle(site)), svg("circle", { class: "target", r: size + 4 }), svg("g", { class: "dot" }, shape, number), this.flags(site, size));
    node.addEventListener("click", () => this.open(site));
    return node;
  }

  /** The marks of control beside a place, one for each holder and state: where reports disagree, both stand. */
  flags(site, size) {
    if (this.hidden.has("control")) return [];
    const seen = new Map();
    for (const { p, value } of site.control) {
      const holder = this.model.name(p, value.holder);
      seen.set(`${holder}|${value.state}|${STATUSES[value.status].done}`, { holder, value });
    }
    return [...seen.values()].slice(0, 5).map(({ holder, value }, i) => {
      const flag = svg("g", { class: "flag", transform: `translate(${i * 14 - (Math.min(seen.size, 5) - 1) * 7} ${-size - 9})` });
      flag.style.color = this.colour(holder);
      flag.append(svg("circle", { r: 7, class: "halo" }), ...controlShape(value.state, 4.6, STATUSES[value.status].done), svg("title", {}, `${holder} ${STATES[value.state]}`));
      return flag;
    });
  }

  arrow(route) {
    const { value, p } = route.entry;
    const people = amountOf(this.model.get(p, value.quantity)?.value);
    const node = svg("path", { class: `mark route ${STATUSES[value.status].done ? "done" : "said"}`, "stroke-width": 1.4 + Math.min(3, Math.log10(1 + people) * 0.6), "marker-end": "url(#head)" }, svg("title", {}, lineOf(this.model, route.entry)));
    node.addEventListener("click", () => this.onOpen([route.entry.key]));
    return { route, node };
  }

  open(site) {
    const entries = site.entries.length ? site.entries : site.places;
    const keys = [...new Set(entries.map((e) => e.key))];
    this.onOpen(keys, keys[0], `${site.name}: ${count(keys.length, "entry", "entries")}`);
  }

  /** Move the marks to where the view has them now; labels that would cover others stay away. */
  place(view) {
    for (const { s, node } of this.areas) {
      const [cx, cy] = view.point(s.lon, s.lat);
      const r = view.pixels(s.radius, s.lat);
      for (const [k, v] of Object.entries({ cx, cy, r })) node.setAttribute(k, v.toFixed(1));
      node.style.display = r > 7 && r < Math.max(view.width, view.height) * 0.6 ? "" : "none";
    }
    for (const { route, node } of this.arrows) node.setAttribute("d", curve(view.point(route.from.lon, route.from.lat), view.point(route.to.lon, route.to.lat)));
    this.placeSpots(view);
  }

  placeSpots(view) {
    const busiestFirst = [...this.spots].reverse();
    const at = busiestFirst.map(({ s }) => view.point(s.lon, s.lat));
    const dots = busiestFirst.map(({ s }, i) => dotBox(s, at[i]));
    const taken = [];
    busiestFirst.forEach(({ s, node, label }, i) => {
      const [x, y] = at[i];
      node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      const wanted = s.entries.length || view.scale > 60;
      const free = (box) => !taken.some((t) => meets(t, box)) && !dots.some((d, k) => k !== i && meets(d, box));
      const box = wanted && labelBoxes(s, x, y).find(free);
      label.style.display = box ? "" : "none";
      if (!box) return;
      taken.push(box);
      label.setAttribute("text-anchor", box[4]);
      label.setAttribute("x", (box[4] === "end" ? box[2] : box[0]).toFixed(1));
      label.setAttribute("y", (box[1] + 7).toFixed(1));
    });
  }
}

/** The room that a site's dot and its marks of control take. */
function dotBox(site, [x, y]) {
  const r = site.entries.length ? 8 : 2;
  return site.control.length ? [x - r, y - r - 18, x + r, y + r] : [x - r, y - r, x + r, y + r];
}

/** Where a site's name may stand: right, left, below, above. */
function labelBoxes({ name, entries }, x, y) {
  const gap = entries.length ? 13 : 6;
  const width = name.length * 6.4;
  const box = (left, top, anchor = "start") => [left, top, left + width, top + 14, anchor];
  return [box(x + gap, y - 7), box(x - gap - width, y - 7, "end"), box(x - width / 2, y + gap), box(x - width / 2, y - gap - 26)];
}

function siteTitle(site) {
  const near = site.radius > 1 ? ` (within ${Math.round(site.radius)} km)` : "";
  return `${site.name}${near}: ${count(site.entries.length, "entry", "entries")}`;
}

function amountOf(quantity) {
  return quantity ? (quantity.value ?? quantity.low ?? quantity.high ?? 0) : 0;
}

function mostOf(items) {
  const times = new Map();
  for (const item of items) times.set(item, (times.get(item) || 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** A bent path, so that ways there and back don't cover each other. */
function curve([x1, y1], [x2, y2]) {
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const bend = 0.16;
  return `M${x1.toFixed(1)} ${y1.toFixed(1)}Q${(mx + (y2 - y1) * bend).toFixed(1)} ${(my - (x2 - x1) * bend).toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`;
}

function boxAround(points) {
  if (!points.length) return null;
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The busiest group of sites, where neighbours are less than three degrees apart: reports on several wars share no map. */
function mainCluster(sites) {
  const left = new Set(sites);
  let best = [];
  let most = 0;
  while (left.size) {
    const group = [left.values().next().value];
    left.delete(group[0]);
    for (const site of group) {
      for (const other of left) {
        if (Math.hypot(site.lon - other.lon, site.lat - other.lat) < 3) {
          group.push(other);
          left.delete(other);
        }
      }
    }
    const weight = group.reduce((sum, s) => sum + 1 + s.entries.length, 0);
    if (weight > most) [best, most] = [group, weight];
  }
  return best;
}
