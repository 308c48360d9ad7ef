// Niceties only: every page works without this file.
const root = document.documentElement;

// Says something to those who hear the page.
const tell = text => { document.getElementById("told").textContent = text; };

// Light or dark: kept in a cookie, from which the server sets data-theme on the next page.
for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  });
}

// Two handles and two typed bounds of a range facet follow each other; handles do not cross.
// A facet may carry data-log: the handles then move in powers of ten. A handle at its end leaves the bound open.
document.addEventListener("input", event => {
  const facet = event.target.closest("[data-range]");
  if (!facet) return;
  const handles = [...facet.querySelectorAll("input[type=range]")], typed = [...facet.querySelectorAll(".bounds input")];
  const log = "log" in facet.dataset, moved = handles.indexOf(event.target), written = typed.indexOf(event.target);
  const toValue = x => log ? Number((10 ** x).toPrecision(3)) : Number(x), toPlace = v => log ? Math.log10(v) : v;
  if (moved >= 0) {
    const handle = handles[moved], other = Number(handles[1 - moved].value);
    handle.value = moved ? Math.max(handle.value, other) : Math.min(handle.value, other);
    typed[moved].value = handle.value === (moved ? handle.max : handle.min) ? "" : toValue(handle.value);
  } else if (written >= 0 && handles.length === 2 && event.target.value) handles[written].value = toPlace(event.target.value);
  if (log) for (const handle of handles) handle.ariaValueText = toValue(handle.value);
});

// A ticked value, or another order, applies at once; typed bounds wait for the button or Enter.
// The next page gives the focus back to what was ticked.
document.addEventListener("change", event => {
  if (!event.target.matches("[data-apply]:not([data-waits] *)")) return;
  sessionStorage.setItem("applied", event.target.id);
  event.target.form.requestSubmit();
});
const applied = document.getElementById(sessionStorage.getItem("applied"));
sessionStorage.removeItem("applied");
applied?.focus();

// Fields left empty stay out of the address: what is disabled is not sent. Once it is sent they can be written in again.
const isBlank = input => input.name && input.value === "" && !input.disabled && !input.matches("[type=checkbox], [type=hidden]");
document.addEventListener("submit", event => {
  if (event.target.method !== "get") return;
  const blanks = [...event.target.elements].filter(isBlank);
  for (const input of blanks) input.disabled = true;
  setTimeout(() => { for (const input of blanks) input.disabled = false; });
}, true);

// Copy what the code box beside the button holds; say so in words. Plain http has no clipboard: the text is then selected.
document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy]");
  if (!button || button.dataset.said) return;
  const source = document.getElementById(button.dataset.copy), words = [...button.childNodes];
  const isCopied = await navigator.clipboard?.writeText(source.textContent).then(() => true, () => false);
  if (!isCopied) getSelection().selectAllChildren(source);
  button.dataset.said = isCopied ? "Copied" : "Selected, not copied";
  button.textContent = button.dataset.said;
  tell(button.dataset.said);
  setTimeout(() => { button.replaceChildren(...words); delete button.dataset.said; }, 3000);
});

// On a small screen a message about a filter leads into the sheet of filters: open it.
document.addEventListener("click", event => {
  const link = event.target.closest("a[href^='#']"), target = link && document.getElementById(link.hash.slice(1));
  const sheet = target?.closest("[popover]");
  if (sheet && !target.checkVisibility()) { sheet.showPopover(); target.focus(); event.preventDefault(); }
});

// One menu open at a time; Escape closes it and gives the focus back.
document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && document.activeElement.closest("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
