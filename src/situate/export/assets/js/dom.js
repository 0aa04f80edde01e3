// Building the page. Report text only ever becomes text nodes and attribute values.

export const SVG = "http://www.w3.org/2000/svg";
export const byId = (id) => document.getElementById(id);

/** An element with properties (`class`, `on…` handlers, attributes) and children (nodes or text). */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same in SVG. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

export function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name.startsWith("aria-")) node.setAttribute(name, String(value));
    else if (value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

/** A node emptied and filled again. */
export function refill(node, ...children) {
  node.replaceChildren();
  return fill(node, {}, children);
}

/** Text cut at a word, with an ellipsis where it was cut. */
export function short(text, length) {
  const flat = text.replace(/\s+/g, " ").trim();
  if (flat.length <= length) return flat;
  const cut = flat.slice(0, length);
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), length * 0.6)) + "…";
}

/** "1 event", "3 events". */
export function count(n, one, many = one + "s") {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

export const plain = (word) => word.replaceAll("_", " ");

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** An ISO date as people write it: "5 Jul 2018". */
export function day(iso) {
  const [y, m, d] = iso.split("-").map(Number);
  return `${d} ${MONTHS[m - 1]} ${y}`;
}

/** An interval of ISO dates, open where an end is null. */
export function period(earliest, latest) {
  if (!earliest && !latest) return "";
  if (!latest) return `from ${day(earliest)}`;
  if (!earliest) return `until ${day(latest)}`;
  if (earliest === latest) return day(earliest);
  const [y1, m1, d1] = earliest.split("-");
  const [y2, m2] = latest.split("-");
  if (y1 === y2 && m1 === m2) return `${Number(d1)}–${day(latest)}`;
  return `${day(earliest)} – ${day(latest)}`;
}
