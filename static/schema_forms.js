// Buttons of a form made of a schema (add, remove, find, browse) change it in its place. Without this file the page is
// sent and comes anew, with the same form in it.
document.addEventListener("click", async event => {
  const button = event.target.closest("form[data-schema-form] #schema-form button[name=do]");
  if (!button) return;
  event.preventDefault();
  const form = button.form, old = document.getElementById("schema-form");
  const sent = new FormData(form, button);
  old.inert = true;  // What was written meanwhile would be lost.
  const answer = await fetch(form.action, { method: "POST", body: sent }).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page && page.getElementById("schema-form");
  if (!next) { old.inert = false; form.requestSubmit(button); return; }
  old.replaceWith(next);
  document.getElementById("wrong")?.remove();
  const at = next.querySelector("[autofocus]") ?? [...next.querySelectorAll("button[name=do]")].find(one => one.value === button.value);
  (at ?? document.getElementById("main")).focus();
});

// Enter in a box that searches asks its own button, not that of the form.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || !event.target.matches("form[data-schema-form] input[type=search]")) return;
  event.preventDefault();
  event.target.parentElement.querySelector("button[name=do]").click();
});
