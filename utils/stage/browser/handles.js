// --- points that can be dragged, by pointer and by keyboard ---

/**
 * A value as an attribute of ARIA: in plain digits, with no power of ten.
 * @param {number | boolean} value
 */
function inDigits(value) {
  const text = String(value);
  return text.includes("e") ? Number(value).toFixed(20).replace(/\.?0+$/, "") : text;
}

/**
 * Whether there is anything between two values of a control: not if it counts, or is a menu.
 * @param {Control} control
 */
function glides({ trait, values }) {
  return trait === "value" && !values.every((value) => Number.isInteger(Number(value)));
}

/** What a hand does with the points of a figure. */
class Handles {
  /** @param {Figure} figure */
  constructor(figure) {
    this.figure = figure;
    /** @type {Map<number, {node: SVGElement, mark: PointLook}>} */
    this.all = new Map(); // by the number of the mark
    /** @type {{k: number, node: SVGElement, dx: number, dy: number, from: number[]} | null} */
    this.dragging = null; // from where a hand goes down until it lifts
    /** @type {{k: number, x: number, y: number} | null} */
    this.pulling = null; // where a hand drags a point to
    /** @type {{k: number, x: number, y: number} | null} */
    this.dropped = null; // where it was let go, until Python has been asked
    /** @type {[slider: number, part: number][]} */
    this.between = []; // how far sliders are on their way to their next positions, in a drag
    figure.spec.marks.forEach((mark, k) => {
      if (mark.kind === "point" && mark.drag.length) this.add(mark, k);
    });
  }

  /**
   * @param {PointLook} mark
   * @param {number} k
   */
  add(mark, k) {
    const found = this.figure.layer.querySelector(`.stage-handle[data-mark="${CSS.escape(mark.name)}"]`);
    const node = /** @type {SVGElement} */ (found);
    this.all.set(k, { node, mark });
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "slider");
    node.setAttribute("aria-label", `${mark.label || mark.name}, a point that can be dragged`);
    node.dataset.lmSuppressShortcuts = "true";
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const [px, py] = this.figure.pixelOf(event);
      const [x, y] = (node.dataset.at ?? "0,0").split(",").map(Number);
      this.grab(k, event, node, [px - x, py - y]);
    });
    this.listenTo(node);
    node.addEventListener("keydown", (event) => this.key(event, mark));
  }

  /**
   * @param {KeyboardEvent} event
   * @param {PointLook} mark
   */
  key(event, { drag }) {
    const { figure } = this, across = drag[0], upward = drag[drag.length - 1];
    const step = event.shiftKey ? 5 : 1;
    /** @type {Object<string, [control: number, to: number]>} */
    const moves = {
      ArrowRight: [across, figure.position(across) + step],
      ArrowLeft: [across, figure.position(across) - step],
      ArrowUp: [upward, figure.position(upward) + step],
      ArrowDown: [upward, figure.position(upward) - step],
      Home: [across, 0],
      End: [across, Infinity],
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    figure.move(...moves[event.key], true);
  }

  /**
   * A drag: begun on the point itself, or anywhere on its axes, where it then goes at once.
   * @param {number} k
   * @param {PointerEvent} event
   * @param {SVGElement} catcher  gets the pointer's events from now on
   * @param {Pixel} offset  from the point to the pointer
   */
  grab(k, event, catcher, [dx, dy]) {
    const held = this.all.get(k);
    if (!held) return;
    held.node.focus({ preventScroll: true });
    catcher.setPointerCapture(event.pointerId);
    held.node.classList.add("stage-dragging");
    this.dragging = { k, node: held.node, dx, dy, from: this.figure.positions() };
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.dragging) return;
    const { k, dx, dy } = this.dragging, [px, py] = this.figure.pixelOf(event);
    this.pulling = { k, x: px - dx, y: py - dy };
    this.figure.schedule();
  }

  drop() {
    if (!this.dragging) return;
    const { k, node } = this.dragging, { figure } = this;
    node.classList.remove("stage-dragging");
    this.dragging = null;
    if (!this.pulling) return;
    if (!figure.table) {
      this.dropped = this.pulling;
      this.pulling = null;
      figure.unschedule();
      figure.asking.frame();
      return;
    }
    this.pull();
    this.pulling = null;
    this.between = [];
    figure.schedule();
    // The kernel learns where the sliders are once, at the end.
    this.all.get(k)?.mark.drag.forEach((i) => figure.sliders[i].tell());
  }

  /** The page took the hand away, to scroll: nothing was meant to move. */
  cancel() {
    if (!this.dragging) return;
    const { k, node, from } = this.dragging, { figure } = this;
    node.classList.remove("stage-dragging");
    this.dragging = this.pulling = this.dropped = null;
    this.between = [];
    figure.unschedule();
    this.all.get(k)?.mark.drag.forEach((i) => figure.move(i, from[i], true));
    figure.schedule();
  }

  /** @param {SVGElement} catcher */
  listenTo(catcher) {
    catcher.addEventListener("pointermove", (event) => this.drag(event));
    catcher.addEventListener("pointerup", () => this.drop());
    catcher.addEventListener("pointercancel", () => this.cancel());
  }

  /**
   * Bring the point nearest to the pointer: of all positions of the sliders that it is tied to,
   * take the best. A point on a curve so stays on its curve.
   */
  pull() {
    const { figure, pulling } = this, { table } = figure;
    if (!pulling) return;
    if (!table) { figure.asking.frame(); return; }
    const mark = this.all.get(pulling.k)?.mark;
    if (!mark) return;
    const offset = figure.offsets[pulling.k], place = figure.painter.places[mark.ax];
    const sizes = figure.spec.controls.map(({ values }) => values.length), eye = figure.eye();
    const project = mark.solid && eye ? projecting(eye) : null, seen = [0, 0];
    /** @param {number[]} at @returns {Pixel} */
    const point = (at) => {
      const x = table.read(offset, at), y = table.read(offset + 1, at);
      if (!project) return place(x, y);
      project(x, y, table.read(offset + 2, at), seen, 0);
      return place(seen[0], seen[1]);
    };
    const best = nearestPositions(point, [pulling.x, pulling.y], figure.positions(), mark.drag, sizes);
    if (!best) return;
    mark.drag.forEach((i) => figure.move(i, best[i], false));
    // The picture follows the hand; sliders and sentence tell the nearest of their values.
    this.between = partsBetween(point, [pulling.x, pulling.y], best, this.gliding(mark), sizes);
  }

  /**
   * The sliders of a point that it can be dragged between the values of.
   * @param {PointLook} mark
   */
  gliding({ drag }) {
    return drag.filter((i) => glides(this.figure.spec.controls[i]));
  }

  /** What a question to Python says of a drag; a drop is told once. */
  takeAim() {
    const aim = this.pulling ?? this.dropped;
    this.dropped = null;
    if (!aim) return null;
    const mark = this.all.get(aim.k)?.mark;
    if (!mark) return null;
    // The picture follows the hand, as `pull` lets it; let go, the point stands at a value.
    const gliding = this.pulling ? this.gliding(mark) : [];
    return { mark: mark.name, to: [aim.x, aim.y], dropped: !this.pulling, gliding };
  }

  /** Say, for screen readers, where each point stands. */
  describe() {
    const { figure } = this, { controls } = figure.spec;
    for (const { node, mark } of this.all.values()) {
      const at = mark.drag.map((i) => figure.position(i));
      const { values } = controls[mark.drag[0]];
      const text = mark.drag.map((i, n) => `${controls[i].label} = ${controls[i].values[at[n]]}`).join(", ");
      if (node.getAttribute("aria-valuetext") === text) continue;
      node.setAttribute("aria-valuetext", text);
      node.setAttribute("aria-valuemin", inDigits(values[0]));
      node.setAttribute("aria-valuemax", inDigits(values[values.length - 1]));
      node.setAttribute("aria-valuenow", inDigits(values[at[0]]));
    }
  }
}

/** The empty part of some axes: a click brings a point there, a drag turns a view in space. */
class Ground {
  /**
   * @param {Figure} figure
   * @param {number} ax
   */
  constructor(figure, ax) {
    const { spec, painter } = figure;
    this.figure = figure;
    this.k = spec.clicks[ax]; // the mark that follows a click, if one does
    this.turn = spec.turn?.ax === ax ? spec.turn : null;
    /** @type {{event: PointerEvent, from: number[], turned: boolean} | null} */
    this.down = null; // a hand that went down and has not moved yet, or that turns
    if (this.k === undefined && !this.turn) return;
    this.node = painter.ground(ax);
    this.node.classList.toggle("stage-turn", Boolean(this.turn));
    this.node.addEventListener("pointerdown", (event) => this.press(event));
    this.node.addEventListener("pointermove", (event) => this.swing(event));
    this.node.addEventListener("pointerup", (event) => this.lift(event));
    this.node.addEventListener("pointercancel", () => { this.down = null; });
    figure.handles.listenTo(this.node);
  }

  /** @param {PointerEvent} event */
  bring(event) {
    this.down = null;
    if (this.node) this.figure.handles.grab(this.k, event, this.node, [0, 0]);
    this.figure.handles.drag(event);
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button) return;
    // A finger may be about to scroll the page.
    if (!this.turn && event.pointerType !== "touch") {
      event.preventDefault();
      this.bring(event);
      return;
    }
    this.down = { event, from: [], turned: false };
    if (!this.turn) return;
    event.preventDefault();
    this.node?.setPointerCapture(event.pointerId);
    this.down.from = [this.figure.position(this.turn.across), this.figure.position(this.turn.upward)];
  }

  /** @param {PointerEvent} event */
  swing(event) {
    const { down, turn, figure } = this;
    if (!down) return;
    const dx = event.clientX - down.event.clientX, dy = event.clientY - down.event.clientY;
    if (!down.turned && Math.hypot(dx, dy) <= figure.spec.sizes.tremble) return;
    if (!turn && Math.abs(dy) > Math.abs(dx)) { this.down = null; return; } // a finger that scrolls
    if (!turn) { this.bring(event); return; }
    down.turned = true;
    const degrees = turn.speed * figure.zoom();
    // What is seen follows the hand: it is the eye's place that the angles say.
    this.turnBy(turn.across, down.from[0], -dx * degrees, true);
    this.turnBy(turn.upward, down.from[1], dy * degrees, false);
  }

  /** @param {PointerEvent} event */
  lift(event) {
    const { down, turn, figure } = this;
    if (down && !down.turned && this.k !== undefined) {
      this.bring(event);
      figure.handles.drop();
    }
    if (down?.turned && turn) [turn.across, turn.upward].forEach((i) => figure.sliders[i].tell());
    this.down = null;
  }

  /**
   * @param {number} i
   * @param {number} from
   * @param {number} degrees
   * @param {boolean} around  whether it goes on from the other end
   */
  turnBy(i, from, degrees, around) {
    const values = this.figure.spec.controls[i].values.map(Number), last = values.length - 1;
    const step = (values[last] - values[0]) / last;
    const whole = Math.round(360 / step);
    let to = from + Math.round(degrees / step);
    if (around && last + 1 >= whole) to = ((to % whole) + whole) % whole;
    this.figure.move(i, to, false);
  }
}
