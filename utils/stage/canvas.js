// The browser's half of a live figure. Python sends a picture that stands still, a list of marks,
// and, where they are few enough, the frames: every mark's numbers for every slider position.
// A slider or a drag then moves the marks from numbers held here; otherwise the kernel is asked,
// newest position only, two questions under way at most.

const SVG = "http://www.w3.org/2000/svg";
const FAR = 1e5; // pixels; beyond it browsers draw lines badly
const HIT = 20; // pixels around a point that can be grabbed
const CLICK = 5; // pixels that a hand may tremble in a click
const SIDES = {
  above: [0, -12, "middle", 0], below: [0, 23, "middle", 0],
  left: [-13, 4.5, "end", 0], right: [13, 4.5, "start", 0],
};

function make(tag, attributes, parent) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (parent) parent.appendChild(node);
  return node;
}

// --- data units to pixels and back ---

function scaling([low, high, kind], start, length) {
  const to = kind === "log" ? Math.log10 : (v) => v;
  const a = to(low), span = to(high) - a;
  return (v) => {
    const pixel = start + ((to(v) - a) / span) * length;
    return Math.max(-FAR, Math.min(FAR, pixel));
  };
}

function placing(axes) {
  const across = scaling(axes.x, axes.left, axes.width);
  const up = scaling(axes.y, axes.top + axes.height, -axes.height);
  return (x, y) => [across(x), up(y)];
}

// --- frames that travel: the table that frames.py packs ---

function readTable(header, buffer) {
  const bytes = buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
  const groups = header.groups.map((group) => {
    const strides = {};
    let rows = 1;
    for (const dim of [...group.dims].reverse()) {
      strides[dim] = rows;
      rows *= header.sizes[dim];
    }
    const Kind = group.dtype === "<f8" ? Float64Array : Float32Array;
    const values = new Kind(bytes, group.offset, rows * group.channels.length);
    return { ...group, strides, values };
  });
  const home = [];
  for (const group of groups) group.channels.forEach((c, k) => { home[c] = [group, k]; });
  const read = (channel, at) => {
    const [group, k] = home[channel];
    let row = 0;
    for (const dim of group.dims) row += at[dim] * group.strides[dim];
    return group.values[row * group.channels.length + k];
  };
  return { header, read };
}

// A kernel's answer: one frame's coordinates, eight bytes each, or four where they are many.
function readNumbers({ buffer, byteOffset, byteLength }, count) {
  const Kind = byteLength === 4 * count ? Float32Array : Float64Array;
  return new Kind(buffer.slice(byteOffset, byteOffset + byteLength));
}

function joinText(pattern, next) {
  return pattern.replace(/\x00([0-9a-f])([hm])/g, (_, decimals, minus) => {
    const value = next();
    const text = Math.abs(value).toFixed(parseInt(decimals, 16));
    return (value < 0 ? (minus === "h" ? "-" : "\u2212") : "") + text;
  });
}

function frameAt({ header, read }, at) {
  const coordinates = [];
  for (let c = 0; c < header.coordinates; c++) coordinates.push(read(c, at));
  let channel = header.coordinates;
  const texts = header.texts.map((slots) => {
    const pattern = header.patterns[read(channel, at)];
    let k = channel + 1;
    channel += 1 + slots;
    return joinText(pattern, () => read(k++, at));
  });
  return { coordinates, texts };
}

// --- drawing ---

// Marks before a surface lie behind it: they have a layer of their own, under its canvas.
function drawing(spec, layer, under, canvas) {
  const ids = `stage-${Math.random().toString(36).slice(2)}`;
  const definitions = make("defs", {}, layer);
  const frames = spec.axes.map((_, i) => [make("rect", {}, make("clipPath", { id: `${ids}-${i}` }, definitions))]);
  const surface = spec.marks.findIndex((mark) => mark.kind === "mesh");
  let offset = 0, says = 0, places = [], sheets = null;
  const drawers = spec.marks.map((mark, k) => {
    const from = offset;
    offset += mark.length;
    const text = mark.says ? says++ : null;
    const drawn = mark.kind === "mesh" ? {} :
      DRAW[mark.kind](mark, k < surface ? under : layer, `url(#${ids}-${mark.ax})`, spec);
    return { mark, from, text, ...drawn };
  });
  const meshes = drawers.filter(({ mark }) => mark.kind === "mesh");
  function paint(frame) {
    let fresh = false;
    for (const drawer of drawers) {
      const { mark, from, text, node, update, seen } = drawer;
      const numbers = frame.coordinates.slice(from, from + mark.length);
      const said = text === null ? "" : frame.texts[text];
      // Most marks stand still most of the time, and what is not touched need not be painted.
      if (seen && said === drawer.said && numbers.every((v, i) => Object.is(v, seen[i]))) continue;
      drawer.seen = numbers;
      drawer.said = said;
      if (mark.kind === "mesh") { fresh = true; continue; }
      const here = numbers.every(Number.isFinite);
      node.style.display = here || (mark.kind === "polyline" && numbers.length) ? "" : "none";
      if (node.style.display === "none") continue;
      const pixels = [], place = places[mark.ax];
      for (let i = 0; i < numbers.length; i += 2) {
        const good = Number.isFinite(numbers[i]) && Number.isFinite(numbers[i + 1]);
        pixels.push(good ? place(numbers[i], numbers[i + 1]) : null);
      }
      update(pixels, said);
    }
    if (fresh) paintSurfaces();
  }
  function paintSurfaces() {
    const pen = canvas.getContext("2d"), sharp = canvas.width / spec.width;
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, spec.width, spec.height);
    for (const { mark, seen } of meshes) {
      if (!seen) continue;
      const { left, top, width, height } = sheets[mark.ax];
      pen.save();
      pen.beginPath();
      pen.rect(left, top, width, height);
      pen.clip();
      paintMesh(pen, seen, places[mark.ax], paint.ramp);
      pen.restore();
    }
  }
  // The axes of the backdrop that is shown: all marks are placed by them.
  paint.use = (axes) => {
    if (axes === sheets) return;
    sheets = axes;
    places = axes.map(placing);
    axes.forEach(({ left, top, width, height }, i) => {
      for (const rect of frames[i])
        for (const [key, value] of Object.entries({ x: left, y: top, width, height })) rect.setAttribute(key, value);
    });
    for (const drawer of drawers) drawer.seen = null;
  };
  paint.place = (ax) => places[ax];
  // A rectangle that covers the axes and moves with them, under everything else.
  paint.ground = (ax) => {
    const rect = make("rect", { fill: "transparent", class: "stage-ground" });
    layer.insertBefore(rect, definitions.nextSibling);
    frames[ax].push(rect);
    return rect;
  };
  paint.resize = (sharp, ramp) => {
    paint.ramp = ramp;
    if (!meshes.length) return;
    canvas.width = Math.round(spec.width * sharp);
    canvas.height = Math.round(spec.height * sharp);
    if (sheets) paintSurfaces();
  };
  return paint;
}

// Numbers: four corners for each piece, far pieces first; then the shade of each.
function paintMesh(pen, numbers, place, ramp) {
  const count = numbers.length / 9, last = ramp.length - 1;
  pen.lineWidth = 0.6;
  pen.strokeStyle = MESH_LINES;
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

// Colours are meanings; what each looks like, on a light page or a dark one, the page decides.
const ink = (mark) => `var(--stage-${mark.colour})`;
const PAPER = "var(--stage-paper)";
const MESH_LINES = "#00000040";

function stroke(mark, scale) {
  const look = { fill: "none", stroke: ink(mark), "stroke-width": mark.width * scale, "stroke-linecap": "round" };
  if (mark.dashed) Object.assign(look, { "stroke-dasharray": "7 5", "stroke-linecap": "butt" });
  return look;
}

const path = (points) => {
  let d = "", pen = "M";
  for (const point of points) {
    if (point === null) { pen = "M"; continue; }
    d += `${pen}${point[0].toFixed(2)} ${point[1].toFixed(2)}`;
    pen = "L";
  }
  return d;
};

const DRAW = {
  point(mark, layer, clip, spec) {
    const node = make("g", { style: `color:${ink(mark)}` }, layer);
    const radius = 6.5 * spec.scale;
    if (mark.drag.length) {
      make("circle", { class: "stage-halo", r: radius + 7 }, node);
      make("circle", { r: HIT, fill: "transparent" }, node);
      node.classList.add("stage-handle");
    }
    const look = mark.hollow ? { fill: PAPER, stroke: ink(mark) } : { fill: ink(mark), stroke: PAPER };
    make("circle", { r: radius, "stroke-width": 2, ...look }, node);
    if (mark.label) {
      const [dx, dy, anchor] = SIDES[mark.side];
      make("text", { x: dx, y: dy, "text-anchor": anchor, fill: ink(mark), "font-size": 15 * spec.scale, "font-weight": "bold" }, node)
        .textContent = mark.label;
    }
    node.dataset.mark = mark.name;
    return {
      node,
      update: ([[x, y]]) => {
        const inside = x >= 0 && y >= 0 && x <= spec.width && y <= spec.height;
        node.style.display = inside ? "" : "none";
        node.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
        if (mark.drag.length) node.dataset.at = `${x.toFixed(1)},${y.toFixed(1)}`;
      },
    };
  },
  segment(mark, layer, clip, spec) {
    const node = make("g", { "data-mark": mark.name }, layer);
    const shaft = make("path", stroke(mark, spec.scale), node);
    const head = mark.arrow ? make("path", { fill: ink(mark) }, node) : null;
    if (!mark.arrow) node.setAttribute("clip-path", clip);
    return {
      node,
      update: ([[x1, y1], [x2, y2]]) => {
        const length = Math.hypot(x2 - x1, y2 - y1);
        let tip = [x2, y2];
        if (head) {
          const size = Math.min(11 * spec.scale, length), ux = (x2 - x1) / (length || 1), uy = (y2 - y1) / (length || 1);
          const bx = x2 - ux * size, by = y2 - uy * size, half = size * 0.5;
          head.setAttribute("d", path([[x2, y2], [bx - uy * half, by + ux * half], [bx + uy * half, by - ux * half]]) + "Z");
          tip = [bx, by];
        }
        shaft.setAttribute("d", path([[x1, y1], tip]));
      },
    };
  },
  line(mark, layer, clip, spec) {
    const node = make("g", { "clip-path": clip, "data-mark": mark.name }, layer);
    const whole = make("path", stroke(mark, spec.scale), node);
    return {
      node,
      update: ([[x1, y1], [x2, y2]]) => {
        const length = Math.hypot(x2 - x1, y2 - y1);
        const far = (spec.width + spec.height) * 2 / (length || 1);
        const dx = (x2 - x1) * far, dy = (y2 - y1) * far;
        whole.setAttribute("d", length ? path([[x1 - dx, y1 - dy], [x1 + dx, y1 + dy]]) : "");
      },
    };
  },
  polyline(mark, layer, clip, spec) {
    const look = mark.filled ? { fill: ink(mark), "fill-opacity": 0.18, stroke: "none" } : stroke(mark, spec.scale);
    const node = make("path", { ...look, "clip-path": clip, "stroke-linejoin": "round", "data-mark": mark.name }, layer);
    return { node, update: (points) => node.setAttribute("d", path(points)) };
  },
  text(mark, layer, clip, spec) {
    const node = make("text", { fill: ink(mark), "font-size": 15 * spec.scale, "text-anchor": mark.anchor, "data-mark": mark.name }, layer);
    let shown = null, width = 0;
    return {
      node,
      update: ([[x, y]], text) => {
        if (text !== shown) {
          node.textContent = shown = text;
          width = text.length * 8.6 * spec.scale;
        }
        // Words stay inside the picture, whatever their mark does.
        const left = { start: 0, middle: width / 2, end: width }[mark.anchor];
        const px = Math.max(left + 4, Math.min(spec.width - (width - left) - 4, x + mark.dx));
        const py = Math.max(16, Math.min(spec.height - 8, y + mark.dy + 5));
        node.setAttribute("x", px.toFixed(1));
        node.setAttribute("y", py.toFixed(1));
      },
    };
  },
};

// --- telling the kernel where a slider stands ---

const REST = 150; // milliseconds without a move, after which the kernel is told
const patient = new WeakMap(); // a slider's model: what tells the kernel at once

// The browser moves the marks, or asks the kernel for them with the positions in the question. A
// slider's own message is therefore sent once, when the hand rests, and not at every step.
function tellLater(slider) {
  if (patient.has(slider)) return patient.get(slider);
  const save = slider.save_changes.bind(slider);
  let resting = 0, owed = null;
  const tell = () => {
    clearTimeout(resting);
    if (!owed) return;
    const args = owed;
    owed = null;
    save(...args);
  };
  slider.save_changes = (...args) => {
    owed = args;
    clearTimeout(resting);
    resting = setTimeout(tell, REST);
  };
  patient.set(slider, tell);
  return tell;
}

// All that may come before code is run: the hand leaves the slider, or another key is pressed.
const BEFORE_CODE = ["pointerdown", "pointerup", "pointercancel", "mouseup", "touchend", "focusout", "blur", "pagehide"];
const STEPS = /^(Arrow(Left|Right|Up|Down)|Home|End|Page(Up|Down)|Shift)$/;

// --- a curve that the learner draws ---

const NUDGES = 9; // places at which the keyboard can lift or lower the curve

function drawingBoard(spec, layer, buttons, tell) {
  const { ax, places, y: [bottom, top], presets, start } = spec.curve;
  const axes = spec.axes[ax], place = placing(axes), last = places.length - 1;
  const board = { heights: [...presets[start]], version: 0, drawing: false };

  const toggle = document.createElement("button");
  toggle.className = "stage-button stage-draw";
  toggle.textContent = "\u270E Draw";
  toggle.setAttribute("aria-pressed", "false");
  const select = document.createElement("select");
  select.className = "stage-button stage-preset";
  select.setAttribute("aria-label", "Begin with");
  for (const name of [...Object.keys(presets), "my drawing"]) select.add(new Option(name, name));
  select.value = start;
  buttons.prepend(toggle, select);

  // The sheet lies under the points, so that those can still be dragged.
  const sheet = make("rect", {
    x: axes.left, y: axes.top, width: axes.width, height: axes.height, fill: "transparent", class: "stage-sheet",
  });
  layer.insertBefore(sheet, layer.querySelector(".stage-handle"));
  const line = make("path", { fill: "none", "stroke-width": 2.6 * spec.scale, style: "stroke:var(--stage-function)", class: "stage-line" });
  layer.insertBefore(line, sheet);

  const jump = (top - bottom) / 8; // the line breaks where Python sees a jump
  const paintLine = () => line.setAttribute("d", path(board.heights.map((h, i) =>
    i && Math.abs(h - board.heights[i - 1]) > jump ? null : place(places[i], h))));
  function change(name) {
    board.version++;
    select.value = name;
    paintLine();
    handles.forEach(put);
    tell.changed();
  }
  board.begin = () => {
    board.heights = [...presets[start]];
    change(start);
    tell.finished();
  };
  select.addEventListener("change", () => {
    if (!(select.value in presets)) return;
    board.heights = [...presets[select.value]];
    change(select.value);
    tell.finished();
  });
  toggle.addEventListener("click", () => {
    board.drawing = !board.drawing;
    toggle.setAttribute("aria-pressed", String(board.drawing));
    layer.classList.toggle("stage-drawing", board.drawing);
  });

  const read = (event) => {
    const box = layer.getBoundingClientRect(), zoom = spec.width / box.width;
    const px = (event.clientX - box.left) * zoom, py = (event.clientY - box.top) * zoom;
    const part = Math.max(0, Math.min(1, (px - axes.left) / axes.width));
    const up = 1 - (py - axes.top) / axes.height;
    const x = axes.x[0] + part * (axes.x[1] - axes.x[0]);
    const height = axes.y[0] + up * (axes.y[1] - axes.y[0]);
    const at = (x - places[0]) / (places[last] - places[0]) * last;
    return [Math.max(0, Math.min(last, Math.round(at))), Math.max(bottom, Math.min(top, height)), x];
  };
  const follow = (x) => {
    let best = 0;
    tell.values.forEach((v, i) => { if (Math.abs(v - x) < Math.abs(tell.values[best] - x)) best = i; });
    tell.follow(best);
  };
  let before = null;
  sheet.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    const [i, height, x] = read(event);
    before = [i, height];
    if (board.drawing) stretch(i, height); else follow(x);
  });
  // A fast pointer skips places: those between two events lie on a straight line.
  function stretch(i, height) {
    const [j, from] = before, steps = Math.max(1, Math.abs(i - j)), way = Math.sign(i - j);
    for (let k = 0; k <= steps; k++)
      board.heights[j + way * k] = Number((from + (height - from) * k / steps).toFixed(3));
    before = [i, height];
    change("my drawing");
  }
  sheet.addEventListener("pointermove", (event) => {
    if (!before) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) {
      const [i, height, x] = read(part);
      if (board.drawing) stretch(i, height); else follow(x);
    }
  });
  const lift = () => {
    if (!before) return;
    before = null;
    if (board.drawing) tell.finished(); else tell.followed();
  };
  sheet.addEventListener("pointerup", lift);
  sheet.addEventListener("pointercancel", lift);

  // The same without a pointer: knobs that lift or lower the curve around them.
  const handles = Array.from({ length: NUDGES }, (_, n) => {
    const i = Math.round((n + 0.5) * last / NUDGES);
    const node = make("g", { class: "stage-nudge", tabindex: 0, role: "slider", style: "color:var(--stage-function)" }, layer);
    make("circle", { r: 6 * spec.scale, fill: "var(--stage-paper)", stroke: "currentColor", "stroke-width": 2 }, node);
    node.setAttribute("aria-label", `Height of the curve at ${places[i].toFixed(1)}`);
    node.dataset.lmSuppressShortcuts = "true";
    node.addEventListener("keydown", (event) => {
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      event.stopPropagation();
      const width = last / NUDGES / 1.6;
      board.heights = board.heights.map((h, k) => {
        const moved = h + way * (top - bottom) / 30 * Math.exp(-((k - i) ** 2) / (2 * width ** 2));
        return Number(Math.max(bottom, Math.min(top, moved)).toFixed(3));
      });
      change("my drawing");
      tell.finished();
    });
    return { node, i };
  });
  function put({ node, i }) {
    const [x, y] = place(places[i], board.heights[i]);
    node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    node.setAttribute("aria-valuenow", board.heights[i]);
  }
  handles.forEach(put);
  paintLine();
  return board;
}

// --- the figure ---

async function render({ model, el }) {
  const spec = model.get("spec");
  const sliders = await Promise.all(
    model.get("controls").map((reference) => model.widget_manager.get_model(reference.replace("IPY_MODEL_", ""))),
  );
  const leaving = []; // what to undo when the figure goes away

  let answering = false; // while an answer of the kernel moves the sliders, nothing new is asked

  const root = document.createElement("div");
  root.className = "stage";
  const picture = document.createElement("div");
  picture.className = "stage-picture";
  picture.style.width = `${spec.width}px`;
  picture.style.aspectRatio = `${spec.width} / ${spec.height}`;
  const image = document.createElement("img");
  image.alt = spec.alt;
  const size = { viewBox: `0 0 ${spec.width} ${spec.height}` };
  const layer = make("svg", { ...size, role: "group", "aria-label": spec.title });
  picture.append(image);
  let under = null, canvas = null;
  if (spec.ramp) {
    const behind = document.createElement("div");
    behind.className = "stage-behind";
    under = make("svg", size, behind);
    canvas = document.createElement("canvas");
    behind.append(canvas);
    picture.append(behind);
  }
  picture.append(layer);
  const paint = drawing(spec, layer, under, canvas);
  const line = document.createElement("div");
  line.className = "stage-says";
  const says = document.createElement("span");
  says.className = "stage-sentence";
  says.setAttribute("role", "status");
  const reset = document.createElement("button");
  reset.className = "stage-button stage-reset";
  reset.textContent = "Reset";
  reset.title = "Back to where the sliders started";
  const play = document.createElement("button");
  play.className = "stage-button stage-play";
  const buttons = document.createElement("span");
  buttons.className = "stage-buttons";
  if (spec.play) buttons.append(play);
  buttons.append(reset);
  line.append(says, buttons);
  root.append(picture, line);
  root.style.maxWidth = `${spec.width}px`;

  // What stands still, by option of the backdrop: kept here once it has been drawn. The kernel draws
  // it where there is none yet, or where it does not suit the page's theme and sharpness.
  const backgrounds = new Map();
  const option = (at = positions()) => (spec.backdrop === null ? 0 : at[spec.backdrop]);
  const suits = (drawn) => drawn && drawn.dark === wanted.dark && drawn.scale >= wanted.scale;
  let wanted = { dark: false, scale: 2 }, requests = 0, held = null;
  const asked_for = new Map();
  const keepBackground = (k, bytes, more) => {
    const before = backgrounds.get(k);
    if (before) URL.revokeObjectURL(before.url);
    const url = bytes ? URL.createObjectURL(new Blob([bytes], { type: "image/png" })) : "";
    backgrounds.set(k, { ...more, url });
  };
  leaving.push(() => backgrounds.forEach(({ url }) => URL.revokeObjectURL(url)));
  // Shows the background of an option; false where there is none yet.
  function useBackground(k, at) {
    const drawn = backgrounds.get(k);
    const { dark, scale } = wanted, want = `${dark} ${scale}`;
    if (!suits(drawn) && asked_for.get(k)?.want !== want) {
      asked_for.set(k, { want, id: ++requests });
      model.send({ ask: "background", dark, scale, id: requests, at });
    }
    if (!drawn) return false;
    image.style.visibility = drawn.url ? "" : "hidden";
    if (drawn.url && image.src !== drawn.url) {
      image.src = drawn.url;
      image.alt = drawn.alt;
    }
    paint.use(drawn.axes);
    return true;
  }
  async function onBackground({ option: k, background: id, axes, alt, failed }, buffers) {
    const request = asked_for.get(k);
    if (request?.id !== id) return; // another one has been asked for since
    if (!failed) {
      const [dark, scale] = request.want.split(" ");
      // Decoded before it is shown, so that marks and background change together.
      const bytes = buffers[0], probe = new Image();
      probe.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
      await probe.decode().catch(() => {});
      URL.revokeObjectURL(probe.src);
      keepBackground(k, bytes, { axes, alt, dark: dark === "true", scale: Number(scale) });
    } else if (!backgrounds.has(k)) {
      const other = backgrounds.get(option(spec.at));
      keepBackground(k, null, other); // the sentence says what is wrong
    }
    if (option() !== k) return;
    if (held && held.k === k) show(held.frame, held.at);
    else useBackground(k, positions());
  }
  function dress() {
    const dark = document.body.dataset.jpThemeLight === "false";
    for (const [meaning, colours] of Object.entries(spec.colours))
      root.style.setProperty(`--stage-${meaning}`, colours[dark ? 1 : 0]);
    root.style.setProperty("--stage-paper", dark ? "#111111" : "#ffffff");
    const shown = picture.getBoundingClientRect().width / spec.width || 1;
    const sharp = shown * window.devicePixelRatio;
    wanted = { dark, scale: Math.max(2, Math.ceil(sharp)) };
    if (spec.ramp) paint.resize(Math.min(4, Math.max(1, sharp)), spec.ramp[dark ? 1 : 0]);
    useBackground(option(), positions());
  }
  const themes = new MutationObserver(dress);
  themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  const gone = new AbortController(); // ends all listening to what outlives the figure
  leaving.push(() => { themes.disconnect(); gone.abort(); });
  window.addEventListener("resize", dress, { signal: gone.signal });
  // A window that is moved to a sharper screen keeps its size; each query knows one sharpness.
  function watchSharpness() {
    const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const options = { once: true, signal: gone.signal };
    query.addEventListener("change", () => { dress(); watchSharpness(); }, options);
  }
  watchSharpness();

  // A choice or a tick is told at once.
  const tells = sliders.filter((_, i) => typeof spec.controls[i].values[0] === "number" &&
    spec.controls[i].trait === "value").map(tellLater);
  const tellNow = () => tells.forEach((tell) => tell());
  const tellBeforeCode = (event) => {
    if (event.type === "keydown" && STEPS.test(event.key)) return;
    tellNow();
    setTimeout(tellNow); // and what the widgets' own listeners change at this event
  };
  for (const kind of [...BEFORE_CODE, "keydown"])
    window.addEventListener(kind, tellBeforeCode, { capture: true, signal: gone.signal });
  document.addEventListener("visibilitychange", tellNow, { signal: gone.signal });
  leaving.push(tellNow);

  let table = null;

  // Where the sliders stand, as positions in their lists of values.
  const position = (i) => {
    const { trait, values } = spec.controls[i];
    const value = sliders[i].get(trait);
    if (trait === "index") return value ?? 0;
    let best = 0;
    let low = 0, high = values.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] < value) low = middle + 1; else high = middle;
    }
    best = low;
    if (best > 0 && Math.abs(values[best - 1] - value) < Math.abs(values[best] - value)) best--;
    return best;
  };
  const positions = () => spec.controls.map((_, i) => position(i));

  // Marks wait for their background, where the kernel still has to draw it.
  function show(frame, at) {
    const k = option(at);
    held = useBackground(k, at) ? null : { frame, at, k };
    if (held) return;
    paint(frame);
    const sentence = frame.texts[frame.texts.length - 1];
    if (says.textContent !== sentence) says.textContent = sentence;
    describeHandles();
  }

  // Asking the kernel: the newest position only, two questions under way at most.
  let asked = 0, painted = 0, underWay = 0, waiting = false, lastAsked = 0;
  let byHand = 0; // the last question before a slider was moved: drags up to it are out of date
  function ask() {
    // An answer that has not come for so long is lost, and must not hold up the figure for good.
    if (performance.now() - lastAsked > 10_000) underWay = 0;
    if (underWay >= 2) { waiting = true; return; }
    underWay++;
    lastAsked = performance.now();
    const question = { ask: "frame", id: ++asked, at: positions() };
    if (drawn) question.heights = drawn.heights;
    const aim = pulling ?? dropped;
    if (aim) Object.assign(question, { mark: spec.marks[aim.k].name, to: [aim.x, aim.y], dropped: !pulling });
    dropped = null;
    model.send(question);
  }
  let soon = false;
  function askSoon() {
    if (soon) return;
    soon = true;
    // Several sliders may move at once: one question, when all of them have.
    queueMicrotask(() => { soon = false; if (table) schedule(); else if (!pulling) ask(); });
  }
  function onMessage(message, buffers) {
    if ("frames" in message) {
      if (drawn && message.id !== drawn.version) return; // the frames of an older drawing
      if (message.frames) table = readTable(message.frames, buffers[0]);
      root.dataset.frames = message.frames ? "here" : "kernel";
      schedule();
    } else if ("background" in message) {
      onBackground(message, buffers);
    } else if ("frame" in message) {
      underWay = Math.max(0, underWay - 1);
      if (message.frame > painted) {
        painted = message.frame;
        const late = message.dragged && message.frame <= byHand;
        // A drag that the kernel answered: the sliders follow.
        if (message.dragged && !table && !late) {
          answering = true;
          message.at.forEach((at, i) => move(i, at, !pulling));
          answering = false;
        }
        if (!table && !late) show({ coordinates: readNumbers(buffers[0], coordinates), texts: message.texts }, message.at);
      }
      if (waiting) { waiting = false; ask(); }
      // The last answer may be to a question from before a drag had moved the sliders.
      else if (!table && !underWay && !pulling && positions().some((at, i) => at !== message.at[i])) askSoon();
    }
  }
  model.on("msg:custom", onMessage);
  leaving.push(() => model.off("msg:custom", onMessage));

  // One paint per screen refresh, however many events there were.
  let scheduled = 0;
  function schedule() {
    if (scheduled) return;
    scheduled = requestAnimationFrame(() => {
      scheduled = 0;
      if (pulling) pull();
      const at = positions();
      if (table) show(frameAt(table, at), at);
      else if (!pulling) ask();
    });
  }
  leaving.push(() => cancelAnimationFrame(scheduled));
  sliders.forEach((slider, i) => {
    const event = `change:${spec.controls[i].trait}`;
    const moved = () => {
      if (answering) return;
      if (table || pulling) { schedule(); return; }
      byHand = asked;
      dropped = null;
      askSoon();
    };
    slider.on(event, moved);
    leaving.push(() => slider.off(event, moved));
  });

  function move(i, to, tell) {
    const { trait, values } = spec.controls[i];
    sliders[i].set(trait, values[Math.max(0, Math.min(values.length - 1, to))]);
    if (tell) sliders[i].save_changes();
  }

  // Dragging: of all positions of the sliders that a point is tied to, take the one that brings
  // the point nearest to the pointer. A point on a curve so stays on its curve.
  let pulling = null, dropped = null;
  const offsets = [];
  const coordinates = spec.marks.reduce((sum, mark, k) => { offsets[k] = sum; return sum + mark.length; }, 0);
  function pull() {
    if (!table) { ask(); return; }
    const { k, x, y } = pulling;
    const mark = spec.marks[k], place = paint.place(mark.ax);
    const at = positions(), best = { distance: Infinity, at: null };
    const visit = (depth) => {
      if (depth < mark.drag.length) {
        const i = mark.drag[depth];
        for (at[i] = 0; at[i] < spec.controls[i].values.length; at[i]++) visit(depth + 1);
        return;
      }
      const [px, py] = place(table.read(offsets[k], at), table.read(offsets[k] + 1, at));
      const distance = Math.hypot(px - x, py - y);
      if (distance < best.distance) Object.assign(best, { distance, at: [...at] });
    };
    visit(0);
    if (best.at) mark.drag.forEach((i) => move(i, best.at[i], false));
  }
  const handles = new Map(); // by the number of the mark
  const pointer = (event) => {
    const box = layer.getBoundingClientRect(), zoom = spec.width / box.width;
    return [(event.clientX - box.left) * zoom, (event.clientY - box.top) * zoom];
  };
  // A drag: begun on the point itself, or anywhere on its axes, where it then goes at once.
  let dragging = null;
  function grab(k, event, catcher, [dx, dy]) {
    const { handle } = handles.get(k);
    handle.focus({ preventScroll: true });
    catcher.setPointerCapture(event.pointerId);
    handle.classList.add("stage-dragging");
    dragging = { k, handle, dx, dy };
  }
  function drag(event) {
    if (!dragging) return;
    const [px, py] = pointer(event);
    pulling = { k: dragging.k, x: px - dragging.dx, y: py - dragging.dy };
    schedule();
  }
  function drop() {
    if (!dragging) return;
    dragging.handle.classList.remove("stage-dragging");
    const { drag: moved } = spec.marks[dragging.k];
    dragging = null;
    if (!pulling) return;
    if (!table) {
      dropped = pulling;
      pulling = null;
      cancelAnimationFrame(scheduled);
      scheduled = 0;
      ask();
      return;
    }
    pull();
    pulling = null;
    schedule();
    // The kernel learns where the sliders are once, at the end.
    moved.forEach((i) => sliders[i].save_changes());
  }
  function dragWith(catcher) {
    catcher.addEventListener("pointermove", drag);
    catcher.addEventListener("pointerup", drop);
    catcher.addEventListener("pointercancel", drop);
  }
  spec.marks.forEach((mark, k) => {
    if (!mark.drag || !mark.drag.length) return;
    const handle = layer.querySelector(`.stage-handle[data-mark="${CSS.escape(mark.name)}"]`);
    handles.set(k, { handle, mark });
    handle.setAttribute("tabindex", "0");
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", `${mark.label || mark.name}, a point that can be dragged`);
    handle.dataset.lmSuppressShortcuts = "true";
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const [px, py] = pointer(event), [x, y] = handle.dataset.at.split(",").map(Number);
      grab(k, event, handle, [px - x, py - y]);
    });
    dragWith(handle);
    handle.addEventListener("keydown", (event) => {
      const across = mark.drag[0], upward = mark.drag[mark.drag.length - 1];
      const step = event.shiftKey ? 5 : 1;
      const moves = {
        ArrowRight: [across, position(across) + step], ArrowLeft: [across, position(across) - step],
        ArrowUp: [upward, position(upward) + step], ArrowDown: [upward, position(upward) - step],
        Home: [across, 0], End: [across, spec.controls[across].values.length - 1],
      };
      if (!(event.key in moves)) return;
      event.preventDefault();
      event.stopPropagation();
      move(...moves[event.key], true);
    });
  });
  function describeHandles() {
    for (const { handle, mark } of handles.values()) {
      const { values } = spec.controls[mark.drag[0]];
      const text = mark.drag.map((j) => `${spec.controls[j].label} = ${spec.controls[j].values[position(j)]}`).join(", ");
      if (handle.getAttribute("aria-valuetext") === text) continue;
      handle.setAttribute("aria-valuetext", text);
      handle.setAttribute("aria-valuemin", values[0]);
      handle.setAttribute("aria-valuemax", values[values.length - 1]);
      handle.setAttribute("aria-valuenow", values[position(mark.drag[0])]);
    }
  }
  // The empty part of the axes: a click brings a point there, a drag turns a view in space.
  for (const ax of spec.axes.keys()) {
    const k = spec.clicks[ax], turn = spec.turn?.ax === ax ? spec.turn : null;
    if (k === undefined && !turn) continue;
    const ground = paint.ground(ax);
    ground.classList.toggle("stage-turn", Boolean(turn));
    let down = null; // where a hand went down that has not moved yet, or that turns
    const bring = (event) => {
      down = null;
      grab(k, event, ground, [0, 0]);
      drag(event);
    };
    const far = (event) => Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > CLICK;
    ground.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      // A finger may be about to scroll the page.
      if (!turn && event.pointerType !== "touch") { event.preventDefault(); bring(event); return; }
      down = event;
      if (!turn) return;
      event.preventDefault();
      ground.setPointerCapture(event.pointerId);
      down.from = [position(turn.across), position(turn.upward)];
    });
    ground.addEventListener("pointermove", (event) => {
      if (!down || !(far(event) || down.turned)) return;
      if (!turn) { bring(event); return; }
      down.turned = true;
      const zoom = spec.width / layer.getBoundingClientRect().width;
      const degrees = turn.speed * zoom;
      // What is seen follows the hand: it is the eye's place that the angles say.
      turnBy(turn.across, down.from[0], -(event.clientX - down.clientX) * degrees, true);
      turnBy(turn.upward, down.from[1], (event.clientY - down.clientY) * degrees, false);
    });
    ground.addEventListener("pointerup", (event) => {
      const { turned } = down ?? {};
      if (down && !turned && k !== undefined) { bring(event); drop(); }
      if (turned) [turn.across, turn.upward].forEach((i) => sliders[i].save_changes());
      down = null;
    });
    ground.addEventListener("pointercancel", () => { down = null; });
    dragWith(ground);
  }
  function turnBy(i, from, degrees, around) {
    const { values } = spec.controls[i], last = values.length - 1;
    const step = (values[last] - values[0]) / last;
    const whole = Math.round(360 / step);
    let to = from + Math.round(degrees / step);
    if (around && last + 1 >= whole) to = ((to % whole) + whole) % whole;
    move(i, to, false);
  }

  // The play button. Whoever prefers less motion gets a few still steps.
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let playing = null;
  function stop() {
    if (!playing) return;
    clearTimeout(playing.timer);
    cancelAnimationFrame(playing.timer);
    playing = null;
    play.textContent = `\u25B6 ${spec.play.label}`;
    sliders[spec.play.control].save_changes();
  }
  function step() {
    const { control, end, seconds } = spec.play;
    const { from, begun, steps } = playing;
    let part = (performance.now() - begun) / (seconds * 1000);
    if (steps) part = ++playing.done / steps;
    move(control, Math.round(from + (end - from) * Math.min(1, part)), false);
    if (part >= 1) stop();
    else playing.timer = steps ? setTimeout(step, 700) : requestAnimationFrame(step);
  }
  if (spec.play) {
    play.textContent = `\u25B6 ${spec.play.label}`;
    play.addEventListener("click", () => {
      if (playing) { stop(); return; }
      const { control, end } = spec.play, last = spec.controls[control].values.length - 1;
      if (position(control) === end) move(control, last - end, false);
      playing = { from: position(control), begun: performance.now(), steps: still.matches ? 6 : 0, done: 0 };
      play.textContent = "\u25A0 Stop";
      step();
    });
    layer.addEventListener("pointerdown", stop);
    leaving.push(stop);
  }
  const drawn = spec.curve ? drawingBoard(spec, layer, buttons, {
    changed: () => { table = null; root.dataset.frames = "asked"; ask(); },
    finished: askFrames,
    follow: (at) => move(spec.curve.follow, at, false),
    followed: () => sliders[spec.curve.follow].save_changes(),
    values: spec.controls[spec.curve?.follow]?.values,
  }) : null;
  if (drawn) reset.addEventListener("click", drawn.begin);
  reset.addEventListener("click", stop);
  reset.addEventListener("click", () => spec.start.forEach((at, i) => move(i, at, true)));

  function askFrames() {
    const more = drawn ? { heights: drawn.heights, id: drawn.version } : {};
    model.send({ ask: "frames", ...more });
  }
  // Frames are asked for when the figure is first seen, so a page of figures starts fast.
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    askFrames();
  });
  watch.observe(root);
  leaving.push(() => watch.disconnect());

  el.append(root);
  keepBackground(option(spec.at), model.get("background"), { dark: false, scale: 2, axes: spec.axes, alt: spec.alt });
  paint.use(spec.axes);
  if (spec.ramp) paint.resize(2, spec.ramp[0]);
  show({ coordinates: readNumbers(model.get("coordinates"), coordinates), texts: spec.texts }, spec.at);
  dress();
  // The sliders may have moved since Python described the first scene.
  if (positions().some((at, i) => at !== spec.at[i])) schedule();
  return () => leaving.forEach((undo) => undo());
}

export default { render };
