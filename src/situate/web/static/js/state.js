// What is shown: a view and one filter, kept in the address so that a link shows the same.

export const FIELDS = ["since", "until", "place", "actor", "type", "status", "source", "report", "review", "text"];
const listeners = [];

export function state() {
  const said = new URLSearchParams(location.search);
  return { view: said.get("view") || "events", said };
}

/** The filter alone, as the API takes it. */
export function filter() {
  const { said } = state();
  const query = new URLSearchParams();
  for (const field of FIELDS) said.getAll(field).filter(Boolean).forEach((value) => query.append(field, value));
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
  else history.pushState(null, "", address);
  tell();
}

export const onChange = (listen) => listeners.push(listen);
let shown = location.search; // a link within the page changes the address's end alone, and nothing is to be shown anew
addEventListener("popstate", () => {
  if (location.search !== shown) tell();
});

function tell() {
  shown = location.search;
  listeners.forEach((listen) => listen());
}
