// --- a page of the course: its questions, progress, search and links; live.js brings the figures ---

/**
 * What asked.py tells of a question.
 * @typedef {{letter: string, text: string, outcome: string, said: string}} Option
 * @typedef {{title: string, options: Option[], hints: string[], solution: string}} PageQuestion
 * @typedef {{state: string, hints: number, asked: number}} Entry  of the progress file
 */

var parts = (() => {
  const body = document.body, root = body.dataset.root ?? "";
  const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

  /**
   * @param {string} tag
   * @param {string} name  of its class
   * @param {...(Node | string)} inside
   */
  function element(tag, name, ...inside) {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...inside);
    return made;
  }

  /**
   * @param {string} words
   * @param {() => void} press
   */
  function button(words, press, name = "") {
    const made = element("button", name, words);
    made.setAttribute("type", "button");
    made.addEventListener("click", press);
    return made;
  }

  // --- progress: the same file as progress.json, in this browser's storage ---

  const KEY = "derivatives-progress", SCHEMA = 1;

  /** @returns {{schema: number, questions: Record<string, Entry>}} */
  function known() {
    try {
      const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}");
      return { schema: SCHEMA, ...stored, questions: { ...stored.questions } };
    } catch {
      return { schema: SCHEMA, questions: {} };
    }
  }

  /** @param {string} id @returns {Entry} */
  const entry = (id) => Object.assign({ state: "open", hints: 0, asked: 0 }, known().questions[id]);

  /**
   * Note something of a question; what is done stays done.
   * @param {string} id
   * @param {Partial<Entry>} news
   */
  function note(id, news) {
    const all = known(), before = entry(id);
    if (before.state === "done") delete news.state;
    all.questions[id] = { ...before, ...news };
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
    } catch {
      // Where nothing can be kept, the page goes on all the same.
    }
    document.dispatchEvent(new Event("progress"));
  }

  // --- questions ---

  // What the judge may say of an answer that was none.
  const NO_ANSWER = ["", "not-attempted", "no-question", "stumbled"];

  /** @type {Promise<Record<string, PageQuestion>> | undefined} */
  let asked;
  function questions() {
    const inside = document.getElementById("questions");
    asked ??= inside ? Promise.resolve(JSON.parse(inside.textContent ?? "{}"))
      : fetch(body.dataset.questions ?? "").then((answer) => answer.json());
    return asked;
  }

  /**
   * @param {HTMLElement} node  a `section.question`
   * @param {PageQuestion} question
   */
  function ask(node, question) {
    const id = node.dataset.question ?? "";
    const said = element("div", "said"), tools = element("div", "tools");
    said.setAttribute("role", "status");
    /** @param {string} html */
    const say = (html) => { said.innerHTML = html; };
    const mark = () => { node.dataset.state = entry(id).state; };
    if (question.options.length) node.append(choices(id, question, say, mark));
    else speaking().then((there) => there ? python.offer(node, (outcome, html) => {
      if (!NO_ANSWER.includes(outcome)) note(id, { state: outcome === "correct" ? "done" : "tried" });
      say(html);
      mark();
    }, (inside) => said.replaceChildren(...inside ? [inside] : [])) : null).then((check) => {
      if (check) tools.prepend(check);
      else tools.before(element("p", "for-python",
        "Python judges this answer, in the notebook of this page. Here you find hints and the solution."));
    });
    let shown = 0;
    const hint = button("Hint", () => {
      shown = Math.min(shown + 1, question.hints.length);
      note(id, { hints: Math.max(entry(id).hints, shown) });
      say(question.hints[shown - 1]);
      if (shown === question.hints.length) hint.setAttribute("disabled", "");
    });
    const solution = button("Solution", () => {
      const { state, asked: times } = entry(id);
      note(id, { asked: times + 1 });
      if (state !== "open" || times >= 1) return say(question.solution);
      return say(element("p", "", "A try of your own makes the solution worth twice as much, and a " +
        "wrong try does no harm. If you would rather see it now, press once more.").outerHTML);
    });
    tools.append(hint, solution);
    node.append(tools, said);
    mark();
  }

  /**
   * The options as buttons, which the judge has answered already.
   * @param {string} id
   * @param {PageQuestion} question
   * @param {(html: string) => void} say
   * @param {() => void} mark
   */
  function choices(id, question, say, mark) {
    const group = element("div", "options");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Options");
    for (const { letter, text, outcome, said } of question.options) {
      const words = element("span", "");
      words.innerHTML = text;
      const one = button("", () => {
        for (const other of group.children)
          other.setAttribute("aria-pressed", String(other === one));
        note(id, { state: outcome === "correct" ? "done" : "tried" });
        say(said);
        mark();
      }, "option");
      one.append(element("b", "", letter), " ", words);
      one.setAttribute("aria-pressed", "false");
      one.dataset.letter = letter;
      group.append(one);
    }
    return group;
  }

  function bringQuestions() {
    const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("section.question"));
    /** @param {HTMLElement} node */
    const bring = async (node) => {
      near.unobserve(node);
      const question = (await questions())[node.dataset.question ?? ""];
      if (question && !brought.has(node)) ask(node, question);
      brought.add(node);
    };
    const brought = new WeakSet();
    const near = new IntersectionObserver((entries) => entries.filter((one) => one.isIntersecting)
      .forEach(({ target }) => bring(/** @type {HTMLElement} */ (target))), { rootMargin: "100%" });
    all.forEach((node) => near.observe(node));
    // By keyboard one can be faster than what comes into view.
    addEventListener("keydown", () => all.forEach(bring), { once: true });
  }

  // --- what speaks with Python comes after all that is seen first ---

  /** @type {Promise<boolean> | undefined} */
  let speaks;
  /** Whether Python can be asked here. */
  function speaking() {
    /** @param {string} name */
    const brought = (name) => new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = new URL(name, own).href;
      script.async = false; // in order
      Object.assign(script, { onload: done, onerror: fail });
      document.head.append(script);
    });
    speaks ??= !body.dataset.python || !own || location.protocol === "file:" ? Promise.resolve(false)
      : Promise.all(["python.js", "asks.js"].map(brought)).then(() => {
        python.bringCells();
        asks.watch();
        return true;
      }, () => false);
    return speaks;
  }

  // --- figures: a link to what is seen ---

  function bringLinks() {
    const figures = document.querySelectorAll("figure.live:not([data-frames='python'])");
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (figures)) {
      const told = element("span", "told");
      told.setAttribute("role", "status");
      const copy = button("Link to this state", async () => {
        const figure = await live.mount(node);
        const address = new URL(location.href);
        address.hash = `${node.id}=${figure.positions().join(",")}`;
        history.replaceState(null, "", address);
        try {
          await navigator.clipboard.writeText(address.href);
          told.textContent = "Copied.";
        } catch {
          told.textContent = "It is in the address bar.";
        }
      }, "share");
      node.after(element("p", "shared", copy, " ", told));
    }
    const [, id, at] = /^#(figure-[^=]+)=([\d,]+)$/.exec(decodeURIComponent(location.hash)) ?? [];
    const node = id ? document.getElementById(id) : null;
    if (!node) return;
    node.scrollIntoView();
    live.mount(node).then((figure) => {
      node.scrollIntoView();
      at.split(",").slice(0, figure.spec.controls.length)
        .forEach((place, i) => figure.move(i, Number(place), true));
    });
  }

  // --- the bar: search, theme ---

  /** @type {Promise<{page: string, title: string, at: string, words: string}[]> | undefined} */
  let index;

  function bringSearch() {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.search"));
    const field = form?.querySelector("input"), found = form?.querySelector(".found");
    if (!form || !field || !found || location.protocol === "file:") return form?.remove();
    const look = async () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      if (!words.length) return found.setAttribute("hidden", "");
      index ??= fetch(`${root}search.json`).then((answer) => answer.json());
      const sections = await index;
      /** @param {{title: string, words: string}} one */
      const worth = ({ title, words: text }) => words.reduce((sum, word) => {
        if (title.toLowerCase().includes(word)) return sum + 3;
        return text.toLowerCase().includes(word) ? sum + 1 : -Infinity;
      }, 0);
      const best = sections.map((one) => ({ one, worth: worth(one) }))
        .filter((each) => each.worth > 0).sort((a, b) => b.worth - a.worth).slice(0, 12);
      found.replaceChildren(...best.map(({ one }) => {
        const link = document.createElement("a");
        link.href = `${root}${one.page}#${encodeURIComponent(one.at)}`;
        link.append(element("b", "", one.title), element("span", "", one.page.replace(/\.html$/, "")));
        return link;
      }));
      if (!best.length) found.replaceChildren(element("p", "", "Nothing was found."));
      return found.removeAttribute("hidden");
    };
    field.addEventListener("input", look);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      look().then(() => found.querySelector("a")?.focus());
    });
    form.addEventListener("keydown", (event) => {
      const links = [...found.querySelectorAll("a")];
      const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
      if (event.key === "Escape") { found.setAttribute("hidden", ""); field.focus(); }
      else if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
      else if (event.key === "ArrowUp") (links[at - 1] ?? field).focus();
      else return;
      event.preventDefault();
    });
    document.addEventListener("click", ({ target }) => {
      if (!form.contains(/** @type {Node} */ (target))) found.setAttribute("hidden", "");
    });
    const wanted = new URLSearchParams(location.search).get("q");
    if (wanted) { field.value = wanted; look(); }
  }

  function bringTheme() {
    const html = document.documentElement, press = document.querySelector("button.theme");
    if (!press) return;
    const theme = live.pageTheme();
    const name = () => { press.textContent = theme.dark() ? "Light" : "Dark"; };
    press.addEventListener("click", () => {
      html.dataset.theme = theme.dark() ? "light" : "dark";
      try { localStorage.setItem("derivatives-theme", html.dataset.theme); } catch { /* not kept */ }
    });
    theme.watch(name);
    name();
    press.removeAttribute("hidden");
  }

  // --- the first page: what is done ---

  const SIGNS = { done: "✓", tried: "◐", open: "○" };

  function drawProgress() {
    const headline = document.querySelector(".headline");
    if (!headline) return;
    let done = 0, total = 0, minutes = 0, here = null;
    for (const row of document.querySelectorAll("li[data-chapter]")) {
      let left = 0, unread = 0;
      const marks = /** @type {HTMLElement[]} */ ([...row.querySelectorAll(".mark")]);
      for (const mark of marks) {
        const state = entry(mark.dataset.question ?? "").state;
        const words = `${mark.dataset.question} ${mark.dataset.title}: ${state}`;
        mark.textContent = SIGNS[/** @type {"open"} */ (state)] ?? SIGNS.open;
        mark.dataset.state = state;
        mark.title = words;
        mark.setAttribute("aria-label", words);
        total += 1;
        if (state === "done") { done += 1; continue; }
        left += Number(mark.dataset.minutes);
        unread += 1;
        here ??= mark;
      }
      const reading = Number(/** @type {HTMLElement} */ (row).dataset.reading);
      left += Math.round(reading * unread / Math.max(marks.length, 1));
      minutes += left;
      const told = row.querySelector(".left");
      if (told) told.textContent = left ? `${left} min left` : "done";
    }
    headline.replaceChildren(element("b", "", `${done} of ${total} questions done`),
      `, about ${minutes > 90 ? `${Math.round(minutes / 60)} hours` : `${minutes} minutes`} left. `);
    if (here) {
      const link = document.createElement("a");
      link.href = /** @type {HTMLAnchorElement} */ (here).href;
      link.textContent = `Continue here: ${here.dataset.title}`;
      headline.append(link);
    }
  }

  function bringKeeping() {
    const told = document.querySelector(".kept");
    if (!told) return;
    document.querySelector(".download")?.addEventListener("click", () => {
      const file = new Blob([`${JSON.stringify(known(), null, 1)}\n`], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = "progress.json";
      link.click();
      URL.revokeObjectURL(link.href);
      told.textContent = "Downloaded as progress.json.";
    });
    document.querySelector(".load input")?.addEventListener("change", async ({ target }) => {
      const input = /** @type {HTMLInputElement} */ (target), [file] = input.files ?? [];
      if (!file) return;
      try {
        const given = JSON.parse(await file.text());
        if (typeof given?.questions !== "object") throw new Error("no progress");
        const mine = known(), order = ["open", "tried", "done"];
        for (const [id, theirs] of Object.entries(given.questions)) {
          const own = entry(id), other = { ...entry(""), .../** @type {Entry} */ (theirs) };
          const further = order.indexOf(other.state) > order.indexOf(own.state);
          given.questions[id] = {
            state: further ? other.state : own.state,
            hints: Math.max(own.hints, other.hints), asked: Math.max(own.asked, other.asked),
          };
        }
        const both = { ...mine.questions, ...given.questions };
        localStorage.setItem(KEY, JSON.stringify({ ...mine, ...given, questions: both }));
        told.textContent = "Loaded; what was done here before stays done.";
        document.dispatchEvent(new Event("progress"));
      } catch {
        told.textContent = "This is no progress file. Choose the progress.json that was downloaded.";
      }
      input.value = ""; // the same file may be chosen again
    });
  }

  /** What is wider than its column can be scrolled by keyboard as well. */
  function bringScrolling() {
    for (const wide of document.querySelectorAll(".wide, .shown"))
      if (wide.scrollWidth > wide.clientWidth + 1) wide.setAttribute("tabindex", "0");
      else wide.removeAttribute("tabindex");
  }

  bringTheme();
  bringScrolling();
  addEventListener("resize", bringScrolling);
  bringSearch();
  bringQuestions();
  bringLinks();
  bringKeeping();
  drawProgress();
  document.addEventListener("progress", drawProgress);
  addEventListener("storage", drawProgress); // another tab has gone on
  live.watch();
  if (document.readyState === "complete") speaking(); else addEventListener("load", () => speaking());

  return { element, button }; // for the scripts that come later
})();
