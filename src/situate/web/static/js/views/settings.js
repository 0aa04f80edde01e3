// One's own account and tokens; for editors what readers see; for admins who may do what.

import { get, post, send } from "../api.js";
import { el, plain } from "../dom.js";
import { LAYERS } from "../names.js";
import { me } from "../me.js";
import { say } from "../notice.js";

const ROLES = { reader: "sees what the rules let through", reviewer: "decides, comments", editor: "adds reports, sets the rules", admin: "makes and closes accounts" };
const REVIEWS = ["unreviewed", "accepted", "corrected", "rejected", "unsure"];

export async function nodes() {
  const one = me();
  const alone = one.by === "alone";
  const parts = [alone ? el("p", { class: "note" }, "You are alone on this machine: nobody logs in. As soon as there is an account, people log in; the first one is best an admin.") : own()];
  if (!alone) parts.push(await tokens(one));
  if (one.may("edit")) parts.push(await rules());
  if (one.may("administer")) parts.push(await people());
  return [el("div", { class: "settings" }, parts)];
}

/** Runs what somebody asked for; tells what came of it, and what went wrong. */
async function attempt(act, words) {
  try {
    const made = await act();
    if (words) say(words);
    return made;
  } catch (error) {
    say(error.message, { bad: true });
    return undefined;
  }
}

const panel = (title, ...content) => el("section", { class: "panel", "aria-label": title }, el("h2", {}, title), ...content);
const field = (words, name, more = {}) => el("label", {}, words, " ", el("input", { name, type: "text", autocomplete: "off", maxlength: 300, ...more }));
const table = (heads, rows) => el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": heads.join(", ") }, el("table", { class: "plain" }, el("thead", {}, el("tr", {}, heads.map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, rows)));

function form(content, act) {
  const node = el("form", { class: "fields" }, content);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    act(node, new FormData(node));
  });
  return node;
}

function own() {
  const password = (words, name, complete) => field(words, name, { type: "password", required: true, autocomplete: complete, maxlength: 500 });
  const change = form([password("Old password", "old", "current-password"), password("New password", "new", "new-password"), el("button", {}, "Change it")], async (node, said) => {
    const kept = await attempt(() => send("PUT", "me/password", { old: said.get("old"), new: said.get("new") }));
    if (kept !== undefined) location.assign("/login.html");
  });
  const end = el("button", { type: "button", onclick: () => attempt(() => send("DELETE", "me/sessions"), "All your other sessions are over.") }, "End my other sessions");
  return panel("Your account", el("p", { class: "note" }, `${me().name}, ${me().role}: ${ROLES[me().role]}. With a new password all your sessions end.`), change, end);
}

async function tokens(one) {
  const list = el("div", {});
  const fresh = el("p", { class: "fresh", role: "status", hidden: true });
  const show = async () => {
    const { rows } = await get("tokens");
    const line = (t) => el("tr", {}, el("td", {}, t.name), el("td", {}, t.scopes.join(", ")), el("td", {}, t.ends_at ? t.ends_at.slice(0, 10) : "until revoked"),
      el("td", {}, el("button", { type: "button", class: "link", onclick: () => attempt(() => send("DELETE", `tokens/${encodeURIComponent(t.id)}`), "The token is void.").then(show) }, `Revoke ${t.name}`)));
    list.replaceChildren(rows.length ? table(["Token", "May", "Until", ""], rows.map(line)) : el("p", { class: "note" }, "No token yet."));
  };
  const scopes = el("fieldset", {}, el("legend", {}, "It may"), one.rights.map((right) => el("label", { class: "inline" }, el("input", { type: "checkbox", name: "scopes", value: right, checked: right === "read" }), ` ${right}`)));
  const make = form([field("What it is for", "name", { required: true, maxlength: 100 }), scopes, field("Days it holds (empty: until revoked)", "days", { type: "number", min: 1, max: 3660 }), el("button", {}, "Make a token")], async (node, said) => {
    const made = await attempt(() => post("tokens", { name: said.get("name"), scopes: said.getAll("scopes"), days: said.get("days") ? Number(said.get("days")) : null }));
    if (made === undefined) return;
    fresh.hidden = false;
    fresh.replaceChildren("Its secret, shown this once: ", el("code", {}, made.secret));
    node.reset();
    await show();
  });
  await show();
  return panel("Tokens for programs", list, fresh, make);
}

async function rules() {
  const now = await get("rules");
  const box = (name, values) => el("fieldset", {}, el("legend", {}, { layers: "Layers withheld", reviews: "States not listed" }[name]), values.map((value) => el("label", { class: "inline" }, el("input", { type: "checkbox", name, value, checked: now[name].includes(value) }), ` ${plain(value)}`)));
  const lines = (name, words) => el("label", {}, words, " ", el("textarea", { name, rows: 4 }, now[name].join("\n")));
  const node = form([box("layers", LAYERS), box("reviews", REVIEWS), lines("actors", "Actors withheld, one a line"), lines("places", "Places withheld, one a line; a country or province stands for what is in it"),
    field("Coordinates in the middle of cells of so many degrees (0: as they are)", "cell", { type: "number", min: 0, max: 5, step: "any", value: now.cell }), el("button", {}, "Let these rules hold")], (_, said) => {
    const names = (name) => said.get(name).split("\n").map((x) => x.trim()).filter(Boolean);
    attempt(() => send("PUT", "rules", { layers: said.getAll("layers"), reviews: said.getAll("reviews"), actors: names("actors"), places: names("places"), cell: Number(said.get("cell") || 0) }), "These rules hold from now on.");
  });
  return panel("What readers see", el("p", { class: "note" }, "Holds for every view, export and live update of readers. To show only what somebody verified, leave unreviewed, rejected and unsure entries out."), node);
}

async function people() {
  const list = el("div", {});
  const roles = (name, chosen, act = null) => el("select", { name, "aria-label": `Role of ${name === "role" ? "the new account" : name}`, onchange: act }, Object.keys(ROLES).map((r) => el("option", { value: r, selected: r === chosen }, r)));
  const show = async () => {
    const { rows } = await get("people");
    const line = (p) => el("tr", {}, el("td", {}, p.name), el("td", {}, p.active ? roles(p.name, p.role, (event) => attempt(() => send("PATCH", `people/${encodeURIComponent(p.name)}`, { role: event.target.value }), `${p.name} is ${event.target.value} from now on.`).then(show)) : "closed"), el("td", {}, p.made_at.slice(0, 10)),
      el("td", {}, p.active ? el("button", { type: "button", class: "link", onclick: () => attempt(() => send("DELETE", `people/${encodeURIComponent(p.name)}`), `${p.name} can’t log in any more; what they decided stays.`).then(show) }, `Close ${p.name}`) : null));
    list.replaceChildren(rows.length ? table(["Name", "Role", "Since", ""], rows.map(line)) : el("p", { class: "note" }, "No account yet."));
  };
  const make = form([field("Name", "name", { required: true, maxlength: 100 }), el("label", {}, "Role ", roles("role", "reader")), field("Password", "password", { type: "password", required: true, autocomplete: "new-password", maxlength: 500 }), el("button", {}, "Make the account")], async (node, said) => {
    const made = await attempt(() => post("people", Object.fromEntries(said)), `There is an account for ${said.get("name")}.`);
    if (made !== undefined) node.reset();
    await show();
  });
  await show();
  return panel("Accounts", el("ul", { class: "note" }, Object.entries(ROLES).map(([role, words]) => el("li", {}, `${role}: ${words}`))), list, make);
}
