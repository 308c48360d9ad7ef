// Files are dropped on a pane, or chosen, and sent to where their bytes are. Large ones go in pieces, and go on after
// the connection was lost. The list of them stays while one looks at other folders.
const WHOLE = 16 * 2 ** 20, AT_ONCE = 3, TRIES = 6;
const list = document.querySelector("#uploads ul"), lines = document.getElementById("upload-line");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const waiting = [];
let sending = 0;

const send = (method, url, { body = null, headers = {}, upload }, onProgress) => new Promise((done, failed) => {
  const request = new XMLHttpRequest();
  request.open(method, url);
  for (const [name, value] of Object.entries({ "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", ...headers }))
    request.setRequestHeader(name, value);
  request.upload.onprogress = event => onProgress?.(event.loaded);
  request.onload = () => done(request);
  request.onerror = () => failed(new Error("lost"));
  request.onabort = () => failed(new Error("stopped"));
  upload.stop = () => request.abort();
  request.send(body);
});

const pause = ms => new Promise(done => setTimeout(done, ms));
const condition = upload => upload.replaces ? {} : { "If-None-Match": "*" };
const isDone = status => status === 201 || status === 204;

// What the server keeps of an upload so far.
const kept = answer => {
  const range = answer.getResponseHeader("Range");
  return range ? Number(range.split("-")[1]) + 1 : 0;
};

const inPieces = async upload => {
  const { file } = upload, total = file.size;
  const begun = await send("POST", upload.url, { upload, headers: { "X-Upload-Content-Length": total, ...condition(upload) } });
  if (begun.status !== 201) return begun;
  const address = begun.getResponseHeader("Location"), size = Number(begun.getResponseHeader("X-Goog-Upload-Chunk-Granularity"));
  upload.giveUp = () => send("DELETE", address, { upload: {} }).catch(() => null);
  for (let at = 0, lost = 0; ;) {
    const end = Math.min(at + size, total);
    const headers = { "Content-Range": lost ? `bytes */${total}` : `bytes ${at}-${end - 1}/${total}` };
    try {
      const answer = await send("PUT", address, { upload, headers, body: lost ? null : file.slice(at, end) }, sent => upload.progress(at + sent));
      if (answer.status !== 308) return answer;
      at = kept(answer);
      lost = 0;
    } catch (error) {
      if (upload.isStopped || ++lost === TRIES) throw error;
      upload.say("Connection lost, trying again …");
      await pause(500 * 2 ** lost);
    }
  }
};
const whole = upload => send("PUT", upload.url, { upload, headers: condition(upload), body: upload.file }, sent => upload.progress(sent));

const reason = answer => {
  try { return JSON.parse(answer.responseText).message; } catch { return `The portal answered ${answer.status}.`; }
};

const run = async upload => {
  upload.say("Sending …");
  try {
    const answer = await (upload.file.size > WHOLE ? inPieces : whole)(upload);
    if (isDone(answer.status)) upload.end("✓ Uploaded");
    else if (answer.status === 412) upload.end("There is a file of this name.", "replace");
    else upload.end(reason(answer), "again");
  } catch {
    upload.giveUp?.();
    upload.end(upload.isStopped ? "■ Stopped" : "The connection was lost.", "again");
  }
};

const next = async () => {
  if (sending === AT_ONCE || !waiting.length) return;
  sending += 1;
  const upload = waiting.shift();
  await run(upload);
  sending -= 1;
  next();
  if (!sending) finished(upload);
};

// The folder is shown anew, if it is still looked at.
const finished = upload => {
  tell(`${list.querySelectorAll("[data-state=done]").length} uploaded`);
  if (document.querySelector(`[data-put="${CSS.escape(upload.folder)}"]`)) visit(location.href, { keepsAddress: true });
};

const queue = (file, folder, name = file.name) => {
  const line = lines.content.firstElementChild.cloneNode(true), part = what => line.querySelector(`[data-part=${what}]`);
  const bar = part("bar"), button = part("act");
  const upload = {
    file, folder, url: `${folder.replace(/\/$/, "")}/${name.split("/").map(encodeURIComponent).join("/")}`,
    say: text => { part("says").textContent = text; },
    progress: bytes => { bar.value = file.size ? bytes / file.size : 1; },
    end: (text, then) => {
      upload.say(text);
      line.dataset.state = then ? "open" : "done";
      bar.hidden = true;
      button.hidden = !then;
      button.textContent = then === "replace" ? "Replace it" : "Try again";
      button.setAttribute("aria-label", `${button.textContent}: ${name}`);
      button.onclick = () => { upload.replaces = then === "replace"; start(); };
    },
  };
  const start = () => {
    upload.isStopped = false;
    bar.hidden = button.hidden = false;
    button.textContent = "Stop";
    button.setAttribute("aria-label", `Stop: ${name}`);
    button.onclick = () => {
      upload.isStopped = true;
      if (waiting.includes(upload)) { waiting.splice(waiting.indexOf(upload), 1); upload.end("■ Stopped", "again"); }
      else upload.stop?.();
    };
    upload.say("Waiting");
    waiting.push(upload);
    next();
  };
  part("name").textContent = name;
  bar.setAttribute("aria-label", name);
  list.append(line);
  document.getElementById("uploads").hidden = false;
  start();
};

// A folder that is dropped is made, and then filled.
const walk = async (entry, pane, path = "") => {
  const name = path + entry.name;
  if (entry.isFile) return queue(await new Promise((done, failed) => entry.file(done, failed)), pane.dataset.put, name);
  const told = new FormData(), into = new URL(pane.dataset.newFolder, location.href);
  told.set("name", entry.name);
  told.set("csrfmiddlewaretoken", token());
  into.searchParams.set("path", into.searchParams.get("path") + path);
  await fetch(into, { method: "POST", body: told, redirect: "manual" });  // If it is there already, it is filled, too.
  const reader = entry.createReader();
  for (let more; (more = await new Promise((done, failed) => reader.readEntries(done, failed))).length;)
    for (const one of more) await walk(one, pane, `${name}/`);
};

const over = event => event.target.closest?.("[data-put]");
document.addEventListener("dragover", event => {
  const pane = over(event);
  for (const one of document.querySelectorAll(".dropping")) one.classList.toggle("dropping", one === pane);
  if (!pane || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  pane.classList.add("dropping");
});
document.addEventListener("dragleave", event => over(event)?.classList.remove("dropping"));
document.addEventListener("drop", async event => {
  const pane = over(event);
  if (!pane || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  pane.classList.remove("dropping");
  const { put, newFolder } = pane.dataset, entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = [...event.dataTransfer.files];
  if (!entries.length) for (const file of files) queue(file, put);
  for (const entry of entries) await walk(entry, { dataset: { put, newFolder } });
});

document.addEventListener("click", event => {
  const link = event.target.closest("[data-upload]");
  if (!link) return;
  event.preventDefault();
  const input = Object.assign(document.createElement("input"), { type: "file", multiple: true });
  const { put } = link.closest("[data-put]").dataset;
  input.onchange = () => { for (const file of input.files) queue(file, put); };
  link.closest("details")?.removeAttribute("open");
  input.click();
});
addEventListener("beforeunload", event => { if (sending) event.preventDefault(); });
