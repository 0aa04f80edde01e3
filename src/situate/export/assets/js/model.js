// The pictures as they come (situate/1), with their entries by key "picture:id".

export const LAYERS = [
  { key: "actors", name: "Actors", one: "Actor", letter: "", shown: true },
  { key: "places", name: "Places", one: "Place", letter: "", shown: true },
  { key: "times", name: "Times", one: "Time", letter: "", shown: false },
  { key: "quantities", name: "Quantities", one: "Quantity", letter: "", shown: false },
  { key: "events", name: "Events", one: "Event", letter: "", shown: true },
  { key: "claims", name: "Claims", one: "Claim", letter: "", shown: false },
  { key: "agreements", name: "Agreements", one: "Agreement", letter: "A", shown: true },
  { key: "movements", name: "Movements", one: "Movement", letter: "M", shown: true },
  { key: "control", name: "Control", one: "Control", letter: "C", shown: true },
  { key: "relations", name: "Relations", one: "Relation", letter: "R", shown: true },
  { key: "forecasts", name: "Forecasts", one: "Forecast", letter: "F", shown: true },
];
export const LAYER = Object.fromEntries(LAYERS.map((l) => [l.key, l]));

export class Model {
  constructor(pictures) {
    this.pictures = pictures
      .map((picture, given) => ({ ...picture, given }))
      .sort((a, b) => (a.report.published || "9").localeCompare(b.report.published || "9") || a.given - b.given);
    this.entries = new Map();
    this.pictures.forEach((picture, p) => {
      picture.slice = slicer(picture.report.text);
      for (const { key: layer } of LAYERS) {
        for (const value of picture[layer] || []) {
          const key = `${p}:${value.id}`;
          this.entries.set(key, { key, p, layer, value });
        }
      }
    });
  }

  /** The entries of a layer, of one picture or (null) of all. */
  *of(layer, p = null) {
    for (const entry of this.entries.values()) {
      if (entry.layer === layer && (p === null || entry.p === p)) yield entry;
    }
  }

  get(p, id) {
    return id ? this.entries.get(`${p}:${id}`) : undefined;
  }

  names(p, ids) {
    return (ids || []).map((id) => this.get(p, id)?.value.name).filter(Boolean).join(", ");
  }

  name(p, id) {
    return this.get(p, id)?.value.name || "";
  }

  report(p) {
    return this.pictures[p].report;
  }

  outlet(p) {
    const { publisher, byline, id } = this.report(p);
    return publisher || byline || id;
  }
}

/** Cuts a text by code points, as the contract counts them; JavaScript counts UTF-16 units. */
export function slicer(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}
