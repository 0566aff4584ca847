// A session is picked up (by pointer, finger or key), every near day says what it thinks, and the drop is a plain form.

import { ours } from "./evenstride.js";

const NEAR_PX = 7; // so far a finger may tremble before it drags
const tray = document.getElementById("tray");
const place = document.getElementById("tray-days");
const heard = document.getElementById("heard");
let lifted = null; // the entry that is picked up
let grip = null; // where the focus goes back to
let asked = 0; // counts the pick-ups: an answer to an earlier one is not shown
let drag = null;

// An answer to a form has no address to come back to; the week has.
const plan = document.querySelector(".plan[data-address]");
if (plan && document.querySelector(".changed")) {
  history.replaceState(null, "", plan.dataset.address);
  document.querySelector(".changed").scrollIntoView({ block: "center" });
}

const cells = () => [...document.querySelectorAll(".cell")];
const cellOf = (day) => cells().find((one) => one.dataset.day === day);
const sentence = (text) => { const said = document.querySelector(".said-of"); if (said) said.textContent = text; };

function tell(cell) {
  sentence(`${cell.getAttribute("aria-label")}`);
}

document.addEventListener("focusin", (event) => { if (event.target.matches?.(".cell")) tell(event.target); });
document.addEventListener("pointerover", (event) => { const cell = event.target.closest?.(".cell"); if (cell) tell(cell); });
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.(".cell");
  if (event.key === "Escape" && (lifted || drag)) { putBack(); return; }
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  if (!cell || !steps) return;
  const all = cells();
  const next = all[all.indexOf(cell) + steps];
  if (next) { event.preventDefault(); next.focus(); }
});

if (tray) {
  document.addEventListener("click", (event) => {
    const asks = event.target.closest("[data-move]");
    if (asks && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); pickUp(asks, { focus: true }); }
    if (event.target.closest("[data-back]")) putBack();
  });
  document.addEventListener("pointerdown", begin);
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", drop);
  // a browser would drag the link itself
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".movable")) event.preventDefault(); });
  document.addEventListener("pointercancel", () => { if (drag) putBack(); });
}

async function pickUp(from, { focus }) {
  putBack({ silent: true });
  grip = from;
  lifted = from.closest(".entry");
  lifted.classList.add("is-lifted");
  const mine = ++asked;
  const address = from.getAttribute("href");
  tray.hidden = false;
  place.textContent = tray.dataset.working;
  for (const way of ["?quick=true", ""]) { // what slots say is there at once, what the planner says follows
    let answer;
    try {
      answer = await fetch(address + way, { headers: { "HX-Request": "true", ...ours() } });
    } catch {
      if (mine === asked) place.textContent = document.body.dataset.unreachable;
      return;
    }
    const text = await answer.text();
    if (mine !== asked) return;
    if (!answer.ok) { place.innerHTML = text; return; }
    const at = document.activeElement?.dataset?.day;
    place.innerHTML = text;
    paint();
    if (at) cellOf(at)?.focus();
    else if (focus) (cells().find((one) => one.matches(".is-yes")) ?? cells()[0])?.focus({ preventScroll: true });
  }
}

// The days of the page say what the cells of the tray say.
function paint() {
  for (const day of document.querySelectorAll(".day[data-day]")) {
    const cell = cellOf(day.dataset.day);
    const verdict = day.querySelector(".verdict");
    day.classList.toggle("says-yes", Boolean(cell?.matches(".is-yes")));
    day.classList.toggle("says-no", Boolean(cell?.matches(".is-no")));
    verdict.hidden = !cell || cell.matches(".is-here");
    verdict.textContent = cell ? cell.dataset.said : "";
  }
}

function putBack({ silent = false } = {}) {
  asked += 1;
  endDrag();
  lifted?.classList.remove("is-lifted");
  if (lifted && !silent) grip?.focus({ preventScroll: true });
  lifted = null;
  tray.hidden = true;
  place.textContent = "";
  for (const day of document.querySelectorAll(".day")) {
    day.classList.remove("says-yes", "says-no", "is-over-it");
    const verdict = day.querySelector(".verdict");
    if (verdict) verdict.hidden = true;
  }
}

function begin(event) {
  if (event.button !== 0) return;
  const entry = event.target.closest(".movable");
  if (!entry) return;
  const byGrip = event.target.closest(".grip");
  // a finger scrolls by the card and drags by the grip; a mouse drags by either
  if (!byGrip && (event.pointerType !== "mouse" || event.target.closest("a, button, summary, details"))) return;
  drag = { entry, from: entry.querySelector(".grip"), x: event.clientX, y: event.clientY, ghost: null };
  if (event.pointerType === "mouse") event.preventDefault();
}

function follow(event) {
  if (!drag) return;
  if (!drag.ghost) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < NEAR_PX) return;
    const { entry, from } = drag;
    const kept = drag;
    pickUp(from, { focus: false });
    drag = kept;
    drag.ghost = document.createElement("div");
    drag.ghost.className = "ghost";
    drag.ghost.textContent = entry.querySelector("h3").textContent;
    document.body.append(drag.ghost);
  }
  drag.ghost.style.transform = `translate(${Math.min(event.clientX + 12, innerWidth - 200)}px, ${event.clientY - 48}px)`;
  const over = under(event);
  for (const one of document.querySelectorAll(".is-over-it")) if (one !== over) one.classList.remove("is-over-it");
  over?.classList.add("is-over-it");
  const cell = over && cellOf(over.dataset.day);
  if (cell) tell(cell);
}

function drop(event) {
  if (!drag) return;
  if (!drag.ghost) { drag = null; return; }
  // the click that ends a drag of a mouse is none; a finger sends no such click, and its next one counts
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("click", swallow, { capture: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
  const over = under(event);
  endDrag();
  const cell = over && cellOf(over.dataset.day);
  if (cell?.matches(".is-yes")) { cell.form.requestSubmit(cell); return; }
  if (cell) { tell(cell); heard.textContent = cell.getAttribute("aria-label"); }
  else if (!over) putBack();
}

function under(event) {
  return document.elementFromPoint(event.clientX, event.clientY)?.closest(".cell, .day[data-day]") ?? null;
}

function endDrag() {
  drag?.ghost?.remove();
  drag = null;
  for (const one of document.querySelectorAll(".is-over-it")) one.classList.remove("is-over-it");
}
