// What is new in the store since the page was shown. A page that nobody sees holds no connection.

import { count } from "./dom.js";
import { say } from "./notice.js";

/**
 * `onNew(reports, together)` hears how many reports came since there were `reports` (null: since now), or 0 where only
 * decisions were made elsewhere; and whether some were put together with the others.
 */
export function follow(onNew, reports = null) {
  let source = null;
  let last = reports === null ? null : { reports };
  const hear = ({ data }) => {
    const now = JSON.parse(data);
    if (last !== null && (now.reports !== last.reports || last.decisions !== undefined)) onNew(now.reports - last.reports, now.waiting < last.waiting);
    last = now;
  };
  const connect = () => {
    source?.close();
    source = null;
    if (document.visibilityState === "hidden") return;
    source = new EventSource("/api/live");
    let lost = false;
    source.addEventListener("message", hear);
    source.addEventListener("error", () => ((lost = true), say("The server doesn’t answer; what is shown may be old.", { bad: true })));
    source.addEventListener("open", () => lost && ((lost = false), say("")));
  };
  document.addEventListener("visibilitychange", connect);
  connect();
}

export const news = (reports) => `${count(reports, "new report")} in the store.`;
