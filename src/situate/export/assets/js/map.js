// The map: outlines on a canvas, marks above it in SVG, moved by hand, wheel, fingers or keys.

import { el, svg } from "./dom.js";
import { Projection, latitude, meets } from "./projection.js";

export class MapView {
  constructor(root, outlines, { onMoved }) {
    this.root = root;
    this.outlines = outlines;
    this.tiles = null; // what may be drawn under the borders: {draw(pen, view, colour), named}
    this.onMoved = onMoved;
    this.view = new Projection();
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.overlay = svg("svg", { class: "overlay", role: "img", "aria-label": "Map of places, control and movements; the tables below hold the same entries" });
    this.scalebar = el("div", { class: "scalebar", "aria-hidden": "true" });
    root.tabIndex = 0;
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom, 0 shows all.");
    root.append(this.canvas, this.overlay, this.buttons(), this.scalebar);
    this.listen();
    new ResizeObserver(() => this.resize()).observe(root);
  }

  buttons() {
    const button = (text, label, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    return el(
      "div",
      { class: "zoom" },
      button("+", "Zoom in", () => this.zoom(1.6)),
      button("−", "Zoom out", () => this.zoom(1 / 1.6)),
      button("⤢", "Show all places", () => this.showAll()),
    );
  }

  /** What to show when asked for the main places, and for all of them: boxes of degrees, or null. */
  frame(main, all) {
    this.main = main;
    this.all = all || main;
    this.framed = false;
    this.resize();
  }

  showAll() {
    if (this.all) this.view.fit(this.all);
    this.draw();
  }

  zoom(factor, x, y) {
    this.view.zoom(factor, x, y);
    this.draw();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (!width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.view.width = width;
    this.view.height = height;
    this.overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
    if (!this.framed && this.main) {
      this.view.fit(this.main);
      this.framed = true;
    }
    this.draw();
  }

  draw() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = null;
      this.paint();
      this.drawScale();
      this.onMoved(this.view);
    });
  }

  paint() {
    const style = getComputedStyle(this.root);
    const colour = (name) => style.getPropertyValue(name).trim();
    const pen = this.canvas.getContext("2d");
    const ratio = window.devicePixelRatio || 1;
    const { view } = this;
    const sight = view.sight();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = colour("--sea");
    pen.fillRect(0, 0, view.width, view.height);
    const seen = this.outlines.countries.filter((c) => meets(c.box, sight));
    pen.fillStyle = colour("--land");
    pen.strokeStyle = colour("--coast");
    pen.lineWidth = 0.8;
    for (const country of seen) {
      pen.beginPath();
      for (const ring of country.rings) this.trace(pen, ring, true);
      pen.fill("evenodd");
      pen.stroke();
    }
    this.tiles?.draw(pen, view, colour);
    pen.strokeStyle = colour("--border");
    pen.lineWidth = 1;
    pen.setLineDash([5, 2]);
    pen.beginPath();
    for (const { line, box } of this.outlines.borders) if (meets(box, sight)) this.trace(pen, line, false);
    pen.stroke();
    pen.setLineDash([]);
    if (!this.tiles?.named) this.nameCountries(pen, seen, colour("--label"));
  }

  trace(pen, line, closed) {
    const { view } = this;
    const [ox, oy] = [view.width / 2 - view.x * view.scale, view.height / 2 + view.y * view.scale];
    pen.moveTo(ox + line[0] * view.scale, oy - line[1] * view.scale);
    for (let k = 2; k < line.length; k += 2) pen.lineTo(ox + line[k] * view.scale, oy - line[k + 1] * view.scale);
    if (closed) pen.closePath();
  }

  nameCountries(pen, countries, colour) {
    pen.fillStyle = colour;
    pen.font = "600 11px system-ui, sans-serif";
    pen.textAlign = "center";
    for (const { name, lon, lat, box } of countries) {
      const [x, y] = this.view.point(lon, lat);
      const text = name.toUpperCase();
      if ((box[2] - box[0]) * this.view.scale > pen.measureText(text).width * 1.3) pen.fillText(text, x, y);
    }
  }

  drawScale() {
    const perPixel = 100 / this.view.pixels(100, latitude(this.view.y));
    const km = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].find((x) => x / perPixel > 50) || 5000;
    this.scalebar.style.width = `${km / perPixel}px`;
    this.scalebar.textContent = `${km} km`;
  }

  listen() {
    const pointers = new Map();
    this.root.addEventListener("pointerdown", (e) => {
      if (e.target.closest("button, .mark")) return;
      pointers.set(e.pointerId, e);
      this.root.setPointerCapture(e.pointerId);
    });
    this.root.addEventListener("pointermove", (e) => {
      const last = pointers.get(e.pointerId);
      if (!last) return;
      if (pointers.size === 2) this.pinch(pointers, e);
      else this.view.move(e.clientX - last.clientX, e.clientY - last.clientY);
      pointers.set(e.pointerId, e);
      this.draw();
    });
    for (const end of ["pointerup", "pointercancel"]) this.root.addEventListener(end, (e) => pointers.delete(e.pointerId));
    this.root.addEventListener("wheel", (e) => this.wheel(e), { passive: false });
    this.root.addEventListener("dblclick", (e) => !e.target.closest("button") && this.zoom(2, e.offsetX, e.offsetY));
    this.root.addEventListener("keydown", (e) => this.key(e));
  }

  wheel(event) {
    event.preventDefault();
    const box = this.root.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.clientX - box.left, event.clientY - box.top);
  }

  pinch(pointers, moved) {
    const still = [...pointers.values()].find((p) => p.pointerId !== moved.pointerId);
    const last = pointers.get(moved.pointerId);
    const span = (p) => Math.hypot(p.clientX - still.clientX, p.clientY - still.clientY);
    const box = this.root.getBoundingClientRect();
    this.view.zoom(span(moved) / Math.max(1, span(last)), (moved.clientX + still.clientX) / 2 - box.left, (moved.clientY + still.clientY) / 2 - box.top);
  }

  key(event) {
    if (event.target !== this.root) return;
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step) this.view.move(...step);
    else if (event.key === "+" || event.key === "=") this.view.zoom(1.6);
    else if (event.key === "-") this.view.zoom(1 / 1.6);
    else if (event.key === "0") return this.showAll();
    else return;
    event.preventDefault();
    this.draw();
  }
}
