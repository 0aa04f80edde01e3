// The page: one filter, every view; what it holds, how many there are, and what is new.

import { get } from "./api.js";
import { byId, count, el, plain } from "./dom.js";
import { facets, held } from "./facets.js";
import { follow, news } from "./live.js";
import { say } from "./notice.js";
import { listen } from "./review.js";
import { FIELDS, filter, go, onChange, state } from "./state.js";
import { LAYERS, VIEWS, show } from "./views.js";

const NARROW = matchMedia("(max-width: 46rem)");

async function refresh() {
  const { view, said } = state();
  for (const input of byId("filter").elements) if (input.name) input.value = said.get(input.name) || "";
  document.title = `${plain(view)} · Situate`;
  byId("views").replaceChildren(...VIEWS.map((name) =>
    el("button", { type: "button", "aria-current": name === view ? "page" : null, onclick: () => go({ view: name, open: null, entry: null }) }, plain(name))));
  held();
  await Promise.all([show(byId("view")), numbers()]);
}

/** The counts and facets alone. */
async function numbers() {
  try {
    const [found] = await Promise.all([get("counts", filter()), facets(byId("facets"))]);
    const layers = LAYERS.map((name) => `${found.layers[name].toLocaleString("en")} ${name}`).join(" · ");
    byId("counts").textContent = `${count(found.reports, "report")} · ${layers}`;
  } catch (error) {
    byId("counts").textContent = `No counts: ${error.message}`;
  }
}

/** New reports are shown at once, but a list that somebody is reading or reviewing isn't pulled away. */
function onNew(reports) {
  numbers();
  const reading = byId("view").contains(document.activeElement) || scrollY > 0 || ["map", "reader"].includes(state().view);
  if (reports > 0 && reading) say(news(reports), { act: { name: "Show", run: () => (scrollTo(0, 0), refresh()) } });
  else if (reports > 0) show(byId("view"));
}

byId("filter").addEventListener("submit", (event) => {
  event.preventDefault();
  go(Object.fromEntries(new FormData(event.target)));
});
byId("reset").addEventListener("click", () => go(Object.fromEntries(FIELDS.map((field) => [field, null]))));
byId("help").addEventListener("click", () => byId("keys").showModal());
byId("narrow").open = !NARROW.matches;
listen();
onChange(refresh);
refresh();
follow(onNew);
