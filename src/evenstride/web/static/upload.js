// Files on their way: chosen or dropped, sent in parcels with how far they are, then read where the page can be watched.

import { ours } from "./evenstride.js";

const PARCEL_FILES = 200;
const PARCEL_BYTES = 256 * 1024 * 1024;
const MB = 1e6;

const area = document.getElementById("upload");
const form = area.querySelector("form");
const sending = area.querySelector(".sending");
const bar = document.getElementById("sending-bar");
const words = document.getElementById("sending-words");
let request = null;
let stopped = false;

for (const id of ["upload-files", "upload-folder"]) {
  const chooser = document.getElementById(id);
  chooser.addEventListener("change", () => {
    const found = [...chooser.files].filter((one) => !one.name.startsWith(".")).map((file) => ({ file, name: file.webkitRelativePath || file.name }));
    chooser.value = "";
    send(found);
  });
}
document.getElementById("sending-stop").addEventListener("click", () => { stopped = true; request?.abort(); });
document.addEventListener("dragover", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  area.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) area.classList.remove("is-over"); });
document.addEventListener("drop", async (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  area.classList.remove("is-over");
  const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
  send(entries.length ? (await Promise.all(entries.map(below))).flat() : [...event.dataTransfer.files].map((file) => ({ file, name: file.name })));
});

/** Every file of a dropped entry, whatever lies in folders within folders. */
async function below(entry) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [{ file, name: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = entry.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) break;
    all.push(...some);
  }
  return (await Promise.all(all.map(below))).flat();
}

function parcels(files) {
  const all = [];
  let bytes = Infinity;
  for (const one of files) {
    if (bytes + one.file.size > PARCEL_BYTES || all[all.length - 1].length >= PARCEL_FILES) { all.push([]); bytes = 0; }
    all[all.length - 1].push(one);
    bytes += one.file.size;
  }
  return all;
}

async function send(files) {
  if (request) return;
  if (!files.length) { said(area.dataset.nothing); return; }
  const total = files.reduce((sum, one) => sum + one.file.size, 0);
  stopped = false;
  form.hidden = true;
  sending.hidden = false;
  let before = 0;
  let found = { import: "" };
  try {
    for (const parcel of parcels(files)) {
      if (stopped) break;
      found = await sent(parcel, found.import, (bytes) => tell(before + bytes, total));
      before += parcel.reduce((sum, one) => sum + one.file.size, 0);
      watch(found);
    }
    words.textContent = stopped ? area.dataset.stopped : area.dataset.sent;
  } catch (error) {
    said(stopped ? area.dataset.stopped : error.message);
  }
  request = null;
  sending.hidden = !words.textContent || !found.import;
  form.hidden = false;
  if (found.import) sending.hidden = true;
}

function tell(bytes, total) {
  bar.value = total ? Math.min(1, bytes / total) : 1;
  const mb = (one) => (one / MB).toFixed(one < 10 * MB ? 1 : 0);
  words.textContent = area.dataset.mb.replace("{sent}", mb(Math.min(bytes, total))).replace("{total}", mb(total));
}

function sent(parcel, join, progress) {
  const body = new FormData();
  for (const one of parcel) body.append("files", one.file, one.name);
  body.append("join", join);
  return new Promise((done, failed) => {
    request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action"));
    for (const [name, value] of Object.entries({ ...ours(), Accept: "application/json", "HX-Request": "true" })) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("load", () => {
      if (request.status === 200) done(JSON.parse(request.responseText));
      else failed(new Error(new DOMParser().parseFromString(request.responseText, "text/html").body.textContent.trim()));
    });
    request.addEventListener("error", () => failed(new Error(document.body.dataset.unreachable)));
    request.addEventListener("abort", () => failed(new Error(area.dataset.stopped)));
    request.send(body);
  });
}

/** From here on the page asks for itself how the import stands. */
function watch(found) {
  window.htmx.ajax("GET", found.address, { target: "#import", swap: "outerHTML" });
}

function said(text) {
  const place = document.getElementById("said");
  place.textContent = text;
  place.classList.add("trouble");
  place.scrollIntoView({ block: "center" });
}
