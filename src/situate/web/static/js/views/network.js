// Who stands with or against whom, on any day: the slider fades ties with their age.

import { get } from "../api.js";
import { card } from "../entry.js";
import { count, day, el, number, plain, svg, unit } from "../dom.js";
import { exports } from "../exports.js";
import { filter, go, note, state } from "../state.js";
import { nothing } from "../views.js";
import { layout } from "../network/layout.js";
import { NetworkPicture, shapeOf } from "../network/picture.js";

const DAY = 864e5;
const LEAST = 0.02; // what has faded to less isn't drawn
const ROWS = 40;
const ROOMY = 150; // actors that are drawn in full size
const STRONGEST = 400; // ties drawn unless all are wanted

export async function nodes() {
  const found = await get("network", filter({ but: ["layer"] }));
  if (!found.ties.length) return nothing("Nobody stands with or against anybody here.");
  return [new Network(found).root, exports("network", { but: ["layer"], what: "Ties by week" })];
}

class Network {
  constructor(found) {
    this.found = found;
    const whole = found.ties.map((t) => ({ a: t.a, b: t.b, weight: t.weeks.reduce((all, [, sum]) => all + sum, 0) }));
    this.at = layout(found.actors.length, whole);
    this.picture = new NetworkPicture({ onPick: (i) => this.pick(i) });
    this.side = el("section", { class: "side", "aria-live": "polite", "aria-label": "What was picked" });
    this.told = el("p", { class: "note" });
    this.root = el("div", {}, this.controls(), el("div", { class: "with-side" }, el("div", {}, this.picture.root, this.key()), this.side));
    this.show();
  }

  /** The slider: by weeks from the first to the last day told of. */
  controls() {
    const { first, last } = this.found;
    this.first = Date.parse(first || "2000-01-03");
    this.weeks = Math.max(1, Math.ceil((Date.parse(last || first || "2000-01-03") - this.first) / (7 * DAY)) + 1);
    const at = state().said.get("at");
    const now = at ? Math.round((Date.parse(at) - this.first) / (7 * DAY)) : this.lastBusy();
    this.slider = el("input", { type: "range", min: 0, max: this.weeks, value: Math.max(0, Math.min(this.weeks, now)), "aria-label": "Day of the network", oninput: () => this.show(), onchange: () => note("at", this.day()) });
    this.out = el("output", {});
    this.play = el("button", { type: "button", onclick: () => this.run() }, "Play");
    this.most = el("select", { "aria-label": "Ties drawn", onchange: () => this.show() }, [[STRONGEST, `${STRONGEST} strongest`], [1e9, "all ties"]].map(([n, words]) => el("option", { value: n }, words)));
    return el("div", { class: "bar network-bar" }, this.play, this.slider, this.out, this.most, this.told);
  }

  /** The last week with at least half of the most that ever stood between actors: where there is something to see. */
  lastBusy() {
    const sums = new Float64Array(this.weeks + 1);
    for (const { weeks } of this.found.ties) {
      for (const [week, , absolute] of weeks) if (week !== null) sums[week] += absolute;
    }
    const fade = Math.exp(-7 / this.found.decay);
    for (let i = 1; i < sums.length; i++) sums[i] += sums[i - 1] * fade;
    return sums.findLastIndex((sum) => sum >= Math.max(...sums) / 2);
  }

  day() {
    return new Date(this.first + Number(this.slider.value) * 7 * DAY).toISOString().slice(0, 10);
  }

  run() {
    if (this.timer) return this.stop();
    if (Number(this.slider.value) >= this.weeks) this.slider.value = 0;
    this.play.textContent = "Pause";
    const step = Math.max(1, Math.round(this.weeks / 150));
    this.timer = setInterval(() => {
      if (!this.root.isConnected || Number(this.slider.value) >= this.weeks) return this.stop();
      this.slider.value = Number(this.slider.value) + step;
      this.show();
    }, 90);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = "Play";
  }

  /** The ties as they stand on the slider's day. */
  show() {
    const on = this.day();
    this.out.textContent = day(on);
    this.slider.setAttribute("aria-valuetext", day(on));
    const now = Number(this.slider.value);
    const ties = this.found.ties.map((tie) => this.faded(tie, now)).filter((t) => t.absolute > LEAST).sort((a, b) => b.absolute - a.absolute);
    const busy = new Float64Array(this.found.actors.length);
    for (const { a, b, absolute } of ties) {
      busy[a] += absolute;
      busy[b] += absolute;
    }
    this.ties = ties;
    const room = unit() * Math.min(1, Math.sqrt(ROOMY / this.found.actors.length)); // many stand close together
    const actors = this.found.actors.map((actor, i) => ({ ...actor, at: this.at[i], size: busy[i] ? Math.max(2.5, room * Math.min(13, 3 + 2.2 * Math.log1p(busy[i]))) : 0 }));
    const cut = this.found.left_out ? `; ${count(this.found.left_out, "actor")} with fewer ties left out` : "";
    const drawn = ties.slice(0, Number(this.most.value));
    this.told.textContent = `${count(actors.filter((a) => a.size).length, "actor")}, ${count(ties.length, "tie")}${cut}`;
    this.picture.take(actors, drawn.reverse());
    if (this.picked === undefined || this.picked === null) this.table();
  }

  faded(tie, now) {
    let [weight, absolute] = [0, 0];
    for (const [week, signed, whole] of tie.weeks) {
      const age = week === null ? 0 : 7 * (now - week);
      if (age < 0) continue;
      const fade = week === null ? 0.5 : Math.exp(-age / this.found.decay);
      weight += signed * fade;
      absolute += whole * fade;
    }
    return { ...tie, weight, absolute, strength: absolute ? Math.abs(weight) / absolute : 0 };
  }

  pick(i) {
    this.picked = i;
    this.picture.pick(i);
    if (i === null) this.table();
    else this.actor(i);
  }

  table() {
    const rows = this.ties.slice(0, ROWS);
    const cut = this.ties.length > ROWS ? el("p", { class: "note" }, `The ${ROWS} strongest of ${number(this.ties.length)}.`) : null;
    this.side.replaceChildren(el("h2", {}, "Strongest ties"), el("ul", { class: "rows" }, rows.map((t) => this.row(t, `${this.name(t.a)} – ${this.name(t.b)}`))), ...[cut].filter(Boolean));
  }

  name(i) {
    return this.found.actors[i].name;
  }

  row(tie, words) {
    const sign = tie.weight > 0.001 ? ["+", "with"] : tie.weight < -0.001 ? ["−", "against"] : ["±", "both"];
    return el("li", {}, el("button", { type: "button", class: "row", onclick: () => this.tie(tie) },
      el("span", { class: `sign ${sign[1]}`, title: sign[1] }, sign[0]), el("span", { class: "name" }, words, " ", el("span", { class: "note" }, tie.kinds.slice(0, 2).map(plain).join(", "))),
      el("span", { class: "n" }, tie.weight.toFixed(1), tie.strength < 0.6 ? " disputed" : "")));
  }

  back() {
    return el("p", { class: "bar" }, el("button", { type: "button", onclick: () => this.pick(null) }, "All ties"));
  }

  actor(i) {
    const actor = this.found.actors[i];
    const ties = this.ties.filter((t) => t.a === i || t.b === i).sort((a, b) => b.weight - a.weight);
    this.side.replaceChildren(this.back(), el("h2", {}, actor.name), el("p", { class: "note" }, plain(actor.kind)),
      el("p", {}, el("button", { type: "button", onclick: () => go({ actor: actor.key }) }, "Only this actor")),
      el("ul", { class: "rows" }, ties.map((t) => this.row(t, this.name(t.a === i ? t.b : t.a)))));
  }

  /** What reports say of two actors. */
  async tie(tie) {
    const [a, b] = [this.found.actors[tie.a], this.found.actors[tie.b]];
    this.side.replaceChildren(this.back(), el("h2", {}, `${a.name} – ${b.name}`), el("p", { class: "note" }, "Loading …"));
    try {
      const query = filter({ but: ["layer", "actor"] });
      query.append("actor", a.key);
      query.set("limit", 200);
      const [relations, events] = await Promise.all([get("layers/relations", query), get("layers/events", query)]);
      const both = [...relations.rows, ...events.rows].filter((row) => row.actors.some((p) => p.key === a.key) && row.actors.some((p) => p.key === b.key) && (row.layer === "relations" || ["actual", "ongoing"].includes(row.status)));
      this.side.replaceChildren(this.back(), el("h2", {}, `${a.name} – ${b.name}`), el("p", { class: "note" }, `${tie.weight > 0 ? "with" : "against"} by ${tie.weight.toFixed(1)} on ${day(this.day())}; reports agree to ${Math.round(100 * tie.strength)} %`),
        el("div", { class: "cards" }, both.slice(0, 40).map((row) => card(row))));
    } catch (error) {
      this.side.replaceChildren(this.back(), el("p", { class: "error", role: "alert" }, error.message));
    }
  }

  key() {
    const line = (name, words, dash) => el("span", { class: "key" }, svg("svg", { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: "M1 10H19", class: `tie ${name}`, "stroke-dasharray": dash })), words);
    const kinds = [["state", "■ state, army, police"], ["armed_group", "▲ armed group"], ["political_group", "◆ political group"], ["other", "● other"]].filter(([kind]) => this.found.actors.some((a) => shapeOf(a.kind) === shapeOf(kind)));
    return el("p", { class: "legend" }, line("with", "with"), line("against", "against", "5 3"), kinds.map(([, words]) => el("span", { class: "key" }, words)), `A tie fades to a third in ${this.found.decay} days; wider is heavier, paler is disputed.`);
  }
}
