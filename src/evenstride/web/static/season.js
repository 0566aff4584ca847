// The drawing of a season: runs with their whiskers, the level in its band, and two periods that can be dragged over it.

const DAY = 86400;
const FLAG_PX = 26;
const LEFT = "#0072B2";
const RIGHT = "#D55E00";
let place = null;
let read = null;
let plot = null;
let data = null;
let dragged = []; // periods dragged so far, as [from, to] in seconds

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const iso = (at) => new Date(at * 1000).toISOString().slice(0, 10);
const at = (day) => Date.parse(`${day}T12:00:00Z`) / 1000;
const fields = () => ["first", "first_end", "second", "second_end"].map((name) => document.querySelector(`.periods [name="${name}"]`));
const index = () => data.kind === "index";

start();
document.addEventListener("htmx:afterSettle", () => { start(); plot?.redraw(false); });

/** Draw once the picture's room is there: at once, or when the runs have been put together. */
function start() {
  const found = document.getElementById("trace");
  if (!found || found === place) return;
  place = found;
  read = document.getElementById("read");
  begin();
}

async function begin() {
  const answer = await fetch(place.dataset.trace, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) { read.textContent = answer ? "" : place.dataset.unreachable; return; }
  data = await answer.json();
  if (!data.runs.at.length || !window.uPlot) return;
  make();
  new ResizeObserver(() => plot && plot.setSize(size())).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", make);
}

function size() {
  return { width: Math.max(260, place.clientWidth), height: place.clientWidth > 560 ? 380 : 320 };
}

function make() {
  plot?.destroy();
  place.querySelector("img")?.remove();
  const ink = style("--soft");
  const grid = { stroke: style("--line"), width: 1 };
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  plot = new uPlot({
    ...size(), padding: [FLAG_PX, 14, 0, 0], legend: { show: false },
    // days are drawn at their own noon, whatever zone this browser is in
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { x: { range: () => room() }, y: { range: () => reach() } },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    axes: [
      { stroke: ink, grid: { show: false }, ticks: { ...grid, size: 4 }, font, size: 46, space: 70, values: (_, days, __, ___, step) => dayNames(days, step) },
      { stroke: ink, grid, ticks: { show: false }, font, size: 52, space: 44, values: (_, values) => values.map(said) },
    ],
    series: [{}, { stroke: "transparent", points: { show: false }, paths: () => null }],
    hooks: { drawClear: [(u) => under(u)], draw: [(u) => over(u)], setCursor: [(u) => tell(u)] },
  }, [data.runs.at, data.runs.value], place);
  dragging(plot.over);
}

function room() {
  const [from, to] = [data.runs.at[0], data.runs.at[data.runs.at.length - 1]];
  const margin = Math.max(DAY, 0.015 * (to - from));
  return [from - margin, to + margin];
}

/** Everything that is surely shown: most runs' intervals, the band, lines; an index lies about its zero line. */
function reach() {
  const ends = [...data.runs.low, ...data.runs.high, ...data.runs.value].filter((one) => one !== null).sort((a, b) => a - b);
  const inner = [ends[Math.floor(0.02 * (ends.length - 1))], ends[Math.ceil(0.98 * (ends.length - 1))]];
  const fixed = [...inner, ...(data.band ? [...data.band.low, ...data.band.high] : []), ...(data.baseline ? [data.baseline.value] : []),
    ...data.range.flatMap((one) => [one.low, one.high])].filter((one) => one !== null);
  if (index()) {
    const most = Math.max(1.25 * (data.threshold ?? 1), ...fixed.map((one) => 1.05 * Math.abs(one)));
    const step = most > 10 ? 5 : 1;
    const half = Math.min(40, step * Math.ceil(most / step));
    return [-half, half];
  }
  const [low, high] = [Math.min(...fixed), Math.max(...fixed)];
  const margin = 0.08 * (high - low) || 0.05 * Math.abs(high) || 1;
  return [low - margin, high + margin];
}

function said(value) {
  if (data.pace_m) {
    const seconds = Math.round(data.pace_m / value);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
  const number = String(Math.round(Math.abs(value) * 1000) / 1000);
  return index() ? (value === 0 ? "0" : `${number} %`) : `${value < 0 ? "−" : ""}${number}`;
}

const px = (u, value, axis) => u.valToPos(value, axis, true);

function box(u) {
  return { left: u.bbox.left, top: u.bbox.top, right: u.bbox.left + u.bbox.width, bottom: u.bbox.top + u.bbox.height };
}

function under(u) {
  const [ctx, in_, dpr] = [u.ctx, box(u), devicePixelRatio];
  ctx.save();
  clip(ctx, in_);
  if (data.change) {
    ctx.fillStyle = style("--shade");
    const from = px(u, data.change.low - DAY / 2, "x");
    ctx.fillRect(from, in_.top, Math.max(2 * dpr, px(u, data.change.high + DAY / 2, "x") - from), in_.bottom - in_.top);
  }
  periods(u, in_);
  if (data.band) band(u);
  ctx.restore();
}

function clip(ctx, in_) {
  ctx.beginPath();
  ctx.rect(in_.left, in_.top, in_.right - in_.left, in_.bottom - in_.top);
  ctx.clip();
}

/** The two periods: the first in outline, the second filled, each between its days. */
function periods(u, in_) {
  const values = fields().map((one) => one?.value);
  const chosen = [[values[0], values[1]], [values[2], values[3]]].map((days) => (days[0] && days[1] ? days.map(at).sort((a, b) => a - b) : null));
  const shown = drag ? [...dragged, [drag.from, drag.to].sort((a, b) => a - b)] : chosen;
  shown.forEach((one, place_) => {
    if (!one) return;
    const [from, to] = [px(u, one[0] - DAY / 2, "x"), px(u, one[1] + DAY / 2, "x")];
    u.ctx.fillStyle = style("--shade");
    if (place_) u.ctx.fillRect(from, in_.top, to - from, in_.bottom - in_.top);
    u.ctx.strokeStyle = style("--ink");
    u.ctx.lineWidth = 1.5 * devicePixelRatio;
    u.ctx.strokeRect(from, in_.top + 1, to - from, in_.bottom - in_.top - 2);
  });
}

/** The band of the level: right of zero in the right leg's colour, left of it in the left leg's. */
function band(u) {
  const { at: days, low, high } = data.band;
  const zero = index() ? 0 : -Infinity;
  const parts = index() ? [[RIGHT, (one) => Math.max(one, zero)], [LEFT, (one) => Math.min(one, zero)]] : [[style("--soft"), (one) => one]];
  for (const [colour, cut] of parts) {
    u.ctx.fillStyle = colour;
    u.ctx.globalAlpha = index() ? 0.28 : 0.22;
    for (const [from, to] of stretches(low)) {
      u.ctx.beginPath();
      for (let i = from; i < to; i += 1) u.ctx.lineTo(px(u, days[i], "x"), px(u, cut(high[i]), "y"));
      for (let i = to - 1; i >= from; i -= 1) u.ctx.lineTo(px(u, days[i], "x"), px(u, cut(low[i]), "y"));
      u.ctx.fill();
    }
  }
  u.ctx.globalAlpha = 1;
}

function stretches(values) {
  const found = [];
  let from = 0;
  values.forEach((one, i) => {
    if (one === null) { if (i > from) found.push([from, i]); from = i + 1; }
  });
  if (values.length > from) found.push([from, values.length]);
  return found;
}

function over(u) {
  const [ctx, in_, dpr] = [u.ctx, box(u), devicePixelRatio];
  ctx.save();
  clip(ctx, in_);
  lines(u, in_);
  whiskers(u);
  if (data.band) {
    for (const [from, to] of stretches(data.band.level)) {
      const points = data.band.at.slice(from, to).map((day, i) => [day, data.band.level[from + i]]);
      stroke(u, points, { colour: style("--ink"), width: 2.2 });
    }
  }
  ctx.restore();
  ctx.save();
  ctx.font = `${12 * dpr}px ${getComputedStyle(document.body).fontFamily}`;
  if (index()) legs(u, in_);
  flags(u, in_);
  ctx.restore();
}

function stroke(u, points, { colour, width = 1, dash = [], alpha = 1 }) {
  const { ctx } = u;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * devicePixelRatio;
  ctx.setLineDash(dash.map((one) => one * devicePixelRatio));
  ctx.lineJoin = "round";
  ctx.globalAlpha = alpha;
  ctx.beginPath();
  for (const [day, value] of points) ctx.lineTo(px(u, day, "x"), px(u, value, "y"));
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function lines(u) {
  const [from, to] = [u.scales.x.min, u.scales.x.max];
  const [ink, soft] = [style("--ink"), style("--soft")];
  const across = (value, look) => stroke(u, [[from, value], [to, value]], look);
  if (index()) {
    across(0, { colour: ink, width: 1.3 });
    for (const sign of [-1, 1]) {
      if (data.threshold) across(sign * data.threshold, { colour: soft, dash: [6, 4] });
      if (data.typical) across(sign * data.typical, { colour: soft, dash: [1.5, 3.5] });
    }
  }
  data.range.forEach((one, i) => {
    const until = data.range[i + 1]?.at ?? to;
    for (const end of [one.low, one.high]) stroke(u, [[one.at, end], [until, end]], { colour: ink, width: 0.9, alpha: 0.75 });
  });
  if (data.baseline) {
    stroke(u, [[data.baseline.since, data.baseline.value], [data.baseline.until + DAY, data.baseline.value]], { colour: ink, width: 4, alpha: 0.55 });
    stroke(u, [[data.baseline.until, data.baseline.value], [to, data.baseline.value]], { colour: ink, dash: [2, 3], alpha: 0.6 });
  }
}

/** Few runs each with its interval; many as faint dots, for which the band speaks. */
function whiskers(u) {
  const { at: days, value, low, high, other } = data.runs;
  const many = days.length * 6 > u.bbox.width / devicePixelRatio;
  const { ctx } = u;
  const dpr = devicePixelRatio;
  for (let i = 0; i < days.length; i += 1) {
    const [x, y] = [px(u, days[i], "x"), px(u, value[i], "y")];
    if (low[i] !== null) {
      ctx.strokeStyle = style("--soft");
      ctx.globalAlpha = many ? 0.14 : 0.6;
      ctx.lineWidth = 1.3 * dpr;
      ctx.beginPath();
      ctx.moveTo(x, px(u, low[i], "y"));
      ctx.lineTo(x, px(u, high[i], "y"));
      ctx.stroke();
    }
    ctx.globalAlpha = many ? 0.5 : 1;
    ctx.fillStyle = other[i] ? style("--card") : style("--ink");
    ctx.strokeStyle = style("--ink");
    ctx.beginPath();
    ctx.arc(x, y, (many ? 1.7 : 2.8) * dpr, 0, 2 * Math.PI);
    ctx.fill();
    if (other[i]) ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** Whose side is above and whose below, with letter and colour: above the picture, and in its lower corner. */
function legs(u, in_) {
  const { ctx } = u;
  const dpr = devicePixelRatio;
  for (const [side, colour, letter, ink] of [["right", RIGHT, "R", "#14100c"], ["left", LEFT, "L", "#fff"]]) {
    const top = side === "right" ? in_.top - 20 * dpr : in_.bottom - 20 * dpr;
    const text = `${place.dataset[side]} ${data.word}`;
    if (side === "left") {
      ctx.fillStyle = style("--card");
      ctx.fillRect(in_.left + dpr, top - 3 * dpr, ctx.measureText(text).width + 28 * dpr, 22 * dpr);
    }
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.roundRect(in_.left + 2 * dpr, top, 16 * dpr, 16 * dpr, 4 * dpr);
    ctx.fill();
    ctx.fillStyle = ink;
    ctx.textAlign = "center";
    ctx.fillText(letter, in_.left + 10 * dpr, top + 12 * dpr);
    ctx.fillStyle = style("--soft");
    ctx.textAlign = "left";
    ctx.fillText(text, in_.left + 23 * dpr, top + 12 * dpr);
  }
}

/** Alarms as flags with their date above the picture; a date that would meet the one before is left to the table. */
function flags(u, in_) {
  const [ctx, dpr] = [u.ctx, devicePixelRatio];
  let free = -Infinity;
  for (const alarm of data.alarms) {
    const x = px(u, alarm.at, "x");
    ctx.strokeStyle = style("--ink");
    ctx.fillStyle = style("--ink");
    ctx.lineWidth = 1.2 * dpr;
    ctx.beginPath();
    ctx.moveTo(x, in_.top - 18 * dpr);
    ctx.lineTo(x, in_.bottom);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x, in_.top - 18 * dpr);
    ctx.lineTo(x + 11 * dpr, in_.top - 13.5 * dpr);
    ctx.lineTo(x, in_.top - 9 * dpr);
    ctx.fill();
    const width = ctx.measureText(alarm.day).width;
    const beside = x + 15 * dpr + width < in_.right ? x + 15 * dpr : x - 5 * dpr - width;
    if (beside > free) {
      ctx.textAlign = "left";
      ctx.fillText(alarm.day, beside, in_.top - 9 * dpr);
      free = beside + width + 6 * dpr;
    }
  }
}

function tell(u) {
  const i = u.cursor.idx;
  read.textContent = i === null || i === undefined || drag ? "" : `${data.runs.day[i]}: ${data.runs.said[i]}`;
}

let drag = null;

/** Pointer, finger or pen over the picture: the first drag is the first period, the next one the second. */
function dragging(over_) {
  const value = (event) => Math.round(plot.posToVal(event.clientX - over_.getBoundingClientRect().left, "x") / DAY) * DAY + DAY / 2;
  const kept = (day) => Math.min(Math.max(day, data.runs.at[0]), data.runs.at[data.runs.at.length - 1]);
  over_.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (dragged.length === 2) dragged = [];
    drag = { x: event.clientX, from: value(event), to: value(event) };
    over_.setPointerCapture(event.pointerId);
  });
  over_.addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.to = value(event);
    plot.redraw(false);
    read.textContent = [drag.from, drag.to].sort((a, b) => a - b).map(iso).join(" – ");
  });
  over_.addEventListener("pointercancel", () => { drag = null; plot.redraw(false); });
  over_.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const far = Math.abs(event.clientX - drag.x) > 8;
    if (far) dragged.push([drag.from, drag.to].map(kept).sort((a, b) => a - b));
    drag = null;
    if (far) chosen();
    plot.redraw(false);
  });
}

/** What was dragged stands in the form, which asks as soon as both periods are there. */
function chosen() {
  const days = dragged.flat().map(iso);
  fields().forEach((one, i) => { one.value = days[i] ?? ""; });
  if (dragged.length === 2) document.querySelector(".periods").requestSubmit();
}

/** Days below the picture as the rest of the page writes them: "8 Sep", or months where these are far apart; the year where it begins. */
function dayNames(days, step) {
  const month = new Intl.DateTimeFormat(document.documentElement.lang, { month: "short" });
  let year = null;
  return days.map((at) => {
    const day = new Date(at * 1000);
    const name = step >= 27 * 86400 ? month.format(day) : `${day.getDate()} ${month.format(day)}`;
    if (day.getFullYear() === year) return name;
    year = day.getFullYear();
    return `${name}\n${year}`;
  });
}
