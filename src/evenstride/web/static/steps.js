// An exercise of the plan as the steps of a player: work of one leg, of the other, rest. Values in, values out.

const MOVES = ["down", "still", "up", "still"];

/** The steps of several exercises in a row; each exercise as it stands in the plan's document. */
export function steps(exercises) {
  const all = exercises.flatMap(ofExercise);
  while (all.length && all[all.length - 1].kind === "rest") all.pop();
  return all;
}

function ofExercise(one) {
  const order = one.both ? ["both"] : one.first === "right" ? ["right", "left"] : ["left", "right"];
  const sides = order.filter((side) => one[side]);
  const sets = Math.max(0, ...sides.map((side) => one[side].sets));
  const found = [];
  for (let n = 1; n <= sets; n += 1) {
    for (const side of sides) {
      if (n <= one[side].sets) found.push(work(one, side, n));
    }
    if (one.rest_seconds) found.push({ kind: "rest", name: one.name, seconds: one.rest_seconds });
  }
  return found;
}

function work(one, side, n) {
  const dose = one[side];
  const tempo = dose.reps ? movesOf(one.tempo) : [];
  const each = tempo.reduce((sum, move) => sum + move.seconds, 0);
  return {
    kind: "work", name: one.name, exercise: one.exercise, side, set: n, sets: dose.sets, reps: dose.reps, words: one.words[side],
    cue: one.cues[(n - 1) % Math.max(1, one.cues.length)] ?? "", tempo,
    seconds: dose.hold_seconds ?? (each ? each * dose.reps : null), each,
  };
}

/** A tempo such as 3-1-3-1 (down, still, up, still); nothing where it is said in words. */
export function movesOf(tempo) {
  if (!/^\d+(-\d+){2,3}$/.test(tempo ?? "")) return [];
  return tempo.split("-").map((seconds, i) => ({ move: MOVES[i], seconds: Number(seconds) })).filter((m) => m.seconds);
}

/** Where a repetition stands after so many seconds of a step: which one, in which move, how long still. */
export function within(step, elapsed) {
  if (!step.each) return { rep: null, move: null, left: Math.ceil(step.seconds - elapsed) };
  const rep = Math.min(step.reps, Math.floor(elapsed / step.each) + 1);
  let at = elapsed - (rep - 1) * step.each;
  for (const one of step.tempo) {
    if (at < one.seconds) return { rep, move: one.move, left: Math.ceil(one.seconds - at) };
    at -= one.seconds;
  }
  return { rep, move: step.tempo[step.tempo.length - 1].move, left: 0 };
}
