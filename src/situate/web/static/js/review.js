// Review by keyboard: one key a decision, and on to the next entry.

import { get, post } from "./api.js";
import { ask } from "./correct.js";
import { byId } from "./dom.js";
import { card, redraw } from "./entry.js";
import { say } from "./notice.js";
import { filter, go, state } from "./state.js";

const KEYS = { a: "accept", r: "reject", u: "unsure", c: "correct" };
const ENTRY = ".entry[data-key]";
const made = []; // cards decided on in this page, for undo

const chosen = () => document.activeElement?.closest?.(ENTRY);

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

async function decide(node, decision) {
  const correction = decision === "correct" ? await ask(node.entry) : {};
  if (!correction) return focus(node);
  if (decision === "correct") focus(node);
  if (decision !== "undo") made.push(node);
  try {
    const kept = await post("decisions", { entry_key: node.entry.key, decision, ...correction });
    node.entry.review = kept.review;
    redraw(node);
  } catch (error) {
    if (decision !== "undo") made.splice(made.lastIndexOf(node), 1);
    say(`The decision was not kept: ${error.message}`, { bad: true, act: { name: "Try again", run: () => decide(node, decision) } });
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
  const { view } = state();
  const layer = document.querySelector(ENTRY)?.entry.layer || view;
  try {
    const { row } = await get("review/next", new URLSearchParams([...filter(), ["layer", layer]]));
    if (!row) return say("Nothing left to review here.");
    const there = [...document.querySelectorAll(ENTRY)].find((node) => node.entry.key === row.key);
    const node = there || card(row);
    if (!there) byId("view").prepend(node);
    focus(node);
  } catch (error) {
    say(error.message, { bad: true });
  }
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  const node = chosen();
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "n") next();
  else if (event.key === "z") undo();
  else if (event.key === "/") byId("filter").elements.text.focus();
  else if (event.key === "?") byId("keys").showModal();
  else if (event.key === "Enter" && node && node === document.activeElement) go({ view: "reader", open: node.entry.report.key, entry: node.entry.key });
  else if (KEYS[event.key] && node) {
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

export function listen() {
  addEventListener("keydown", onKey);
  addEventListener("click", onClick);
}
