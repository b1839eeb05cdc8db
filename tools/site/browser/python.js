// --- the cells of a page that Python runs, in a worker that starts when it is first needed ---

/**
 * What cells_of in python.py tells of a cell. figure: of a check, the name of the live figure that
 * is handed over.
 * @typedef {{id: string, kind: "given" | "answer" | "check", source: string, question?: string,
 *   figure?: string}} PageCell
 */
/**
 * What a figure is mounted from, as cells.py gives it; base64 stands for bytes.
 * @typedef {{spec: any, coordinates: string,
 *   background: {dark: boolean, scale: number, option: number, png?: string, axes?: any[], alt?: string},
 *   field: {called: string, example: string, typed: string, said: string} | null}} Made
 */
/**
 * What a cell shows, as cells.py gives it.
 * @typedef {{kind: "text" | "error", text: string} | {kind: "html", html: string} |
 *   {kind: "picture", png: string, alt: string, width: number, height: number} |
 *   {kind: "figure", name: string, given: Made}} Shown
 */
/**
 * @typedef {{outcome: string, html: string, error?: string}} Said
 * @typedef {{shown: Record<string, Shown[]>, failed: string | null, said: Said | null}} Ran
 * @typedef {{done: (reply: {answer: any, buffers: Uint8Array[]}) => void, fail: (error: Error) => void}} Job
 */

var python = (() => {
  const address = document.body.dataset.python ?? "", page = document.body.dataset.page ?? "";
  const PATIENCE = 90_000; // milliseconds without a sign, before the worker is ended
  const WITHOUT = "Python could not be loaded here, so this page goes on without it, and the notebook " +
    "of this page can do the same. Reason: ";
  const STOPPED = "One single step of your code went on and on, so Python was ended and starts anew. " +
    "What you wrote is still here.";

  // --- the worker ---

  /** @type {Worker | undefined} */
  let worker;
  /** @type {Promise<void> | undefined} */
  let ready;
  /** @type {Map<number, Job>} */
  const jobs = new Map();
  let count = 0, timer = 0, age = 1; // age: which worker it is; each knows its own figures alone
  /** @type {Set<(what: string, part: number, draws: boolean) => void>} */
  const watching = new Set(); // are told what is loaded, and "" when something runs

  /** @param {string} what @param {number} [part] @param {boolean} [draws] */
  const tell = (what, part = 0, draws = false) => watching.forEach((one) => one(what, part, draws));

  async function boot() {
    const found = await fetch(new URL(document.body.dataset.where ?? "", document.baseURI));
    if (!found.ok) throw new Error(`${found.url}: ${found.status}`);
    const where = await found.json();
    /** @param {string} place */
    const whole = (place) => new URL(place, found.url).href;
    const made = worker = new Worker(whole(where.worker), { type: "module" });
    await new Promise((done, fail) => {
      made.onerror = (event) => fail(new Error(event.message || "the worker did not start"));
      made.onmessage = ({ data }) => {
        if (data.loading) tell(data.loading, data.part, data.draws);
        else if (data.ready) done(undefined);
        else if (data.failed) fail(new Error(data.failed));
      };
      const [pyodide, lock, course, figures] =
        [where.pyodide, where.lock, where.course, where.figures].map(whole);
      made.postMessage({ where: { pyodide, lock, core: where.core, course, figures } });
    });
    made.onerror = (event) => end(event.message || "Python ended");
    made.onmessage = ({ data }) => {
      wait();
      if (data.loading) tell(data.loading, data.part, data.draws);
      else if (data.running !== undefined) tell("");
      else if (data.failed) end(data.failed);
      else {
        const job = jobs.get(data.number);
        jobs.delete(data.number);
        if (!jobs.size) clearTimeout(timer);
        if (data.error) job?.fail(new Error(data.error));
        else job?.done({ answer: JSON.parse(data.answer), buffers: data.buffers });
      }
    };
  }

  function start() {
    ready ??= boot().catch((error) => {
      worker?.terminate();
      worker = ready = undefined; // the next press tries again
      throw new Error(WITHOUT + String(error.message ?? error).split("\n").pop());
    });
    return ready;
  }

  /** @param {string} why  what the page says of the end */
  function end(why) {
    clearTimeout(timer);
    worker?.terminate();
    worker = ready = undefined;
    age++;
    const ended = [...jobs.values()];
    jobs.clear();
    ended.forEach(({ fail }) => fail(new Error(why)));
    start().catch(() => {}); // so that it is there at the next press
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => end(STOPPED), PATIENCE);
  }

  /**
   * Ask Python; cells.py says what there is to ask.
   * @param {"run" | "figure" | "formula" | "frame"} name
   * @param {object} request
   * @returns {Promise<{answer: any, buffers: Uint8Array[]}>}
   */
  async function call(name, request) {
    await start();
    return new Promise((done, fail) => {
      jobs.set(++count, { done, fail });
      worker?.postMessage({ number: count, call: name, asked: JSON.stringify(request) });
      wait();
    });
  }

  /**
   * Do something with Python, and say meanwhile what is loaded or that it runs. What fails is said.
   * @template T
   * @param {(inside: Node | null) => void} say
   * @param {() => Promise<T>} work
   * @returns {Promise<T | undefined>}
   */
  async function busy(say, work) {
    const stop = parts.button("Stop", () => end("Stopped. Python starts anew; what you wrote is still here."));
    const bar = document.createElement("progress"), words = document.createElement("span");
    const line = parts.element("p", "loading");
    bar.setAttribute("aria-label", "Loading Python");
    /** @param {string} what @param {number} part @param {boolean} draws */
    const hear = (what, part, draws) => {
      if (!what) { if (!stop.isConnected) line.replaceChildren("Running. ", stop); return; }
      const size = `about ${draws ? "10 MB more" : "9 MB"}, once. `;
      words.textContent = `Loading ${what}: ${size}`;
      bar.value = part;
      if (!bar.isConnected) line.replaceChildren(words, bar);
    };
    watching.add(hear);
    hear(worker ? "" : "Python", 0, false);
    say(line);
    try {
      await start();
      hear("", 0, false);
      const result = await work();
      say(null);
      return result;
    } catch (error) {
      say(parts.element("p", "without", /** @type {Error} */ (error).message));
      return undefined;
    } finally {
      watching.delete(hear);
    }
  }

  // --- what a learner writes ---

  /** @param {string} id */
  const key = (id) => `derivatives-code:${page}:${id}`;

  /** @param {PageCell} cell */
  function written(cell) {
    try {
      return localStorage.getItem(key(cell.id)) ?? cell.source;
    } catch {
      return cell.source;
    }
  }

  /**
   * A field for code: Tab indents, and after Escape it leaves as everywhere.
   * @param {PageCell} cell
   * @param {string} name
   * @param {() => void} press  at Shift-Enter
   */
  function field(cell, name, press) {
    const made = document.createElement("textarea");
    made.className = "editor";
    made.value = written(cell);
    made.setSelectionRange(0, 0); // else a long last line is scrolled to its end
    made.spellcheck = false;
    made.setAttribute("autocapitalize", "off");
    made.setAttribute("autocomplete", "off");
    made.setAttribute("aria-label", `${name}. Tab indents; press Escape first to leave with Tab.`);
    const grow = () => { made.rows = Math.max(made.value.split("\n").length, 1); };
    let leaves = false;
    made.addEventListener("input", () => {
      grow();
      try {
        if (made.value === cell.source) localStorage.removeItem(key(cell.id));
        else localStorage.setItem(key(cell.id), made.value);
      } catch {
        // Where nothing can be kept, the page goes on all the same.
      }
    });
    made.addEventListener("blur", () => { leaves = false; });
    made.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { leaves = true; return; }
      if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); press(); return; }
      if (event.key === "Tab" && !event.shiftKey && !leaves) {
        event.preventDefault();
        made.setRangeText("    ", made.selectionStart, made.selectionEnd, "end");
        made.dispatchEvent(new Event("input"));
      }
      if (event.key.length === 1) leaves = false;
    });
    grow();
    return made;
  }

  // --- the cells on the page ---

  /** @type {Promise<PageCell[]> | undefined} */
  let known;
  function cells() {
    known ??= fetch(address).then((answer) => answer.ok ? answer.json() : []).catch(() => []);
    return known;
  }

  /** @type {Map<string, HTMLTextAreaElement>} */
  const fields = new Map();

  /** @param {PageCell} cell */
  const source = (cell) => fields.get(cell.id)?.value ?? written(cell);

  /**
   * All cells up to one, as cells.py takes them; and how the page looks, for what is drawn.
   * @param {PageCell[]} all
   */
  const asked = (all) => ({
    cells: all.filter(({ kind }) => kind !== "check").map((cell) =>
      ({ id: cell.id, source: source(cell), changed: source(cell) !== cell.source })),
    ...live.look(),
  });

  /**
   * The cells up to that of a live figure, which runs in any case.
   * @param {string} id  of the cell
   */
  async function upTo(id) {
    const all = await cells();
    return { ...asked(all.slice(0, all.findIndex((cell) => cell.id === id) + 1)), own: [id] };
  }

  /**
   * Make what a question asks for editable, if Python can judge it on a page.
   * @param {HTMLElement} node  a `section.question`
   * @param {(outcome: string, html: string) => void} judged
   * @param {(inside: Node | null) => void} say  anything else, such as what is being loaded
   * @returns {Promise<HTMLElement | null>}  the button that checks
   */
  async function offer(node, judged, say) {
    const place = node.closest(".cell")?.id.replace(/^cell-/, "");
    const all = await cells(), check = all.find((cell) => cell.kind === "check" && cell.id === place);
    if (!check) return null;
    const before = all.slice(0, all.indexOf(check)).filter((cell) => cell.kind !== "check");
    const own = before.filter((cell) => cell.question === check.question);

    /** Where the sliders stand that the check is about, by the name of their figure. */
    const stands = async () => {
      const figure = check.figure && /** @type {HTMLElement | null} */ (
        document.querySelector(`#cell-${CSS.escape(own[0].id)} figure.live`));
      return figure ? { [check.figure ?? ""]: live.values(await live.mount(figure)) } : {};
    };
    /** @param {boolean} asks  whether to check as well */
    const press = async (asks) => {
      if (node.getAttribute("aria-busy")) return;
      node.setAttribute("aria-busy", "true");
      const upTo = asks ? before : before.slice(0, before.indexOf(own[own.length - 1]) + 1);
      const ran = await busy(say, async () => (await call("run", {
        ...asked(upTo),
        own: check.figure ? [] : own.map(({ id }) => id),
        asked: asks ? source(check) : "",
        at: asks ? await stands() : {},
      })).answer);
      if (ran) {
        showAll(ran);
        const { said } = ran;
        if (ran.failed) say(parts.element("p", "", "Your cell ended with an error, which stands below it."));
        else if (said?.error) say(printed(said.error, "error"));
        else if (said) judged(said.outcome, said.html);
      }
      node.removeAttribute("aria-busy");
    };
    if (!check.figure) for (const cell of own) edit(cell, () => press(false));
    if (check.source.includes("...")) {
      const made = field(check, "Your answer, in place of the three dots", () => press(true));
      fields.set(check.id, made);
      node.querySelector(".code")?.replaceWith(made);
    }
    return parts.button("Check", () => press(true));
  }

  /** A button below each cell that can be changed and run; nothing is loaded for it. */
  function bringCells() {
    for (const place of document.querySelectorAll(".code-cell[data-runs]")) {
      const id = place.id.replace(/^cell-/, "");
      const open = async () => {
        const cell = (await cells()).find((one) => one.id === id);
        if (cell) edit(cell, () => runOne(cell, place));
      };
      const press = parts.button("Edit and run", () => open().then(() => fields.get(id)?.focus()));
      press.classList.add("edit");
      place.querySelector(".code")?.after(press);
      if (changedBefore(id)) open(); // what is used must be seen
    }
  }

  /** @param {string} id  of a cell */
  function changedBefore(id) {
    try {
      return localStorage.getItem(key(id)) !== null;
    } catch {
      return false;
    }
  }

  /**
   * @param {PageCell} cell
   * @param {Element} place
   */
  async function runOne(cell, place) {
    if (place.getAttribute("aria-busy")) return;
    place.setAttribute("aria-busy", "true");
    const gave = place.querySelector(".gave");
    const ran = await busy((inside) => gave?.replaceChildren(...inside ? [inside] : []),
      async () => (await call("run", await upTo(cell.id))).answer);
    if (ran) showAll(ran);
    place.removeAttribute("aria-busy");
  }

  /**
   * @param {PageCell} cell
   * @param {() => void} run
   */
  function edit(cell, run) {
    const place = document.getElementById(`cell-${cell.id}`);
    if (!place || fields.has(cell.id)) return;
    const made = field(cell, "Your code", run), tools = parts.element("p", "tools");
    fields.set(cell.id, made);
    const again = parts.button("As it was", () => {
      made.value = cell.source;
      made.dispatchEvent(new Event("input"));
      made.focus();
    });
    tools.append(parts.button("Run", run), " ", again);
    place.querySelector(".edit")?.remove();
    place.querySelector(".code")?.replaceWith(made);
    made.after(tools);
    place.append(gaveIn(place));
  }

  /**
   * Where a cell shows what it gave.
   * @param {Element} place
   */
  function gaveIn(place) {
    const known = place.querySelector(".gave");
    if (known) return known;
    const made = document.createElement("div");
    made.className = "gave";
    made.setAttribute("role", "status");
    return made;
  }

  /** @param {Ran} ran */
  function showAll({ shown }) {
    for (const [id, outputs] of Object.entries(shown)) show(id, outputs);
  }

  /**
   * @param {string} id
   * @param {Shown[]} outputs
   */
  function show(id, outputs) {
    const place = document.getElementById(`cell-${id}`);
    if (!place) return;
    const gave = gaveIn(place);
    place.append(gave);
    // What the page was made with is out of date now.
    place.querySelectorAll(":scope > .printed, :scope > .picture, :scope > .shown").forEach((old) => old.remove());
    gave.querySelectorAll("figure").forEach(live.leave);
    gave.replaceChildren(...outputs.flatMap((one) => {
      if (one.kind === "figure") return asks.show(one.name, one.given);
      if (one.kind === "picture") return [picture(one)];
      if (one.kind !== "html") return [printed(one.text, one.kind === "error" ? "error" : "")];
      const made = document.createElement("div");
      made.className = "shown";
      made.innerHTML = one.html;
      return [made];
    }));
  }

  /** @param {{png: string, alt: string, width: number, height: number}} about */
  function picture({ png, alt, width, height }) {
    const made = document.createElement("img");
    Object.assign(made, { src: `data:image/png;base64,${png}`, alt, width, height });
    return parts.element("p", "picture", made);
  }

  /**
   * @param {string} text
   * @param {string} name
   */
  function printed(text, name) {
    const made = document.createElement("pre");
    made.className = `printed ${name}`.trim();
    made.tabIndex = 0;
    made.textContent = text;
    return made;
  }

  const stop = () => end("Stopped.");
  return { offer, bringCells, busy, call, upTo, stop, age: () => age };
})();
