// What people say about an entry or a report, and answer to each other.

import { get, post } from "./api.js";
import { el } from "./dom.js";
import { me } from "./me.js";
import { say } from "./notice.js";

/** The replies to what has this key, and a field for one more; nothing where somebody may not review. */
export function replies(about) {
  if (!me().may("review")) return el("div", { hidden: true });
  const list = el("ul", { class: "reply-list" });
  const box = el("section", { class: "replies", "aria-label": "Replies" }, el("h3", {}, "Replies"), list, form(about, null, () => load(about, list)));
  load(about, list);
  return box;
}

async function load(about, list) {
  try {
    const { rows } = await get("comments", new URLSearchParams({ about }));
    const ordered = rows.toReversed(); // the oldest first, answers under what they answer
    const under = (key) => ordered.filter((r) => (r.reply_to || null) === key);
    const known = new Set(ordered.map((r) => r.key));
    const top = ordered.filter((r) => !r.reply_to || !known.has(r.reply_to));
    list.replaceChildren(...top.map((r) => reply(r, about, under, () => load(about, list))));
  } catch (error) {
    list.replaceChildren(el("li", { class: "note" }, `Replies can’t be shown: ${error.message}`));
  }
}

function reply(row, about, under, again) {
  const answers = under(row.key);
  const answer = el("button", { type: "button", class: "link", onclick: (event) => event.target.replaceWith(form(about, row.key, again)) }, "Answer");
  return el("li", {}, el("p", {}, el("b", {}, row.who), el("span", { class: "note" }, ` ${row.made_at.slice(0, 16).replace("T", " ")}`)), el("p", { class: "said-words" }, row.words), answer,
    answers.length ? el("ul", { class: "reply-list" }, answers.map((r) => reply(r, about, under, again))) : null);
}

function form(about, replyTo, again) {
  const words = el("textarea", { rows: 2, maxlength: 5000, required: true, "aria-label": replyTo ? "Your answer" : "Your reply", placeholder: replyTo ? "Answer" : "Say something about it" });
  const node = el("form", { class: "reply-form" }, words, el("button", {}, replyTo ? "Answer" : "Reply"));
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await post("comments", { about, words: words.value, reply_to: replyTo, who: me().name });
      words.value = "";
      again();
    } catch (error) {
      say(`The reply was not kept: ${error.message}`, { bad: true });
    }
  });
  return node;
}
