// --- a curve that the learner draws ---

const NUDGES = 9; // places at which the keyboard can lift or lower the curve
const LIFTS = 30; // presses of a key from the lowest height to the highest
const OWN = "my drawing";

/**
 * Heights with those between two places put on a straight line: a fast pointer skips places.
 * @param {number[]} heights
 * @param {[place: number, height: number]} from
 * @param {[place: number, height: number]} to
 * @returns {number[]}
 */
function stretched(heights, [j, low], [i, high]) {
  const steps = Math.max(1, Math.abs(i - j)), way = Math.sign(i - j), drawn = [...heights];
  for (let k = 0; k <= steps; k++) drawn[j + way * k] = rounded(low + (high - low) * k / steps);
  return drawn;
}

/**
 * Heights lifted around a place, most there and less beside it, and kept in the picture.
 * @param {number[]} heights
 * @param {number} place
 * @param {number} by
 * @param {[bottom: number, top: number]} y
 * @returns {number[]}
 */
function lifted(heights, place, by, [bottom, top]) {
  const width = (heights.length - 1) / NUDGES / 1.6;
  return heights.map((height, k) => {
    const moved = height + by * Math.exp(-((k - place) ** 2) / (2 * width ** 2));
    return rounded(Math.max(bottom, Math.min(top, moved)));
  });
}

/** @param {number} height  as Python rounds it, too */
function rounded(height) {
  return Number(height.toFixed(3));
}

/** The curve, what draws it by pointer and keyboard, and what points along it. */
class DrawingBoard {
  /**
   * @param {Figure} figure
   * @param {CurveSpec} curve
   * @param {boolean} live  whether there is Python, without which a new curve has no frames
   */
  constructor(figure, curve, live) {
    this.figure = figure;
    this.curve = curve;
    this.live = live;
    this.axes = figure.spec.axes[curve.ax];
    this.place = placing(this.axes);
    this.heights = [...curve.presets[curve.start]];
    this.version = 0; // of the drawing: its frames say which one they are of
    this.drawing = false; // or pointing
    /** @type {[place: number, height: number] | null} */
    this.before = null; // where the pointer was, while it is down
    this.from = 0; // the position of what points, when the pointer went down
    /** @type {PointerEvent | null} */
    this.finger = null; // one that went down without a pen: it may be about to scroll the page
    const { left, top, width, height } = this.axes, { layer, spec } = figure;
    const sheet = { x: left, y: top, width, height, fill: "transparent", class: "stage-sheet" };
    this.sheet = make("rect", sheet);
    // The sheet lies under the points, so that those can still be dragged.
    layer.insertBefore(this.sheet, layer.querySelector(".stage-handle"));
    const pen = { fill: "none", "stroke-width": spec.sizes.pen, class: "stage-line" };
    this.line = make("path", { ...pen, style: `stroke:${ink("function")}` });
    layer.insertBefore(this.line, this.sheet);
    this.listen();
    this.buttons = live ? [this.makeToggle(), this.makeSelect()] : [];
    this.knobs = live ? Array.from({ length: NUDGES }, (_, n) => this.makeKnob(n)) : [];
    this.paint();
  }

  makeToggle() {
    const toggle = document.createElement("button");
    toggle.className = "stage-button stage-draw";
    toggle.textContent = "\u270E Draw";
    toggle.setAttribute("aria-pressed", "false");
    toggle.addEventListener("click", () => {
      this.drawing = !this.drawing;
      toggle.setAttribute("aria-pressed", String(this.drawing));
      this.figure.layer.classList.toggle("stage-drawing", this.drawing);
    });
    return toggle;
  }

  makeSelect() {
    const { presets, start } = this.curve, select = document.createElement("select");
    select.className = "stage-button stage-preset";
    select.setAttribute("aria-label", "Begin with");
    for (const name of [...Object.keys(presets), OWN]) select.add(new Option(name, name));
    select.value = start;
    select.addEventListener("change", () => {
      if (select.value in presets) this.begin(select.value);
    });
    this.select = select;
    return select;
  }

  /**
   * Take a preset instead of what is drawn.
   * @param {string} [name]
   */
  begin(name = this.curve.start) {
    if (!this.live) return;
    this.change(name, [...this.curve.presets[name]]);
    this.figure.asking.frames();
  }

  /**
   * @param {string} name
   * @param {number[]} heights
   */
  change(name, heights) {
    this.heights = heights;
    this.version++;
    if (this.select) this.select.value = name;
    this.paint();
    this.figure.forgetTable();
    this.figure.asking.frame();
  }

  paint() {
    const { places, jump } = this.curve, { heights } = this;
    const points = heights.map((height, i) => // the line breaks where Python sees a jump
      i && Math.abs(height - heights[i - 1]) > jump ? null : this.place(places[i], height));
    this.line.setAttribute("d", pathThrough(points));
    for (const { node, i } of this.knobs) {
      const [x, y] = this.place(places[i], heights[i]);
      node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      node.setAttribute("aria-valuenow", String(heights[i]));
    }
  }

  /**
   * Where a pointer is on the sheet: which place, how high, and where on the x-axis.
   * @param {PointerEvent} event
   * @returns {{i: number, height: number, x: number}}
   */
  read(event) {
    const { axes, curve: { places, y: [bottom, top] } } = this, last = places.length - 1;
    const [px, py] = this.figure.pixelOf(event);
    const part = Math.max(0, Math.min(1, (px - axes.left) / axes.width));
    const up = 1 - (py - axes.top) / axes.height;
    const x = axes.x[0] + part * (axes.x[1] - axes.x[0]);
    const height = axes.y[0] + up * (axes.y[1] - axes.y[0]);
    const at = Math.round((x - places[0]) / (places[last] - places[0]) * last);
    return { i: Math.max(0, Math.min(last, at)), height: Math.max(bottom, Math.min(top, height)), x };
  }

  listen() {
    this.sheet.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      if (event.pointerType === "touch" && !this.drawing) this.finger = event;
      else this.press(event);
    });
    this.sheet.addEventListener("pointermove", (event) => {
      this.wait(event);
      if (!this.before) return;
      for (const part of event.getCoalescedEvents?.() ?? [event]) this.touch(part);
    });
    this.sheet.addEventListener("pointerup", (event) => {
      if (this.finger) this.press(event); // a tap
      this.lift();
    });
    this.sheet.addEventListener("pointercancel", () => this.cancel());
  }

  /** @param {PointerEvent} event */
  press(event) {
    this.finger = null;
    this.sheet.setPointerCapture(event.pointerId);
    const { i, height } = this.read(event);
    this.before = [i, height];
    this.from = this.figure.position(this.curve.follow);
    this.touch(event);
  }

  /**
   * Tell a finger that points along the curve from one that scrolls.
   * @param {PointerEvent} event
   */
  wait(event) {
    if (!this.finger) return;
    const dx = event.clientX - this.finger.clientX, dy = event.clientY - this.finger.clientY;
    if (Math.hypot(dx, dy) <= this.figure.spec.sizes.tremble) return;
    if (Math.abs(dy) > Math.abs(dx)) this.finger = null;
    else this.press(event);
  }

  /** The page took the hand away, to scroll: nothing was meant to be pointed at. */
  cancel() {
    this.finger = null;
    if (this.before && !this.drawing) this.figure.move(this.curve.follow, this.from, false);
    this.lift();
  }

  /** @param {PointerEvent} event */
  touch(event) {
    const { i, height, x } = this.read(event), { figure, curve } = this;
    if (!this.drawing) {
      const values = figure.spec.controls[curve.follow].values.map(Number);
      figure.move(curve.follow, nearestIndex(values, x), false);
    } else if (this.before) {
      const drawn = stretched(this.heights, this.before, [i, height]);
      this.before = [i, height];
      this.change(OWN, drawn);
    }
  }

  lift() {
    if (!this.before) return;
    this.before = null;
    if (this.drawing) this.figure.asking.frames();
    else this.figure.sliders[this.curve.follow].tell();
  }

  /**
   * The same without a pointer: a knob that lifts or lowers the curve around it.
   * @param {number} n
   */
  makeKnob(n) {
    const { places, y: [bottom, top] } = this.curve, { spec, layer } = this.figure;
    const i = Math.round((n + 0.5) * (places.length - 1) / NUDGES);
    const role = { class: "stage-nudge", tabindex: 0, role: "slider" };
    const node = make("g", { ...role, style: `color:${ink("function")}` }, layer);
    const look = { fill: PAPER, stroke: "currentColor", "stroke-width": spec.sizes.edge };
    make("circle", { r: spec.sizes.knob, ...look }, node);
    node.setAttribute("aria-label", `Height of the curve at ${places[i].toFixed(1)}`);
    node.dataset.lmSuppressShortcuts = "true";
    node.addEventListener("keydown", (event) => {
      const way = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
      if (!way) return;
      event.preventDefault();
      event.stopPropagation();
      this.change(OWN, lifted(this.heights, i, way * (top - bottom) / LIFTS, [bottom, top]));
      this.figure.asking.frames();
    });
    return { node, i };
  }
}
