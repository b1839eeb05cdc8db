// --- marks: how each kind is drawn ---

const SVG = "http://www.w3.org/2000/svg";

/**
 * A new node of a drawing.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Object<string, string | number>} attributes
 * @param {Element} [parent]
 * @returns {SVGElementTagNameMap[Tag]}
 */
function make(tag, attributes, parent) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  if (parent) parent.appendChild(node);
  return node;
}

// Colours are meanings; what each looks like, on a light page or a dark one, the page decides.
const PAPER = "var(--stage-paper)";
/** @param {string} meaning */
const ink = (meaning) => `var(--stage-${meaning})`;
/** @param {string} meaning  the colour of words, which need more contrast than lines */
const wordInk = (meaning) => `var(--stage-${meaning}-words)`;

/**
 * @param {StrokeLook} mark
 * @param {Spec} spec
 * @returns {Object<string, string | number>}
 */
function stroke(mark, { sizes }) {
  const look = { fill: "none", stroke: ink(mark.colour), "stroke-width": mark.width };
  if (!mark.dashed) return { ...look, "stroke-linecap": "round" };
  return { ...look, "stroke-dasharray": sizes.dash.join(" "), "stroke-linecap": "butt" };
}

/**
 * A triangle that points upwards, around the origin.
 * @param {number} size
 */
function arrowhead(size) {
  return `M0 ${-size}L${size} ${size * 0.7}L${-size} ${size * 0.7}Z`;
}

/**
 * How far a pixel lies beyond an area, to the right and downwards; 0 inside.
 * @param {Area} area
 * @param {Pixel} pixel
 * @returns {Pixel}
 */
function beyond({ left, top, width, height }, [x, y]) {
  return [x - Math.max(left, Math.min(left + width, x)), y - Math.max(top, Math.min(top + height, y))];
}

/**
 * The pixel of an area that is nearest to a given one.
 * @param {Area} area
 * @param {Pixel} pixel
 * @returns {Pixel}
 */
function within(area, pixel) {
  const [right, down] = beyond(area, pixel);
  return [pixel[0] - right, pixel[1] - down];
}

/**
 * @param {PointLook} mark
 * @param {Element} layer
 * @param {Spec} spec
 * @returns {Drawn}
 */
function drawPoint(mark, layer, { sizes, width, height }) {
  const node = make("g", { style: `color:${ink(mark.colour)}`, "data-mark": mark.name }, layer);
  const radius = sizes.radius;
  if (mark.drag.length) {
    make("circle", { class: "stage-halo", r: radius + sizes.halo }, node);
    make("circle", { class: "stage-hit", r: sizes.hit, fill: "transparent" }, node);
    node.classList.add("stage-handle");
  }
  const [fill, edge] = mark.hollow ? [PAPER, ink(mark.colour)] : [ink(mark.colour), PAPER];
  const look = { "stroke-width": sizes.edge, fill, stroke: edge };
  const away = mark.drag.length ? make("path", { d: arrowhead(radius * 1.5), ...look }, node) : null;
  const dot = make("circle", { r: radius, ...look }, node);
  const words = { fill: wordInk(mark.colour), "font-size": sizes.font, "font-weight": "bold" };
  const label = mark.label || away ? make("text", words, node) : null;
  /** @param {string} side @param {string} text */
  const say = (side, text) => {
    const [dx, dy, anchor] = sizes.sides[side];
    for (const [key, value] of Object.entries({ x: dx, y: dy, "text-anchor": anchor }))
      label?.setAttribute(key, String(value));
    if (label) label.textContent = text;
  };
  say(mark.side, mark.label);
  const picture = { left: 0, top: 0, width, height };
  return {
    node,
    update([pixel], _, axes, numbers) {
      if (!pixel) return;
      const area = mark.clip ? axes : picture;
      const slack = mark.clip ? 0.5 : 0; // a point at the end of an axis is in the picture
      const [x, y] = away ? within(area, pixel) : pixel;
      const inside = Math.hypot(...beyond(area, pixel)) <= slack;
      node.style.display = inside || away ? "" : "none";
      node.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
      if (!away) return;
      // What a hand holds stays within its reach: an arrow at the edge says where the point is.
      node.dataset.at = `${x.toFixed(1)},${y.toFixed(1)}`;
      dot.setAttribute("visibility", inside ? "visible" : "hidden");
      away.setAttribute("visibility", inside ? "hidden" : "visible");
      const [right, down] = beyond(area, pixel);
      const angle = inside ? 0 : Math.atan2(down, right) * 180 / Math.PI + 90;
      away.setAttribute("transform", `rotate(${angle.toFixed(0)})`);
      if (inside) { say(mark.side, mark.label); return; }
      // Inside the axes, beside the arrow, where there is more room.
      const leftwards = right ? right > 0 : x > area.left + area.width / 2;
      say(leftwards ? "left" : "right", `${mark.label} ${brief(numbers[down ? 1 : 0])}`.trim());
      const inwards = Math.sign(-down) * sizes.font * 0.4;
      label?.setAttribute("y", String(sizes.sides.right[1] + inwards));
    },
  };
}

/**
 * @param {SegmentLook} mark
 * @param {Element} layer
 * @param {string} clip
 * @param {Spec} spec
 * @returns {Drawn}
 */
function drawSegment(mark, layer, clip, spec) {
  const node = make("g", { "data-mark": mark.name }, layer);
  const shaft = make("path", stroke(mark, spec), node);
  const head = mark.arrow ? make("path", { fill: ink(mark.colour) }, node) : null;
  if (!mark.arrow) node.setAttribute("clip-path", clip);
  return {
    node,
    update([start, end]) {
      if (!start || !end) return;
      const [x1, y1] = start, [x2, y2] = end;
      const length = Math.hypot(x2 - x1, y2 - y1);
      let tip = end;
      if (head) {
        const size = Math.min(spec.sizes.head, length), half = size * 0.5;
        const ux = (x2 - x1) / (length || 1), uy = (y2 - y1) / (length || 1);
        const bx = x2 - ux * size, by = y2 - uy * size;
        const left = /** @type {Pixel} */ ([bx - uy * half, by + ux * half]);
        const right = /** @type {Pixel} */ ([bx + uy * half, by - ux * half]);
        head.setAttribute("d", pathThrough([end, left, right]) + "Z");
        tip = [bx, by];
      }
      shaft.setAttribute("d", pathThrough([start, tip]));
    },
  };
}

/**
 * @param {LineLook} mark
 * @param {Element} layer
 * @param {string} clip
 * @param {Spec} spec
 * @returns {Drawn}
 */
function drawLine(mark, layer, clip, spec) {
  const node = make("g", { "clip-path": clip, "data-mark": mark.name }, layer);
  const whole = make("path", stroke(mark, spec), node);
  return {
    node,
    update([one, other]) {
      if (!one || !other) return;
      const [x1, y1] = one, [x2, y2] = other;
      const length = Math.hypot(x2 - x1, y2 - y1);
      const far = (spec.width + spec.height) * 2 / (length || 1);
      const dx = (x2 - x1) * far, dy = (y2 - y1) * far;
      whole.setAttribute("d", length ? pathThrough([[x1 - dx, y1 - dy], [x1 + dx, y1 + dy]]) : "");
    },
  };
}

/**
 * @param {PolylineLook} mark
 * @param {Element} layer
 * @param {string} clip
 * @param {Spec} spec
 * @returns {Drawn}
 */
function drawPolyline(mark, layer, clip, spec) {
  const edge = { stroke: mark.edge ? ink(mark.colour) : "none", "stroke-width": mark.edge };
  const look = mark.filled ?
    { fill: ink(mark.colour), "fill-opacity": spec.sizes.tint, ...edge } : stroke(mark, spec);
  const more = { "clip-path": clip, "stroke-linejoin": "round", "data-mark": mark.name };
  const node = make("path", { ...look, ...more }, layer);
  return { node, update(points) { node.setAttribute("d", pathThrough(points)); } };
}

/**
 * @param {TextLook} mark
 * @param {Element} layer
 * @param {Spec} spec
 * @returns {Drawn}
 */
function drawText(mark, layer, { sizes, width, height }) {
  const look = { fill: wordInk(mark.colour), "font-size": sizes.font };
  const node = make("text", { ...look, "text-anchor": mark.anchor, "data-mark": mark.name }, layer);
  /** @type {string | null} */
  let shown = null;
  let wide = 0;
  return {
    node,
    update([pixel], text) {
      if (!pixel) return;
      if (text !== shown) {
        node.textContent = shown = text;
        wide = text.length * sizes.letter;
      }
      // Words stay inside the picture, whatever their mark does.
      const left = { start: 0, middle: wide / 2, end: wide }[mark.anchor];
      const rightmost = width - (wide - left) - sizes.margin;
      const x = Math.max(left + sizes.margin, Math.min(rightmost, pixel[0] + mark.dx));
      const y = Math.min(height - sizes.floor, pixel[1] + mark.dy + sizes.drop);
      node.setAttribute("x", x.toFixed(1));
      node.setAttribute("y", Math.max(sizes.ceiling, y).toFixed(1));
    },
  };
}

/**
 * The surfaces of a picture, as pixels: an SVG of a thousand pieces would be slow.
 * Numbers: four corners for each piece, far pieces first; then the shade of each.
 * @param {CanvasRenderingContext2D} pen
 * @param {Numbers} numbers
 * @param {Place} place
 * @param {string[]} ramp
 * @param {Sizes} sizes
 */
function paintMesh(pen, numbers, place, ramp, sizes) {
  const count = numbers.length / 9, last = ramp.length - 1;
  pen.lineWidth = sizes.mesh;
  pen.strokeStyle = sizes.mesh_lines;
  for (let k = 0; k < count; k++) {
    const shade = numbers[8 * count + k];
    if (Number.isNaN(shade)) continue;
    pen.fillStyle = ramp[Math.max(0, Math.min(last, Math.round(shade * last)))];
    pen.beginPath();
    for (let i = 8 * k; i < 8 * k + 8; i += 2) pen.lineTo(...place(numbers[i], numbers[i + 1]));
    pen.closePath();
    pen.fill();
    pen.stroke();
  }
}
