// --- in a notebook: ipywidgets shows the sliders, a kernel answers ---

// All that may come before code is run: the hand leaves the slider, or another key is pressed.
const BEFORE_CODE = /** @type {const} */ (["pointerdown", "pointerup", "pointercancel", "mouseup",
  "touchend", "focusout", "blur", "pagehide", "keydown"]);
const STEPS = /^(Arrow(Left|Right|Up|Down)|Home|End|Page(Up|Down)|Shift)$/;

const FIGURE_LINES = 8; // of code that makes a figure; more is there to be read

/** @type {WeakMap<Model, () => void>} */
const patient = new WeakMap(); // a slider's model: what tells the kernel at once

/**
 * The browser moves the marks, or asks the kernel for them with the positions in the question. A
 * slider's own message is therefore sent once, when the hand rests, and not at every step.
 *
 * Borrowed: ipywidgets' views call `save_changes` of their model, so that is what has to wait.
 * @param {Model} model
 * @returns {() => void}  tells the kernel at once
 */
function tellLater(model) {
  const known = patient.get(model);
  if (known) return known;
  const save = model.save_changes.bind(model);
  let resting = 0;
  /** @type {any[] | null} */
  let owed = null;
  const tell = () => {
    clearTimeout(resting);
    if (!owed) return;
    const args = owed;
    owed = null;
    save(...args);
  };
  model.save_changes = (...args) => {
    owed = args;
    clearTimeout(resting);
    resting = setTimeout(tell, REST);
  };
  patient.set(model, tell);
  return tell;
}

/**
 * Let the sliders be told when a hand rests, and before any code is run; gives what ends it.
 * A choice or a tick is told at once.
 * @param {Model[]} models
 * @param {Control[]} controls
 * @returns {() => void}
 */
function tellAtRest(models, controls) {
  const tells = models.filter((_, i) => controls[i].trait === "value" &&
    typeof controls[i].values[0] === "number").map(tellLater);
  const tellNow = () => tells.forEach((tell) => tell());
  const gone = new AbortController(), { signal } = gone;
  for (const kind of BEFORE_CODE) {
    window.addEventListener(kind, (event) => {
      if (event instanceof KeyboardEvent && event.type === "keydown" && STEPS.test(event.key)) return;
      tellNow();
      setTimeout(tellNow); // and what the widgets' own listeners change at this event
    }, { capture: true, signal });
  }
  document.addEventListener("visibilitychange", tellNow, { signal });
  return () => { gone.abort(); tellNow(); };
}

/**
 * A model of ipywidgets as the slider of a figure.
 * @param {Model} model
 * @param {Control} control
 * @returns {Slider}
 */
function widgetSlider(model, { trait }) {
  const event = `change:${trait}`;
  return {
    get: () => model.get(trait),
    set: (value) => model.set(trait, value),
    on: (listener) => model.on(event, listener),
    off: (listener) => model.off(event, listener),
    tell: () => model.save_changes(),
  };
}

/**
 * The kernel as the one who answers; undefined where the notebook was opened without the one that
 * made the figure. Frames that arrive are kept with the model: a saved notebook holds them.
 * @param {Model} model
 * @param {Model[]} models  of its sliders, which know whether their kernel is there
 * @returns {Source | undefined}
 */
function kernelOf(model, models) {
  const gone = () => models.some(({ comm_live }) => comm_live === false);
  if (gone()) return undefined;
  /** @type {Map<Function, (...args: any[]) => void>} */
  const wrapped = new Map();
  return {
    send(question) {
      if (gone()) throw new Error("the kernel that made this figure is gone");
      return model.send(question);
    },
    on(listener) {
      wrapped.set(listener, (told, buffers) => {
        const answer = "id" in told ? { frames: null, ...told } : told;
        if (answer.frames) model.set("table", { header: answer.frames, buffer: buffers[0] });
        listener(answer, buffers);
      });
      model.on("msg:custom", wrapped.get(listener) ?? listener);
    },
    off: (listener) => model.off("msg:custom", wrapped.get(listener) ?? listener),
  };
}

/**
 * JupyterLab's theme, which its page's body names.
 * @returns {Theme}
 */
function labTheme() {
  return {
    dark: () => document.body.dataset.jpThemeLight === "false",
    watch(listener) {
      const themes = new MutationObserver(listener);
      themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
      return () => themes.disconnect();
    },
  };
}

/**
 * Give the sliders of ipywidgets, which have none, a name and their value in words.
 *
 * Borrowed: they stand in the box that holds the figure, each a `.widget-slider` with its
 * `.noUi-handle` and its `.widget-readout`; noUiSlider writes the plain number, or the exponent.
 * @param {HTMLElement} root  of the figure
 * @param {Control[]} controls
 * @param {AbortSignal} signal  ends it
 */
function nameSliders(root, controls, signal) {
  const numeric = controls.filter(({ values, options }) => !options && typeof values[0] === "number");
  /** @type {WeakSet<Element>} */
  const named = new WeakSet();
  /** @param {Element} slider @param {Control} control */
  const name = (slider, control) => {
    const handle = slider.querySelector(".noUi-handle"), label = slider.querySelector("label");
    if (!handle || named.has(handle)) return;
    named.add(handle);
    if (label?.title === "null") label.removeAttribute("title");
    const say = () => {
      const text = slider.querySelector(".widget-readout")?.textContent ?? "";
      const value = control.unit ? `${text} ${control.unit}` : text;
      if (value && handle.getAttribute("aria-valuetext") !== value)
        handle.setAttribute("aria-valuetext", value);
    };
    handle.setAttribute("aria-label", control.label);
    handle.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab 4.4 eats its arrow keys
    say();
    const watch = new MutationObserver(say);
    watch.observe(slider, { attributes: true, attributeFilter: ["aria-valuetext"], subtree: true,
      childList: true, characterData: true });
    signal.addEventListener("abort", () => watch.disconnect());
  };
  const look = () => {
    const box = root.closest(".widget-vbox");
    const found = [...(box?.querySelectorAll(".widget-slider") ?? [])];
    if (found.length === numeric.length) found.forEach((slider, i) => name(slider, numeric[i]));
  };
  const arrivals = new MutationObserver(look);
  // The figure is put on its page after this, and its sliders after the figure.
  const seen = new IntersectionObserver(() => {
    const box = root.closest(".widget-vbox");
    look();
    if (box) arrivals.observe(box, { childList: true, subtree: true });
  });
  seen.observe(/** @type {Element} */ (root.querySelector(".stage-picture")));
  signal.addEventListener("abort", () => { seen.disconnect(); arrivals.disconnect(); });
}

/**
 * Before a class, hide the line of code that made a figure; a button brings it back.
 *
 * Borrowed: JupyterLab's cell is `.jp-CodeCell`, its code lies in `.jp-Cell-inputWrapper`.
 * @param {HTMLElement} root  of the figure
 * @param {AbortSignal} signal  ends it
 */
function foldCode(root, signal) {
  const buttons = /** @type {Element} */ (root.querySelector(".stage-buttons"));
  const button = element("button", "stage-button");
  button.textContent = "Code";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("data-lm-suppress-shortcuts", "true");
  const seen = new IntersectionObserver(() => {
    const cell = root.closest(".jp-CodeCell");
    const lines = cell?.querySelectorAll(".jp-Cell-inputWrapper .cm-line").length ?? 0;
    if (!cell || !lines || lines > FIGURE_LINES) return;
    seen.disconnect();
    cell.classList.add("stage-code-folded");
    button.addEventListener("click", () => {
      const folded = cell.classList.toggle("stage-code-folded");
      button.setAttribute("aria-expanded", String(!folded));
    });
    buttons.append(button);
    signal.addEventListener("abort", () => cell.classList.remove("stage-code-folded"));
  });
  seen.observe(/** @type {Element} */ (root.querySelector(".stage-picture")));
  signal.addEventListener("abort", () => seen.disconnect());
}

// A kernel within a browser, such as JupyterLite's, leaves out what is None instead of saying null.
const NOTHING = { play: null, curve: null, backdrop: null, goal: null };

/**
 * What anywidget calls to show a Canvas (conversation.py); gives what takes it away.
 * @param {{model: Model, el: HTMLElement}} context
 */
async function render({ model, el }) {
  /** @type {Spec} */
  const spec = { ...NOTHING, ...model.get("spec") };
  /** @type {string[]} */
  const references = model.get("controls");
  const models = await Promise.all(references.map((reference) =>
    model.widget_manager.get_model(reference.replace("IPY_MODEL_", ""))));
  const tellNow = tellAtRest(models, spec.controls);
  const figure = mount(el, {
    spec,
    sliders: models.map((slider, i) => widgetSlider(slider, spec.controls[i])),
    backgrounds: [{ picture: model.get("background"), option: spec.backdrop === null ? 0 : spec.at[spec.backdrop] }],
    coordinates: model.get("coordinates"),
    table: model.get("table"),
    source: kernelOf(model, models),
    theme: labTheme(),
  });
  const named = new AbortController();
  nameSliders(figure.root, spec.controls, named.signal);
  if (spec.projector) foldCode(figure.root, named.signal);
  return () => { figure.leave(); named.abort(); tellNow(); };
}

export default { render, mount, nativeSliders };
