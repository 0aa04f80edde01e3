// Degrees to pixels: Mercator, a centre and a scale; and the packed country outlines.

export const EARTH = 111.32; // kilometres a degree at the equator
export const DIGITS = Object.fromEntries([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((c, i) => [c, i]));

export const northing = (lat) => (Math.log(Math.tan(Math.PI / 4 + (Math.max(-84, Math.min(84, lat)) * Math.PI) / 360)) * 180) / Math.PI;
export const latitude = (y) => (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;

export class Projection {
  constructor() {
    this.x = 0;
    this.y = 0;
    this.scale = 4; // pixels a degree of longitude
    this.width = this.height = 1;
  }

  point(lon, lat) {
    return [this.width / 2 + (lon - this.x) * this.scale, this.height / 2 - (northing(lat) - this.y) * this.scale];
  }

  /** Kilometres as pixels at a latitude. */
  pixels(km, lat) {
    return (km / EARTH / Math.cos((lat * Math.PI) / 180)) * this.scale;
  }

  /** Put a box of degrees in sight. */
  fit([west, south, east, north], margin = 46) {
    const bottom = northing(south);
    const top = northing(north);
    this.x = (west + east) / 2;
    this.y = (bottom + top) / 2;
    const room = (side) => Math.max(40, side - 2 * margin);
    this.scale = this.limit(Math.min(room(this.width) / Math.max(east - west, 0.6), room(this.height) / Math.max(top - bottom, 0.6)));
  }

  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const lon = this.x + (px - this.width / 2) / this.scale;
    const y = this.y - (py - this.height / 2) / this.scale;
    this.scale = this.limit(this.scale * factor);
    this.x = lon - (px - this.width / 2) / this.scale;
    this.y = y + (py - this.height / 2) / this.scale;
  }

  move(dx, dy) {
    this.x = Math.max(-190, Math.min(190, this.x - dx / this.scale));
    this.y = Math.max(-170, Math.min(170, this.y + dy / this.scale));
  }

  limit(scale) {
    return Math.max(1.2, Math.min(900, scale));
  }

  /** The degrees in sight, y as northing. */
  sight() {
    const [w, h] = [this.width / 2 / this.scale, this.height / 2 / this.scale];
    return [this.x - w, this.y - h, this.x + w, this.y + h];
  }
}

/** The countries with their rings, and the land borders, ready to draw: flat arrays of longitude and northing. */
export class Outlines {
  constructor(packed) {
    const lines = packed.arcs.map((arc) => unpack(arc, packed.unit));
    this.countries = packed.countries.map(([code, name, lon, lat, rings]) => {
      const joined = rings.map((ring) => join(ring, lines));
      return { code, name, lon, lat, rings: joined, box: boxOf(joined) };
    });
    this.borders = packed.borders.map((i) => ({ line: lines[i], box: boxOf([lines[i]]) }));
  }
}

export function unpack(text, unit) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = DIGITS[character];
    value |= (digit & 31) << shift;
    if (digit & 32) {
      shift += 5;
      continue;
    }
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  const line = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < numbers.length; i += 2) {
    x += numbers[i];
    y += numbers[i + 1];
    line.push(x / unit, northing(y / unit));
  }
  return unrolled(line);
}

export function join(ring, lines) {
  const points = [];
  for (const i of ring) {
    const line = lines[i < 0 ? ~i : i];
    if (i >= 0) for (let k = 0; k < line.length; k += 2) points.push(line[k], line[k + 1]);
    else for (let k = line.length - 2; k >= 0; k -= 2) points.push(line[k], line[k + 1]);
  }
  return unrolled(points);
}

/** A line that crosses the 180th meridian goes on beyond it, instead of jumping round the world. */
export function unrolled(points) {
  const line = Float32Array.from(points);
  for (let k = 2; k < line.length; k += 2) {
    while (line[k] - line[k - 2] > 180) line[k] -= 360;
    while (line[k] - line[k - 2] < -180) line[k] += 360;
  }
  return line;
}

export function boxOf(lines) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    for (let k = 0; k < line.length; k += 2) {
      box[0] = Math.min(box[0], line[k]);
      box[1] = Math.min(box[1], line[k + 1]);
      box[2] = Math.max(box[2], line[k]);
      box[3] = Math.max(box[3], line[k + 1]);
    }
  }
  return box;
}

export const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
