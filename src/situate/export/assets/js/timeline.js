// When: one lane a kind, one mark an entry, stacked by day; long gaps between reports' times are cut out.

const DAY = 86400000;
const LONGEST = 62; // days: what is dated less precisely stands in the list below, not on the line
const GAP = 45; // days without anything that are cut out
const PER_DAY = 9; // pixels at least where there is room
const NARROW = 66; // pixels of a time of which little is told
const STEP = 11; // pixels between stacked marks
const HIGHEST = 9; // marks in a stack before "+n"

const LANES = [
  ...Object.entries(GROUPS).map(([key, { name }]) => ({ key, name })),
  { key: "agreements", name: "Agreements" },
  { key: "movements", name: "Movements" },
  { key: "control", name: "Control" },
  { key: "forecasts", name: "Forecasts" },
];

class Timeline {
  constructor(model, { onOpen }) {
    this.model = model;
    this.onOpen = onOpen;
    this.root = byId("timeline");
    new ResizeObserver(() => this.fitted !== this.root.clientWidth && this.items && this.draw()).observe(this.root);
  }

  gather(p) {
    this.items = [];
    this.undated = [];
    for (const layer of ["events", "agreements", "movements", "control", "forecasts"]) {
      for (const entry of this.model.of(layer, p)) this.sort(entry);
    }
    this.draw();
  }

  sort(entry) {
    const { earliest, latest, reported, horizon } = whenOf(this.model, entry);
    const [from, to] = [dayNumber(earliest), dayNumber(latest)];
    if (from === null || to === null || to - from > LONGEST) {
      this.undated.push(entry);
      return;
    }
    const lane = entry.layer === "events" ? GROUP_OF[entry.value.type] : entry.layer;
    this.items.push({ entry, lane, at: Math.round((from + to) / 2), from, to, reported, horizon: dayNumber(horizon) });
  }

  draw() {
    this.fitted = this.root.clientWidth;
    if (!this.fitted) return;
    const runs = this.runs();
    const width = this.scale(runs, this.fitted - 128);
    const lanes = this.stack();
    const height = lanes.reduce((sum, l) => sum + l.height, 0) + 30;
    const picture = svg("svg", { width, height, class: "line", role: "group", "aria-label": "Timeline" });
    this.axis(picture, runs, height);
    let top = 0;
    const names = el("div", { class: "lanes", "aria-hidden": "true" });
    for (const lane of lanes) {
      picture.append(svg("path", { class: "lane", d: `M0 ${top + lane.height - 0.5}H${width}` }));
      const label = el("div", {}, el("span", {}, lane.name));
      label.style.height = `${lane.height}px`;
      names.append(label);
      for (const mark of lane.marks) picture.append(this.mark(mark, runs, top + lane.height));
      top += lane.height;
    }
    const scroll = el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Timeline, scrolls sideways" }, picture);
    refill(this.root, lanes.length ? names : el("p", { class: "note" }, "Nothing here has a date."), lanes.length ? scroll : null);
    scroll.scrollLeft = this.busiest(this.items.map((i) => this.x(i.at, runs)).sort((a, b) => a - b), scroll.clientWidth) - 24;
  }

  /** The spans of days that hold something, cut at long gaps. */
  runs() {
    const days = [...new Set(this.items.flatMap((i) => [i.from, i.to]))].sort((a, b) => a - b);
    const runs = [];
    for (const d of days) {
      const last = runs[runs.length - 1];
      if (last && d - last.to <= GAP) last.to = d;
      else runs.push({ from: d, to: d });
    }
    return runs;
  }

  /** Give each run its pixels (little where little stands), and tell the width of all. */
  scale(runs, room) {
    for (const run of runs) run.marks = this.items.filter((i) => run.from <= i.at && i.at <= run.to).length;
    const most = Math.max(...runs.map((r) => r.marks));
    const minor = (run) => run.marks < most / 8;
    const days = runs.reduce((sum, r) => sum + (minor(r) ? 0 : r.to - r.from + 3), 0);
    const free = room - runs.reduce((sum, r) => sum + 26 + (minor(r) ? NARROW : 0), 0);
    const perDay = Math.max(PER_DAY, Math.min(26, free / Math.max(1, days)));
    let x = 0;
    for (const run of runs) {
      const length = run.to - run.from + 3;
      run.x = x + 13;
      run.width = minor(run) ? NARROW : Math.max(length * perDay, NARROW);
      run.perDay = minor(run) ? run.width / length : perDay;
      x += run.width + 26;
    }
    return Math.max(x, room);
  }

  x(dayAt, runs) {
    const run = runs.find((r) => dayAt <= r.to) || runs[runs.length - 1];
    return run.x + Math.max(0, Math.min(run.width, (dayAt - run.from + 1.5) * run.perDay));
  }

  /** Where a window of that width holds most of the marks. */
  busiest(xs, width) {
    let [best, most, end] = [0, 0, 0];
    xs.forEach((x, start) => {
      while (end < xs.length && xs[end] < x + width - 40) end++;
      if (end - start > most) [best, most] = [x, end - start];
    });
    return best;
  }

  /** The lanes that hold something, marks stacked by day. */
  stack() {
    return LANES.map((lane) => {
      const marks = [];
      const heights = new Map();
      for (const item of this.items.filter((i) => i.lane === lane.key)) {
        const level = heights.get(item.at) || 0;
        heights.set(item.at, level + 1);
        marks.push({ ...item, level });
      }
      const over = [...heights].filter(([, n]) => n > HIGHEST);
      const shown = marks.filter((m) => m.level < HIGHEST).concat(over.map(([at, n]) => ({ lane: lane.key, at, more: n - HIGHEST, items: marks.filter((m) => m.at === at) })));
      const tallest = Math.min(HIGHEST + (over.length ? 1 : 0), Math.max(0, ...heights.values()));
      return { ...lane, marks: shown, height: tallest * STEP + 12 };
    }).filter((lane) => lane.marks.length);
  }

  mark(item, runs, base) {
    const x = this.x(item.at, runs);
    if (item.more) return this.rest(item, x, base - 8 - HIGHEST * STEP);
    const { entry } = item;
    const y = base - 10 - item.level * STEP;
    const group = entry.layer === "events" ? item.lane : entry.layer;
    const when = whenText(this.model, entry);
    const node = svg("g", { class: `mark g-${group} ${item.reported ? "reported" : ""}` }, svg("title", {}, `${lineOf(this.model, entry)}\n${when}`));
    if (item.to > item.from) node.append(svg("path", { class: "span", d: `M${this.x(item.from, runs)} ${y}H${this.x(item.to, runs)}` }));
    if (item.horizon > item.at) node.append(svg("path", { class: "horizon", d: `M${x} ${y}H${Math.min(this.x(item.horizon, runs), x + 160)}` }));
    node.append(svg("g", { transform: `translate(${x} ${y})` }, svg("circle", { class: "target", r: 8 }), ...this.shape(entry)));
    node.addEventListener("click", () => this.onOpen([entry.key]));
    return node;
  }

  shape({ layer, value }) {
    if (layer === "control") return controlShape(value.state, 3.8, STATUSES[value.status].done);
    if (layer === "forecasts") return statusShape("predicted", 4);
    if (layer === "agreements") return statusShape(["proposed", "negotiated"].includes(value.status) ? "offered" : "actual", 4);
    return statusShape(value.status, 4);
  }

  rest(item, x, y) {
    const keys = item.items.map((i) => i.entry.key);
    const node = svg("text", { class: "mark more", x, y, "text-anchor": "middle" }, `+${item.more}`);
    node.addEventListener("click", () => this.onOpen(keys, keys[0], count(keys.length, "entry", "entries")));
    return node;
  }

  axis(picture, runs, height) {
    for (const run of runs) {
      if (run !== runs[0]) picture.append(svg("path", { class: "cut", d: `M${run.x - 16} 0l4 ${height / 2}l-4 ${height / 2}M${run.x - 11} 0l4 ${height / 2}l-4 ${height / 2}` }));
      let last = -100;
      for (let d = run.from; d <= run.to; d++) {
        const date = new Date(d * DAY);
        const weekly = date.getUTCDate() === 1 || date.getUTCDay() === 1 || d === run.from || run.to - run.from < 21;
        const x = this.x(d, runs);
        if (!weekly || x - last < 48) continue;
        last = x;
        const named = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
        const year = d === run.from ? ` ${date.getUTCFullYear()}` : "";
        if (year) last += 26;
        picture.append(svg("path", { class: "tick", d: `M${x} 0V${height - 24}` }), svg("text", { class: "date", x, y: height - 8 }, named + year));
      }
    }
  }
}

function dayNumber(iso) {
  return iso ? Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY) : null;
}
