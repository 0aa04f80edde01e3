// One line that tells what happened, with what can be done about it.

import { byId, el } from "./dom.js";

/** Tell something; `act` is {name, run} of a button beside it. An empty text clears the line. */
export function say(text, { act = null, bad = false } = {}) {
  const line = byId("notice");
  line.hidden = !text;
  line.classList.toggle("bad", bad);
  const button = act && el("button", { type: "button", onclick: () => (say(""), act.run()) }, act.name);
  line.replaceChildren(text, ...(button ? [" ", button] : []));
}
