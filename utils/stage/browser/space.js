// --- marks in space: from where they lie to where an eye far away sees them, as solids.py does ---

const BOX = 0.72; // the height of the box, whose base is a square of side 1
const SLACK = 1e-6; // by which a height may leave it: numbers travel in four bytes
const TICKS = 5; // along one axis, at most
const DEPTH = 1e-9; // what is nearer than that to each other in depth lies side by side
const BEYOND = 0.09; // from an arrow's tip to the words that name it
const CROWDED = [0.3, 0.09]; // to the right and up: nearer to each other, words would meet
const FRINGE = 0.7; // words further out than that would leave the picture
// Along a ray to the eye: where it begins and ends, how many places are looked at, and how far above
// or below the surface counts.
const RAY = [0.03, 1.5], LOOKS = 50, CLEAR = 0.012;

/** @param {number} degrees */
const radians = (degrees) => degrees * (Math.PI / 180);

/**
 * What projects points (x, y, z) to (right, up), written to a row of numbers from `i` on.
 * @param {Eye} eye
 * @returns {Project}
 */
function projecting({ azimuth, elevation }) {
  const turned = radians(azimuth), raised = radians(elevation);
  const east = -Math.sin(turned), north = Math.cos(turned);
  const [a, b, c] = [-Math.sin(raised) * north, Math.sin(raised) * east, Math.cos(raised)];
  return (x, y, z, to, i) => {
    to[i] = x * east + y * north + z * 0;
    to[i + 1] = x * a + y * b + z * c;
  };
}

/**
 * @param {Numbers} numbers
 * @param {Project} project
 * @returns {Float64Array}
 */
function projectedPlaces(numbers, project) {
  const found = new Float64Array(numbers.length / 3 * 2);
  for (let k = 0; 3 * k < numbers.length; k++)
    project(numbers[3 * k], numbers[3 * k + 1], numbers[3 * k + 2], found, 2 * k);
  return found;
}

/**
 * The grid of a surface: where its rows and columns lie on the floor, and its heights.
 * @param {SheetSpec} spec
 * @param {Numbers} numbers
 */
function readSheet({ rows, columns }, numbers) {
  const [x0, x1, y0, y1] = [numbers[0], numbers[1], numbers[2], numbers[3]];
  return {
    rows, columns, x0, x1, y0, y1,
    /** @param {number} j */
    x: (j) => x0 + (x1 - x0) * j / (columns - 1),
    /** @param {number} i */
    y: (i) => y0 + (y1 - y0) * i / (rows - 1),
    /** @param {number} i @param {number} j */
    height: (i, j) => numbers[4 + i * columns + j],
  };
}

/**
 * Four corners for each piece of a surface, far pieces first; then the shade of each, from 0 to 1.
 * Pieces outside the box are left out, and those that reach beyond it are cut.
 * @param {SheetSpec} spec
 * @param {Numbers} numbers
 * @param {Eye} eye
 * @returns {Float64Array}
 */
function projectedSheet(spec, numbers, eye) {
  const sheet = readSheet(spec, numbers), project = projecting(eye), { rows, columns } = sheet;
  const high = BOX / 2, corners = new Float64Array(rows * columns * 2);
  const cut = new Float64Array(rows * columns), out = new Uint8Array(rows * columns);
  for (let i = 0, n = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, n++) {
      const z = sheet.height(i, j);
      out[n] = Number(!(Math.abs(z) <= high + SLACK));
      cut[n] = Math.max(-high, Math.min(high, z)); // nan stays nan
      project(sheet.x(j), sheet.y(i), cut[n], corners, 2 * n);
    }
  }
  const turned = radians(eye.azimuth), across = Math.cos(turned), up = Math.sin(turned);
  const pieces = [];
  for (let i = 0; i + 1 < rows; i++)
    for (let j = 0; j + 1 < columns; j++)
      // Over an even grid a piece can only hide those that lie behind it on the floor.
      pieces.push({
        near: Math.round((across * (sheet.x(j) + sheet.x(j + 1)) +
          up * (sheet.y(i) + sheet.y(i + 1))) / DEPTH),
        around: [i * columns + j, i * columns + j + 1, (i + 1) * columns + j + 1, (i + 1) * columns + j],
      });
  pieces.sort((one, other) => one.near - other.near);
  const found = new Float64Array(9 * pieces.length).fill(NaN);
  pieces.forEach(({ around: [a, b, c, d] }, k) => {
    const mean = (cut[a] + cut[b] + cut[c] + cut[d]) / 4;
    if (Number.isNaN(mean) || out[a] + out[b] + out[c] + out[d] === 4) return;
    [a, b, c, d].forEach((n, corner) =>
      found.set([corners[2 * n], corners[2 * n + 1]], 8 * k + 2 * corner));
    found[8 * pieces.length + k] = (mean + high) / BOX;
  });
  return found;
}

/**
 * What tells whether a point of a curve on a surface lies behind another part of it: where a ray
 * from there to the eye crosses the surface.
 * @param {SheetSpec} spec
 * @param {Numbers} numbers  of the surface
 * @param {Eye} eye
 * @returns {(x: number, y: number, z: number) => boolean}
 */
function hiding(spec, numbers, { azimuth, elevation }) {
  const { rows, columns, x0, x1, y0, y1, height } = readSheet(spec, numbers);
  const turned = radians(azimuth), raised = radians(elevation), across = Math.cos(raised);
  const way = [across * Math.cos(turned), across * Math.sin(turned), Math.sin(raised)];
  const step = (RAY[1] - RAY[0]) / (LOOKS - 1);
  /** The height between the places of the grid, by straight lines. @param {number} column @param {number} row */
  const between = (column, row) => {
    const i = Math.min(Math.trunc(row), rows - 2), j = Math.min(Math.trunc(column), columns - 2);
    const a = row - i, b = column - j;
    const near = (1 - b) * height(i, j) + b * height(i, j + 1);
    const far = (1 - b) * height(i + 1, j) + b * height(i + 1, j + 1);
    return (1 - a) * near + a * far;
  };
  return (x, y, z) => {
    let over = false, under = false;
    for (let k = 0; k < LOOKS && !(over && under); k++) {
      const t = k === LOOKS - 1 ? RAY[1] : RAY[0] + k * step, up = z + t * way[2];
      const column = (x + t * way[0] - x0) / (x1 - x0) * (columns - 1);
      const row = (y + t * way[1] - y0) / (y1 - y0) * (rows - 1);
      if (!(column >= 0 && column <= columns - 1 && row >= 0 && row <= rows - 1 && up <= BOX / 2)) continue;
      const above = up - between(column, row);
      over ||= above > CLEAR;
      under ||= above < -CLEAR;
    }
    return over && under;
  };
}

/**
 * Of a curve on a surface, what can be seen, or what is hidden, and a point more at both ends.
 * @param {PartSpec} spec
 * @param {Numbers} numbers
 * @param {(x: number, y: number, z: number) => boolean} hides
 * @param {Project} project
 * @returns {Float64Array}
 */
function projectedPart({ hidden }, numbers, hides, project) {
  const found = projectedPlaces(numbers, project), count = numbers.length / 3;
  const gone = Array.from({ length: count }, (_, k) =>
    hides(numbers[3 * k], numbers[3 * k + 1], numbers[3 * k + 2]));
  for (let k = 0; k < count; k++) {
    const near = gone[k] || gone[(k + count - 1) % count] || gone[(k + 1) % count];
    if (hidden ? !near : gone[k]) found.fill(NaN, 2 * k, 2 * k + 2);
  }
  return found;
}

/**
 * Where the walls of the box meet: those behind, the floor it stands on (the ceiling, seen from
 * below), and which edge is furthest to the left.
 * @param {Eye} eye
 */
function cornersOf({ azimuth, elevation }) {
  const turned = radians(azimuth);
  const x = Math.cos(turned) > 0 ? -0.5 : 0.5, y = Math.sin(turned) > 0 ? -0.5 : 0.5;
  const floor = elevation >= 0 ? -BOX / 2 : BOX / 2;
  return { far: [x, y], near: [-x, -y], floor, ceiling: -floor, left: [-y, x] };
}

const GAP = [NaN, NaN, NaN];

/**
 * The edges of the floor and of the walls behind.
 * @param {Numbers} numbers  nan where they are hidden
 * @param {Eye} eye
 * @param {Project} project
 */
function projectedEdges(numbers, eye, project) {
  const { far: [fx, fy], near: [nx, ny], floor, ceiling } = cornersOf(eye);
  const outline = [[nx, fy], [fx, fy], [fx, ny]], hidden = numbers[0] * 0;
  const around = [...outline, [nx, ny], outline[0]];
  const lines = [
    ...outline.map(([x, y]) => [x, y, ceiling]), GAP, ...around.map(([x, y]) => [x, y, floor]), GAP,
    ...outline.flatMap(([x, y]) => [[x, y, floor], [x, y, ceiling], GAP]),
  ];
  return projectedPlaces(lines.flat().map((number) => number + hidden), project);
}

/**
 * The lines on the floor and on the walls behind, at the ticks of each axis.
 * @param {Numbers} ticks
 * @param {Eye} eye
 * @param {Project} project
 */
function projectedRules(ticks, eye, project) {
  const { far: [fx, fy], near: [nx, ny], floor, ceiling } = cornersOf(eye);
  const lines = Array.from({ length: 3 * TICKS }, (_, n) => {
    const at = ticks[n];
    if (n < TICKS) return [at, ny, floor, at, fy, floor, at, fy, ceiling, ...GAP];
    if (n < 2 * TICKS) return [nx, at, floor, fx, at, floor, fx, at, ceiling, ...GAP];
    return [nx, fy, at, fx, fy, at, fx, ny, at, ...GAP];
  });
  return projectedPlaces(lines.flat(), project);
}

/**
 * Where words stand along an edge in front: the number at a tick, or the name of an axis.
 * @param {AlongSpec} spec
 * @param {Numbers} numbers  the tick, the first two of its axis, the letters of the longest number
 * @param {Eye} eye
 * @param {Project} project
 * @returns {Float64Array}
 */
function projectedAlong({ axis, name, lowest }, numbers, eye, project) {
  const { near, floor, ceiling, left } = cornersOf(eye);
  /** @param {number[]} point */
  const see = ([x, y, z]) => { const to = [0, 0]; project(x, y, z, to, 0); return to; };
  /** @param {number} at */
  const on = (at) => see(axis === "x" ? [at, near[1], floor] : axis === "y" ? [near[0], at, floor] : [...left, at]);
  const [tick, first, second, letters] = [numbers[0], numbers[1], numbers[2], numbers[3]];
  const down = floor < 0 ? -0.05 : 0.05, middle = see([0, 0, floor]);
  const foot = axis === "z" ? [0, 0] : on(0);
  const away = axis === "z" ? [-0.06, 0] :
    [0.18 * (foot[0] - middle[0]), 0.18 * (foot[1] - middle[1]) + down];
  const [one, other] = [on(first), on(second)];
  const apart = Number.isNaN(second) || Math.abs(other[0] - one[0]) > 0.045 * letters + 0.03 ||
    Math.abs(other[1] - one[1]) > 0.085;
  if (Number.isNaN(letters) || (!apart && (!name || axis === "z"))) return Float64Array.of(NaN, NaN);
  const place = name ? null : on(tick);
  if (place) return Float64Array.of(place[0] + away[0], place[1] + away[1]);
  const end = axis === "z" ? see([...left, ceiling]) : [foot[0] + 1.8 * away[0], foot[1] + 1.8 * away[1]];
  if (axis === "z") end[1] -= 1.2 * down;
  return Float64Array.of(end[0], Math.max(end[1], lowest ?? -Infinity));
}

/**
 * Where words stand beyond the tip of an arrow, unless they would meet others.
 * @param {Numbers} numbers  its foot and its tip
 * @param {Numbers[]} others  where the words stand that they must not meet
 * @param {Project} project
 * @returns {Float64Array}
 */
function projectedBeyond(numbers, others, project) {
  const [fx, fy, tx, ty] = projectedPlaces(numbers, project), length = Math.hypot(tx - fx, ty - fy);
  const x = tx + BEYOND * (tx - fx) / length, y = ty + BEYOND * (ty - fy) / length;
  const meets = others.some((other) =>
    Math.abs(x - other[0]) <= CROWDED[0] && Math.abs(y - other[1]) <= CROWDED[1]);
  const free = length > 0.05 && !meets && Math.max(Math.abs(x), Math.abs(y)) < FRINGE;
  return free ? Float64Array.of(x, y) : Float64Array.of(NaN, NaN);
}

/**
 * What an eye sees of marks in space. While the eye or a mark stays, so does what was found.
 */
class Space {
  /** @param {MarkLook[]} marks */
  constructor(marks) {
    this.marks = marks;
    this.offsets = offsetsOf(marks);
    /** @type {{numbers: Numbers, seen: Float64Array, fresh: boolean}[]} */
    this.known = []; // by the number of the mark
    /** @type {Eye | null} */
    this.eye = null;
  }

  /**
   * The coordinates of the marks in space on flat axes, by the number of the mark.
   * @param {Numbers} row  of a frame
   * @param {Eye} eye
   * @returns {(Float64Array | undefined)[]}
   */
  see(row, eye) {
    const moved = this.eye?.azimuth !== eye.azimuth || this.eye?.elevation !== eye.elevation;
    const project = projecting(eye);
    this.eye = eye;
    return this.marks.map(({ solid, length }, k) => {
      if (!solid) return undefined;
      const before = this.known[k], numbers = row.slice(this.offsets[k], this.offsets[k] + length);
      const needs = solid.kind === "beyond" ? solid.clear : solid.kind === "part" ? [solid.on] : [];
      const fresh = moved || !before || !same(numbers, before.numbers) || needs.some((n) => this.known[n].fresh);
      const seen = fresh ? this.seen(solid, numbers, eye, project) : before.seen;
      this.known[k] = { numbers, seen, fresh };
      return seen;
    });
  }

  /**
   * @param {SolidSpec} solid
   * @param {Numbers} numbers
   * @param {Eye} eye
   * @param {Project} project
   * @returns {Float64Array}
   */
  seen(solid, numbers, eye, project) {
    switch (solid.kind) {
      case "places": return projectedPlaces(numbers, project);
      case "sheet": return projectedSheet(solid, numbers, eye);
      case "part": {
        const sheet = /** @type {SheetSpec} */ (this.marks[solid.on].solid);
        return projectedPart(solid, numbers, hiding(sheet, this.known[solid.on].numbers, eye), project);
      }
      case "edges": return projectedEdges(numbers, eye, project);
      case "rules": return projectedRules(numbers, eye, project);
      case "along": return projectedAlong(solid, numbers, eye, project);
      case "beyond": return projectedBeyond(numbers, solid.clear.map((n) => this.known[n].seen), project);
    }
  }
}
