// What an entry says: its words, evidence, time, places, and how it reads in a line.

import { period, plain, short } from "./dom.js";
import { STATES, STATUSES } from "./shapes.js";

/** The words that show an entry in the text. Layers with a letter are shown by a mark before their evidence instead. */
export function wordsOf({ layer, value }) {
  switch (layer) {
    case "actors":
    case "places":
      return value.mentions;
    case "times":
    case "quantities":
      return [value.span];
    case "events":
      return [value.trigger, ...value.mentions.map((m) => m.trigger)];
    case "claims":
      return [value.source, value.cue].filter(Boolean);
    default:
      return [];
  }
}

/** The words that an entry rests on. */
export function evidenceOf({ layer, value }) {
  switch (layer) {
    case "actors":
    case "places":
      return value.mentions;
    case "times":
    case "quantities":
      return [value.span];
    case "events":
      return [value.evidence, ...value.mentions.map((m) => m.evidence)];
    case "claims":
      return [value.content];
    case "agreements":
      return value.evidence;
    default:
      return [value.evidence];
  }
}

/** The telling words inside the evidence, which are framed when an entry is open. */
export function tellingOf(entry) {
  const { layer, value } = entry;
  if (layer === "forecasts") return [value.content];
  if (layer === "movements") return [value.who_span, value.means].filter(Boolean);
  if (layer === "control" && value.exception) return [value.exception];
  if (layer === "agreements") return [value.name, ...value.provisions.map((x) => x.span)].filter(Boolean);
  return wordsOf(entry);
}

/** Where to look first. */
export function focusOf(entry) {
  return tellingOf(entry)[0] || evidenceOf(entry)[0];
}

/** When: the entry's own time, or (`reported`) the day of a report that gives none. */
export function whenOf(model, { p, layer, value }) {
  const published = model.report(p).published;
  if (layer === "forecasts") {
    const { earliest = null, latest = null } = value.horizon || {};
    return { earliest: published, latest: published, horizon: latest || earliest, reported: false };
  }
  const time = model.get(p, value.time)?.value;
  if (time && (time.earliest || time.latest)) return { earliest: time.earliest, latest: time.latest, reported: false };
  return { earliest: published, latest: published, reported: true };
}

/** When, in words; without a time of its own an entry says only when it was reported. */
export function whenText(model, entry) {
  const { earliest, latest, reported } = whenOf(model, entry);
  const text = period(earliest, latest);
  return reported && text ? `reported ${text}` : text;
}

export function placesOf({ layer, value }) {
  switch (layer) {
    case "places":
      return [value.id];
    case "events":
    case "agreements":
      return value.places;
    case "movements":
      return [value.origin, value.destination].filter(Boolean);
    case "control":
      return [value.place];
    default:
      return [];
  }
}

/** Who says so: the claim's source, or the report in its own voice. */
export function sayerOf(model, { p, layer, value }) {
  if (layer === "claims") return sourceOf(model, p, value);
  const claim = model.get(p, value.claim)?.value;
  if (claim) return sourceOf(model, p, claim);
  return layer === "forecasts" && value.forecaster ? model.name(p, value.forecaster) : `${model.outlet(p)}, own voice`;
}

export function sourceOf(model, p, claim) {
  const words = claim.source?.text || model.name(p, claim.actor);
  return words || "source not named";
}

/** The entry in a line, for lists and labels. */
export function lineOf(model, { p, layer, value }) {
  const names = (ids) => model.names(p, ids);
  switch (layer) {
    case "actors":
    case "places":
      return value.name;
    case "times":
      return `${value.span.text}: ${period(value.earliest, value.latest) || "open"}`;
    case "quantities":
      return `${value.span.text}${value.of ? ` (${value.of})` : ""}`;
    case "events":
      return [names(value.actors), value.trigger.text, names(value.recipients) && `→ ${names(value.recipients)}`].filter(Boolean).join(" ");
    case "claims":
      return `${sourceOf(model, p, value)}: ${short(value.content.text, 90)}`;
    case "agreements":
      return `${plain(value.kind)}${value.parties.length ? ": " + names(value.parties) : ""}`;
    case "movements":
      return `${whoMoves(model, p, value)}: ${plain(value.kind)}${route(model, p, value)}`;
    case "control":
      return `${model.name(p, value.holder)} ${STATES[value.state]} ${model.name(p, value.place)}${value.exception ? `, all but ${value.exception.text}` : ""}`;
    case "relations":
      return `${model.name(p, value.from)} ${tie(value.kind)} ${model.name(p, value.to)}`;
    default:
      return short(value.content.text, 110);
  }
}

export function whoMoves(model, p, movement) {
  return movement.who_span?.text || model.names(p, movement.who) || "people";
}

export function route(model, p, movement) {
  const from = model.name(p, movement.origin);
  const to = model.name(p, movement.destination);
  return (from ? ` from ${from}` : "") + (to ? ` to ${to}` : "");
}

export const TIES = {
  allied: "is allied with",
  part_of: "is part of",
  negotiates_with: "negotiates with",
  rivals: "is a rival of",
};

export function tie(kind) {
  return TIES[kind] || plain(kind);
}

export function amount(quantity) {
  if (!quantity) return "";
  const n = (x) => x.toLocaleString("en");
  const { value, low, high } = quantity;
  if (value !== null) return n(value);
  if (low !== null && high !== null) return `${n(low)}–${n(high)}`;
  if (low !== null) return `≥ ${n(low)}`;
  return high === null ? quantity.span.text : `≤ ${n(high)}`;
}

/** How likely, in the forecaster's words and as an interval. */
export function likelihood({ likelihood: l }) {
  if (!l) return "";
  const share = l.low === null || l.high === null ? "" : `${Math.round(l.low * 100)}–${Math.round(l.high * 100)} %`;
  return [l.phrase?.text, share && (l.phrase ? `(${share})` : share)].filter(Boolean).join(" ");
}

/** The fields of an entry as [label, text or nodes], the empty ones left out. `link` makes a button for another entry. */
export function fieldsOf(model, entry, link) {
  const { p, layer, value } = entry;
  const links = (ids) => (ids || []).map((id) => model.get(p, id)).filter(Boolean).map((e) => link(e));
  const quantity = (id) => amount(model.get(p, id)?.value);
  const fields = {
    actors: () => [["Kind", plain(value.kind)], ["Country", value.country], ["Part of", links(value.member_of)], ["Called", called(value)], ["Wikidata", value.wikidata]],
    places: () => [["Kind", plain(value.kind)], ["Country", value.country], ["Area", value.admin1], ["Position", position(value)], ["Gazetteer", value.gazetteer], ["Called", called(value)]],
    times: () => [["Means", period(value.earliest, value.latest) || "open"], ["Anchored on", plain(value.anchor)]],
    quantities: () => [["Value", amount(value)], ["Unit", value.unit], ["Of", value.of]],
    events: () => [["Class", value.type + (value.mode ? ` / ${plain(value.mode)}` : "")], ["Who", links(value.actors)], ["To whom", links(value.recipients)], ["Others", links(value.third_parties)], ["Where", links(value.places)], ["With", value.instrument?.text], ["Figures", value.quantities.map((q) => `${quantity(q.quantity)} ${plain(q.role)}`).join(", ")], ["ACLED", value.acled], ["Confidence", `${Math.round(value.confidence * 100)} %`]],
    claims: () => [["Kind", value.kind + (value.anonymous ? ", source not named" : "")], ["Source", value.source?.text], ["Actor", links([value.actor])], ["Cue", value.cue?.text]],
    agreements: () => [["Kind", plain(value.kind)], ["State", plain(value.status)], ["Parties", links(value.parties)], ["Guarantors", links(value.guarantors)], ["Where", links(value.places)], ["Provisions", value.provisions.map((x) => x.span.text).join(" · ")]],
    movements: () => [["Kind", plain(value.kind)], ["Who", value.who_span?.text], ["Party", links(value.who)], ["How many", quantity(value.quantity)], ["From", links([value.origin])], ["To", links([value.destination])], ["By", value.means?.text], ["Under", links([value.agreement])]],
    control: () => [["Place", links([value.place])], ["Holder", links([value.holder])], ["State", STATES[value.state]], ["All but", value.exception?.text]],
    relations: () => [["From", links([value.from])], ["Tie", tie(value.kind)], ["To", links([value.to])], ["Sign", { 1: "with", 0: "neither", "-1": "against" }[value.sign]]],
    forecasts: () => [["How likely", likelihood(value)], ["By when", value.horizon?.span?.text || period(value.horizon?.earliest, value.horizon?.latest)], ["If", value.condition?.text], ["Forecaster", links([value.forecaster])]],
  }[layer]();
  if (value.status && layer !== "agreements") fields.unshift(["Standing", STATUSES[value.status].name]);
  if (!["actors", "places", "times", "quantities"].includes(layer)) fields.push(["When", whenText(model, entry)], ["Says who", sayerOf(model, entry)]);
  return fields.filter(([, content]) => content && content.length !== 0);
}

export function called({ mentions }) {
  return [...new Set(mentions.filter((m) => m.form !== "pronoun").map((m) => m.text))].slice(0, 12).join(" · ");
}

export function position({ lat, lon, radius_km: radius, candidates }) {
  if (lat === null) return candidates?.length ? `not settled: ${candidates.length} candidates` : "not known";
  return `${lat.toFixed(2)}, ${lon.toFixed(2)}${radius ? `, within ${Math.round(radius)} km` : ""}`;
}
