// A search exchanges its form (box, filters, results) instead of the whole page. Without this file pages do it whole.
const finder = () => document.querySelector("form.finder");

// What leads elsewhere is a page of its own, and so are all the values of a facet.
document.addEventListener("htmx:beforeRequest", event => {
  const to = new URL(event.detail.requestConfig.path, location.href);
  if (to.pathname === location.pathname && !to.searchParams.has("facet")) return;
  event.preventDefault();
  location.assign(to);
});

// What was folded stays folded.
const folds = () => [...finder().querySelectorAll("details:not(.menu)")];
const nameOf = fold => (fold.querySelector("summary h3")?.firstChild ?? fold.querySelector("summary")).textContent.trim();
let kept = new Map();
document.addEventListener("htmx:beforeSwap", () => { kept = new Map(folds().map(fold => [nameOf(fold), fold.open])); });

const tell = text => { document.getElementById("told").textContent = text; };
document.addEventListener("htmx:afterSwap", event => {
  const found = event.detail.target;
  if (found.matches(".facet-found")) return tell(found.querySelector(".none")?.textContent ?? `${found.querySelectorAll("li").length} values`);
  for (const fold of folds()) if (kept.has(nameOf(fold))) fold.open = kept.get(nameOf(fold));
  sessionStorage.removeItem("applied");
  const count = document.getElementById("count");
  tell(count.textContent);
  if (event.detail.requestConfig.elt.closest(".pager")) count.scrollIntoView();
  if (document.activeElement !== document.body) return;  // What was ticked has the focus again.
  count.tabIndex = -1;
  count.focus({ preventScroll: true });
});

// An error is told by a page.
for (const name of ["htmx:responseError", "htmx:sendError"])
  document.addEventListener(name, event => location.assign(event.detail.pathInfo.finalRequestPath));
