// --- sliders of the page's own, for where there are no widgets ---

let controlsMade = 0; // numbers their names

/**
 * A value as it stands beside its slider.
 * @param {Control} control
 * @param {number} value
 * @returns {string}
 */
function written({ scale, decimals, unit }, value) {
  const size = Math.abs(value);
  const plain = scale !== "log" ? size.toFixed(decimals ?? 2) :
    size < 1e-4 ? brief(size) : size.toLocaleString("en", { maximumSignificantDigits: 4 });
  const text = (value < 0 && Number(plain) !== 0 ? "\u2212" : "") + plain;
  return unit ? `${text} ${unit}` : text;
}

/**
 * A node of the page that shows a control, and the slider that it is for a figure.
 * @param {Control} control
 * @param {number} at  its position at first
 * @returns {{row: HTMLElement, slider: Slider}}
 */
function nativeControl(control, at) {
  const { values, options } = control, out = element("output", "stage-value");
  const input = options ? element("select", "") : element("input", "");
  const ticked = typeof values[0] === "boolean" && input instanceof HTMLInputElement ? input : null;
  if (input instanceof HTMLSelectElement) input.append(...(options ?? []).map((name) => new Option(name)));
  else if (ticked) input.type = "checkbox";
  else Object.assign(input, { type: "range", min: 0, max: values.length - 1, step: 1 });
  const position = () => {
    if (input instanceof HTMLSelectElement) return input.selectedIndex;
    return ticked ? Number(ticked.checked) : Number(input.value);
  };
  /** @param {number} to */
  const put = (to) => {
    if (input instanceof HTMLSelectElement) input.selectedIndex = to;
    else if (ticked) ticked.checked = Boolean(to);
    else input.value = String(to);
  };
  const say = () => {
    if (options || ticked) return;
    out.textContent = written(control, Number(values[position()]));
    input.setAttribute("aria-valuetext", out.textContent);
  };
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const changed = () => { say(); listeners.forEach((listener) => listener()); };
  input.addEventListener("input", changed);
  put(at);
  say();
  const name = element("label", "stage-label");
  name.textContent = control.label;
  input.id = name.htmlFor = `stage-control-${++controlsMade}`;
  const row = element("div", "stage-control", name, input, out);
  const slider = {
    get: () => values[position()],
    set: (/** @type {number | boolean} */ value) => {
      const to = positionOf(control, value);
      if (to === position()) return;
      put(to);
      changed();
    },
    on: (/** @type {() => void} */ listener) => { listeners.add(listener); },
    off: (/** @type {() => void} */ listener) => { listeners.delete(listener); },
    tell: () => { input.dispatchEvent(new Event("change", { bubbles: true })); },
  };
  return { row, slider };
}

/**
 * Controls for all sliders of a figure: put `node` below it, and give it `sliders`.
 * @param {Spec} spec
 * @returns {{node: HTMLElement, sliders: Slider[]}}
 */
function nativeSliders(spec) {
  const all = spec.controls.map((control, i) => nativeControl(control, spec.at[i]));
  return {
    node: element("div", "stage-controls", ...all.map(({ row }) => row)),
    sliders: all.map(({ slider }) => slider),
  };
}
