// Logging in, and back to where one wanted to go.

const form = document.getElementById("login");
const refused = document.getElementById("refused");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  const { name, password } = Object.fromEntries(new FormData(form));
  button.disabled = true;
  try {
    const headers = { "Content-Type": "application/json", "X-Situate": "1" };
    const response = await fetch("/api/session", { method: "POST", headers, body: JSON.stringify({ name, password }) });
    if (response.ok) return location.replace(wanted());
    const body = await response.json().catch(() => ({}));
    tell(body.error?.message || `the server says ${response.status}`);
  } catch {
    tell("the server doesn’t answer");
  }
  button.disabled = false;
  form.elements.password.select();
});

/** Where to go on: a view of this page, never another site. */
function wanted() {
  const next = new URLSearchParams(location.search).get("next") || "";
  return next.startsWith("?") ? `/${next}` : "/";
}

function tell(message) {
  refused.textContent = `Not logged in: ${message}.`;
  refused.hidden = false;
}
