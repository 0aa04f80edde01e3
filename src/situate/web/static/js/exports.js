// What a view shows as files to take away: the whole of what the filter lets through, in the forms that the API has.

import { el } from "./dom.js";
import { filter } from "./state.js";

/** A line of links: `path` of the API, the forms it has, and fields of the filter that the view leaves out. */
export function exports(path, { forms = ["csv", "json"], but = [], more = {}, what = "These" } = {}) {
  const query = filter({ but });
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  const link = (form) => el("a", { href: `/api/${path}?${new URLSearchParams([...query, ["format", form]])}` }, form === "geojson" ? "GeoJSON" : form.toUpperCase());
  return el("p", { class: "note exports" }, `${what} as `, forms.map((form, i) => [i ? " · " : "", link(form)]), ".");
}
