// --- the figure ---

const REST = 150; // milliseconds without a move, after which a hand is taken to rest
// Meanings whose names are words of a sentence; "run" is a verb, too.
const NAMES = ["secant", "tangent", "derivative", "gradient", "loss", "momentum", "AdaGrad",
  "RMSProp", "Adam"];
const NARROW = 480; // pixels; on a page that is narrower the picture is that wide, and scrolled
const WIDEST = 2; // times its size, at most, grows what a finger hits of a point in a small picture
const SPOKEN = 500; // after which the sentence is read aloud
const SAMPLED = 60; // frames whose sentences are measured, to leave room for the longest

/**
 * A node of the page.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {Node[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, className, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

/**
 * The theme of a page that follows the system's.
 * @returns {Theme}
 */
function systemTheme() {
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  return {
    dark: () => query.matches,
    watch(listener) {
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
  };
}

/**
 * The nodes of a figure: the picture with its layers, and the line below with words and buttons.
 * @param {Spec} spec
 */
function makePage(spec) {
  const size = { viewBox: `0 0 ${spec.width} ${spec.height}` };
  const image = document.createElement("img");
  image.alt = spec.alt;
  const layer = make("svg", { ...size, role: "group", "aria-label": spec.title });
  const picture = element("div", "stage-picture", image);
  picture.style.width = spec.projector ? `min(100%, ${spec.widest})` : `${spec.width}px`;
  picture.style.aspectRatio = `${spec.width} / ${spec.height}`;
  const canvas = spec.ramp ? document.createElement("canvas") : null;
  const under = spec.ramp ? make("svg", size) : null;
  if (canvas && under) picture.append(element("div", "stage-behind", under, canvas));
  picture.append(layer);
  const says = element("span", "stage-sentence");
  says.setAttribute("aria-hidden", "true"); // it changes at every step; `spoken` says it at rest
  const spoken = element("span", "stage-spoken");
  spoken.setAttribute("role", "status");
  const buttons = element("span", "stage-buttons");
  const frame = element("div", "stage-frame", picture);
  const goal = spec.goal ? element("div", "stage-goal") : null;
  const below = element("div", "stage-says", says, spoken, buttons);
  const root = element("div", "stage", frame, ...(goal ? [goal] : []), below);
  root.classList.toggle("stage-projector", spec.projector);
  root.style.maxWidth = spec.widest;
  root.style.setProperty("--stage-outline", `${spec.sizes.outline}px`);
  return { root, picture, image, layer, under, canvas, goal, says, spoken, buttons };
}

/**
 * A live figure. It knows neither who shows its sliders nor who answers its questions. On its root
 * it fires `stage-change` whenever another frame is seen and `stage-rest` when nothing has moved for
 * a moment; both bubble, and `detail` says what is seen.
 */
class Figure {
  /**
   * @param {HTMLElement} parent
   * @param {Given} given
   */
  constructor(parent, { spec, sliders, backgrounds, coordinates, table, source, theme }) {
    this.spec = spec;
    this.sliders = sliders;
    this.offsets = offsetsOf(spec.marks);
    this.count = this.offsets[spec.marks.length]; // of the numbers in a frame
    /** @type {Table | null} */
    this.table = null;
    const names = NAMES.filter((name) => spec.marks.some(({ colour }) => colour === name));
    this.named = names.length ? new RegExp(`\\b(${names.join("|")})\\b`) : null;
    /** @type {{frame: Frame, at: number[]} | null} */
    this.shown = null; // the last frame
    /** @type {{frame: Frame, at: number[], option: number} | null} */
    this.held = null; // a frame that waits for its background
    this.turning = 0;
    this.scheduled = 0;
    this.resting = 0;
    this.waiting = ""; // why the picture is not up to date
    this.tall = 0; // the longest sentence so far, in pixels
    this.speaking = 0;
    this.gone = new AbortController(); // ends all listening to what outlives the figure

    const { root, picture, image, layer, under, canvas, goal, says, spoken, buttons } = makePage(spec);
    this.root = root;
    this.picture = picture;
    this.layer = layer;
    this.goal = goal;
    this.goalTold = ""; // the goal as it was last read aloud
    this.says = says;
    this.spoken = spoken;
    this.painter = new Painter(spec, layer, under, canvas);
    this.theme = theme ?? systemTheme();
    this.paper = window.matchMedia("print"); // which is white, whatever the screen
    this.backdrops = new Backdrops(spec, image, this.painter, source ?? null);
    this.asking = new Asking(this, source ?? null);
    this.handles = new Handles(this);
    for (const ax of spec.axes.keys()) new Ground(this, ax);
    this.player = spec.play ? new Player(this, spec.play) : null;
    this.board = spec.curve ? new DrawingBoard(this, spec.curve, Boolean(source)) : null;
    this.addButtons(buttons);
    this.moved = this.moved.bind(this);
    this.turned = this.turned.bind(this);
    this.sliders.forEach((slider, i) => slider.on(this.turns(i) ? this.turned : this.moved));

    parent.append(this.root);
    backgrounds.forEach((background) => this.backdrops.keep(background));
    if (table) this.useTable(readTable(table.header, table.buffer));
    this.painter.use(spec.axes);
    this.dress();
    const first = coordinates && { coordinates: readNumbers(coordinates, this.count), texts: spec.texts };
    if (first) this.show(first, spec.at);
    else if (this.table) this.show(frameAt(this.table, spec.at), spec.at);
    this.watchPage();
    // The sliders may have moved since Python described the first frame.
    if (this.differsFrom(spec.at)) this.schedule();
  }

  // --- its page ---

  /** @param {HTMLElement} line */
  addButtons(line) {
    const reset = element("button", "stage-button stage-reset");
    reset.textContent = "Reset";
    reset.title = "Back to where the sliders started";
    reset.addEventListener("click", () => {
      this.board?.begin();
      this.player?.stop();
      this.spec.start.forEach((at, i) => this.move(i, at, true));
    });
    if (this.board) line.append(...this.board.buttons);
    if (this.player) line.append(this.player.button);
    line.append(reset);
    // Letters typed on a button are no commands to the notebook around it.
    for (const button of line.children) button.setAttribute("data-lm-suppress-shortcuts", "true");
  }

  /** Colours and sharpness as the page has them now. */
  dress() {
    const { spec, root } = this;
    const dark = this.theme.dark() && !this.paper.matches && this.backdrops.canBeDark();
    for (const [meaning, colours] of Object.entries({ ...spec.colours, paper: spec.paper }))
      root.style.setProperty(`--stage-${meaning}`, colours[dark ? 1 : 0]);
    for (const [meaning, colours] of Object.entries(spec.inks))
      root.style.setProperty(`--stage-${meaning}-words`, colours[dark ? 1 : 0]);
    // What is said of the goal stands on the page itself, whatever the picture.
    const night = this.theme.dark() && !this.paper.matches;
    root.style.setProperty("--stage-reached", spec.inks.tangent[night ? 1 : 0]);
    root.classList.toggle("stage-narrow", root.clientWidth > 0 && root.clientWidth < NARROW);
    const shown = this.picture.getBoundingClientRect().width / spec.width || 1;
    // A finger is as wide as ever, however small the picture.
    const hit = spec.sizes.hit * Math.min(WIDEST, Math.max(1, 1 / shown));
    for (const circle of this.layer.querySelectorAll(".stage-hit")) circle.setAttribute("r", hit.toFixed(1));
    const sharp = shown * window.devicePixelRatio;
    this.backdrops.wanted = { dark, scale: Math.max(2, Math.ceil(sharp)) };
    if (spec.ramp) this.painter.resize(Math.min(4, Math.max(1, sharp)), spec.ramp[dark ? 1 : 0]);
    this.useBackground(this.positions());
    if (this.named && !this.waiting) this.write(this.says.textContent ?? "");
  }

  watchPage() {
    const { signal } = this.gone, dress = () => this.dress();
    signal.addEventListener("abort", this.theme.watch(dress));
    this.paper.addEventListener("change", dress, { signal });
    window.addEventListener("resize", () => { dress(); this.tall = 0; this.reserve(); }, { signal });
    // A window that is moved to a sharper screen keeps its size; each query knows one sharpness.
    const watchSharpness = () => {
      const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      query.addEventListener("change", () => { dress(); watchSharpness(); }, { once: true, signal });
    };
    watchSharpness();
    // Frames are asked for when the figure is first seen, so a page of figures starts fast.
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      this.dress(); // the page may have been put together since
      this.painter.measureAgain();
      this.reserve();
      if (!this.table) this.asking.frames();
    });
    seen.observe(this.picture); // the root has no box of its own where a class sees it
    signal.addEventListener("abort", () => seen.disconnect());
  }

  /** How many pixels of the picture one of the screen is. */
  zoom() {
    return this.spec.width / this.layer.getBoundingClientRect().width;
  }

  /**
   * Where a pointer is, in pixels of the picture.
   * @param {PointerEvent} event
   * @returns {Pixel}
   */
  pixelOf(event) {
    const { left, top } = this.layer.getBoundingClientRect(), zoom = this.zoom();
    return [(event.clientX - left) * zoom, (event.clientY - top) * zoom];
  }

  // --- its sliders, as positions in their lists of values ---

  /** @param {number} i */
  position(i) {
    return positionOf(this.spec.controls[i], this.sliders[i].get());
  }

  positions() {
    return this.spec.controls.map((_, i) => this.position(i));
  }

  /**
   * @param {number} i
   * @param {number} to  a position, brought between the ends
   * @param {boolean} tell  whether the hand rests there
   */
  move(i, to, tell) {
    const { values } = this.spec.controls[i];
    this.sliders[i].set(values[Math.max(0, Math.min(values.length - 1, to))]);
    if (tell) this.sliders[i].tell();
  }

  /**
   * Whether a control turns a view of marks in space, on which no frame depends.
   * @param {number} i
   */
  turns(i) {
    const { turn } = this.spec;
    return Boolean(turn?.space) && (i === turn?.across || i === turn?.upward);
  }

  /**
   * Whether the frame at other positions is another one.
   * @param {number[]} at
   */
  differsFrom(at) {
    return this.positions().some((position, i) => position !== at[i] && !this.turns(i));
  }

  /**
   * From where marks in space are seen now; null where there are none.
   * @returns {Eye | null}
   */
  eye() {
    const { turn, controls } = this.spec;
    if (!turn?.space) return null;
    const [azimuth, elevation] = [turn.across, turn.upward].map((i) => Number(controls[i].values[this.position(i)]));
    return { azimuth, elevation };
  }

  /** A view is turned: of the frame that is here other sides are seen, and nothing is asked. */
  turned() {
    if (this.table) { this.schedule(); return; }
    this.turning ||= requestAnimationFrame(() => {
      this.turning = 0;
      if (!this.shown) return;
      // What says that the picture is not up to date goes on saying so.
      if (this.waiting) this.painter.paint(this.shown.frame, this.eye());
      else this.show(this.shown.frame, this.shown.at);
    });
  }

  /** A slider has moved, whoever moved it. */
  moved() {
    if (this.asking.following) return;
    if (this.table || this.handles.pulling) this.schedule();
    else this.asking.moved();
  }

  // --- its frames ---

  /** @param {Table | null} table */
  useTable(table) {
    this.table = table;
    this.root.dataset.frames = table ? "here" : "kernel";
    if (this.root.isConnected) this.reserve();
  }

  /** What was drawn has changed, and all frames with it. */
  forgetTable() {
    this.table = null;
    this.root.dataset.frames = "asked";
  }

  /** One paint per screen refresh, however many events there were. */
  schedule() {
    if (this.scheduled) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      if (this.handles.pulling) this.handles.pull();
      const at = this.positions();
      if (this.table) this.show(frameBetween(this.table, at, this.handles.between), at);
      else if (!this.handles.pulling) this.asking.frame();
    });
  }

  unschedule() {
    cancelAnimationFrame(this.scheduled);
    this.scheduled = 0;
  }

  /**
   * Which option of the backdrop holds; 0 where there is none.
   * @param {number[]} at
   */
  option(at) {
    return this.spec.backdrop === null ? 0 : at[this.spec.backdrop];
  }

  /** @param {number[]} at */
  useBackground(at) {
    return this.backdrops.show(this.option(at), at);
  }

  /**
   * Show a frame; where its background still has to be drawn, it waits for that.
   * @param {Frame} frame
   * @param {number[]} at
   */
  show(frame, at) {
    this.shown = { frame, at };
    this.held = this.useBackground(at) ? null : { frame, at, option: this.option(at) };
    if (this.held) return;
    at = at.map((position, i) => (this.turns(i) ? this.position(i) : position));
    this.painter.paint(frame, this.eye());
    const sentence = this.sentence(frame);
    if (this.says.textContent !== sentence) this.write(sentence);
    this.showGoal(frame.texts[frame.texts.length - 2] !== "");
    this.handles.describe();
    this.tell(at, sentence);
  }

  /**
   * What is said of a frame, and where the view has been turned, from where it is seen.
   * @param {Frame} frame
   */
  sentence({ texts }) {
    const said = texts[texts.length - 1], { turn, start } = this.spec, eye = this.eye();
    if (!turn || !eye || [turn.across, turn.upward].every((i) => this.position(i) === start[i])) return said;
    const angles = [eye.azimuth, eye.elevation];
    return `${said} ${turn.says.replace(/\{\}/g, () => brief(angles.shift() ?? 0))}`.trimEnd();
  }

  /**
   * The sentence, with the words that name a mark in the mark's colour.
   * @param {string} sentence
   */
  write(sentence) {
    const { inks } = this.spec, dark = Number(this.theme.dark()); // it stands on the page itself
    const pieces = this.named ? sentence.split(this.named) : [sentence];
    this.says.replaceChildren(...pieces.map((piece, i) => {
      if (i % 2 === 0) return document.createTextNode(piece);
      const word = element("span", "stage-word", document.createTextNode(piece));
      word.style.color = inks[piece][dark];
      return word;
    }));
  }

  /**
   * What is to be reached, or that it is.
   * @param {boolean} reached
   */
  showGoal(reached) {
    const { goal, spec } = this;
    if (!goal || !spec.goal) return;
    const line = spec.goal[reached ? 1 : 0];
    if (goal.textContent !== line) goal.textContent = line;
    goal.classList.toggle("stage-reached", reached);
  }

  /**
   * Read aloud what is seen, and of the goal what is new.
   * @param {string} sentence
   */
  speak(sentence) {
    const goal = this.goal?.textContent ?? "";
    this.spoken.textContent = goal === this.goalTold ? sentence : `${goal} ${sentence}`;
    this.goalTold = goal;
  }

  /**
   * @param {BackgroundAnswer} answer
   * @param {Bytes[]} buffers
   */
  async takeBackground(answer, buffers) {
    const taken = await this.backdrops.take(answer, buffers);
    const at = this.positions();
    if (!taken || this.option(at) !== answer.option) return;
    if (this.held?.option === answer.option) this.show(this.held.frame, this.held.at);
    else this.useBackground(at);
  }

  /**
   * Say that the picture is not up to date, and why; "" when it is again.
   * @param {string} why
   */
  wait(why) {
    if (why) this.player?.stop();
    this.waiting = why;
    this.root.classList.toggle("stage-waiting", Boolean(why));
    if (why) this.says.textContent = this.spoken.textContent = why;
  }

  /** Room for the longest of its sentences, so that what stands below keeps its place. */
  reserve() {
    const { table, says, spec } = this;
    const now = says.textContent ?? "";
    if (!table) { says.style.minHeight = `${Math.max(this.tall, says.offsetHeight)}px`; return; }
    let longest = now;
    for (let n = 0; n < SAMPLED; n++) {
      const at = spec.controls.map(({ values }, i) => (n * (2 * i + 3) * 7919) % values.length);
      const sentence = this.sentence(frameAt(table, at));
      if (sentence.length > longest.length) longest = sentence;
    }
    says.style.minHeight = "";
    says.textContent = longest;
    this.tall = says.offsetHeight;
    this.write(now);
    says.style.minHeight = `${this.tall}px`;
  }

  // --- what it tells the page ---

  /**
   * @param {number[]} at
   * @param {string} sentence
   */
  tell(at, sentence) {
    /** @type {Object<string, number | boolean | string>} */
    const values = {};
    this.spec.controls.forEach((control, i) => {
      values[control.name] = control.options?.[at[i]] ?? control.values[at[i]];
    });
    const { says } = this;
    /** @type {Seen} */
    const detail = { at, values, sentence };
    this.root.dispatchEvent(new CustomEvent("stage-change", { detail, bubbles: true }));
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.root.dispatchEvent(new CustomEvent("stage-rest", { detail, bubbles: true }));
      if (!this.table && says.offsetHeight > this.tall) { this.tall = says.offsetHeight; this.reserve(); }
    }, REST);
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => this.speak(sentence), SPOKEN);
  }

  /** The figure goes away: nothing of it is left behind. */
  leave() {
    this.player?.stop();
    this.unschedule();
    clearTimeout(this.resting);
    clearTimeout(this.speaking);
    cancelAnimationFrame(this.turning);
    this.sliders.forEach((slider, i) => slider.off(this.turns(i) ? this.turned : this.moved));
    this.asking.leave();
    this.gone.abort();
    this.backdrops.leave();
    this.root.remove();
  }
}

/**
 * Show a live figure at the end of `parent`. Its `leave()` takes it away again.
 * @param {HTMLElement} parent
 * @param {Given} given
 * @returns {Figure}
 */
function mount(parent, given) {
  return new Figure(parent, given);
}
