// Tiles under the map, where `situate serve --map` names some: pictures of a tile server, or pictures or shapes of an
// archive (PMTiles). Shapes are drawn once a tile, in the page's own quiet colours; the names of places stay the page's.

const KEPT = 220; // tiles held at once
const PICTURE = 256; // pixels of a tile at its own zoom
const SHAPES = 512;
const TYPES = { 2: "image/png", 3: "image/jpeg", 4: "image/webp", 5: "image/avif" };
// What the layers of the usual schemas (Protomaps, OpenMapTiles, Shortbread) are to us, in the order of drawing.
const ROLES = [
  ["green", ["landcover", "landuse", "park", "land"]],
  ["water", ["water", "water_polygons", "ocean"]],
  ["building", ["buildings", "building"]],
  ["river", ["waterway", "water_lines", "water"]],
  ["road", ["roads", "transportation", "streets"]],
  ["border", ["boundaries", "boundary"]],
];
const GREEN = /wood|forest|park|grass|scrub|nature|farm|orchard|green|meadow/;
const WIDE = /highway|motorway|trunk|major|primary/;
const NARROW = /minor|service|path|track|pedestrian|footway|other|rail|ferry/;

export class Tiles {
  /** `base` is what the API tells; `onReady` hears that there is more to draw. */
  constructor({ kind, url, credit }, onReady) {
    this.url = url;
    this.credit = credit;
    this.onReady = onReady;
    this.kept = new Map();
    this.least = 0;
    this.most = 19;
    this.size = PICTURE;
    if (kind === "pmtiles") this.opened = this.open();
  }

  /** Whether the tiles have names of their own, as pictures do. */
  get named() {
    return this.size === PICTURE;
  }

  async open() {
    const library = await import("/vendor/tiles.js");
    this.archive = new library.PMTiles(new URL(this.url, location).href);
    const header = await this.archive.getHeader();
    [this.least, this.most] = [header.minZoom, header.maxZoom];
    if (header.tileType === 1) [this.shapes, this.size] = [library, SHAPES];
    this.type = TYPES[header.tileType];
    const { attribution } = await this.archive.getMetadata().catch(() => ({}));
    this.credit ||= String(attribution || "").replace(/<[^>]*>/g, "").trim() || null;
    this.onReady();
  }

  /** Draws what is there by now over sea and land. `colour` gives a colour of the page by its name. */
  draw(pen, view, colour) {
    if (this.archive === undefined && this.opened) return;
    this.colour = colour;
    const zoom = Math.max(this.least, Math.min(this.most, Math.round(Math.log2((view.scale * 360) / this.size))));
    const [west, bottom, east, top] = view.sight();
    const step = 360 / 2 ** zoom;
    const [first, last] = [Math.floor((west + 180) / step), Math.floor((east + 180) / step)];
    const [high, low] = [Math.max(0, Math.floor((180 - top) / step)), Math.min(2 ** zoom - 1, Math.floor((180 - bottom) / step))];
    pen.imageSmoothingQuality = "high";
    for (let x = first; x <= last; x++) for (let y = high; y <= low; y++) this.place(pen, view, zoom, x, y);
    if (!this.named || !matchMedia("(prefers-color-scheme: dark)").matches) return;
    pen.fillStyle = "rgb(18 20 24 / 55%)"; // pictures are made for light pages
    pen.fillRect(0, 0, view.width, view.height);
  }

  /** One tile; until it is there, the part of a coarser one that covers it. */
  place(pen, view, zoom, x, y) {
    const step = 360 / 2 ** zoom;
    const [left, up] = [view.width / 2 + (x * step - 180 - view.x) * view.scale, view.height / 2 - (180 - y * step - view.y) * view.scale];
    const side = step * view.scale + 0.5; // no seams
    const round = ((x % 2 ** zoom) + 2 ** zoom) % 2 ** zoom;
    const own = this.tile(zoom, round, y);
    if (own.image) return pen.drawImage(own.image, left, up, side, side);
    for (let up1 = 1; up1 <= zoom - this.least; up1++) {
      const coarse = this.kept.get(`${zoom - up1}/${round >> up1}/${y >> up1}`);
      if (!coarse?.image) continue;
      const part = (coarse.image.width || this.size) / 2 ** up1;
      return pen.drawImage(coarse.image, (round % 2 ** up1) * part, (y % 2 ** up1) * part, part, part, left, up, side, side);
    }
  }

  tile(zoom, x, y) {
    const key = `${zoom}/${x}/${y}`;
    let tile = this.kept.get(key);
    if (tile) this.kept.delete(key);
    else {
      tile = { image: null };
      this.load(zoom, x, y).then((image) => ((tile.image = image), this.onReady()), () => {}); // a tile that can't be had stays bare
    }
    this.kept.set(key, tile); // the last used ones stand last
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
    return tile;
  }

  async load(zoom, x, y) {
    if (!this.archive) {
      const image = new Image();
      image.src = this.url.replace("{z}", zoom).replace("{x}", x).replace("{y}", y).replace("{r}", "");
      await image.decode();
      return image;
    }
    const found = await this.archive.getZxy(zoom, x, y);
    if (!found) return null;
    return this.shapes ? this.drawn(new this.shapes.VectorTile(new this.shapes.Pbf(new Uint8Array(found.data)))) : createImageBitmap(new Blob([found.data], { type: this.type }));
  }

  /** The shapes of a tile as a picture. */
  drawn(tile) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SHAPES * Math.min(2, window.devicePixelRatio || 1);
    const pen = canvas.getContext("2d");
    pen.lineJoin = pen.lineCap = "round";
    const covered = tile.layers.earth || tile.layers.land;
    if (covered || tile.layers.water_polygons || tile.layers.water) this.ground(pen, canvas.width, tile.layers.earth);
    for (const [role, names] of ROLES) for (const name of names) if (tile.layers[name]) this.layer(pen, role, tile.layers[name], canvas.width);
    return canvas;
  }

  /** Protomaps has sea where there is no earth; the others have earth where there is no water. */
  ground(pen, side, earth) {
    pen.fillStyle = this.colour(earth ? "--sea" : "--land");
    pen.fillRect(0, 0, side, side);
    if (earth) this.layer(pen, "earth", earth, side);
  }

  layer(pen, role, layer, side) {
    const scale = side / layer.extent;
    for (let i = 0; i < layer.length; i++) {
      const feature = layer.feature(i);
      const style = this.style(role, feature, side / SHAPES);
      if (!style) continue;
      pen.beginPath();
      for (const ring of feature.loadGeometry()) {
        ring.forEach((p, k) => (k ? pen.lineTo(p.x * scale, p.y * scale) : pen.moveTo(p.x * scale, p.y * scale)));
        if (style.fill) pen.closePath();
      }
      pen.globalAlpha = style.alpha ?? 1;
      pen.setLineDash(style.dash || []);
      if (style.fill) {
        pen.fillStyle = style.fill;
        pen.fill("evenodd");
      } else {
        [pen.strokeStyle, pen.lineWidth] = [style.line, style.width];
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
  }

  /** How a feature is drawn, or null for what isn't: {fill} for an area (3), {line, width} for a line (2). */
  style(role, feature, ratio) {
    const kind = ["kind", "class", "subclass", "kind_detail"].map((name) => feature.properties[name]).join(" ");
    if (role === "road" || role === "border" || role === "river") {
      if (feature.type !== 2) return null;
      if (role === "border") return { line: this.colour("--border"), width: 1.2 * ratio, dash: [5 * ratio, 2 * ratio] };
      if (role === "river") return { line: this.colour("--sea"), width: 1.2 * ratio };
      return { line: this.colour("--coast"), width: (WIDE.test(kind) ? 1.8 : NARROW.test(kind) ? 0.5 : 0.9) * ratio, alpha: 0.8 };
    }
    if (feature.type !== 3) return null;
    if (role === "earth") return { fill: this.colour("--land") };
    if (role === "water") return { fill: this.colour("--sea") };
    if (role === "building") return { fill: this.colour("--coast"), alpha: 0.35 };
    return GREEN.test(kind) ? { fill: this.colour("--deeds"), alpha: 0.08 } : null;
  }

  /** The colours changed, from light to dark say: shapes are drawn anew. */
  forget() {
    this.kept.clear();
    this.onReady();
  }
}
