// What is shown: a view and one filter, kept in the address so that a link shows the same.

export const FIELDS = ["text", "place", "actor", "source", "since", "until", "layer", "type", "status", "review", "report", "box"];
const listeners = [];

export function state() {
  const said = new URLSearchParams(location.search);
  return { view: said.get("view") || "map", said };
}

/** The filter alone, as the API takes it; without some of its fields where they are named. */
export function filter({ but = [] } = {}) {
  const { said } = state();
  const query = new URLSearchParams();
  for (const field of FIELDS) {
    if (!but.includes(field)) said.getAll(field).filter(Boolean).forEach((value) => query.append(field, value));
  }
  return query;
}

/** Changes some of what is shown, in the address and on the page. A value of null takes a field away. */
export function go(changes, { replace = false } = {}) {
  const { said } = state();
  for (const [name, value] of Object.entries(changes)) {
    said.delete(name);
    if (value !== null && value !== "") [value].flat().forEach((one) => said.append(name, one));
  }
  const address = `${location.pathname}?${said}`;
  if (replace) history.replaceState(null, "", address);
  else if (address !== `${location.pathname}${location.search}`) history.pushState(null, "", address);
  tell();
}

/** Keeps a view's own setting in the address without showing anything anew. */
export function note(name, value) {
  const { said } = state();
  if (value === null) said.delete(name);
  else said.set(name, value);
  history.replaceState(null, "", `${location.pathname}?${said}`);
  shown = location.search;
}

/** Opens a report at an entry's words. */
export const open = (report, entry = null) => go({ view: "reader", open: report, entry, beside: null });

export const onChange = (listen) => listeners.push(listen);
let shown = location.search; // a link within the page changes the address's end alone, and nothing is to be shown anew
addEventListener("popstate", () => {
  if (location.search !== shown) tell();
});

function tell() {
  shown = location.search;
  listeners.forEach((listen) => listen());
}
