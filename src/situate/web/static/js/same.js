// Which entries are one incident, by a person's word: taken apart, or put together. Both are decisions, and can be undone.

import { post } from "./api.js";
import { el } from "./dom.js";
import { me } from "./me.js";
import { say } from "./notice.js";
import { go } from "./state.js";

let first = null; // the entry that another one is to be put together with

async function keep(entry, after, decision, words) {
  const tell = (what) => post("decisions", { entry_key: entry.key, decision: what, field: "incident", after: after.key, who: me().name });
  try {
    await tell(decision);
    say(words, { act: { name: "Undo", run: () => tell("undo").then(() => go({}, { replace: true })) } });
    go({}, { replace: true });
  } catch (error) {
    say(`It was not kept: ${error.message}`, { bad: true });
  }
}

/** Takes an entry out of the incident of another one. */
export function apart(of, entry) {
  if (!me().may("review")) return null;
  return el("button", { type: "button", class: "link", onclick: () => keep(entry, of, "reject", "They are two incidents from now on.") }, "Not the same incident");
}

/** Puts two incidents together: chosen one after the other. */
export function one(entry) {
  if (!me().may("review")) return null;
  return el("button", { type: "button", class: "link same", onclick: (event) => choose(entry, event.currentTarget.closest(".entry")) }, first?.key === entry.key ? "Chosen: now the other one" : "Same as another …");
}

function choose(entry, node) {
  if (first === null || first.key === entry.key) {
    first = first === null ? entry : null;
    node.classList.toggle("chosen-one", first !== null);
    if (first === null) return say("");
    return say("Choose “Same as another …” at the incident that is the same one, in any list.", { act: { name: "Leave it", run: () => ((first = null), node.classList.remove("chosen-one")) } });
  }
  const other = first;
  first = null;
  return keep(entry, other, "accept", "They are one incident from now on.");
}

/** The key of a review: the same as its button. */
export function chooseBy(node) {
  node.querySelector(":scope > .note .same")?.click();
}
