// The dialog in which a field of an entry is corrected. Enter keeps it, Escape leaves the entry as it is.

import { byId, el, plain } from "./dom.js";

const ALWAYS = ["type", "status", "earliest", "latest", "source"];
const ROLES = {
  events: ["actors", "recipients", "places"],
  control: ["holder", "place"],
  movements: ["who", "origin", "destination"],
  relations: ["from", "to"],
  agreements: ["parties", "places"],
};
const ONE = { events: { actors: "actor", recipients: "recipient" } };
const SEVERAL = new Set(["actors", "recipients", "places", "parties"]);

/** Asks for a field and its value; gives {field, before, after, comment}, or null where nothing is to be corrected. */
export function ask(row) {
  const dialog = byId("correct");
  const { field, after, comment } = dialog.querySelector("form").elements;
  field.replaceChildren(...[...ALWAYS, ...(ROLES[row.layer] || [])].map((name) => el("option", { value: name }, plain(name))));
  comment.value = "";
  const stands = () => (after.value = [before(row, field.value) ?? ""].flat().join(", "));
  field.onchange = stands;
  stands();
  byId("correct-of").textContent = row.evidence.text;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "keep" ? said(row, field.value, after.value, comment.value) : null), { once: true });
  });
}

function said(row, field, text, comment) {
  const after = SEVERAL.has(field) ? text.split(",").map((part) => part.trim()).filter(Boolean) : text.trim() || null;
  return { field, before: before(row, field), after, comment: comment.trim() || null };
}

/** What the entry has in the field now. */
function before(row, field) {
  if (row[field] !== undefined && typeof row[field] !== "object") return row[field];
  const role = ONE[row.layer]?.[field];
  const links = field.startsWith("place") || field === "origin" || field === "destination" ? row.places : row.actors;
  const names = (links || []).filter((link) => SEVERAL.has(field) ? !role || link.role === role : link.role === field).map((link) => link.name);
  return SEVERAL.has(field) ? names : names[0] ?? null;
}
