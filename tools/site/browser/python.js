// --- the cells of a page that Python runs, in a worker that starts when it is first needed ---

/**
 * @typedef {{id: string, kind: "given" | "answer" | "check", source: string, question?: string}} PageCell
 * @typedef {{printed: string, error: string}} Shown
 * @typedef {{outcome: string, html: string, error?: string}} Said
 * @typedef {{shown: Record<string, Shown>, said: Said | null}} Answer
 * @typedef {{number: number, done: (answer: Answer) => void, fail: (why: string) => void}} Job
 */

var python = (() => {
  const address = document.body.dataset.python ?? "", page = document.body.dataset.page ?? "";
  const PATIENCE = 90_000; // milliseconds for one cell or check, before the worker is ended
  const WITHOUT = "Python could not be loaded here, so this page goes on without it: hints and " +
    "solution are here, and the notebook of this page judges the same answers. Reason: ";
  const STOPPED = "One single step of your code went on and on, so Python was ended and starts anew. " +
    "What you wrote is still here.";

  // --- the worker ---

  /** @type {Worker | undefined} */
  let worker;
  /** @type {Promise<void> | undefined} */
  let ready;
  /** @type {Job | undefined} */
  let job;
  let count = 0, timer = 0;
  /** @type {(words: string, part: number) => void} */
  let loading = () => {};

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
        if (data.loading) loading(data.loading, data.part);
        else if (data.ready) done(undefined);
        else if (data.failed) fail(new Error(data.failed));
      };
      made.postMessage({ where: { pyodide: whole(where.pyodide), course: whole(where.course) } });
    });
    made.onerror = (event) => end(event.message || "Python ended");
    made.onmessage = ({ data }) => {
      if (data.running !== undefined) wait();
      else if (data.failed) end(data.failed);
      else if (data.number === job?.number) {
        clearTimeout(timer);
        const { done } = /** @type {Job} */ (job);
        job = undefined;
        done(JSON.parse(data.answer));
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
    const ended = job;
    job = undefined;
    ended?.fail(why);
    start().catch(() => {}); // so that it is there at the next press
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => end(STOPPED), PATIENCE);
  }

  /**
   * @param {{cells: {id: string, source: string}[], own: string[], asked: string}} request
   * @returns {Promise<Answer>}
   */
  async function run(request) {
    await start();
    return new Promise((done, fail) => {
      job = { number: ++count, done, fail: (why) => fail(new Error(why)) };
      worker?.postMessage({ number: count, asked: JSON.stringify(request) });
      wait();
    });
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
    known ??= !address || location.protocol === "file:" ? Promise.resolve([])
      : fetch(address).then((answer) => answer.ok ? answer.json() : []).catch(() => []);
    return known;
  }

  /** @type {Map<string, HTMLTextAreaElement>} */
  const fields = new Map();

  /** @param {PageCell} cell */
  const source = (cell) => fields.get(cell.id)?.value ?? written(cell);

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

    /** @param {boolean} asks  whether to check as well */
    const press = async (asks) => {
      if (job || node.getAttribute("aria-busy")) return;
      node.setAttribute("aria-busy", "true");
      const stop = button("Stop", () => end("Stopped. Python starts anew; what you wrote is still here."));
      const bar = document.createElement("progress"), words = document.createElement("span");
      bar.setAttribute("aria-label", "Loading Python");
      loading = (what, part) => {
        words.textContent = `Loading ${what}: about 9 MB in all, once. `;
        bar.value = part;
      };
      const line = paragraph("loading", words, bar);
      if (!worker) loading("Python", 0);
      say(line);
      try {
        await start();
        line.replaceChildren("Running. ", stop);
        const answer = await run({
          cells: (asks ? before : before.slice(0, before.indexOf(own[own.length - 1]) + 1))
            .map((cell) => ({ id: cell.id, source: source(cell) })),
          own: own.map(({ id }) => id),
          asked: asks ? source(check) : "",
        });
        say(null);
        for (const [id, shown] of Object.entries(answer.shown)) show(id, shown);
        const { said } = answer;
        if (said?.error) say(printed(said.error, "error"));
        else if (said) judged(said.outcome, said.html);
        else if (asks) say(paragraph("", "Your cell ended with an error, which stands below it."));
      } catch (error) {
        say(paragraph("without", /** @type {Error} */ (error).message));
      }
      node.removeAttribute("aria-busy");
    };
    for (const cell of own) edit(cell, () => press(false));
    if (check.source.includes("...")) {
      const made = field(check, "Your answer, in place of the three dots", () => press(true));
      fields.set(check.id, made);
      node.querySelector(".code")?.replaceWith(made);
    }
    return button("Check", () => press(true));
  }

  /**
   * @param {PageCell} cell
   * @param {() => void} run
   */
  function edit(cell, run) {
    const place = document.getElementById(`cell-${cell.id}`);
    if (!place || fields.has(cell.id)) return;
    const made = field(cell, "Your code", run), tools = paragraph("tools");
    fields.set(cell.id, made);
    const again = button("As it was", () => {
      made.value = cell.source;
      made.dispatchEvent(new Event("input"));
      made.focus();
    });
    tools.append(button("Run", run), " ", again);
    const shown = document.createElement("div");
    shown.className = "gave";
    shown.setAttribute("role", "status");
    place.querySelectorAll(".printed").forEach((old) => old.remove());
    place.querySelector(".code")?.replaceWith(made);
    place.append(tools, shown);
  }

  /**
   * @param {string} id
   * @param {Shown} shown
   */
  function show(id, { printed: text, error }) {
    const parts = [];
    if (text) parts.push(printed(text, ""));
    if (error) parts.push(printed(error, "error"));
    document.querySelector(`#cell-${CSS.escape(id)} .gave`)?.replaceChildren(...parts);
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

  /**
   * @param {string} name
   * @param {...(Node | string)} inside
   */
  function paragraph(name, ...inside) {
    const made = document.createElement("p");
    made.className = name;
    made.append(...inside);
    return made;
  }

  /**
   * @param {string} words
   * @param {() => void} press
   */
  function button(words, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", press);
    return made;
  }

  return { offer };
})();
