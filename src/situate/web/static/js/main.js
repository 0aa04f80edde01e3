// The page: one filter, every view; what it holds, how many there are, and what is new.

import { get } from "./api.js";
import { brush } from "./brush.js";
import { byId, count, el, number, plain, refill } from "./dom.js";
import { facets, held } from "./facets.js";
import { follow, news } from "./live.js";
import { LAYERS } from "./names.js";
import { enter } from "./me.js";
import { say } from "./notice.js";
import { listen } from "./review.js";
import { FIELDS, filter, go, onChange, state } from "./state.js";
import { GROUPS, show } from "./views.js";

const NARROW = matchMedia("(max-width: 46rem)");
const ONE = new Set(["text", "since", "until"]);

let counted = null; // the reports that the store had when they were counted first

async function refresh() {
  const { view, said } = state();
  for (const input of byId("filter").elements) {
    if (input.name) input.value = ONE.has(input.name) || said.getAll(input.name).length < 2 ? named(said.get(input.name)) : "";
  }
  document.body.dataset.view = view;
  document.title = `${plain(view)} · Situate`;
  tabs(view);
  held();
  await Promise.all([show(byId("view")), numbers()]);
}

const named = (value) => (/^(name|wikidata|report|geonames):/.test(value || "") ? "" : value || "");

function tabs(view) {
  const tab = (name) => el("button", { type: "button", "aria-current": name === view ? "page" : null, onclick: () => go({ view: name, open: null, entry: null, beside: null, at: null }) }, plain(name));
  byId("views").replaceChildren(...GROUPS.flatMap((group, i) => [i ? el("span", { class: "gap" }) : null, ...group.map(tab)]).filter(Boolean));
  byId("views").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** The counts, the facets and the time brush alone. */
async function numbers({ anew = false } = {}) {
  const bars = brush({ anew }).catch((error) => refill(byId("brush"), el("p", { class: "empty-brush" }, `No time line: ${error.message}`)));
  try {
    const found = await get("tally", filter());
    counted ??= found.reports;
    facets(found.by);
    const layers = Object.fromEntries(found.by.layer.map((v) => [v.value, v.count]));
    const chosen = state().said.getAll("layer");
    const parts = LAYERS.filter((name) => layers[name] && (!chosen.length || chosen.includes(name))).map((name) => `${number(layers[name])} ${name}`);
    const undated = found.undated ? ` · ${count(found.undated, "entry", "entries")} without a date` : "";
    const waiting = found.waiting ? ` · ${count(found.waiting, "report")} not put together with the others yet` : "";
    byId("counts").replaceChildren(el("strong", {}, count(found.total, "entry", "entries")), ` of ${count(found.reports, "report")}: ${parts.join(" · ") || "none"}${undated}${waiting}`);
  } catch (error) {
    byId("counts").textContent = `No counts: ${error.message}`;
  }
  await Promise.all([bars, get("tally/outlets", filter()).then(({ values }) => facets({ outlet: values }), () => {})]);
}

/** New reports are shown at once, but what somebody is reading, reviewing or looking at isn't pulled away. */
async function onNew(reports, together) {
  numbers({ anew: true });
  if (reports <= 0 && !together) return;
  const { href } = location;
  const busy = () => href === location.href && (byId("view").contains(document.activeElement) || scrollY > 0 || ["reader", "review"].includes(state().view));
  if ((busy() || !(await show(byId("view"), busy))) && reports > 0) say(news(reports), { act: { name: "Show", run: () => (scrollTo(0, 0), refresh()) } });
}

byId("filter").addEventListener("submit", (event) => {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(event.target));
  const { said } = state();
  for (const [name, value] of Object.entries(given)) if (!value && !ONE.has(name) && (said.getAll(name).length > 1 || named(said.get(name)) === "")) delete given[name];
  go(given);
});
byId("reset").addEventListener("click", () => go(Object.fromEntries(FIELDS.map((field) => [field, null]))));
byId("whole").addEventListener("click", ({ currentTarget }) => currentTarget.setAttribute("aria-expanded", byId("filter").classList.toggle("whole")));
byId("help").addEventListener("click", () => byId("keys").showModal());
byId("narrow").open = !NARROW.matches;
listen();
await enter();
onChange(refresh);
refresh().finally(() => follow(onNew, counted));
