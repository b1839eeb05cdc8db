// --- captions: words in a row above their axes, one after the other ---

/**
 * Where the captions of one pair of axes stand: the row of each, counted upwards, and how far its
 * own end (the left one of a left caption) lies from its side of the axes.
 *
 * A caption that finds no room in its row begins the next one above, and all that follow on its
 * side stand there too: words keep their size, which is easier to read than small ones. Only where
 * there is no room above, all of them shrink until they fit.
 * @param {{width: number, side: string}[]} captions  in the order of their marks
 * @param {number} room  from the left edge of the axes to the right one
 * @param {number} rows  how many there is space for
 * @param {number} gap
 * @returns {{places: {row: number, away: number}[], shrink: number}}
 */
function arrangeCaptions(captions, room, rows, gap) {
  for (let shrink = 1; ; shrink *= 0.96) {
    /** @type {Object<string, number[]>} */
    const taken = { left: [], right: [] };
    /** @type {Object<string, number>} */
    const row = { left: 0, right: 0 };
    let fits = true;
    const places = captions.map(({ width, side }) => {
      const other = side === "left" ? "right" : "left";
      const next = () => {
        const own = taken[side][row[side]], across = taken[other][row[side]];
        const away = own === undefined ? 0 : own + gap * shrink;
        return { away, end: away + width * shrink, free: room - (across === undefined ? 0 : across + gap * shrink) };
      };
      let here = next();
      while (here.end > here.free && row[side] < rows - 1) {
        row[side]++;
        here = next();
      }
      if (here.end > here.free) fits = false;
      taken[side][row[side]] = here.end;
      return { row: row[side], away: here.away };
    });
    if (fits || shrink < 0.05) return { places, shrink };
  }
}

/**
 * How many rows of captions there is space for above some axes of a picture: up to its edge, or to
 * the numbers below other axes. There is always one.
 * @param {Axes[]} all
 * @param {Axes} axes
 * @param {Spec} spec
 * @returns {number}
 */
function rowsAbove(all, axes, { sizes }) {
  const low = axes.top - sizes.rise + sizes.drop;
  let lid = sizes.ceiling;
  for (const { left, top, width, height } of all) {
    const beside = left >= axes.left + axes.width || left + width <= axes.left;
    if (beside || top >= axes.top) continue;
    lid = Math.max(lid, top + height + sizes.foot);
  }
  return Math.max(1, 1 + Math.floor((low - lid) / sizes.row));
}

/** The captions of a figure. Texts come one by one; then `arrange` puts all in their places. */
class Captions {
  /** @param {Spec} spec */
  constructor(spec) {
    this.spec = spec;
    /** @type {Map<number, {mark: CaptionLook, node: SVGTextElement, width: number}[]>} */
    this.above = new Map(); // by axes
    /** @type {Set<number>} */
    this.changed = new Set(); // axes
  }

  /**
   * @param {CaptionLook} mark
   * @param {Element} layer
   * @returns {Drawn}
   */
  draw(mark, layer) {
    const look = { fill: wordInk(mark.colour), "data-mark": mark.name };
    const node = make("text", { ...look, "text-anchor": mark.side === "right" ? "end" : "start" }, layer);
    const caption = { mark, node, width: NaN };
    this.above.set(mark.ax, [...(this.above.get(mark.ax) ?? []), caption]);
    return {
      node,
      update: (_, text) => {
        node.style.display = text ? "" : "none";
        if (node.textContent !== text) {
          node.textContent = text;
          caption.width = NaN;
        }
        this.changed.add(mark.ax);
      },
    };
  }

  /** Measure all of them again: a figure that was not on the page yet has no widths. */
  measureAgain() {
    for (const [ax, captions] of this.above) {
      for (const caption of captions) caption.width = NaN;
      this.changed.add(ax);
    }
  }

  /** @param {Axes[]} all */
  arrange(all) {
    // Measured first and placed then, so that the browser lays out words once.
    for (const ax of this.changed) this.measure(ax);
    for (const ax of this.changed) this.place(ax, all);
    this.changed.clear();
  }

  /** @param {number} ax */
  shown(ax) {
    return (this.above.get(ax) ?? []).filter(({ node }) => node.textContent);
  }

  /** @param {number} ax */
  measure(ax) {
    const { sizes } = this.spec, font = sizes.font;
    const fresh = this.shown(ax).filter(({ width }) => Number.isNaN(width));
    for (const { node } of fresh) node.setAttribute("font-size", String(font));
    for (const caption of fresh) {
      const { length } = caption.node.textContent ?? "";
      caption.width = caption.node.getComputedTextLength() || length * sizes.letter;
    }
  }

  /**
   * @param {number} ax
   * @param {Axes[]} all
   */
  place(ax, all) {
    const { sizes } = this.spec, axes = all[ax], shown = this.shown(ax);
    const { places, shrink } = arrangeCaptions(
      shown.map(({ mark, width }) => ({ side: mark.side, width })),
      axes.width, rowsAbove(all, axes, this.spec), sizes.gap,
    );
    shown.forEach(({ mark, node }, k) => {
      const { row, away } = places[k];
      const x = mark.side === "right" ? axes.left + axes.width - away : axes.left + away;
      const y = axes.top - sizes.rise + sizes.drop - row * sizes.row;
      node.setAttribute("font-size", String(sizes.font * shrink));
      node.setAttribute("x", x.toFixed(1));
      node.setAttribute("y", Math.max(sizes.ceiling, y).toFixed(1));
    });
  }
}
