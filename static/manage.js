// Niceties of the pages that manage an index: they work without this file.

// The preview follows what is written: the search page that the server makes of the draft, without what acts.
const editor = document.querySelector("form[data-preview]");
if (editor) {
  const place = document.getElementById("preview"), state = document.getElementById("preview-state");
  let waiting, asked = 0;
  const show = async () => {
    const mine = ++asked;
    state.textContent = "Drawing…";
    const answer = await fetch(editor.dataset.preview, { method: "POST", body: new FormData(editor) }).catch(() => null);
    if (mine !== asked) return;
    if (!answer) { state.textContent = "The portal cannot be reached now."; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const finder = page.querySelector(".finder"), wrong = page.querySelector("#wrong");
    state.textContent = wrong ? [...wrong.querySelectorAll("li")].map(one => one.textContent).join(" ") : "As you wrote it.";
    state.classList.toggle("error", Boolean(wrong));
    if (!finder) return;
    const parts = document.createElement("div");
    parts.className = "finder";
    for (const part of finder.querySelectorAll(":scope > .facets, :scope > .results")) {
      part.removeAttribute("popover");
      for (const one of [part, ...part.querySelectorAll("[id]")]) if (one.id) one.id = `preview-${one.id}`;
      for (const name of ["for", "aria-labelledby", "aria-describedby"])
        for (const one of [part, ...part.querySelectorAll(`[${name}]`)])
          if (one.hasAttribute(name)) one.setAttribute(name, `preview-${one.getAttribute(name)}`);
      for (const one of part.querySelectorAll(".sheet-only, [popovertarget]")) one.remove();
      parts.append(part);
    }
    place.replaceChildren(place.querySelector("legend"), parts);
  };
  editor.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 700); });
  show();
}

// What is in progress is asked for again while somebody looks, and ends when the server says so.
const refresh = async part => {
  const seconds = Number(part.dataset.refresh);
  if (!seconds) return;
  await new Promise(done => setTimeout(done, seconds * 1000));
  if (document.hidden || part.contains(document.activeElement)) return refresh(part);
  const answer = await fetch(location.href).catch(() => null);
  const next = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!next) return refresh(part);
  part.replaceWith(next);
  return refresh(next);
};
for (const part of document.querySelectorAll("[data-refresh]")) refresh(part);
