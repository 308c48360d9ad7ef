// The file manager without page loads: its pages are fetched, and what is new of them is put in its place.
// Without this file links, forms and buttons lead to the same pages whole.
const parsed = async answer => new DOMParser().parseFromString(await answer.text(), "text/html");
const panes = () => document.getElementById("panes");
const unreached = document.getElementById("unreached");
let asked = 0;

// Fetches a page; null if another was asked for meanwhile, or none came.
const fetched = async (url, options) => {
  const mine = ++asked;
  panes().setAttribute("aria-busy", "true");
  const answer = await fetch(url, options).catch(() => null);
  if (mine !== asked) return null;
  panes().removeAttribute("aria-busy");
  unreached.hidden = Boolean(answer);
  if (!answer) unreached.querySelector("a").href = url;
  return answer;
};

// Takes the panes and the messages of another page of the manager, and gives the focus to what has taken its place.
const exchange = (page, url, { side = "a", keepsAddress = false } = {}) => {
  const held = document.activeElement?.id;
  panes().replaceWith(page.getElementById("panes"));
  document.querySelector("main > .messages")?.remove();
  const said = page.querySelector("main > .messages");
  if (said) document.querySelector("main").prepend(said);
  document.title = page.title;
  if (!keepsAddress && url !== location.href) history.pushState(null, "", url);
  count();
  const place = document.getElementById(held) ?? document.getElementById(`${side}-count`) ?? panes().querySelector("h1");
  place?.focus({ preventScroll: true });
  tell(said?.textContent.trim() || document.getElementById(`${side}-count`)?.textContent || "");
};

const visit = async (url, how) => {
  const answer = await fetched(url);
  const page = answer && await parsed(answer);
  if (page?.getElementById("panes")) exchange(page, answer.url, how);
  else if (answer) location.assign(answer.url);
};
addEventListener("popstate", () => visit(location.href, { keepsAddress: true }));

// A page about a path opens as a dialog, and what follows from it stays there until it leads back to the panes.
const dialog = document.getElementById("page-dialog");
let opener;
const show = async answer => {
  if (!answer) return;
  const page = await parsed(answer), inner = page.getElementById("dialog");
  if (inner) {
    for (const link of inner.querySelectorAll(".crumbs")) link.remove();
    const said = page.querySelector("main > .messages");
    dialog.querySelector("div").replaceChildren(...said ? [said] : [], inner);
    if (!dialog.open) dialog.showModal();
    const first = inner.querySelector(".error")?.closest(".field")?.querySelector("input") ?? inner.querySelector("h1");
    first.tabIndex = Math.max(first.tabIndex, -1);
    first.focus();
  } else if (page.getElementById("panes")) {
    dialog.close();
    document.getElementById(opener)?.focus();
    exchange(page, answer.url);
  } else location.assign(answer.url);
};
const posted = (form, button) => fetch(button?.getAttribute("formaction") ?? form.action, { method: "POST", body: new FormData(form, button) });
const got = (form, button) => fetch(`${form.action}?${new URLSearchParams(new FormData(form, button))}`);
dialog.addEventListener("close", () => { document.getElementById(opener)?.focus(); dialog.querySelector("div").replaceChildren(); });

document.addEventListener("click", event => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (dialog.contains(link)) {
    if (new URL(link.href).pathname !== location.pathname) return;
    event.preventDefault();
    dialog.close();
  } else if ("go" in link.dataset) {
    event.preventDefault();
    visit(link.href, { side: link.closest("[data-side]")?.dataset.side });
  } else if ("dialog" in link.dataset) {
    event.preventDefault();
    opener = link.closest("details")?.firstElementChild.id || link.id;
    fetched(link.href).then(show);
  }
});

document.addEventListener("submit", event => {
  const form = event.target, button = event.submitter;
  if (dialog.contains(form)) {
    event.preventDefault();
    (form.method === "get" ? got : posted)(form, button).catch(() => null).then(answer => answer ? show(answer) : form.submit());
  } else if ("go" in form.dataset) {
    event.preventDefault();
    visit(`${form.action}?${new URLSearchParams(new FormData(form))}`, { side: form.dataset.go });
  } else if (button && "dialog" in button.dataset) {
    event.preventDefault();
    opener = button.closest("details")?.firstElementChild.id || button.id;
    posted(form, button).catch(() => null).then(answer => answer ? show(answer) : form.submit());
  }
});

// What is chosen is counted, and buttons that need something chosen wait for it.
const words = bytes => {
  const units = ["bytes", "kB", "MB", "GB", "TB"], at = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 4);
  return `${Number((bytes / 1000 ** at).toPrecision(3))} ${units[at]}`;
};
const boxes = pane => [...pane.querySelectorAll("tbody input[type=checkbox]")];
const count = () => {
  for (const pane of document.querySelectorAll("[data-side]")) {
    const all = boxes(pane), chosen = all.filter(box => box.checked);
    const bytes = chosen.reduce((sum, box) => sum + Number(box.dataset.bytes ?? 0), 0);
    const said = chosen.length ? `${chosen.length} chosen${bytes ? `, ${words(bytes)}` : ""}` : "Nothing chosen";
    const output = pane.querySelector("[data-chosen]"), every = pane.querySelector("[data-choose-all]");
    if (output && output.textContent !== said) output.textContent = said;
    if (every) { every.checked = chosen.length === all.length; every.indeterminate = !every.checked && chosen.length > 0; }
    for (const button of document.querySelectorAll(`[data-needs="${pane.dataset.side}"]`))
      button.disabled = !chosen.length || chosen.length > Number(button.dataset.most ?? Infinity);
  }
};
document.addEventListener("change", event => {
  if (event.target.matches("[data-choose-all]"))
    for (const box of boxes(event.target.closest("[data-side]"))) box.checked = event.target.checked;
  if (event.target.closest("[data-side]")) count();
});
count();

document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy-paths]");
  if (!button) return;
  const pane = button.closest("[data-side]");
  const paths = boxes(pane).filter(box => box.checked).map(box => pane.dataset.path + box.dataset.name).join("\n");
  const isCopied = await navigator.clipboard?.writeText(paths).then(() => true, () => false);
  if (!isCopied) prompt("Copy the paths from here:", paths);
  button.closest("details").open = false;
  tell(isCopied ? "Copied" : "");
});
