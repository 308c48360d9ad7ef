// Suggestions under a search box, or under a field with a vocabulary (data-stays: it is not sent), after ARIA's
// combobox with a list. The server writes the options.
// Nothing is said aloud but the option that one goes to; nothing is lost without this file.
function suggest(input) {
  const PAUSE_MS = 150;
  const list = document.createElement("div");
  list.id = `${input.id}-suggestions`;
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id }))
    input.setAttribute(name, value);

  let timer, asked, at = -1;
  const options = () => [...list.children];

  function show(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", isOpen);
    go(-1);
  }

  function go(to) {
    at = to;
    options().forEach((option, i) => option.setAttribute("aria-selected", i === at));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options()[at].id);
      options()[at].scrollIntoView({ block: "nearest" });
    }
  }

  // What is overtaken by another key is not waited for.
  function forget() {
    clearTimeout(timer);
    asked?.abort();
    show(false);
  }

  async function ask() {
    asked = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`, { signal: asked.signal });
      list.innerHTML = answer.ok ? await answer.text() : "";
      show(list.children.length > 0 && document.activeElement === input);
    } catch (error) {
      if (error.name !== "AbortError") show(false); // There is no network.
    }
  }

  // What is chosen may be an id: what that is called stands under the field.
  function call(name) {
    const place = document.getElementById(`${input.id}?place`);
    if (place) place.textContent = name === input.value ? "" : name;
  }

  function choose(option) {
    input.value = option.dataset.q;
    if ("stays" in input.dataset) call(option.firstElementChild.textContent);
    forget();
    if ("stays" in input.dataset) input.dispatchEvent(new Event("change", { bubbles: true }));
    else input.form.requestSubmit();
  }

  input.addEventListener("input", event => {
    call(input.value);
    clearTimeout(timer);
    asked?.abort();
    if (input.value && !event.isComposing) timer = setTimeout(ask, PAUSE_MS); else forget();
  });
  input.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], count = options().length;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (step && list.hidden && input.value) { forget(); ask(); }
    else if (step && !list.hidden) go((at + 1 + step + count + 1) % (count + 1) - 1);  // -1 is the box itself
    else if (event.key === "Enter" && at >= 0) choose(options()[at]);
    else if (event.key === "Escape" && !list.hidden) forget();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", forget);
  input.form.addEventListener("submit", forget);
  list.addEventListener("pointerdown", event => event.preventDefault());  // The box keeps the focus.
  list.addEventListener("click", event => { const option = event.target.closest("[role=option]"); if (option) choose(option); });
  show(false);
}

const suggestAll = () => { for (const input of document.querySelectorAll("[data-suggest]:not([role])")) suggest(input); };
suggestAll();
document.addEventListener("htmx:afterSwap", suggestAll);
document.addEventListener("schema-form", suggestAll);
