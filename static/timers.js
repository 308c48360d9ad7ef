// The next turns are told while one fills in when. Without this file the button “Preview” does so.
const WAIT = 400;
let waiting, asking;

const preview = async form => {
  const sent = new FormData(form);
  sent.set("do", "preview");
  asking?.abort();
  asking = new AbortController();
  const answer = await fetch(form.action, { method: "POST", body: sent, signal: asking.signal }).catch(() => null);
  const text = answer?.ok && !answer.redirected ? await answer.text().catch(() => "") : "";
  const next = new DOMParser().parseFromString(text, "text/html").getElementById("preview"), old = document.getElementById("preview");
  if (!next || old.contains(document.activeElement)) return;
  if (next.outerHTML !== old.outerHTML) old.replaceWith(next);
};

document.addEventListener("input", event => {
  const form = event.target.closest(".when") && event.target.form;
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(preview, WAIT, form);
});

// What was written before this file came, or put back by the browser, is told as well.
const written = [...document.querySelectorAll(".when input")].find(one => one.value !== one.defaultValue);
if (written) preview(written.form);
