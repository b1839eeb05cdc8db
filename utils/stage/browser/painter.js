// --- one figure's drawing: its marks, painted from frames ---

/** @param {Numbers} numbers */
function allFinite(numbers) {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) return false;
  return true;
}

/** @param {Numbers} numbers */
function anyMissing(numbers) {
  for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) return true;
  return false;
}

/**
 * @param {Numbers} one
 * @param {Numbers} other
 */
function same(one, other) {
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}

/**
 * Where each mark's numbers begin in a frame, and, last, how many numbers a frame has.
 * @param {MarkLook[]} marks
 * @returns {number[]}
 */
function offsetsOf(marks) {
  const offsets = [0];
  for (const { length } of marks) offsets.push(offsets[offsets.length - 1] + length);
  return offsets;
}

/** Paints frames. Marks before a surface lie behind it: in a layer of their own, under its canvas. */
class Painter {
  /**
   * @param {Spec} spec
   * @param {SVGElement} layer
   * @param {SVGElement | null} under
   * @param {HTMLCanvasElement | null} canvas
   */
  constructor(spec, layer, under, canvas) {
    this.spec = spec;
    this.layer = layer;
    this.canvas = canvas;
    /** @type {string[]} */
    this.ramp = [];
    /** @type {Axes[]} */
    this.axes = []; // of the background that is shown: all marks are placed by them
    /** @type {Place[]} */
    this.places = [];
    this.captions = new Captions(spec);
    this.space = spec.turn?.space ? new Space(spec.marks) : null;
    const clips = `stage-${Math.random().toString(36).slice(2)}`;
    this.definitions = make("defs", {}, layer);
    // Rectangles that cover the axes, and move with them.
    this.covers = spec.axes.map((_, i) =>
      [make("rect", {}, make("clipPath", { id: `${clips}-${i}` }, this.definitions))]);
    // Words lie over all lines and areas, which stop at the paper around their letters.
    this.words = make("g", {});
    const surface = spec.marks.findIndex(({ kind }) => kind === "mesh");
    const offsets = offsetsOf(spec.marks);
    let says = 0;
    this.drawers = spec.marks.map((mark, k) => ({
      mark,
      from: offsets[k],
      text: mark.says ? says++ : null,
      /** @type {Drawn | null} */
      drawn: mark.kind === "mesh" ? null :
        this.draw(mark, k < surface && under ? under : layer, `url(#${clips}-${mark.ax})`),
      /** @type {Numbers | null} */
      seen: null,
      said: "",
    }));
    const below = this.drawers.filter(({ mark, drawn }) =>
      drawn?.node.parentNode === layer && mark.kind !== "point").pop();
    (below?.drawn?.node ?? this.definitions).after(this.words);
    this.meshes = this.drawers.filter(({ mark }) => mark.kind === "mesh");
  }

  /**
   * @param {DrawnLook} mark
   * @param {SVGElement} layer
   * @param {string} clip
   * @returns {Drawn}
   */
  draw(mark, layer, clip) {
    switch (mark.kind) {
      case "point": return drawPoint(mark, layer, this.spec);
      case "segment": return drawSegment(mark, layer, clip, this.spec);
      case "line": return drawLine(mark, layer, clip, this.spec);
      case "polyline": return drawPolyline(mark, layer, clip, this.spec);
      case "text": return drawText(mark, layer === this.layer ? this.words : layer, this.spec);
      case "caption": return this.captions.draw(mark, layer === this.layer ? this.words : layer);
    }
  }

  /**
   * @param {Frame} frame
   * @param {Eye | null} eye  what sees marks in space, where there are any
   */
  paint(frame, eye) {
    const flat = eye && this.space ? this.space.see(frame.coordinates, eye) : [];
    let fresh = false;
    for (const [k, drawer] of this.drawers.entries()) {
      const { mark, from, text, drawn, seen } = drawer;
      const numbers = flat[k] ?? frame.coordinates.slice(from, from + mark.length);
      const said = text === null ? "" : frame.texts[text];
      // Most marks stand still most of the time, and what is not touched need not be painted.
      if (seen && said === drawer.said && same(numbers, seen)) continue;
      drawer.seen = numbers;
      drawer.said = said;
      if (drawn === null) { fresh = true; continue; }
      // A point may be infinitely far away: one that can be dragged then waits at the edge.
      const point = mark.kind === "point" && !anyMissing(numbers);
      const shown = point || allFinite(numbers) || mark.kind === "polyline";
      // What has the keyboard's focus stays, faintly: a node that is gone would lose it.
      const kept = drawn.node === document.activeElement;
      drawn.node.style.display = shown || kept ? "" : "none";
      drawn.node.style.opacity = shown ? "" : "0.3";
      if (!shown) continue;
      const axes = this.axes[mark.ax], place = this.places[mark.ax];
      const pixels = point ? [place(numbers[0], numbers[1])] : this.pixels(numbers, place);
      drawn.update(pixels, said, axes, numbers);
    }
    this.captions.arrange(this.axes);
    if (fresh) this.paintSurfaces();
  }

  /**
   * @param {Numbers} numbers
   * @param {Place} place
   * @returns {(Pixel | null)[]}
   */
  pixels(numbers, place) {
    const pixels = [];
    for (let i = 0; i < numbers.length; i += 2) {
      const x = numbers[i], y = numbers[i + 1];
      pixels.push(Number.isFinite(x) && Number.isFinite(y) ? place(x, y) : null);
    }
    return pixels;
  }

  paintSurfaces() {
    const { spec, canvas } = this, pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    const sharp = canvas.width / spec.width;
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, spec.width, spec.height);
    for (const { mark, seen } of this.meshes) {
      if (!seen) continue;
      const { left, top, width, height } = this.axes[mark.ax];
      pen.save();
      pen.beginPath();
      pen.rect(left, top, width, height);
      pen.clip();
      paintMesh(pen, seen, this.places[mark.ax], this.ramp, spec.sizes);
      pen.restore();
    }
  }

  /**
   * Place marks by these axes from the next frame on.
   * @param {Axes[]} axes
   */
  use(axes) {
    if (axes === this.axes) return;
    this.axes = axes;
    this.places = axes.map(placing);
    axes.forEach((one, i) => this.covers[i].forEach((rect) => cover(rect, one)));
    for (const drawer of this.drawers) drawer.seen = null;
  }

  /**
   * A rectangle that covers the axes and moves with them, under everything else.
   * @param {number} ax
   */
  ground(ax) {
    const rect = make("rect", { fill: "transparent", class: "stage-ground" });
    this.layer.insertBefore(rect, this.definitions.nextSibling);
    if (this.axes[ax]) cover(rect, this.axes[ax]);
    this.covers[ax].push(rect);
    return rect;
  }

  /**
   * @param {number} sharp  pixels of the screen for each CSS pixel
   * @param {string[]} ramp
   */
  resize(sharp, ramp) {
    this.ramp = ramp;
    if (!this.canvas || !this.meshes.length) return;
    this.canvas.width = Math.round(this.spec.width * sharp);
    this.canvas.height = Math.round(this.spec.height * sharp);
    if (this.axes.length) this.paintSurfaces();
  }

  /** Put captions in their places again, now that their widths can be measured. */
  measureAgain() {
    this.captions.measureAgain();
    this.captions.arrange(this.axes);
  }
}

/**
 * @param {SVGRectElement} rect
 * @param {Axes} axes
 */
function cover(rect, { left, top, width, height }) {
  for (const [key, value] of Object.entries({ x: left, y: top, width, height }))
    rect.setAttribute(key, String(value));
}
