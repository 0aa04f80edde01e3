// Who holds what on the map: a hatched disc round each place that a report names, and a line where two holders meet.
// Between the places nothing is known, so a disc never reaches farther than half the way to another holder's place.

const HOLDS = new Set(["holds", "captured", "occupies", "patrols"]);
const FARTHEST = 18; // km round a place
const CROWDED = 400; // so many held places would be a thicket of lines
const MEET = 70; // km between places of two holders that still face each other

/** Holders by how many places they hold, so that the commonest get the clearest colours. */
export function holdersOf(sites) {
  const times = new Map();
  for (const site of sites) for (const h of site.held) times.set(h.holder, (times.get(h.holder) || 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
}

/** {areas: [{site, holder, km}], fronts: [[lon, y, lon, y]]} of the last word on each place. */
export function controlAreas(sites, wide) {
  const held = sites.filter((s) => !wide(s)).map((site) => ({ site, by: site.held.find((h) => HOLDS.has(h.state)) })).filter((h) => h.by);
  const near = neighbours(held);
  const areas = held.map((h) => {
    const apart = near(h).filter((o) => o.by.holder !== h.by.holder).map((o) => kilometres(h.site, o.site));
    const km = Math.max(2, Math.min(FARTHEST, Math.min(...apart, Infinity) / 2));
    return { site: h.site, holder: h.by.holder, done: ["actual", "ongoing"].includes(h.by.status), km };
  });
  return { areas, fronts: held.length < CROWDED ? fronts(held, near) : [] };
}

/** Gives those within a degree or so of one, without looking at all of them. */
function neighbours(held) {
  const cells = new Map();
  const cell = (lon, lat) => `${Math.floor(lon)}|${Math.floor(lat)}`;
  for (const h of held) (cells.get(cell(h.site.lon, h.site.lat)) || cells.set(cell(h.site.lon, h.site.lat), []).get(cell(h.site.lon, h.site.lat))).push(h);
  return ({ site }) => [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => cells.get(cell(site.lon + dx, site.lat + dy)) || []));
}

function fronts(held, near) {
  const found = [];
  const at = new Map(held.map((h, i) => [h, i]));
  held.forEach((a, i) => {
    const around = near(a);
    for (const b of around) {
      const apart = kilometres(a.site, b.site);
      if (at.get(b) <= i || a.by.holder === b.by.holder || apart > MEET || apart < 1) continue;
      if (!around.some((c) => c !== a && c !== b && between(a.site, b.site, c.site))) found.push(line(a.site, b.site));
    }
  });
  return found;
}

/** Whether a third place stands between two: inside the circle over the way from one to the other. */
function between(a, b, c) {
  const [x, y] = [(a.lon + b.lon) / 2, (a.y + b.y) / 2];
  return Math.hypot(c.lon - x, c.y - y) < Math.hypot(a.lon - b.lon, a.y - b.y) / 2;
}

function line(a, b) {
  const [x, y] = [(a.lon + b.lon) / 2, (a.y + b.y) / 2];
  const [dx, dy] = [(b.y - a.y) * 0.32, (a.lon - b.lon) * 0.32];
  return [x - dx, y - dy, x + dx, y + dy];
}

function kilometres(a, b) {
  const narrow = Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return 111.2 * Math.hypot((a.lon - b.lon) * narrow, a.lat - b.lat);
}
