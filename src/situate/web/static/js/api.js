// The API. An error is thrown with the message that the server gave; who has to log in first is told to the page.

let word = "1"; // what the page sends when it writes, so that no other site can: of the session, or this where nobody logs in
let onLogin = () => {};

/** `act` runs when the server wants somebody to log in. */
export const whenOut = (act) => (onLogin = act);

export const secret = (csrf) => (word = csrf);

export async function get(path, query = new URLSearchParams()) {
  return answer(await fetch(`/api/${path}?${query}`));
}

export const post = (path, value) => send("POST", path, value);

export async function send(method, path, value) {
  const headers = { "Content-Type": "application/json", "X-Situate": word };
  return answer(await fetch(`/api/${path}`, { method, headers, body: value === undefined ? undefined : JSON.stringify(value) }));
}

/** Sends a file as it is. */
export async function sendFile(path, query, body) {
  const headers = { "Content-Type": "application/octet-stream", "X-Situate": word };
  return answer(await fetch(`/api/${path}?${query}`, { method: "POST", headers, body }));
}

async function answer(response) {
  if (response.status === 204) return null;
  const body = await response.json().catch(() => ({}));
  if (response.status === 401) onLogin();
  if (!response.ok) throw Object.assign(new Error(body.error?.message || `the server says ${response.status}`), { status: response.status });
  return body;
}
