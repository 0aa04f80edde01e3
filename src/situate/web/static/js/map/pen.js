// The strokes of the map's marks. Shape or line always tells what colour tells.

import { unit } from "../dom.js";
import { meets } from "/shared/js/projection.js";

const FEW = 40; // ways that are drawn in full strength
const HOLDERS = 7; // --h0 … --h6 in the style sheet, then grey

export class Pen {
  constructor(pen, view, style, ratio) {
    this.pen = pen;
    this.view = view;
    this.colours = new Map();
    this.style = style;
    this.taken = [];
    this.unit = unit();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, view.width, view.height);
    pen.lineJoin = "round";
  }

  colour(name) {
    if (!this.colours.has(name)) this.colours.set(name, this.style.getPropertyValue(`--${name}`).trim());
    return this.colours.get(name);
  }

  holder(name, holders) {
    const rank = holders.indexOf(name);
    return this.colour(rank < HOLDERS ? `h${rank}` : "muted");
  }

  circle(x, y, r) {
    this.pen.beginPath();
    this.pen.arc(x, y, r, 0, 2 * Math.PI);
  }

  /** A place that is an area: dashed round as far as it reaches, never a pin. */
  area(site, strong) {
    const { pen, view } = this;
    const [x, y] = view.point(site.lon, site.lat);
    const r = view.pixels(site.radius_km || 10, site.lat);
    if (r > Math.max(view.width, view.height) * 0.7 || x < -r || y < -r || x > view.width + r || y > view.height + r) return;
    pen.strokeStyle = this.colour("muted");
    pen.lineWidth = 1;
    this.circle(x, y, Math.max(r, 9));
    pen.globalAlpha = strong ? 1 : 0.5;
    pen.setLineDash([4, 5]);
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** A held place: a disc in its holder's colour, hatched in the holder's own direction. */
  held({ site, holder, km, done }, holders) {
    const { pen, view } = this;
    const [x, y] = view.point(site.lon, site.lat);
    const r = view.pixels(km, site.lat);
    if (r < 5 || x < -r || y < -r || x > view.width + r || y > view.height + r) return;
    pen.save();
    this.circle(x, y, r);
    pen.fillStyle = pen.strokeStyle = this.holder(holder, holders);
    pen.globalAlpha = 0.13;
    pen.fill();
    pen.globalAlpha = done ? 0.55 : 0.3;
    pen.lineWidth = 1;
    pen.stroke();
    pen.clip();
    const angle = (holders.indexOf(holder) * Math.PI) / 7 + 0.4;
    pen.translate(x, y);
    pen.rotate(angle);
    pen.globalAlpha = 0.28;
    pen.beginPath();
    for (let k = -r; k <= r; k += 8) {
      pen.moveTo(-r, k);
      pen.lineTo(r, k);
    }
    pen.stroke();
    pen.restore();
  }

  /** Where two holders' places face each other. */
  front([lon, y0, lon2, y2]) {
    const { pen, view } = this;
    const at = (x, y) => [view.width / 2 + (x - view.x) * view.scale, view.height / 2 - (y - view.y) * view.scale];
    const [a, b] = [at(lon, y0), at(lon2, y2)];
    if (Math.hypot(a[0] - b[0], a[1] - b[1]) < 12) return;
    pen.strokeStyle = this.colour("ink");
    pen.lineWidth = 2.4;
    pen.globalAlpha = 0.55;
    pen.setLineDash([2, 3.5]);
    pen.beginPath();
    pen.moveTo(...a);
    pen.lineTo(...b);
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** A flow: solid where people moved, dashed where it is only said; as wide as it is many, thin and faint among `many`. */
  way({ from, to, done, people, entries }, many) {
    const { pen, view } = this;
    const [x1, y1] = view.point(from.lon, from.lat);
    const [x2, y2] = view.point(to.lon, to.lat);
    const apart = Math.hypot(x2 - x1, y2 - y1);
    if (apart < 14 || Math.max(x1, x2) < 0 || Math.min(x1, x2) > view.width || Math.max(y1, y2) < 0 || Math.min(y1, y2) > view.height) return;
    const [cx, cy] = [(x1 + x2) / 2 + (y2 - y1) * 0.16, (y1 + y2) / 2 - (x2 - x1) * 0.16];
    pen.strokeStyle = pen.fillStyle = this.colour("movements");
    const thin = Math.min(1, Math.sqrt(FEW / many));
    pen.lineWidth = this.unit * thin * (1.5 + Math.min(5, people ? Math.log10(1 + people) : Math.log2(entries) * 0.6));
    pen.globalAlpha = Math.max(0.2, 0.8 * thin);
    pen.setLineDash(done ? [] : [6, 4]);
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.quadraticCurveTo(cx, cy, x2, y2);
    pen.stroke();
    pen.setLineDash([]);
    this.head(x2, y2, Math.atan2(y2 - cy, x2 - cx), 7 + pen.lineWidth);
    pen.globalAlpha = 1;
  }

  head(x, y, angle, size) {
    const { pen } = this;
    pen.beginPath();
    for (const [turn, far] of [[0, 0], [0.4, size], [-0.4, size]]) pen.lineTo(x - Math.cos(angle + turn) * far, y - Math.sin(angle + turn) * far);
    pen.closePath();
    pen.fill();
  }

  /** A mark: a disc filled as far as what it stands for is told as done; a second ring where it stands for several places. */
  cluster({ lead, sites, weight, done, group, size }) {
    const { pen, view } = this;
    const [x, y] = view.point(lead.lon, lead.lat);
    const colour = this.colour(group || "muted");
    this.precision(lead, x, y, size, sites.length);
    pen.fillStyle = this.colour("panel");
    this.circle(x, y, size);
    pen.fill();
    pen.fillStyle = pen.strokeStyle = colour;
    const share = weight ? done / weight : 0;
    if (share > 0) {
      pen.globalAlpha = 0.9;
      pen.beginPath();
      pen.moveTo(x, y);
      pen.arc(x, y, size, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
      pen.closePath();
      pen.fill();
      pen.globalAlpha = 1;
    }
    pen.lineWidth = 1.6;
    if (!share) pen.setLineDash([3, 2]);
    this.circle(x, y, size);
    pen.stroke();
    pen.setLineDash([]);
    if (sites.length > 1) {
      pen.lineWidth = 1;
      this.circle(x, y, size + 3);
      pen.stroke();
    }
    this.number(x, y, size, weight, share);
  }

  number(x, y, size, weight, share) {
    if (weight < 2 || size < 8 * this.unit) return;
    const { pen } = this;
    const text = weight > 9999 ? `${Math.round(weight / 1000)}k` : String(weight);
    pen.font = `600 ${this.unit * (size > 13 * this.unit ? 11 : 10)}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 3;
    pen.strokeStyle = this.colour("panel");
    if (share > 0.25 && share < 0.9) pen.strokeText(text, x, y + 0.5);
    pen.fillStyle = share >= 0.9 ? this.colour("panel") : this.colour("ink");
    pen.fillText(text, x, y + 0.5);
  }

  /** How far off a point may be, as a soft disc, where that is more than the mark itself. */
  precision(site, x, y, size, places) {
    const r = this.view.pixels(site.radius_km, site.lat);
    if (places > 1 || r < size + 4 || r > Math.max(this.view.width, this.view.height) * 0.6) return;
    const { pen } = this;
    pen.fillStyle = pen.strokeStyle = this.colour("muted");
    this.circle(x, y, r);
    pen.globalAlpha = 0.1;
    pen.fill();
    pen.globalAlpha = 0.5;
    pen.lineWidth = 1;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** Who holds a place: a flag for each holder; hollow where it is only said, two where reports disagree. */
  flags(site, holders) {
    const [x0, y0] = this.view.point(site.lon, site.lat);
    const { pen } = this;
    site.held.slice(0, 3).forEach((told, i) => {
      const [x, y] = [x0 + 4 + i * 12, y0 - 9];
      pen.strokeStyle = this.colour("panel");
      pen.lineWidth = 4;
      this.flag(x, y, told);
      pen.stroke();
      pen.strokeStyle = pen.fillStyle = this.holder(told.holder, holders);
      pen.lineWidth = 1.5;
      this.flag(x, y, told);
      if (["actual", "ongoing"].includes(told.status) && !["lost", "withdrew"].includes(told.state)) pen.fill();
      pen.stroke();
    });
  }

  flag(x, y, { state }) {
    const { pen } = this;
    pen.beginPath();
    if (state === "besieges") return pen.arc(x + 4, y - 8, 4.5, 0, 2 * Math.PI);
    if (state === "contests") {
      for (const [dx, dy] of [[0, -12], [8, -12], [0, -4], [8, -4]]) pen.lineTo(x + dx, y + dy);
      return pen.closePath();
    }
    for (const [dx, dy] of [[0, 0], [0, -13], [9, -10], [0, -7]]) pen.lineTo(x + dx, y + dy);
  }

  covered(x, y) {
    return this.taken.some((t) => x > t[0] && x < t[2] && y > t[1] && y < t[3]);
  }

  free(box) {
    if (this.taken.some((t) => meets(t, box))) return false;
    this.taken.push(box);
    return true;
  }

  towns(towns) {
    const { pen } = this;
    pen.font = `${11 * this.unit}px system-ui, sans-serif`;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.globalAlpha = 0.85;
    for (const town of towns) {
      const [x, y] = this.view.point(town.lon, town.lat);
      if (this.covered(x, y)) continue;
      pen.fillStyle = this.colour("town");
      pen.fillRect(x - 1.5, y - 1.5, 3, 3);
      if (this.free([x - 3, y - 7 * this.unit, x + 8 + pen.measureText(town.name).width, y + 7 * this.unit])) this.text(town.name, x + 5, y, "town");
    }
    pen.globalAlpha = 1;
  }

  /** Names of what is told of may cover those of the base map. */
  anew() {
    this.taken = [];
  }

  /** Names stay off the marks. */
  keepFree(clusters) {
    for (const { lead, size } of clusters) {
      const [x, y] = this.view.point(lead.lon, lead.lat);
      this.taken.push([x - size, y - size, x + size, y + size]);
    }
  }

  name({ lead, name, size }) {
    const { pen, view } = this;
    const [x, y] = view.point(lead.lon, lead.lat);
    pen.font = `600 ${12 * this.unit}px system-ui, sans-serif`;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    const width = pen.measureText(name).width;
    const spots = [[x + size + 6, y], [x - size - 6 - width, y], [x - width / 2, y + size + 10], [x - width / 2, y - size - 12]];
    const spot = spots.find(([left, middle]) => this.free([left - 1, middle - 7 * this.unit, left + width + 1, middle + 7 * this.unit]));
    if (spot) this.text(name, ...spot, "ink");
  }

  /** The middle of an area: a diamond, with its name where there is room. */
  wideName(site) {
    const { pen, view } = this;
    const [x, y] = view.point(site.lon, site.lat);
    if (!this.free([x - 5, y - 5, x + 5, y + 5])) return;
    pen.beginPath();
    for (const [dx, dy] of [[0, -6], [6, 0], [0, 6], [-6, 0]]) pen.lineTo(x + dx, y + dy);
    pen.closePath();
    pen.fillStyle = this.colour("panel");
    pen.fill();
    pen.strokeStyle = this.colour("muted");
    pen.lineWidth = 1.5;
    pen.stroke();
    const text = `${site.name} · ${site.weight}`;
    pen.font = `italic 600 ${12 * this.unit}px system-ui, sans-serif`;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    if (this.free([x + 7, y - 7 * this.unit, x + 9 + pen.measureText(text).width, y + 7 * this.unit])) this.text(text, x + 9, y, "ink");
  }

  text(words, x, y, colour) {
    const { pen } = this;
    pen.strokeStyle = this.colour("land");
    pen.lineWidth = 3;
    pen.strokeText(words, x, y);
    pen.fillStyle = this.colour(colour);
    pen.fillText(words, x, y);
  }
}
