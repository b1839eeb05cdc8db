// --- data units to pixels, values to positions ---

const FAR = 1e5; // pixels; beyond it browsers draw lines badly

/**
 * From data units along one axis to pixels.
 * @param {AxisRange} range
 * @param {number} start
 * @param {number} length
 * @returns {(value: number) => number}
 */
function scaling([low, high, kind], start, length) {
  const to = kind === "log" ? Math.log10 : (/** @type {number} */ v) => v;
  const a = to(low), span = to(high) - a;
  return (v) => {
    const pixel = start + ((to(v) - a) / span) * length;
    return Math.max(-FAR, Math.min(FAR, pixel));
  };
}

/**
 * @param {Axes} axes
 * @returns {Place}
 */
function placing(axes) {
  const across = scaling(axes.x, axes.left, axes.width);
  const up = scaling(axes.y, axes.top + axes.height, -axes.height);
  return (x, y) => [across(x), up(y)];
}

/**
 * The position of the value nearest to a given one, as `nearest_index` in controls.py finds it:
 * halfway between two, that with the even position.
 * @param {number[]} values  smallest first
 * @param {number} value
 * @param {"linear" | "log"} [scale]
 * @returns {number}
 */
function nearestIndex(values, value, scale = "linear") {
  let low = 0, high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1; else high = middle;
  }
  const below = values[low - 1], above = values[low];
  if (low === 0 || value >= above) return low;
  // How much nearer it is to the upper one; on a logarithmic scale factors count.
  const nearer = scale === "log" ? value * value - below * above : value - below - (above - value);
  if (nearer === 0) return low % 2 ? low - 1 : low;
  return nearer > 0 ? low : low - 1;
}

/**
 * Where a control stands, as a position in its list of values.
 * @param {Control} control
 * @param {number | boolean | null} value
 * @returns {number}
 */
function positionOf({ trait, values, scale }, value) {
  if (trait === "index") return Number(value ?? 0);
  return nearestIndex(/** @type {number[]} */ (values), Number(value), scale);
}

/**
 * Of all positions of some sliders, those that bring a point nearest to a pixel; the others stay.
 * Null where the point is nowhere.
 * @param {(at: number[]) => Pixel} place  where the point is, at slider positions
 * @param {Pixel} to
 * @param {number[]} at
 * @param {number[]} moving
 * @param {number[]} sizes  how many positions each slider has
 * @returns {number[] | null}
 */
function nearestPositions(place, [x, y], at, moving, sizes) {
  const here = [...at];
  let least = Infinity, best = null;
  /** @param {number} depth */
  const visit = (depth) => {
    if (depth < moving.length) {
      const i = moving[depth];
      for (here[i] = 0; here[i] < sizes[i]; here[i]++) visit(depth + 1);
      return;
    }
    const [px, py] = place(here);
    const distance = Math.hypot(px - x, py - y);
    if (distance < least) {
      least = distance;
      best = [...here];
    }
  };
  visit(0);
  return best;
}

/**
 * How far each of some sliders would go on, from the positions that bring a point nearest to a
 * pixel towards the next ones, for the point to come nearer still: from -1 to 1.
 * @param {(at: number[]) => Pixel} place  where the point is, at slider positions
 * @param {Pixel} to
 * @param {number[]} at
 * @param {number[]} moving
 * @param {number[]} sizes  how many positions each slider has
 * @returns {[slider: number, part: number][]}
 */
function partsBetween(place, to, at, moving, sizes) {
  const [x, y] = place(at);
  /** @type {[number, number][]} */
  const parts = [];
  for (const i of moving) {
    let best = 0;
    for (const step of [-1, 1]) {
      if (at[i] + step < 0 || at[i] + step >= sizes[i]) continue;
      const [nx, ny] = place(at.map((position, k) => (k === i ? position + step : position)));
      const dx = nx - x, dy = ny - y, square = dx * dx + dy * dy;
      const part = square ? ((to[0] - x) * dx + (to[1] - y) * dy) / square : 0;
      if (part > Math.abs(best)) best = step * Math.min(1, part);
    }
    if (best) parts.push([i, best]);
  }
  return parts;
}

/**
 * A number as it stands beside a mark, as `brief` in numerals.py writes it.
 * @param {number} value
 */
function brief(value) {
  const size = Math.abs(value), sign = value < 0 ? "\u2212" : "";
  if (!Number.isFinite(value)) return `${sign}\u221E`;
  if (size === 0 || (size >= 1e-3 && size < 1e5))
    return (size ? sign : "") + Number(size.toPrecision(4)).toString();
  const [digits, power] = size.toExponential(1).split("e");
  return `${sign}${digits}\u00B710${raised(power.replace("+", ""))}`;
}

/**
 * The `d` of a path through points, with a gap at null.
 * @param {(Pixel | null)[]} points
 * @returns {string}
 */
function pathThrough(points) {
  let d = "", pen = "M";
  for (const point of points) {
    if (point === null) { pen = "M"; continue; }
    d += `${pen}${point[0].toFixed(2)} ${point[1].toFixed(2)}`;
    pen = "L";
  }
  return d;
}
