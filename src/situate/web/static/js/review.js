// Review by keyboard in every view: one key a decision, and on to the next entry.

import { get, post } from "./api.js";
import { ask } from "./correct.js";
import { byId, el } from "./dom.js";
import { card, redraw } from "./entry.js";
import { me } from "./me.js";
import { say } from "./notice.js";
import { replies } from "./replies.js";
import { chooseBy } from "./same.js";
import { filter, open, state } from "./state.js";

const KEYS = { a: "accept", r: "reject", u: "unsure", c: "correct" };
const ENTRY = ".entry[data-key]";
const made = []; // cards decided on in this page, for undo

const chosen = () => document.activeElement?.closest?.(ENTRY) || document.querySelector(`.only ${ENTRY}`);

function focus(node) {
  node?.focus();
  node?.scrollIntoView({ block: "nearest" });
}

/** Moves to an entry further on; those folded away are passed over. */
function step(by, from = chosen()) {
  const all = [...document.querySelectorAll(ENTRY)].filter((node) => node.checkVisibility());
  const at = all.indexOf(from);
  focus(all[Math.min(all.length - 1, Math.max(0, at + by))]);
}

/** Keeps a decision on the entry of a card; a "decided" event tells the view. */
export async function decide(node, decision) {
  const correction = decision === "correct" ? await ask(node.entry) : {};
  if (!correction) return focus(node);
  if (decision === "correct") focus(node);
  if (decision !== "undo") made.push(node);
  try {
    const kept = await post("decisions", { entry_key: node.entry.key, decision, who: me().name, ...correction });
    node.entry.review = kept.review;
    redraw(node);
    (node.isConnected ? node : document.querySelector(".only") || document.body).dispatchEvent(new CustomEvent("decided", { bubbles: true, detail: { node, decision } }));
  } catch (error) {
    if (decision !== "undo") made.splice(made.lastIndexOf(node), 1);
    const again = error.status >= 500 || !error.status ? { act: { name: "Try again", run: () => decide(node, decision) } } : {};
    say(`The decision was not kept: ${error.message}`, { bad: true, ...again });
  }
}

function undo() {
  const node = made.pop() || chosen();
  if (!node) return;
  if (node.isConnected) focus(node);
  decide(node, "undo");
}

/** Brings the entry that most needs a person to the top of the list. */
async function next() {
  if (state().view === "review") return dispatchEvent(new Event("later"));
  const layer = document.querySelector(ENTRY)?.entry?.layer || "events";
  try {
    const { row } = await get("review/next", new URLSearchParams([...filter({ but: ["layer"] }), ["layer", layer]]));
    if (!row) return say("Nothing left to review here.");
    const there = [...document.querySelectorAll(ENTRY)].find((node) => node.entry?.key === row.key);
    const node = there || card(row);
    if (!there) byId("view").prepend(node);
    focus(node);
  } catch (error) {
    say(error.message, { bad: true });
  }
}

/** Opens the replies below an entry, ready to write. */
function reply(node) {
  if (!node.querySelector(".replies") && !node.parentElement.querySelector(".replies")) node.append(replies(node.entry.key));
  (node.querySelector(".replies textarea") || node.parentElement.querySelector(".replies textarea"))?.focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  const node = chosen();
  const may = me().may("review");
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "n" && may) next();
  else if (event.key === "z" && may) undo();
  else if (event.key === "s" && may && node?.querySelector(".same")) chooseBy(node);
  else if (event.key === "m" && may && node?.entry) reply(node);
  else if (event.key === "/") byId("filter").elements.text.focus();
  else if (event.key === "?") byId("keys").showModal();
  else if (event.key === "Enter" && node?.entry && node === document.activeElement) open(node.entry.report.key, node.entry.key);
  else if (KEYS[event.key] && node?.entry && may) {
    const decision = KEYS[event.key];
    if (decision !== "correct") step(1, node);
    decide(node, decision);
  } else return;
  event.preventDefault();
}

function onClick(event) {
  const button = event.target.closest?.("button[data-decision]");
  if (button) decide(button.closest(ENTRY), button.dataset.decision);
}

/** One decision on all entries that are shown and that nobody reviewed yet; each is named, so none unseen is decided on. */
export function together(box) {
  const cards = () => [...box.querySelectorAll(ENTRY)].filter((node) => node.entry.review === "unreviewed");
  const told = el("span", { class: "note" });
  const count = () => (told.textContent = `${cards().length} of the ${box.querySelectorAll(ENTRY).length} shown are not reviewed:`);
  const act = async (decision) => {
    const nodes = cards().slice(0, 200);
    if (!nodes.length) return say("All that is shown is reviewed.");
    if (!(await sure(decision, nodes.length))) return;
    try {
      const kept = await post("decisions/together", { entry_keys: nodes.map((n) => n.entry.key), decision, who: me().name, stood: "unreviewed" });
      for (const node of nodes) {
        node.entry.review = kept.reviews[node.entry.key];
        redraw(node);
      }
      count();
      const back = () => post("decisions/together", { entry_keys: nodes.map((n) => n.entry.key), decision: "undo", who: me().name }).then(({ reviews }) => {
        for (const node of nodes) (node.entry.review = reviews[node.entry.key]), redraw(node);
        count();
      });
      say(`${kept.kept} ${decision}ed.`.replace("unsureed", "marked unsure"), { act: { name: "Undo all", run: back } });
    } catch (error) {
      say(`The decisions were not kept: ${error.message}`, { bad: true });
    }
  };
  box.addEventListener("decided", count);
  count();
  return el("p", { class: "together" }, told, ...["accept", "reject", "unsure"].map((decision) => el("button", { type: "button", onclick: () => act(decision) }, `${decision[0].toUpperCase()}${decision.slice(1)} these`)));
}

function sure(decision, n) {
  const dialog = byId("sure");
  byId("sure-what").textContent = `${decision === "unsure" ? "Mark" : decision[0].toUpperCase() + decision.slice(1)} ${n} ${n === 1 ? "entry" : "entries"}${decision === "unsure" ? " as unsure" : ""}? Only those on this screen that nobody reviewed.`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

export function listen() {
  addEventListener("keydown", onKey);
  addEventListener("click", onClick);
}
