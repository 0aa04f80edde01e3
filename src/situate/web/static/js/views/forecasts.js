// Predictions, what became of them, and how well those who predict did: Brier scores and calibration.

import { get, post } from "../api.js";
import { card } from "../entry.js";
import { count, day, el, number, some, svg } from "../dom.js";
import { me } from "../me.js";
import { say } from "../notice.js";
import { exports } from "../exports.js";
import { filter, go, note, state } from "../state.js";
import { nothing } from "../views.js";

const STANDINGS = ["overdue", "due", "open", "settled"];
const FIRST = 30;

export async function nodes() {
  const query = filter({ but: ["layer"] });
  const by = state().said.get("by") || "forecaster";
  const [found, scored] = await Promise.all([get("forecasts", query), get("scores", new URLSearchParams([...query, ["by", by]]))]);
  if (!found.rows.length) return nothing("No forecasts for this filter.");
  const board = el("div", {}, scores(scored, by));
  const pick = (name) => el("button", { type: "button", "aria-pressed": by === name, "data-by": name, onclick: () => again(board, query, name) }, `by ${name}`);
  const cut = found.left_out ? el("p", { class: "note" }, `${number(found.left_out)} older ones are left out.`) : null;
  return [el("div", { class: "forecasts" },
    el("section", { "aria-label": "Predictions" }, el("p", { class: "note" }, `Standing on ${day(found.on)}, the day of the last report.`), STANDINGS.map((s) => group(s, found.rows.filter((r) => r.standing === s))), cut),
    el("section", { "aria-label": "Scores" }, el("h2", {}, "Scores"), el("p", { class: "tabs by" }, pick("forecaster"), pick("outlet")), board, el("h2", {}, "Calibration"), calibration(scored.calibration), el("h2", {}, "Outcomes proposed"), proposals(),
      exports("forecasts", { but: ["layer"], what: "Forecasts" }), exports("scores", { but: ["layer"], more: { by }, what: "Scores" }), exports("scores/calibration", { but: ["layer"], what: "Calibration" })))];
}

async function again(board, query, by) {
  note("by", by === "forecaster" ? null : by);
  for (const button of document.querySelectorAll(".by button")) button.setAttribute("aria-pressed", button.dataset.by === by);
  board.replaceChildren(scores(await get("scores", new URLSearchParams([...query, ["by", by]])), by));
}

function group(standing, rows) {
  if (!rows.length) return null;
  const list = el("div", { class: "cards" }, rows.slice(0, FIRST).map(forecast));
  const more = rows.length > FIRST ? el("button", { type: "button", onclick: (e) => (list.append(...rows.slice(FIRST).map(forecast)), e.target.remove()) }, `Show ${rows.length - FIRST} more`) : null;
  return el("details", { open: standing !== "settled" || rows.length < 10, class: "standing" }, el("summary", {}, el("h2", {}, standing, " ", el("span", { class: "n" }, number(rows.length)))), list, more);
}

function forecast(row) {
  const node = card(row);
  const who = some(row.actors.filter((a) => a.role === "forecaster").map((a) => a.name)) || row.source || "the author";
  const likely = row.likelihood_low === null ? "how likely isn’t said" : `${Math.round(100 * row.likelihood_low)}–${Math.round(100 * row.likelihood_high)} %${row.likelihood ? ` (“${row.likelihood}”)` : ""}`;
  const until = row.horizon_latest ? `by ${day(row.horizon_latest)}` : row.horizon ? `“${row.horizon}”` : "without a date";
  const outcome = row.outcome ? el("strong", { class: `outcome ${row.outcome}` }, { happened: "✓ it happened", not: "✗ it did not happen", lapsed: "– its time is over, untold" }[row.outcome]) : null;
  if (me().may("review")) node.append(settle(row));
  node.querySelector("blockquote").before(el("p", { class: "likely" }, gauge(row), ` ${who}: ${likely}, ${until}${row.condition ? `, ${/^(if|unless|should)\b/i.test(row.condition) ? row.condition : `if ${row.condition}`}` : ""} `, outcome));
  return node;
}

/** What became of it, by a person's word; "still open" takes that back. */
function settle(row) {
  const choices = [["happened", "It happened"], ["not", "It did not"], ["lapsed", "Its time is over, untold"], ...(row.outcome ? [["open", "Still open"]] : [])];
  const keep = async (outcome) => {
    try {
      await post("decisions", { entry_key: row.key, decision: "accept", field: "outcome", after: outcome, who: me().name });
      go({}, { replace: true });
    } catch (error) {
      say(`The outcome was not kept: ${error.message}`, { bad: true });
    }
  };
  return el("p", { class: "outcomes" }, el("span", { class: "note" }, "Outcome: "), choices.filter(([value]) => value !== row.outcome).map(([value, words]) => el("button", { type: "button", class: "link", onclick: () => keep(value) }, words)));
}

/** What later reports tell of open forecasts, with their words on both sides. */
function proposals() {
  const box = el("div", {});
  const ask = async () => {
    box.replaceChildren(el("p", { class: "note" }, "Reading what later reports tell …"));
    try {
      const { rows } = await get("forecasts/proposals");
      const words = { happened: "it happened", not: "it did not happen", lapsed: "its time is over, untold" };
      const clue = (c) => el("li", {}, `${c.outlet || c.report || ""}${c.published ? `, ${c.published}` : ""}: ${c.words ? `“${c.words.text}” ` : ""}`, el("span", { class: "note" }, c.why));
      box.replaceChildren(...(rows.length ? rows.map((p) => el("details", {}, el("summary", {}, `${p.content} – ${words[p.outcome] || p.outcome}?`), el("ul", { class: "clues" }, p.speaking_for.map(clue), p.speaking_against.map(clue)))) : [el("p", { class: "note" }, "Later reports tell nothing of the open ones.")]));
    } catch (error) {
      box.replaceChildren(el("p", { class: "error", role: "alert" }, error.message));
    }
  };
  box.append(el("button", { type: "button", onclick: ask }, "What do later reports tell?"));
  return box;
}

/** How likely, as a bar from 0 to 1. */
function gauge({ likelihood_low: low, likelihood_high: high }) {
  if (low === null) return null;
  return svg("svg", { class: "gauge", viewBox: "0 0 100 10", "aria-hidden": "true" }, svg("rect", { x: 0, y: 4, width: 100, height: 2, class: "rail" }), svg("rect", { x: 100 * low, y: 1, width: Math.max(3, 100 * (high - low)), height: 8, rx: 2, class: "known" }));
}

function scores({ rows }, by) {
  const settled = rows.filter((r) => r.settled);
  if (!settled.length) return el("p", { class: "note" }, `No forecast is settled yet, so nobody has a score; ${count(rows.reduce((n, r) => n + r.resolvable, 0), "forecast")} could be. Below stands what later reports tell of them.`);
  const heads = [by, "made", "settled", "Brier", "95 % interval", "right"];
  const cells = (r) => [r.name, number(r.made), number(r.settled), r.brier.toFixed(2), `${r.brier_low.toFixed(2)} – ${r.brier_high.toFixed(2)}`, r.right === null ? "" : `${Math.round(100 * r.right)} %`];
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Scores" }, el("p", { class: "note" }, "Brier score: 0 is perfect, 0.25 is what fifty-fifty always gets."),
    el("table", { class: "plain" }, el("thead", {}, el("tr", {}, heads.map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, settled.map((r) => el("tr", {}, cells(r).map((c, i) => el(i ? "td" : "th", i ? { class: "num" } : { scope: "row" }, c)))))));
}

/** How often what was called so likely happened, with the interval of the share. */
function calibration(bins) {
  if (!bins.length) return el("p", { class: "note" }, "Drawn as soon as forecasts are settled.");
  const at = (share) => 40 + 240 * share;
  const up = (share) => 260 - 240 * share;
  const node = svg("svg", { class: "calibration", viewBox: "0 0 300 300", role: "img", "aria-label": bins.map((b) => `called ${Math.round(100 * b.chance)} %: ${Math.round(100 * b.happened)} % of ${b.count} happened`).join("; ") },
    svg("path", { d: `M40 20V260H280`, class: "axis" }), svg("path", { d: `M40 260L280 20`, class: "even" }));
  for (const share of [0, 0.5, 1]) node.append(svg("text", { x: at(share), y: 276, "text-anchor": "middle" }, `${100 * share} %`), svg("text", { x: 34, y: up(share) + 4, "text-anchor": "end" }, `${100 * share}`));
  for (const b of bins) node.append(svg("path", { d: `M${at(b.chance)} ${up(b.low)}V${up(b.high)}`, class: "interval" }), svg("circle", { cx: at(b.chance), cy: up(b.happened), r: 3 + Math.min(9, Math.sqrt(b.count)) }, svg("title", {}, `called ${Math.round(100 * b.chance)} %: ${Math.round(100 * b.happened)} % of ${b.count} happened`)));
  node.append(svg("text", { x: 160, y: 295, "text-anchor": "middle" }, "called how likely"), svg("text", { x: 46, y: 16 }, `happened, of ${number(bins.reduce((n, b) => n + b.count, 0))} settled; bars: 95 % interval`));
  return node;
}
