// Building the page. Report text only ever becomes text nodes and attribute values.

export { byId, count, day, el, period, refill, short, svg } from "/shared/js/dom.js";

export const plain = (word) => String(word ?? "").replaceAll("_", " ");

export const number = (n) => Math.round(n).toLocaleString("en");

/** How much larger than usual all is drawn, as on a wall: what stands on a canvas goes along. */
export const unit = () => Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 15);

/** Several names as a phrase: "a, b and 3 more". */
export function some(names, most = 3) {
  const unique = [...new Set(names)];
  return unique.length > most ? `${unique.slice(0, most).join(", ")} and ${unique.length - most} more` : unique.join(", ");
}

/** Runs `act` once, some time after the last call. */
export function settled(act, milliseconds = 250) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...values), milliseconds);
  };
}
