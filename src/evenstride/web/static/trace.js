// A run over its minutes: the difference with its band, or both legs; below it pace and slope. Words come from the server.

const GUTTER = 62;
const light = window.matchMedia("(prefers-color-scheme: dark)");

for (const stage of document.querySelectorAll("[data-series]")) {
  const folded = stage.closest("details");
  if (folded && !folded.open) folded.addEventListener("toggle", () => begin(stage), { once: true });
  else begin(stage);
}

async function begin(stage) {
  let data;
  try {
    const answer = await fetch(stage.dataset.series, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    data = await answer.json();
  } catch {
    stage.querySelector("[data-drawing]").textContent = stage.dataset.failed;
    return;
  }
  const shown = new Stage(stage, data);
  shown.draw();
}

class Stage {
  constructor(stage, data) {
    Object.assign(this, { stage, data, mode: "difference", plots: [], at: null });
    this.place = stage.querySelector("[data-plots]");
    this.readout = stage.querySelector("[data-readout]");
    this.scrub = stage.querySelector("[data-scrub]");
    const first = data.difference ?? data.strips[0];
    this.times = first.t_s;
    this.moments = first.moments;
    this.scrub.max = String(this.times.length - 1);
    this.scrub.addEventListener("input", () => this.point(Number(this.scrub.value), true));
    for (const button of stage.querySelectorAll("[data-show]")) {
      button.disabled = button.dataset.show === "legs" && !data.legs;
      button.addEventListener("click", () => {
        this.mode = button.dataset.show;
        for (const one of stage.querySelectorAll("[data-show]")) one.setAttribute("aria-pressed", String(one === button));
        this.draw();
      });
    }
    light.addEventListener("change", () => this.draw());
    let width = 0;
    new ResizeObserver(([entry]) => {
      const now = Math.round(entry.contentRect.width);
      if (width && now !== width) this.draw();
      width = now;
    }).observe(this.place);
  }

  draw() {
    for (const one of this.plots) one.destroy();
    this.place.replaceChildren();
    const css = getComputedStyle(document.documentElement);
    this.ink = Object.fromEntries(["ink", "soft", "line", "edge", "shade", "left", "right", "card"].map((name) => [name, css.getPropertyValue(`--${name}`).trim()]));
    this.font = `12px ${css.getPropertyValue("--text")}`;
    this.width = this.place.clientWidth;
    this.ticks = this.data.ticks[this.width > 560 ? "many" : "few"];
    const { difference, legs, strips } = this.data;
    const last = strips.length === 0;
    this.plots = [];
    if (difference) this.plots.push(this.mode === "legs" && legs ? this.legs(last) : this.difference(last));
    strips.forEach((one, n) => this.plots.push(this.strip(one, n === strips.length - 1)));
    this.point(this.at ?? Number(this.scrub.value), false);
  }

  plot(columns, series, { height, range, ticks, bands = [], before = () => {}, after = () => {}, axis, label = "" }) {
    if (label) {
      const said = document.createElement("p");
      said.className = "strip-label";
      said.textContent = label;
      this.place.append(said);
    }
    const { ink } = this;
    const grid = { stroke: ink.line, width: 1 };
    return new window.uPlot({
      width: this.width, height: height + (axis ? 34 : 0), padding: [8, 12, axis ? 0 : 4, 0], bands,
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false }, sync: { key: this.data.title || "run", setSeries: false } },
      legend: { show: false },
      scales: { x: { time: false, range: () => [this.data.start_s, this.data.end_s] }, y: { range: () => range } },
      axes: [
        { show: axis, stroke: ink.soft, font: this.font, size: 34, grid: { show: false }, ticks: { stroke: ink.soft, width: 1, size: 4 }, splits: () => this.ticks.map((one) => one[0]), values: () => this.ticks.map((one, n) => (n === this.ticks.length - 1 && n > 0 ? `${one[1]} ${this.stage.dataset[this.data.unit]}` : one[1])) },
        { stroke: ink.soft, font: this.font, size: GUTTER, grid, ticks: { show: false }, splits: () => ticks.map((one) => one[0]), values: () => ticks.map((one) => one[1]) },
      ],
      series: [{}, ...series],
      hooks: {
        drawClear: [(u) => { this.shade(u); before(u); }],
        draw: [(u) => { after(u); if (axis) this.laps(u); }],
        setCursor: [(u) => { if (u.cursor.event && u.cursor.left >= 0) this.point(this.nearest(u.posToVal(u.cursor.left, "x")), false); }],
      },
    }, columns, this.place);
  }

  difference(axis) {
    const { ink } = this;
    const d = this.data.difference;
    const part = (values, keep) => values.map((one) => (one === null ? null : keep(one, 0)));
    const bare = { points: { show: false }, stroke: "transparent", width: 0 };
    const columns = [d.t_s, part(d.high_pct, Math.max), part(d.low_pct, Math.max), part(d.high_pct, Math.min), part(d.low_pct, Math.min), d.index_pct];
    const bands = [{ series: [1, 2], fill: faded(ink.right) }, { series: [3, 4], fill: faded(ink.left) }];
    const line = { stroke: ink.ink, width: 2, points: { show: false } };
    const range = [-d.range_pct * 1.18, d.range_pct * 1.18];
    const after = (u) => {
      this.level(u, 0, ink.ink, []);
      for (const [value, dash] of [[d.threshold_pct, [6, 4]], [d.typical_pct, [2, 4]]]) {
        if (value !== null && value <= d.range_pct) for (const sign of [1, -1]) this.level(u, sign * value, ink.soft, dash);
      }
      this.letter(u, "R", ink.right, true, d.word);
      this.letter(u, "L", ink.left, false, d.word);
    };
    return this.plot(columns, [bare, bare, bare, bare, line], { height: 300, range, ticks: d.ticks, bands, after, axis });
  }

  legs(axis) {
    const { ink } = this;
    const l = this.data.legs;
    const line = (stroke, dash) => ({ stroke, width: 2, dash, points: { show: false } });
    const after = (u) => {
      for (const [name, values] of [["L", l.left], ["R", l.right]]) {
        const n = values.findIndex((one) => one !== null);
        if (n >= 0) badge(u, name, name === "L" ? ink.left : ink.right, u.bbox.left + (name === "L" ? 4 : 24) * devicePixelRatio, u.valToPos(values[n], "y", true) - 18 * devicePixelRatio);
      }
    };
    return this.plot([this.data.difference.t_s, l.left, l.right], [line(ink.left), line(ink.right, [7, 3])], { height: 300, range: l.range, ticks: l.ticks, after, axis });
  }

  strip(one, axis) {
    return this.plot([one.t_s, one.values], [{ stroke: this.ink.soft, width: 1.5, points: { show: false } }], { height: 72, range: one.range, ticks: one.ticks, axis, label: one.label });
  }

  shade(u) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.fillStyle = this.ink.shade;
    for (const [start, end] of this.data.excluded) {
      const a = Math.max(bbox.left, u.valToPos(start, "x", true));
      const b = Math.min(bbox.left + bbox.width, u.valToPos(end, "x", true));
      if (b > bbox.left && a < bbox.left + bbox.width) ctx.fillRect(a, bbox.top, Math.max(0.5, b - a), bbox.height);
    }
    ctx.restore();
  }

  laps(u) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.strokeStyle = this.ink.soft;
    ctx.lineWidth = devicePixelRatio;
    for (const at of this.data.laps_s) {
      if (at <= this.data.start_s || at >= this.data.end_s) continue;
      const x = u.valToPos(at, "x", true);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top + bbox.height - 7 * devicePixelRatio);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  level(u, value, stroke, dash) {
    const { ctx, bbox } = u;
    const y = u.valToPos(value, "y", true);
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash(dash.map((one) => one * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  }

  letter(u, name, fill, above, word) {
    const { ctx, bbox } = u;
    const p = devicePixelRatio;
    const y = above ? bbox.top + 2 * p : bbox.top + bbox.height - 19 * p;
    badge(u, name, fill, bbox.left + 6 * p, y);
    const side = above ? this.stage.dataset.right : this.stage.dataset.left;
    ctx.save();
    ctx.font = `${12 * p}px ${this.font.slice(5)}`;
    ctx.lineWidth = 4 * p;
    ctx.lineJoin = "round";
    ctx.strokeStyle = this.ink.card;
    ctx.fillStyle = this.ink.ink;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    for (const draw of ["strokeText", "fillText"]) ctx[draw](`${side} ${word}`, bbox.left + 29 * p, y + 9 * p);
    ctx.restore();
  }

  nearest(value) {
    let best = 0;
    this.times.forEach((one, n) => { if (Math.abs(one - value) < Math.abs(this.times[best] - value)) best = n; });
    return best;
  }

  /** Say what one moment holds, and show where it is. */
  point(n, moved) {
    this.at = n;
    this.scrub.value = String(n);
    const t = this.times[n];
    const { difference, legs, strips } = this.data;
    const parts = [this.moments[n]];
    if (difference) parts.push(this.mode === "legs" && legs ? `L ${legs.said[n][0]}, R ${legs.said[n][1]}` : difference.said[n]);
    for (const one of strips) {
      const k = one.t_s.findIndex((at) => at >= t);
      const said = k >= 0 ? one.said[k] : "";
      if (said && one.short) parts.push(`${one.short} ${said}`);
    }
    this.readout.textContent = parts.filter(Boolean).join(" · ");
    this.scrub.setAttribute("aria-valuetext", this.readout.textContent);
    if (moved) for (const u of this.plots) u.setCursor({ left: u.valToPos(t, "x"), top: 10 }, false);
  }
}

function badge(u, name, fill, x, y) {
  const { ctx } = u;
  const p = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.roundRect(x, y, 17 * p, 17 * p, 4 * p);
  ctx.fill();
  ctx.fillStyle = name === "L" ? "#fff" : "#14100c";
  ctx.font = `700 ${11.5 * p}px sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(name, x + 8.5 * p, y + 9 * p);
  ctx.restore();
}

function faded(colour) {
  return `${colour}4d`;
}
