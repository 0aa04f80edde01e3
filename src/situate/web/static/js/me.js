// Who looks at the page, and what they may do. Alone on this machine nobody logs in.

import { get, secret, send, whenOut } from "./api.js";
import { byId, el } from "./dom.js";
import { go } from "./state.js";

let one = { name: "you", role: "", rights: ["read", "review", "edit", "administer"], by: "alone" };

const NAME = "situate-name";

export const me = () => ({ ...one, name: one.by === "alone" ? localStorage.getItem(NAME) || one.name : one.name, may: (right) => one.rights.includes(right) });

/** Alone on a machine, people who share it say who decides. */
export const callMe = (name) => (name ? localStorage.setItem(NAME, name) : localStorage.removeItem(NAME));

/** Finds out who it is. Whose session is over goes to log in, and comes back to what was shown. */
export async function enter() {
  whenOut(() => location.assign(`/login.html?${new URLSearchParams({ next: location.search })}`));
  take(await get("me"));
}

function take(found) {
  one = found;
  secret(found.csrf);
  document.documentElement.classList.toggle("may-review", me().may("review"));
  const out = el("button", { type: "button", class: "quiet", onclick: leave }, "Log out");
  const settings = el("button", { type: "button", class: "quiet", onclick: () => go({ view: "settings", open: null, entry: null }) }, "Settings");
  byId("user").replaceChildren(...(found.by === "alone" ? [settings] : [`${found.name} (${found.role}) `, settings, out]));
}

async function leave() {
  await send("DELETE", "session").catch(() => {});
  location.reload();
}
