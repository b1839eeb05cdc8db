// --- live figures on a page without a kernel ---

/**
 * What `data_of` in figures.py gives: `about` and `frames` are deflated, and like `coordinates`
 * written as base64.
 * @typedef {{about: string, coordinates: string, frames: string | null, pictures: string[]}} Data
 */

var live = (() => {
  /** @param {string} text */
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  /**
   * @param {string} text
   * @returns {Promise<ArrayBuffer>}
   */
  function inflated(text) {
    const stream = new Blob([bytes(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).arrayBuffer();
  }

  /** The page's theme: what its root says in `data-theme`, or else the system's. */
  function pageTheme() {
    const root = document.documentElement, query = matchMedia("(prefers-color-scheme: dark)");
    return {
      dark: () => root.dataset.theme ? root.dataset.theme === "dark" : query.matches,
      /** @param {() => void} listener */
      watch(listener) {
        const changes = new MutationObserver(listener);
        changes.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
        query.addEventListener("change", listener);
        return () => { changes.disconnect(); query.removeEventListener("change", listener); };
      },
    };
  }

  /**
   * What `figure_html` wrote into the page, or the file that it names.
   * @param {HTMLElement} node
   * @returns {Promise<Data>}
   */
  async function dataOf(node) {
    const inside = node.querySelector("script");
    if (inside) return JSON.parse(inside.textContent ?? "");
    const answer = await fetch(node.dataset.source ?? "");
    if (!answer.ok) throw new Error(`${node.dataset.source}: ${answer.status}`);
    return answer.json();
  }

  /** @type {WeakMap<HTMLElement, Promise<any>>} */
  const mounted = new WeakMap();

  /**
   * Let a figure live, in place of its still picture; what is mounted before stays as it is.
   * @param {HTMLElement} node  a `figure.live`
   * @param {any} [source]  whoever answers for Python, where somebody does
   * @returns {Promise<any>}  the stage's Figure
   */
  function mount(node, source) {
    const known = mounted.get(node);
    if (known) return known;
    const begun = begin(node, source);
    mounted.set(node, begun);
    return begun;
  }

  /**
   * @param {HTMLElement} node
   * @param {any} source
   */
  async function begin(node, source) {
    const data = await dataOf(node);
    const { spec, header, backgrounds } = JSON.parse(
      new TextDecoder().decode(await inflated(data.about)));
    const table = header && { header, buffer: await inflated(data.frames ?? "") };
    const { node: controls, sliders } = stage.nativeSliders(spec);
    const room = roomOf(node, spec);
    const figure = stage.mount(room, {
      spec, sliders, table, source, theme: pageTheme(),
      coordinates: bytes(data.coordinates).buffer,
      backgrounds: backgrounds.map((/** @type {object} */ one, /** @type {number} */ i) =>
        ({ ...one, picture: data.pictures[i] })),
    });
    room.append(controls);
    return figure;
  }

  /**
   * Show another figure in the place of one, or of its still picture.
   * @param {HTMLElement} node  a `figure.live`
   * @param {Made} made  what python.js was given
   * @param {any} source  who answers its questions
   * @param {boolean} [stay]  whether its sliders stand where those of the old one do
   * @returns {Promise<any>}  the new figure
   */
  async function become(node, { spec, coordinates, background }, source, stay = false) {
    const old = await mounted.get(node), { png, ...about } = background;
    const picture = png ? `data:image/png;base64,${png}` : null, probe = new Image();
    if (picture) probe.src = picture;
    await probe.decode().catch(() => {}); // so that nothing flickers
    const { node: controls, sliders } = stage.nativeSliders(spec);
    const room = roomOf(node, spec);
    const figure = stage.mount(room, {
      spec, sliders, source, theme: pageTheme(), coordinates: bytes(coordinates).buffer,
      backgrounds: [{ ...about, picture }],
    });
    room.append(controls);
    if (stay && old) stand(figure, values(old));
    old?.leave();
    mounted.set(node, Promise.resolve(figure));
    const shared = node.nextElementSibling; // a link leads to what the page itself has
    if (shared instanceof HTMLElement && shared.classList.contains("shared")) shared.hidden = true;
    return figure;
  }

  /**
   * A new place for a figure and its sliders, instead of the one before.
   * @param {HTMLElement} node
   * @param {any} spec
   */
  function roomOf(node, spec) {
    const room = document.createElement("div"), before = node.querySelector(".live-room");
    room.className = "live-room";
    room.style.maxWidth = spec.widest;
    if (before) before.replaceWith(room); else node.append(room);
    node.classList.add("live-here");
    return room;
  }

  /**
   * Where the sliders of a figure stand, by name.
   * @param {any} figure
   * @returns {Record<string, number | boolean | string>}
   */
  function values(figure) {
    const at = figure.positions();
    return Object.fromEntries(figure.spec.controls.map((/** @type {any} */ control, /** @type {number} */ i) =>
      [control.name, control.options?.[at[i]] ?? control.values[at[i]]]));
  }

  /**
   * @param {any} figure
   * @param {Record<string, number | boolean | string>} there
   */
  function stand(figure, there) {
    figure.spec.controls.forEach((/** @type {any} */ control, /** @type {number} */ i) => {
      const to = (control.options ?? control.values).indexOf(there[control.name]);
      if (to >= 0) figure.move(i, to, true);
    });
  }

  /**
   * A figure goes away, if it lives.
   * @param {HTMLElement} node
   */
  const leave = (node) => mounted.get(node)?.then((figure) => figure.leave());

  /** How the page looks, for what is drawn elsewhere: dark or not, and how sharp. */
  const look = () => ({ dark: pageTheme().dark(), scale: Math.max(2, Math.ceil(devicePixelRatio)) });

  /** Let every figure live that can, each when it comes near the window. */
  function watch() {
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        mount(/** @type {HTMLElement} */ (target));
      }
    }, { rootMargin: "50%" });
    document.querySelectorAll("figure.live:not([data-frames='python'])").forEach((one) => near.observe(one));
  }

  return { mount, become, leave, values, look, watch, pageTheme };
})();
