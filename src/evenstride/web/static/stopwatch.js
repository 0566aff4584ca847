// The stopwatch of a test: which leg, which trial, how long; legs take turns, times go into the form.

const LEAD_SECONDS = 3;
const watch = () => document.getElementById("watch");
const shown = (name) => watch().querySelector(`[data-watch-show="${name}"]`);
const control = (name) => watch().querySelector(`[data-watch-do="${name}"]`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const other = (side) => (side === "left" ? "right" : "left");

let first = null; // the leg that begins
let times = []; // seconds, in the order of doing
let phase = "first"; // first, wait, lead, hold, over
let since = 0;
let beat = null;
let awake = null;
let sound = null;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-watch]")) open();
  const asked = event.target.closest("[data-watch-do]");
  if (asked) DO[asked.dataset.watchDo]();
});
document.addEventListener("keydown", (event) => {
  if (event.key === " " && watch()?.open && !event.target.closest("button:not([data-watch-do=go])")) {
    event.preventDefault();
    go();
  }
});

const DO = {
  left: () => begin("left"),
  right: () => begin("right"),
  go,
  again: () => { times.pop(); wait(); },
  close: () => watch().close(),
  sound: () => {
    sound = sound ? null : new AudioContext();
    control("sound").setAttribute("aria-pressed", String(sound !== null));
  },
};

const total = () => 2 * Number(watch().dataset.trials);
const side = (place = times.length) => (place % 2 === 0 ? first : other(first));

function open() {
  first = null;
  times = [];
  phase = "first";
  watch().showModal();
  watch().addEventListener("close", closed, { once: true });
  navigator.wakeLock?.request("screen").then((lock) => { awake = lock; }, () => {});
  draw();
  watch().querySelector("h2").focus();
}

function begin(leg) {
  if (phase !== "first") return;
  first = leg;
  wait();
}

function go() {
  if (phase === "first") begin(crypto.getRandomValues(new Uint8Array(1))[0] % 2 ? "right" : "left");
  else if (phase === "wait") { phase = "lead"; run(); }
  else if (phase === "hold") stop((performance.now() - since) / 1000);
  else if (phase === "over") put();
  draw();
}

function run() {
  since = performance.now();
  beat ??= setInterval(tick, 50);
}

function wait() {
  phase = times.length >= total() ? "over" : "wait";
  if (times.length && phase === "wait") run();
  draw();
}

function tick() {
  const elapsed = (performance.now() - since) / 1000;
  if (phase === "lead" && elapsed >= LEAD_SECONDS) { phase = "hold"; since = performance.now(); tone(880); }
  const cap = Number(watch().dataset.cap);
  if (phase === "hold" && cap && elapsed >= cap) { stop(cap); return; }
  draw();
}

function stop(seconds) {
  const step = Number(watch().dataset.resolution) || 0.1;
  times.push((Math.floor(seconds / step + 1e-6) * step).toFixed(step < 1 ? 1 : 0));
  tone(440);
  wait();
}

function stopBeat() {
  clearInterval(beat);
  beat = null;
  awake?.release();
  awake = null;
}

/** However it closes, what was timed stands in the form. */
function closed() {
  stopBeat();
  for (const leg of ["left", "right"]) {
    const fields = document.querySelectorAll(`#enter [name="${leg}"]`);
    times.filter((_, place) => side(place) === leg).forEach((time, n) => { if (fields[n]) fields[n].value = time; });
  }
}

function put() {
  DO.close();
  document.querySelector("#enter .main").focus();
}

function draw() {
  const words = watch().dataset;
  const elapsed = (performance.now() - since) / 1000;
  const now = phase === "first" || phase === "over" ? null : side();
  const name = now ? words[now] : "";
  for (const leg of ["left", "right"]) {
    const pick = control(leg);
    pick.disabled = phase !== "first";
    pick.querySelector(".disc").classList.toggle("is-on", now === leg);
    const share = now === leg && phase === "hold" && words.cap ? Math.min(1, elapsed / Number(words.cap)) : 0;
    pick.querySelector(".ring").setAttribute("stroke-dasharray", `${Math.round(share * 1000) / 10} 100`);
  }
  shown("trial").textContent = now ? `${name} · ${fill(words.trial, { n: Math.floor(times.length / 2) + 1, of: words.trials })}` : "";
  const last = times.length ? fill(words.held, { side: words[side(times.length - 1)], seconds: times[times.length - 1] }) : "";
  const said = {
    first: [words.first, ""],
    wait: [times.length ? fill(words.rest, { side: name.toLowerCase() }) : name, times.length && beat ? String(Math.floor(elapsed)) : ""],
    lead: [words.ready, String(Math.ceil(LEAD_SECONDS - elapsed))],
    hold: [words.hold, elapsed.toFixed(1)],
    over: [words.over, ""],
  }[phase];
  shown("phase").textContent = said[0];
  shown("count").textContent = said[1];
  shown("said").textContent = phase === "hold" || phase === "lead" ? "" : last;
  const spoken = `${shown("trial").textContent} ${said[0]} ${shown("said").textContent}`;
  if (shown("spoken").textContent !== spoken) shown("spoken").textContent = spoken;
  control("go").textContent = { first: words.toss, wait: fill(words.start, { side: name.toLowerCase() }), lead: words.stop, hold: words.stop, over: words.fill }[phase];
  control("go").disabled = phase === "lead";
  control("again").disabled = !times.length || phase === "hold" || phase === "lead";
}

function tone(hertz) {
  if (!sound) return;
  const [wave, loud] = [sound.createOscillator(), sound.createGain()];
  wave.frequency.value = hertz;
  loud.gain.setValueAtTime(0.2, sound.currentTime);
  loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.25);
  wave.connect(loud).connect(sound.destination);
  wave.start();
  wave.stop(sound.currentTime + 0.26);
}
