// The network on a canvas: actors by kind as shapes, ties with as solid and against as dashed lines; moved and picked.

import { el, unit } from "../dom.js";

const HALVES = { state: "square", government: "square", military: "square", police: "square", armed_group: "triangle", political_group: "diamond" };

export const shapeOf = (kind) => HALVES[kind] || "circle";

export class NetworkPicture {
  constructor({ onPick }) {
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.root = el("div", { class: "network", tabindex: 0, role: "group", "aria-label": "Network of actors. Arrow keys move it, plus and minus zoom, 0 shows all. The table beside it holds the same." }, this.canvas);
    this.view = { x: 0, y: 0, scale: 1 };
    this.onPick = onPick;
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.root);
  }

  /** Actors {name, kind, at: [x, y], size} and ties {a, b, weight, strength} of a day. */
  take(actors, ties) {
    this.actors = actors;
    this.ties = ties;
    this.near = new Map();
    for (const { a, b } of ties) for (const [x, y] of [[a, b], [b, a]]) (this.near.get(x) || this.near.set(x, new Set()).get(x)).add(y);
    this.draw();
  }

  pick(i) {
    this.picked = i;
    this.draw();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (!width) return;
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
    this.width = width;
    this.height = height;
    if (!this.moved) this.view = { x: 0, y: 0, scale: Math.min(width, height) * 0.44 };
    this.draw();
  }

  point([x, y]) {
    return [this.width / 2 + (x - this.view.x) * this.view.scale * (this.width > this.height ? 1.35 : 1), this.height / 2 + (y - this.view.y) * this.view.scale];
  }

  draw() {
    if (this.pending || !this.width || !this.actors) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = null;
      this.paint();
    });
  }

  paint() {
    const pen = this.canvas.getContext("2d");
    const ratio = window.devicePixelRatio || 1;
    const style = getComputedStyle(this.root);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    const at = this.actors.map((a) => this.point(a.at));
    const focus = this.picked ?? this.over;
    const lit = focus === undefined || focus === null ? null : new Set([focus, ...(this.near.get(focus) || [])]);
    for (const tie of this.ties) this.line(pen, at, tie, colour(tie.weight > 0 ? "words" : tie.weight < 0 ? "force" : "muted"), lit && !(tie.a === focus || tie.b === focus));
    pen.globalAlpha = 1;
    this.actors.forEach((actor, i) => actor.size && this.node(pen, at[i], actor, colour, lit && !lit.has(i), i === focus));
    this.names(pen, at, colour, lit);
  }

  line(pen, at, { a, b, weight, strength }, colour, faint) {
    pen.strokeStyle = colour;
    pen.globalAlpha = faint ? 0.05 : Math.min(0.95, 0.45 + 0.3 * Math.abs(weight)) * (0.55 + 0.45 * strength);
    pen.lineWidth = Math.min(7, 0.8 + 1.4 * Math.log1p(Math.abs(weight)));
    pen.setLineDash(weight < 0 ? [6, 4] : weight > 0 ? [] : [1, 3]);
    pen.beginPath();
    pen.moveTo(...at[a]);
    pen.lineTo(...at[b]);
    pen.stroke();
    pen.setLineDash([]);
  }

  node(pen, [x, y], { kind, size }, colour, faint, chosen) {
    pen.globalAlpha = faint ? 0.25 : 1;
    pen.fillStyle = colour(chosen ? "accent" : "ink");
    pen.strokeStyle = colour("panel");
    pen.lineWidth = 1.5;
    pen.beginPath();
    const shape = shapeOf(kind);
    if (shape === "circle") pen.arc(x, y, size, 0, 2 * Math.PI);
    else {
      const corners = { square: [[-1, -1], [1, -1], [1, 1], [-1, 1]], triangle: [[0, -1.2], [1.1, 0.9], [-1.1, 0.9]], diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]] }[shape];
      for (const [cx, cy] of corners) pen.lineTo(x + cx * size * 0.92, y + cy * size * 0.92);
      pen.closePath();
    }
    pen.fill();
    pen.stroke();
  }

  /** Names, the busiest first, where there is room. */
  names(pen, at, colour, lit) {
    const taken = [];
    const order = this.actors.map((_, i) => i).filter((i) => this.actors[i].size && (!lit || lit.has(i))).sort((a, b) => (b === this.picked) - (a === this.picked) || this.actors[b].size - this.actors[a].size);
    pen.font = `600 ${12 * unit()}px system-ui, sans-serif`;
    pen.textBaseline = "middle";
    pen.globalAlpha = 1;
    for (const i of order) {
      const { name, size } = this.actors[i];
      const text = name.length > 28 ? `${name.slice(0, 27)}…` : name;
      const [x, y] = at[i];
      const width = pen.measureText(text).width;
      const left = Math.max(2, x + size + 6 + width > this.width ? x - size - 5 - width : x + size + 4);
      const box = [left - 1, y - 7 * unit(), left + 2 + width, y + 7 * unit()];
      if (x < -50 || x > this.width + 50 || taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) continue;
      taken.push(box);
      pen.strokeStyle = colour("panel");
      pen.lineWidth = 3.5;
      pen.strokeText(text, left, y);
      pen.fillStyle = colour("ink");
      pen.fillText(text, left, y);
    }
  }

  at(event) {
    const box = this.root.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    let best = null;
    let least = 14;
    this.actors.forEach((actor, i) => {
      if (!actor.size) return;
      const [x, y] = this.point(actor.at);
      const d = Math.hypot(x - px, y - py) - actor.size / 2;
      if (d < least) [best, least] = [i, d];
    });
    return best;
  }

  zoom(factor) {
    this.moved = true;
    this.view.scale = Math.max(60, Math.min(9000, this.view.scale * factor));
    this.draw();
  }

  listen() {
    let last = null;
    let way = 0;
    this.root.addEventListener("pointerdown", (e) => {
      last = e;
      way = 0;
      this.root.setPointerCapture(e.pointerId);
    });
    this.root.addEventListener("pointermove", (e) => {
      if (!last) {
        const over = this.at(e);
        if (over !== this.over) [this.over] = [over], this.draw();
        return;
      }
      way += Math.abs(e.movementX) + Math.abs(e.movementY);
      this.view.x -= (e.clientX - last.clientX) / this.view.scale;
      this.view.y -= (e.clientY - last.clientY) / this.view.scale;
      this.moved = true;
      last = e;
      this.draw();
    });
    this.root.addEventListener("pointerup", (e) => {
      if (last && way < 5) this.onPick(this.at(e));
      last = null;
    });
    this.root.addEventListener("wheel", (e) => (e.preventDefault(), this.zoom(Math.exp(-e.deltaY * 0.0016))), { passive: false });
    this.root.addEventListener("keydown", (e) => this.key(e));
  }

  key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      this.view.x += (50 * step[0]) / this.view.scale;
      this.view.y += (50 * step[1]) / this.view.scale;
      this.moved = true;
    } else if (event.key === "+" || event.key === "=") this.zoom(1.4);
    else if (event.key === "-") this.zoom(1 / 1.4);
    else if (event.key === "0") {
      this.moved = false;
      this.resize();
    } else return;
    event.preventDefault();
    this.draw();
  }
}
