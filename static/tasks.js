// A page of tasks follows them, and ends when they do. Without this file one reloads it.
const EVERY = 2000;

// A part that comes anew stays unfolded, and keeps the focus: by the id of what had it, else at its first heading.
const exchange = part => {
  const old = document.getElementById(part.id), held = old?.contains(document.activeElement) && document.activeElement;
  if (!old) return;
  const folds = [...part.querySelectorAll("details")];
  for (const [at, fold] of [...old.querySelectorAll("details")].entries()) if (folds[at]) folds[at].open = fold.open;
  const place = [...old.querySelectorAll(".scroll")].map(one => [one.scrollLeft, one.scrollTop]);
  old.replaceWith(part);
  for (const [at, one] of [...part.querySelectorAll(".scroll")].entries()) one.scrollTo(...(place[at] ?? [0, 0]));
  if (standing(part)?.getAttribute("href") !== standing(old)?.getAttribute("href")) showStanding(part);
  if (held) focusLike(held, part);
};

// A graph is larger than its box: where the run stands comes into view, at first and when it has gone on.
const standing = part => part.querySelector(".graph-pane [aria-current]");
const showStanding = part => {
  const state = standing(part), pane = state?.closest(".graph-pane");
  if (!pane) return;
  const at = state.getBoundingClientRect(), box = pane.getBoundingClientRect();
  pane.scrollBy(at.x + at.width / 2 - box.x - box.width / 2, at.y + at.height / 2 - box.y - box.height / 2);
};

const focusLike = (held, part) => {
  const path = held.getAttribute("href"), links = [...part.querySelectorAll("a[href]")];
  const same = (held.id && document.getElementById(held.id)) || (path && links.find(one => one.getAttribute("href") === path))
    || part.querySelector(held.localName);
  (same ?? document.getElementById("main")).focus({ preventScroll: true });
};

// What is said aloud is told when it changes; numbers are left to those who look.
const follow = async part => {
  const said = part.dataset.said;
  await new Promise(done => setTimeout(done, EVERY));
  if (!document.hidden) {
    const answer = await fetch(part.dataset.follow || location.href).catch(() => null);
    if (answer?.redirected || answer?.status === 404) return;
    if (answer?.ok) {
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const one of found.querySelectorAll("[data-part]")) exchange(one);
    }
  }
  const now = document.getElementById(part.id);
  if (now.dataset.said && now.dataset.said !== said) tell(now.dataset.said);
  if ("follow" in now.dataset) follow(now);
};
showStanding(document);
for (const part of document.querySelectorAll("[data-follow]")) follow(part);
