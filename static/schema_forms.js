// Buttons of a form made of a schema (add, remove, move, find, browse) change it in its place, and fields on which
// others depend do so at once. Without this file the page is sent and comes anew, with the same form in it.
let overtaken;
async function renew(form, sent) {
  overtaken?.abort();
  overtaken = new AbortController();
  const signal = overtaken.signal;
  const text = await fetch(form.action, { method: "POST", body: sent, signal }).then(answer => answer.ok ? answer.text() : "").catch(() => "");
  return signal.aborted ? null : new DOMParser().parseFromString(text, "text/html").getElementById("schema-form");
}

const inputs = part => [...part.querySelectorAll("input[name], select[name], textarea[name]")];
const isBox = input => ["checkbox", "radio"].includes(input.type);
const keyOf = input => `${input.name}\n${isBox(input) ? input.value : input.type === "hidden"}`;

// What was written while the answer was on its way is written into the new form too.
function carryOver(old, next, sent) {
  const twins = new Map(inputs(next).map(input => [keyOf(input), input]));
  for (const input of inputs(old)) {
    const twin = twins.get(keyOf(input));
    if (!twin || input.type === "hidden") continue;
    if (isBox(input)) { if (input.checked !== sent.getAll(input.name).includes(input.value)) twin.checked = input.checked; }
    else if (input.value !== sent.get(input.name)) twin.value = input.value;
  }
}

// The focus goes where the new form wants it, or stays where it was.
function exchange(old, next, pressed) {
  const held = old.contains(document.activeElement) && document.activeElement, at = held?.selectionStart;
  const folds = [...next.querySelectorAll("details")];
  for (const [at, fold] of [...old.querySelectorAll("details")].entries()) if (folds[at]) folds[at].open ||= fold.open;
  old.replaceWith(next);
  document.dispatchEvent(new Event("schema-form"));
  const same = held && (inputs(next).find(input => keyOf(input) === keyOf(held)) || document.getElementById(held.id));
  const button = pressed && [...next.querySelectorAll("button[name=do]")].find(one => one.value === pressed.value);
  const to = pressed ? next.querySelector("[autofocus]") ?? button ?? document.getElementById("main") : same;
  if (to) to.focus({ preventScroll: !pressed });
  if (!pressed && typeof at === "number" && typeof to?.selectionStart === "number") to.setSelectionRange(at, held.selectionEnd);
  if (next.dataset.told) tell(next.dataset.told);
}

document.addEventListener("click", async event => {
  const button = event.target.closest("form[data-schema-form] #schema-form button[name=do]");
  if (!button) return;
  event.preventDefault();
  const form = button.form, old = document.getElementById("schema-form"), sent = new FormData(form, button);
  old.inert = true;  // What was written meanwhile would be lost.
  const next = await renew(form, sent);
  if (!next) { old.inert = false; form.requestSubmit(button); return; }
  document.getElementById("wrong")?.remove();
  exchange(old, next, button);
});

// Fields come and go with what is filled in.
document.addEventListener("change", async event => {
  const form = event.target.closest("[data-steers]") && event.target.closest("form[data-schema-form]");
  if (!form || event.target.type === "search") return;
  const sent = new FormData(form), shown = names => new Set(names.map(input => input.name)).size;
  sent.set("do", `look:${event.target.name}`);
  const next = await renew(form, sent), old = document.getElementById("schema-form");
  if (!next || old.inert) return;
  const more = shown(inputs(next)) - shown(inputs(old));
  carryOver(old, next, sent);
  exchange(old, next);
  if (more) tell(more > 0 ? "Fields were added below." : "Fields that do not apply were taken away.");
});

// Enter in a box that searches asks its own button, not that of the form.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || !event.target.matches("form[data-schema-form] input[type=search]")) return;
  event.preventDefault();
  event.target.parentElement.querySelector("button[name=do]").click();
});
