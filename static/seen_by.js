// Who will see the record, beside each field, follows what is chosen. Without this file it does so when one saves.
{
const form = document.querySelector("form[data-draft]"), promises = document.getElementById("promises").content;
const day = text => new Date(text).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const promised = () => {
  const choice = form.querySelector("[name=choice]:checked")?.value ?? "", embargo = form.elements.namedItem("embargo")?.value;
  const said = [...promises.children].find(one => one.dataset.choice === choice) ?? promises.firstElementChild;
  const who = said.firstElementChild.cloneNode(true);
  if (!embargo || !("waits" in said.dataset)) return who;
  const drawn = who.querySelector("use");
  drawn.setAttribute("href", drawn.getAttribute("href").replace(/#.*/, "#later"));
  who.dataset.who = "later";
  who.append(`, from ${day(embargo)}`);
  return who;
};

const follow = () => {
  const who = promised(), words = who.textContent.trim();
  for (const place of document.querySelectorAll('[data-audience=""]')) {
    if (place.textContent.trim() === words || place.firstElementChild.title === words) continue;
    const told = who.cloneNode(true);
    if (place.matches(".mark")) {
      told.title = words;
      told.ariaHidden = "true";
      told.replaceChildren(told.firstElementChild);
    }
    place.replaceChildren(told);
  }
};

form.addEventListener("change", event => { if (["choice", "embargo"].includes(event.target.name)) follow(); });
document.addEventListener("schema-form", follow);
follow();
}
