// The reports of the store, adding more of them, and what became of all that was added: what the picture rests on.

import { get, sendFile } from "../api.js";
import { count, day, el, number, plain } from "../dom.js";
import { exports } from "../exports.js";
import { me } from "../me.js";
import { say } from "../notice.js";
import { filter, open } from "../state.js";

const PAGE = 60;
const LARGEST = 10_000_000; // bytes of a file, as the server takes them
const KINDS = ".txt,.md,.html,.htm,.jsonl";
const EVERY = 1200; // milliseconds between looks at what is being read
const OUTCOMES = { kept: "read", nothing: "nothing found", had: "in the store already", failed: "failed" };

export async function nodes() {
  const query = filter();
  query.set("limit", PAGE);
  const found = await get("reports", query);
  const parts = [me().may("edit") ? new Adding().root : null, await listing(found, query)];
  if (me().may("review")) parts.push(runs());
  return [el("div", { class: "with-side of-reports" }, el("div", {}, parts[1]), el("section", { class: "side", "aria-label": "Adding reports" }, parts[0], parts[2] || null))];
}

async function listing(found, query) {
  if (!found.rows.length) return el("p", { class: "empty" }, String(filter()) ? "No report for this filter. Take something of it away, or reset it." : "The store is empty.");
  const list = el("ul", { class: "rows reports" }, found.rows.map(line));
  let { after } = found;
  const more = el("button", { type: "button", hidden: after === null, onclick: async () => {
    try {
      const next = await get("reports", new URLSearchParams([...query, ["after", after]]));
      list.append(...next.rows.map(line));
      more.hidden = (after = next.after) === null;
    } catch (error) {
      say(`No more could be had: ${error.message}`, { bad: true });
    }
  } }, "Show more");
  return el("div", {}, list, more, exports("reports", { more: { limit: 1000 }, what: "The first 1,000 of these" }));
}

function line(r) {
  const told = r.entries ? count(r.entries, "entry", "entries") : "nothing found in it";
  return el("li", {}, el("button", { type: "button", class: "row", onclick: () => open(r.key) },
    el("span", { class: "name" }, r.title || r.id, el("span", { class: "note" }, ` ${r.publisher || "outlet not known"}, ${r.published ? day(r.published.slice(0, 10)) : "date not known"}`)), el("span", { class: "n" }, told)));
}

/** Files or a pasted text, sent one after the other; what becomes of them is told as it happens. */
class Adding {
  constructor() {
    this.list = el("ul", { class: "uploads", "aria-live": "polite" });
    this.files = el("input", { type: "file", multiple: true, accept: KINDS, "aria-label": "Files of reports", onchange: () => this.take([...this.files.files]) });
    this.box = el("div", { class: "drop" }, el("p", {}, "Drop files here, or choose them:"), this.files, el("p", { class: "note" }, "Text, Markdown, HTML, or JSON lines with one report a line; up to 10 MB each."));
    this.box.addEventListener("dragover", (event) => (event.preventDefault(), this.box.classList.add("over")));
    this.box.addEventListener("dragleave", () => this.box.classList.remove("over"));
    this.box.addEventListener("drop", (event) => (event.preventDefault(), this.box.classList.remove("over"), this.take([...event.dataTransfer.files])));
    this.root = el("div", { class: "adding" }, el("h2", {}, "Add reports"), this.box, this.paste(), this.list);
    this.look();
  }

  paste() {
    const field = (name, words, type = "text") => el("label", {}, words, " ", el("input", { name, type, maxlength: 1000, autocomplete: "off" }));
    const form = el("form", { class: "fields" }, el("label", {}, "Text ", el("textarea", { name: "text", rows: 6, required: true })), field("title", "Title"), field("publisher", "Outlet"), field("published", "Date", "date"), field("url", "Address"), el("button", {}, "Add it"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const said = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
      const id = said.url || `pasted ${new Date().toISOString().slice(0, 16)}`;
      const name = `${(said.title || "pasted").slice(0, 60).replaceAll(/[\\/]/g, " ")}.jsonl`;
      this.send(name, new Blob([JSON.stringify({ id, ...said })])).then((kept) => kept && form.reset());
    });
    return el("details", {}, el("summary", {}, "Paste a text"), form);
  }

  async take(files) {
    for (const file of files) {
      if (file.size > LARGEST) this.note(file.name, "larger than 10 MB; split it");
      else await this.send(file.name, file);
    }
    this.files.value = "";
  }

  async send(name, body) {
    try {
      await sendFile("reports", new URLSearchParams({ name }), body);
      this.look();
      return true;
    } catch (error) {
      this.note(name, error.message);
      return false;
    }
  }

  note(name, words) {
    this.list.prepend(el("li", { class: "failed" }, el("b", {}, name), ` ${words}`));
  }

  /** Shows what is being read, again and again as long as something is. */
  async look() {
    clearTimeout(this.timer);
    try {
      const { rows } = await get("uploads");
      const own = [...this.list.querySelectorAll("li:not([data-id])")];
      this.list.replaceChildren(...own, ...rows.map(upload));
      if (rows.some((u) => ["waiting", "reading"].includes(u.state)) && (this.root.isConnected || !this.seen)) this.timer = setTimeout(() => this.look(), EVERY);
      this.seen = true;
    } catch (error) {
      this.note("", `What is being read can’t be told: ${error.message}`);
    }
  }
}

function upload(u) {
  const outcomes = Object.entries(OUTCOMES).filter(([name]) => u[name]).map(([name, words]) => `${number(u[name])} ${words}`).join(", ");
  const words = { waiting: "waits", reading: `being read: ${number(u.done)}${u.total === null ? "" : ` of ${number(u.total)}`}`, done: outcomes || "nothing in it", failed: `broke off: ${u.error}` }[u.state];
  const bar = u.state === "reading" ? el("progress", { max: u.total || 1, "aria-label": `How far ${u.name} is read`, ...(u.total && u.done ? { value: u.done } : {}) }) : null;
  const node = el("li", { class: u.state === "failed" || u.failed ? "failed" : "", "data-id": u.id }, el("b", {}, u.name), ` ${words} `, bar);
  if (u.state === "done" && u.run && u.failed + u.nothing) node.append(items(u.run, "why?"));
  return node;
}

/** What became of each input of a run, where somebody wants it. */
function items(run, words) {
  const node = el("details", {}, el("summary", {}, words));
  node.addEventListener("toggle", async () => {
    try {
      const { rows, after } = await get(`runs/${run}`, new URLSearchParams({ limit: 200 }));
      node.append(el("ul", {}, rows.map((i) => el("li", {}, i.report ? el("button", { type: "button", class: "link", onclick: () => open(i.report) }, i.source) : i.source, el("span", { class: "note" }, ` ${plain(i.outcome)}${i.entries ? `, ${count(i.entries, "entry", "entries")}` : ""}${i.reason ? `: ${i.reason}${i.remedy ? `; ${i.remedy}` : ""}` : ""}`)))),
        el("p", { class: "note" }, after ? "The first 200; all " : "All ", el("a", { href: `/api/runs/${run}?format=csv` }, "as CSV"), "."));
    } catch (error) {
      node.append(el("p", { class: "error", role: "alert" }, error.message));
    }
  }, { once: true });
  return node;
}

/** Every run of adding: what the picture rests on, and what is missing from it. */
function runs() {
  const box = el("div", {}, el("p", { class: "note" }, "Loading …"));
  const told = (run) => Object.entries({ read: "read", nothing: "nothing found", skipped: "had already", failed: "failed" }).filter(([name]) => run.outcomes[name]).map(([name, words]) => `${number(run.outcomes[name])} ${words}`).join(", ");
  const row = (run) => el("li", {}, el("span", {}, `${run.began_at.slice(0, 16).replace("T", " ")}: `, run.sources.join(", ")), el("span", { class: "note" }, ` ${told(run) || "nothing"}${run.ended_at ? "" : "; goes on, or was broken off"} `), items(run.key, "each input"));
  get("runs", new URLSearchParams({ limit: 20 })).then(({ rows }) => box.replaceChildren(rows.length ? el("ul", { class: "runs" }, rows.map(row)) : el("p", { class: "note" }, "No run yet.")), (error) => box.replaceChildren(el("p", { class: "error", role: "alert" }, error.message)));
  return el("div", {}, el("h2", {}, "What was added"), box, el("p", { class: "note" }, "All runs ", el("a", { href: "/api/runs?format=csv" }, "as CSV"), "."));
}
