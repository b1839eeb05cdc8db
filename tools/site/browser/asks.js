// --- figures that ask Python, where a learner wants more of them than travels with the page ---

var asks = (() => {
  const BUSY = "Python has not answered yet, so this picture is not up to date. It goes on by itself.";
  const ENDED = "Python ended, so this picture is not up to date. Move a slider to try again.";

  /**
   * Python as the one who answers a figure. Where the worker was ended, the next one makes the same
   * figure first.
   * @param {string} name
   * @param {{formula: string, age: number}} state  what is shown, and by which worker
   */
  function sourceOf(name, state) {
    /** @type {Set<(answer: any, buffers: Uint8Array[]) => void>} */
    const listeners = new Set();
    /** @type {Promise<unknown> | null} */
    let making = null;
    const again = () => making ??= make(name, state).finally(() => { making = null; });
    return {
      busy: BUSY,
      gone: ENDED,
      /** @param {any} question */
      async send(question) {
        if (state.age !== python.age()) await again();
        const { answer, buffers } = await python.call("frame", { figure: name, question });
        listeners.forEach((listener) => listener(answer, buffers));
      },
      on: (/** @type {any} */ listener) => { listeners.add(listener); },
      off: (/** @type {any} */ listener) => { listeners.delete(listener); },
    };
  }

  /**
   * Let Python run the cells up to a figure.
   * @param {string} name
   * @param {{formula: string, age: number}} state
   * @returns {Promise<Made>}
   */
  async function make(name, state) {
    const node = document.getElementById(`figure-${name}`);
    const cell = node?.closest(".cell")?.id.replace(/^cell-/, "") ?? "";
    const { answer } = await python.call("figure", {
      ...await python.upTo(cell), figure: name, formula: state.formula,
    });
    if (answer.error) throw new Error(answer.error);
    state.age = python.age();
    return answer.given;
  }

  /** @type {Map<string, {formula: string, age: number}>} */
  const states = new Map(); // by name of the figure
  /** @param {string} name */
  function stateOf(name) {
    const known = states.get(name) ?? { formula: "", age: 0 };
    states.set(name, known);
    return known;
  }

  /**
   * Show what Python made, in place of what the figure shows.
   * @param {string} name
   * @param {Made} given
   * @param {boolean} [stay]  whether the sliders stay where they are
   */
  function become(name, given, stay) {
    const node = /** @type {HTMLElement} */ (document.getElementById(`figure-${name}`));
    return live.become(node, given, sourceOf(name, stateOf(name)), stay);
  }

  /**
   * A figure that a cell made: it takes the place of the page's own; one that has none there gets a
   * new place, which is given back.
   * @param {string} name
   * @param {Made} given
   * @returns {HTMLElement[]}
   */
  function show(name, given) {
    const state = stateOf(name);
    Object.assign(state, { formula: "", age: python.age() });
    const old = document.getElementById(`figure-${name}`), below = placeOf(name);
    delete below.dataset.offers; // now it can do all
    bring(below, given.field);
    answers(below);
    if (old && !old.closest(".gave")) {
      if (!below.isConnected) old.after(below);
      become(name, given);
      return [];
    }
    const figure = document.createElement("figure");
    figure.className = "live";
    figure.id = `figure-${name}`;
    queueMicrotask(() => become(name, given)); // when it stands on the page
    return [figure, below];
  }

  /**
   * Where a figure asks; a new place where there is none.
   * @param {string} name
   */
  function placeOf(name) {
    const known = document.querySelector(`.asks[data-figure="${CSS.escape(name)}"]`);
    const place = known instanceof HTMLElement ? known : document.createElement("div");
    place.className = "asks";
    place.dataset.figure = name;
    return place;
  }

  /**
   * What stands below a figure and asks: the line for a formula, and a button where the figure can
   * do less than in its notebook.
   * @param {HTMLElement} place  `.asks`
   * @param {{called: string, example: string, typed: string, said: string} | null} about  of the line
   */
  function bring(place, about) {
    const name = place.dataset.figure ?? "", state = stateOf(name);
    const doing = document.createElement("div");
    let asked = 0;
    /** @param {Node | null} inside */
    const say = (inside) => doing.replaceChildren(...inside ? [inside] : []);
    place.replaceChildren();
    const words = { steps: "Every position, with Python", still: "Move it with Python",
      draw: "Draw a curve of your own, with Python" }[place.dataset.offers ?? ""];
    if (words) {
      const press = parts.button(words, async () => {
        if (place.ariaBusy) return;
        place.ariaBusy = "true";
        const figure = await python.busy(say, async () => become(name, await make(name, state), true));
        place.ariaBusy = null;
        if (!figure) return;
        const first = /** @type {HTMLElement | null} */ (figure.root.parentElement?.querySelector("input, select"));
        if (press.contains(document.activeElement)) first?.focus();
        answers(place);
      });
      place.append(press);
    }
    if (about) {
      const line = formulaLine(about, async (/** @type {string} */ formula) => {
        const mine = ++asked;
        line.say("", false);
        place.ariaBusy = "true";
        const said = await python.busy(say, async () => {
          if (state.age !== python.age()) await make(name, state);
          const { answer } = await python.call("formula", { figure: name, formula, ...live.look() });
          if (answer.error) throw new Error(answer.error);
          if (answer.given) {
            state.formula = formula;
            if (mine === asked) await become(name, answer.given);
          }
          return answer;
        });
        if (mine !== asked) return; // typed over since
        place.ariaBusy = null;
        if (!said) return;
        line.say(said.said, said.wrong);
        if (said.given) answers(place);
      });
      place.append(line.form);
    }
    place.append(doing);
  }

  /**
   * The words above `.asks` said what the figure could not do without Python.
   * @param {HTMLElement} place
   */
  function answers(place) {
    const before = place.previousElementSibling;
    if (before?.classList.contains("stands")) before.textContent = "Python answers this figure now, at every position.";
    place.querySelector(":scope > button")?.remove();
  }

  function watch() {
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".asks"))) {
      const { called, example = "" } = place.dataset;
      bring(place, called ? { called, example, typed: "", said: "" } : null);
    }
  }

  return { watch, show };
})();
