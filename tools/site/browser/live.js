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
    const room = document.createElement("div");
    room.className = "live-room";
    room.style.maxWidth = spec.widest;
    node.append(room);
    const figure = stage.mount(room, {
      spec, sliders, table, source, theme: pageTheme(),
      coordinates: bytes(data.coordinates).buffer,
      backgrounds: backgrounds.map((/** @type {object} */ one, /** @type {number} */ i) =>
        ({ ...one, picture: data.pictures[i] })),
    });
    room.append(controls);
    node.classList.add("live-here");
    return figure;
  }

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

  return { mount, watch };
})();
