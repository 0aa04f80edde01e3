// Where the actors of a network stand: friends near each other, foes apart, without chance: the same ties, the same picture.

const ROUNDS = 140;

/** Gives [x, y] for each of `n` actors, from ties {a, b, weight}; positions go from about -1 to 1. */
export function layout(n, ties) {
  const [xs, ys] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const angle = i * 2.399963; // the golden angle: busy actors, which come first, begin in the middle
    const r = Math.sqrt((i + 0.5) / n);
    xs[i] = r * Math.cos(angle);
    ys[i] = r * Math.sin(angle);
  }
  const k = 1.1 / Math.sqrt(n);
  const pull = ties.map(({ a, b, weight }) => ({ a, b, force: weight > 0 ? Math.min(1.6, 0.35 + Math.log1p(weight)) : 0.1 }));
  const [dx, dy] = [new Float64Array(n), new Float64Array(n)];
  for (let round = 0; round < ROUNDS; round++) {
    push(n, xs, ys, dx, dy, k);
    for (const { a, b, force } of pull) {
      const [ex, ey] = [xs[b] - xs[a], ys[b] - ys[a]];
      const d = (Math.hypot(ex, ey) / k) * force;
      dx[a] += ex * d;
      dy[a] += ey * d;
      dx[b] -= ex * d;
      dy[b] -= ey * d;
    }
    const heat = 0.14 * (1 - round / ROUNDS) + 0.004;
    for (let i = 0; i < n; i++) {
      dx[i] -= xs[i] * 0.35; // so that nobody drifts away
      dy[i] -= ys[i] * 0.35;
      const far = Math.hypot(dx[i], dy[i]) || 1;
      xs[i] += (dx[i] / far) * Math.min(far, heat);
      ys[i] += (dy[i] / far) * Math.min(far, heat);
    }
  }
  return fitted(xs, ys);
}

/** Every actor pushes every other one away. */
function push(n, xs, ys, dx, dy, k) {
  dx.fill(0);
  dy.fill(0);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const [ex, ey] = [xs[i] - xs[j], ys[i] - ys[j]];
      const near = (k * k) / Math.max(1e-5, ex * ex + ey * ey);
      dx[i] += ex * near;
      dy[i] += ey * near;
      dx[j] -= ex * near;
      dy[j] -= ey * near;
    }
  }
}

/** Positions so that nearly all are within 1 of the middle, the crowd in it spread; the few farthest are brought to the rim. */
function fitted(xs, ys) {
  const far = Array.from(xs, (x, i) => Math.hypot(x, ys[i]));
  const rim = [...far].sort((a, b) => a - b)[Math.floor(far.length * 0.97)] || 1;
  return Array.from(xs, (x, i) => {
    const scale = Math.min(1, far[i] / rim) ** 0.72 / (far[i] || 1);
    return [x * scale, ys[i] * scale];
  });
}
