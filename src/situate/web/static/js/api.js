// The API. An error is thrown with the message that the server gave.

export async function get(path, query = new URLSearchParams()) {
  return answer(await fetch(`/api/${path}?${query}`));
}

export async function post(path, value) {
  const headers = { "Content-Type": "application/json", "X-Situate": "1" };
  return answer(await fetch(`/api/${path}`, { method: "POST", headers, body: JSON.stringify(value) }));
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error?.message || `${response.status}`);
  return body;
}
