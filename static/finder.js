// A search exchanges its form (box, filters, results) instead of the whole page. Without this file pages do it whole.
const finder = () => document.querySelector("form.finder");
const unreached = document.getElementById("unreached");

// What leads elsewhere is a page of its own, and so are all the values of a facet.
document.addEventListener("htmx:beforeRequest", event => {
  const to = new URL(event.detail.requestConfig.path, location.href);
  if (to.pathname === location.pathname && !to.searchParams.has("facet")) return;
  event.preventDefault();
  location.assign(to);
});

// A wait is told when it is long enough to be felt. The line is emptied first: the same total again is news, too.
let waiting, written;
document.addEventListener("htmx:beforeSend", () => {
  unreached.hidden = true;
  tell("");
  waiting = setTimeout(tell, 700, "Searching …");
  written = null;
});
document.addEventListener("htmx:afterRequest", () => clearTimeout(waiting));
document.addEventListener("input", event => { written = event.target; });

// What was folded stays folded. What had the focus has it again: by its id (htmx does that), or by its words, or
// what it was folded in has it.
const wordsOf = one => one.getAttribute("aria-label") ?? one.textContent.trim();
const sameAs = old => old && [...finder().querySelectorAll("a, button, summary")].find(
  one => wordsOf(one) === wordsOf(old) && one.checkVisibility());
const folds = () => [...finder().querySelectorAll("details")];
const nameOf = fold => (fold.querySelector("summary h3")?.firstChild ?? fold.querySelector("summary")).textContent.trim();
let kept = new Map(), held, isSheet;
document.addEventListener("htmx:beforeSwap", event => {
  const isMove = event.detail.requestConfig.elt.closest(".column-list");  // One moves columns several times.
  kept = new Map(folds().map(fold => [nameOf(fold), fold.open && (isMove || !fold.matches(".menu"))]));
  held = document.activeElement;
  isSheet = document.getElementById("filters")?.matches(":popover-open");
});

document.addEventListener("htmx:afterSwap", event => {
  const found = event.detail.target;
  const values = found.querySelectorAll(".facet-value").length;
  if (found.matches(".facet-found")) return tell(values ? `${values} value${values > 1 ? "s" : ""}` : found.textContent.trim());
  if (isSheet) document.getElementById("filters").showPopover();  // On a phone one ticks several values in a row.
  if (isSheet && held.id) document.getElementById(held.id)?.focus();
  for (const fold of folds()) if (kept.has(nameOf(fold))) fold.open = kept.get(nameOf(fold));
  sessionStorage.removeItem("applied");
  const count = document.getElementById("count"), typed = written?.matches(".input") && document.getElementById(written.id);
  if (typed) typed.value = written.value;  // Somebody went on typing.
  tell(count.textContent);
  const isPaging = event.detail.requestConfig.elt.closest(".pager");
  if (isPaging) count.scrollIntoView();
  if (document.activeElement !== document.body) return;
  const before = isPaging ? [] : [held, held.closest("details")?.firstElementChild];
  (before.map(sameAs).find(Boolean) ?? count).focus({ preventScroll: true });
});

// An error is told by its page. Where there is no answer at all, what is here stays, and says so.
document.addEventListener("htmx:responseError", event => location.assign(event.detail.pathInfo.finalRequestPath));
document.addEventListener("htmx:sendError", event => {
  tell("");
  unreached.querySelector("a").href = event.detail.pathInfo.finalRequestPath;
  unreached.hidden = false;
});
