// A draft saves itself while one writes. What the portal did not take yet is kept in this browser, and sent when it can
// be; if somebody else saved meanwhile nothing is sent, until one has looked at both. Without this file a button saves.
{
const form = document.querySelector("form[data-draft]"), said = document.getElementById("saved"), trouble = document.getElementById("draft-trouble");
const PAUSE = 1200, AGAIN = 5000, key = `draft ${form.dataset.draft}`;
const OWN = new Set(["csrfmiddlewaretoken", "revision", "seen", "do"]);
const conflict = document.getElementById("conflict");
let waiting = 0, sending = null, isStopped = !!conflict, isAway = false, sent = "";

const written = () => [...new FormData(form)].filter(([name, value]) => !OWN.has(name) && typeof value === "string");
const time = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
const field = name => form.elements.namedItem(name);

const keep = text => { try { localStorage.setItem(key, JSON.stringify({ seen: field("seen").value, text })); } catch { /* there is no room: the page itself still has it */ } };
const forget = () => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };
const kept = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };

const complain = (text, { asks = false } = {}) => {
  trouble.querySelector("p").textContent = text;
  trouble.querySelector("button").hidden = !asks;
  trouble.hidden = false;
};

const save = async () => {
  if (isStopped || sending) return sending;
  const text = JSON.stringify(written());
  if (text === sent) return;
  clearTimeout(waiting);
  sending = send(text);
  await sending;
  sending = null;
};

const send = async text => {
  keep(text);
  const told = new FormData(form);
  told.set("do", "auto");
  said.textContent = "Saving …";
  const answer = await fetch(form.action, { method: "POST", body: told, redirect: "error" }).catch(() => null);
  isAway = !answer || answer.status >= 500;
  if (answer?.ok) return saved(await answer.json(), text);
  const isJson = answer?.headers.get("Content-Type")?.includes("json"), problem = isJson ? await answer.json() : {};
  said.textContent = "Not saved yet";
  if (answer?.status === 409 && problem.who) {
    isStopped = true;
    complain(`${problem.who} saved this draft elsewhere at ${new Date(problem.saved_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}. What you wrote here is kept.`, { asks: true });
  } else if (!isAway) {
    complain(problem.message ?? "The portal does not take this. Save it by the button to see why.");
  } else {
    complain("The portal cannot be reached. What you write is kept in this browser, and sent when it is back.");
    waiting = setTimeout(save, AGAIN);
  }
};

const saved = (told, text) => {
  field("revision").value = told.revision;
  field("seen").value = told.seen;
  sent = text;
  trouble.hidden = true;
  said.textContent = `Saved at ${time()}.`;
  if (JSON.stringify(written()) === text) forget();
  else soon();
};

const soon = () => { clearTimeout(waiting); waiting = setTimeout(save, PAUSE); };
const isSearch = element => element.matches("input[type=search]");
form.addEventListener("input", event => { if (!isSearch(event.target)) { keep(JSON.stringify(written())); soon(); } });
form.addEventListener("change", event => { if (!isSearch(event.target)) soon(); });
document.addEventListener("schema-form", soon);
addEventListener("online", save);

// A button saves first in the same way, so that nobody leaves the page with what did not arrive.
form.addEventListener("submit", async event => {
  if (isStopped) { if (conflict) forget(); return; }
  event.preventDefault();
  await sending;
  await save();
  if (isAway) return;
  isStopped = true;
  // Not before this submit has been dealt with: until then a form takes no other, and says nothing.
  setTimeout(() => form.requestSubmit(event.submitter));
});
conflict?.querySelector("[data-leave]").addEventListener("click", forget);

// What was left here when the connection was lost, or the page was closed before it was sent.
const bringBack = ({ seen, text }) => {
  const values = JSON.parse(text), names = new Set(values.map(([name]) => name)), before = JSON.stringify(written());
  if (text === before) return forget();
  for (const input of form.querySelectorAll("input[name], select[name], textarea[name]")) {
    if (OWN.has(input.name) || input.type === "hidden" && !names.has(input.name)) continue;
    const mine = values.filter(([name]) => name === input.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(input.type)) input.checked = mine.includes(input.value);
    else if (input.type !== "hidden" && mine.length) input.value = mine[0];
  }
  if (JSON.stringify(written()) === before) return forget();
  if (seen !== field("seen").value) field("revision").value = 0;
  field("seen").value = seen;
  complain("What you wrote here last had not reached the portal. It stands in the form again.");
  soon();
};

sent = JSON.stringify(written());
const left = isStopped ? null : kept();
if (left) bringBack(left);
}
