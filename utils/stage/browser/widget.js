// --- in a notebook: ipywidgets shows the sliders, a kernel answers ---

// All that may come before code is run: the hand leaves the slider, or another key is pressed.
const BEFORE_CODE = /** @type {const} */ (["pointerdown", "pointerup", "pointercancel", "mouseup",
  "touchend", "focusout", "blur", "pagehide", "keydown"]);
const STEPS = /^(Arrow(Left|Right|Up|Down)|Home|End|Page(Up|Down)|Shift)$/;

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
 * What anywidget calls to show a Canvas (conversation.py); gives what takes it away.
 * @param {{model: Model, el: HTMLElement}} context
 */
async function render({ model, el }) {
  /** @type {Spec} */
  const spec = model.get("spec");
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
    source: {
      send: (question) => model.send(question),
      on: (listener) => model.on("msg:custom", listener),
      off: (listener) => model.off("msg:custom", listener),
    },
    theme: labTheme(),
  });
  return () => { figure.leave(); tellNow(); };
}

export default { render, mount, nativeSliders };
