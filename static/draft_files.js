// Files that were dropped onto the page, or uploaded from it, are chosen for the draft. uploads.js sends them.
const visit = async () => {
  const choose = document.getElementById("choose"), told = new FormData(choose);
  const names = [...document.querySelectorAll("#uploads [data-state=done] [data-part=name]")].map(one => one.textContent.split("/")[0]);
  if (!names.length) return;
  told.delete("chosen");
  for (const name of new Set(names)) told.append("chosen", name.replaceAll("%", "%25"));
  told.set("do", "add");
  await fetch(location.href, { method: "POST", body: told, redirect: "manual" }).catch(() => null);
  location.reload();
};
