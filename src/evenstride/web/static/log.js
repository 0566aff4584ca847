// The forms of the log: steps up and down, places on the body, and drafts, so that nothing typed is lost.

const SECRET = "token";

// -- steps ------------------------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) return stepBy(step);
  const place = event.target.closest("[data-place]");
  if (place) return tapped(place);
  if (event.target.closest("[data-add-pain]")) return addPain(event.target.closest("form")).querySelector("select").focus();
  if (event.target.closest("[data-discard]")) return discard();
});

function stepBy(button) {
  const field = button.parentElement.querySelector("input");
  const by = Number(button.dataset.step);
  const from = field.value === "" ? (by > 0 && field.min > 0 ? Number(field.min) - by : 0) : Number(field.value);
  const to = Math.min(Number(field.max), Math.max(Number(field.min), from + by));
  field.value = String(Math.round(to * 100) / 100);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// -- where it hurts -----------------------------------------------------------------------------------------------------

const rows = (form) => [...form.querySelectorAll("[data-pain]")];
const part = (row, name) => row.querySelector(`select[name$=".${name}"]`);

function tapped(place) {
  const form = place.closest("form");
  const { place: site, side } = place.dataset;
  const known = rows(form).find((row) => part(row, "site").value === site && part(row, "side").value === side);
  const row = known ?? rows(form).find((one) => !part(one, "site").value) ?? addPain(form);
  part(row, "site").value = site;
  part(row, "side").value = side;
  part(row, "site").dispatchEvent(new Event("change", { bubbles: true }));
  row.scrollIntoView({ block: "nearest" });
  (row.querySelector("input:checked:not([value=''])") ?? row.querySelector("input[value='3']")).focus();
}

function addPain(form) {
  const list = form.querySelector("[data-pains]");
  const numbers = rows(form).map((row) => Number(part(row, "site").name.split(".")[1]));
  const html = form.querySelector("[data-pain-row]").innerHTML.replaceAll("NN", String(Math.max(-1, ...numbers) + 1));
  list.insertAdjacentHTML("beforeend", html);
  return list.lastElementChild;
}

function shade(form) {
  for (const place of form.querySelectorAll("[data-place]")) {
    const hurts = rows(form).some((row) => part(row, "site").value === place.dataset.place && part(row, "side").value === place.dataset.side);
    place.classList.toggle("is-hurt", hurts);
  }
}

// -- what differs from what stood there -----------------------------------------------------------------------------------

function differs(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected && (one.defaultSelected || one.value));
  return field.value !== field.defaultValue;
}

function mark(form) {
  for (const row of form.querySelectorAll("[data-row]")) {
    row.classList.toggle("is-different", [...row.querySelectorAll("input, select")].some(differs));
  }
  shade(form);
}

// -- drafts -----------------------------------------------------------------------------------------------------------------

const kept = () => { try { return window.localStorage; } catch { return null; } };
const typed = (form) => [...new FormData(form)].filter(([name, value]) => name !== SECRET && typeof value === "string");

function save(form) {
  try { kept()?.setItem(form.dataset.draft, JSON.stringify(typed(form))); } catch { /* full: the page itself still has it */ }
}

function restore(form) {
  const was = kept()?.getItem(form.dataset.draft);
  if (!was || was === JSON.stringify(typed(form))) return;
  let entries;
  try { entries = JSON.parse(was); } catch { return; }
  const values = new Map();
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
  while ([...values.keys()].some((name) => /^pain\.\d+\.site$/.test(name) && !form.elements[name])) addPain(form);
  const place = new Map();
  for (const field of form.elements) {
    if (!field.name || field.name === SECRET || field.type === "hidden") continue;
    const own = values.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = own.includes(field.value);
    else {
      const n = place.get(field.name) ?? 0;
      place.set(field.name, n + 1);
      if (own[n] !== undefined) field.value = own[n];
    }
  }
  for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input, select, textarea")].some(differs);
  const note = document.querySelector(".draft-note");
  if (note) note.hidden = false;
}

function discard() {
  for (const form of document.querySelectorAll("[data-draft]")) kept()?.removeItem(form.dataset.draft);
  window.location.reload();
}

/** What was kept by evenstride needs no draft any more. */
function clear() {
  for (const told of document.querySelectorAll("[data-told]")) kept()?.removeItem(told.dataset.told);
}

function begin() {
  clear();
  for (const form of document.querySelectorAll("form[data-draft]")) { restore(form); mark(form); }
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form) { save(form); mark(form); }
  });
}
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "log-page") return;
  begin();
});
begin();
