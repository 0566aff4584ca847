// The first files are read as soon as they are chosen or dropped, and the page says that it does so.

const form = document.getElementById("first-files");
const files = document.getElementById("files");
const said = form.querySelector("[data-said]");

files.addEventListener("change", () => { if (files.files.length) form.requestSubmit(); });
form.addEventListener("submit", () => {
  said.textContent = form.dataset.reading;
  form.classList.add("is-reading");
});
window.addEventListener("pageshow", () => {
  form.reset();
  said.textContent = "";
  form.classList.remove("is-reading");
});
document.addEventListener("dragover", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  form.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("is-over"); });
document.addEventListener("drop", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  form.classList.remove("is-over");
  if ([...event.dataTransfer.items].some((one) => one.webkitGetAsEntry?.()?.isDirectory)) {
    said.textContent = form.dataset.folder;
    return;
  }
  files.files = event.dataTransfer.files;
  form.requestSubmit();
});
