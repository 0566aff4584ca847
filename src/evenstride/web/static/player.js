// The player of a session: which leg, which set, how long still. Space begins and pauses, arrows go on and back.

import { steps, within } from "./steps.js";

const LEAD_SECONDS = 3;
const player = document.getElementById("player");
const show = Object.fromEntries([...player.querySelectorAll("[data-show]")].map((one) => [one.dataset.show, one]));
const button = Object.fromEntries([...player.querySelectorAll("[data-do]")].map((one) => [one.dataset.do, one]));
const name = player.querySelector("h2");
const discs = { left: player.querySelector(".disc.of-left"), right: player.querySelector(".disc.of-right") };
const words = player.dataset;
const shown = { img: player.querySelector(".shown img"), dark: player.querySelector(".shown source") };

let list = [];
let at = 0;
let elapsed = 0; // seconds of this step; below zero while it counts in
let since = null; // when it began to run, null while it stands
let beat = null;
let spoken = "";
let awake = null;
let sound = null;
let moves = false; // the figure: only who asks for it has it move

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const timed = (step) => step.seconds !== null && step.seconds !== undefined;

document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-play]");
  if (asked) open(JSON.parse(asked.dataset.play));
});
for (const [what, act] of Object.entries({ run: toggle, next: () => go(at + 1), back: () => go(at - 1), close: () => player.close(), sound: toggleSound, show: () => { moves = !moves; drawFigure(); } })) {
  button[what].addEventListener("click", act);
}
player.addEventListener("keydown", (event) => {
  const own = event.target.closest("button");
  if (event.key === " " && (!own || own === button.run)) { event.preventDefault(); toggle(); }
  if (event.key === "ArrowRight") go(at + 1);
  if (event.key === "ArrowLeft") go(at - 1);
});
player.addEventListener("close", () => { pause(); clearInterval(beat); beat = null; });

function open(exercises) {
  list = steps(exercises);
  if (!list.length) return;
  player.showModal();
  go(0);
  name.focus();
}

function go(to) {
  if (to < 0) return;
  if (to > list.length) { player.close(); return; }
  const running = since !== null && list[at]?.kind !== undefined;
  at = to;
  moves = false;
  const step = list[at];
  elapsed = step && step.kind === "work" && timed(step) ? -LEAD_SECONDS : 0;
  since = null;
  if (step && timed(step) && (running || step.kind === "rest")) run();
  else if (!step) pause();
  draw();
}

function toggle() {
  const step = list[at];
  if (!step) { player.close(); return; }
  if (!timed(step)) { go(at + 1); return; }
  if (since === null) run(); else pause();
  draw();
}

function run() {
  since = performance.now() - elapsed * 1000;
  beat ??= setInterval(tick, 100);
  navigator.wakeLock?.request("screen").then((lock) => { awake = lock; }, () => {});
}

function pause() {
  since = null;
  awake?.release();
  awake = null;
}

function tick() {
  if (since === null) return;
  elapsed = (performance.now() - since) / 1000;
  if (elapsed >= list[at].seconds) { tone(880); go(at + 1); } else draw();
}

function draw() {
  const step = list[at];
  name.textContent = step ? step.name : words.allDone;
  const sides = !step || step.kind === "rest" ? [] : step.side === "both" ? ["left", "right"] : [step.side];
  for (const side of ["left", "right"]) {
    discs[side].classList.toggle("is-on", sides.includes(side));
    const share = sides.includes(side) && timed(step) ? Math.max(0, Math.min(1, elapsed / step.seconds)) : 0;
    discs[side].querySelector(".ring").setAttribute("stroke-dasharray", `${Math.round(share * 1000) / 10} 100`);
  }
  show.set.textContent = !step ? "" : step.kind === "rest" ? "" : `${words[step.side]} · ${fill(words.set, { n: step.set, sets: step.sets })} · ${step.words}`;
  const [phase, count] = !step ? [words.allDoneText, ""] : step.kind === "rest" ? [words.rest, String(Math.ceil(step.seconds - elapsed))] : ofWork(step);
  show.phase.textContent = phase;
  show.count.textContent = count;
  const next = list[at + 1];
  show.cue.textContent = !step ? "" : step.kind === "rest" ? (next ? fill(words.then, { what: next.name }) : "") : step.cue;
  button.back.disabled = at === 0;
  button.run.textContent = !step ? words.close : !timed(step) ? words.next : since === null ? words.begin : words.pause;
  drawFigure();
  say(`${name.textContent}. ${show.set.textContent} ${phase}`, phase);
}

/** The exercise of this step, in a rest that of the next one, with the leg working whose turn it is. */
function drawFigure() {
  const step = list[at]?.kind === "rest" ? list[at + 1] : list[at];
  button.show.hidden = !step;
  if (!step) return;
  const file = `${step.exercise}.${step.side === "left" ? "left" : "right"}.${moves ? "moving" : "still"}.svg`;
  const [light, dark] = ["light", "dark"].map((ink) => `${words.figures}/${ink}/${file}`);
  if (shown.img.getAttribute("src") !== light) { shown.dark.srcset = dark; shown.img.src = light; }
  button.show.setAttribute("aria-pressed", String(moves));
  button.show.setAttribute("aria-label", fill(words.shown, { name: step.name }));
}

function ofWork(step) {
  if (!timed(step)) return [words.ownPace, fill(words.reps, { n: step.reps })];
  if (since === null && elapsed <= 0) return [step.reps ? fill(words.reps, { n: step.reps }) : words.hold, step.reps ? "" : `${step.seconds}`];
  if (elapsed < 0) return [words.ready, String(Math.ceil(-elapsed))];
  const now = within(step, elapsed);
  return now.rep === null ? [words.hold, String(now.left)] : [`${words[now.move]} ${now.left}`, `${now.rep}`];
}

function say(text, phase) {
  if (text === spoken) return;
  spoken = text;
  show.spoken.textContent = list[at] && list[at].each && since !== null && elapsed >= 0 ? "" : text;
  if (since !== null && phase) tone(440);
}

function toggleSound() {
  sound = sound ? null : new AudioContext();
  button.sound.setAttribute("aria-pressed", String(sound !== null));
}

function tone(hertz) {
  if (!sound) return;
  const [wave, loud] = [sound.createOscillator(), sound.createGain()];
  wave.frequency.value = hertz;
  loud.gain.setValueAtTime(0.15, sound.currentTime);
  loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.15);
  wave.connect(loud).connect(sound.destination);
  wave.start();
  wave.stop(sound.currentTime + 0.16);
}
