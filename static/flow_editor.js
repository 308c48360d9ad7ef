// The check and the graph follow what is written. Without this file the button "Check" does it.
const editor = document.querySelector("form[data-flow-editor]");
const PAUSE_MS = 600;
let waiting, asked = 0;

const check = async () => {
  const mine = ++asked, sent = new FormData(editor);
  sent.set("do", "check");
  sent.delete("file");
  const answer = await fetch(editor.action, { method: "POST", body: sent }).catch(() => null);
  if (!answer || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of page.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id), hasGraph = part.id !== "graph-part" || part.querySelector("svg");
    if (old && hasGraph && !old.contains(document.activeElement)) old.replaceWith(part);
  }
};
editor.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(check, PAUSE_MS); });

// A finding leads to its line.
document.addEventListener("click", event => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  const box = document.getElementById(link.hash.slice(1)), lines = box.value.split("\n"), at = Number(link.dataset.line) - 1;
  const start = lines.slice(0, at).join("\n").length + (at ? 1 : 0);
  box.focus();
  box.setSelectionRange(start, start + lines[at].length);
  box.scrollTop = Math.max(0, at * (box.scrollHeight / lines.length) - box.clientHeight / 3);
});
