// Practice: a problem, a field for the answer, and what is said to it. Python judges.

/**
 * @typedef {object} View  what Python shows; texts are HTML
 * @property {number} number  of the problem
 * @property {"open" | "right" | "shown" | "over"} state
 * @property {string} heading
 * @property {string} title
 * @property {string} remark
 * @property {string} statement
 * @property {string} shown  tables and pictures
 * @property {string} asks  what stands before the field
 * @property {string} example  what may be typed
 * @property {[string, string][]} options
 * @property {boolean} help  whether there are hints
 * @property {string[]} hints
 * @property {number} more  hints that have not been seen
 * @property {string} solution
 * @property {string} said
 * @property {boolean} right
 */

const BUSY = "Python has not answered yet. What you did is judged by itself when Python is free; if " +
  "Python was restarted, run this cell again.";
const GONE = "Python does not know this problem any more: it was restarted, or the notebook is " +
  "from another day. Run this cell again for a fresh one.";
let panels = 0; // for names that no two panels share

/**
 * @param {string} text
 * @param {string} name  of its class
 * @param {() => void} press
 * @returns {HTMLButtonElement}
 */
function pressed(text, name, press) {
  const made = /** @type {HTMLButtonElement} */ (element("button", name));
  made.type = "button";
  made.innerHTML = text;
  made.addEventListener("click", press);
  return made;
}

/** The parts of a panel that stay, and what fills them. */
class Panel {
  /**
   * @param {HTMLElement} parent
   * @param {(what: string, text?: string) => void} ask
   */
  constructor(parent, ask) {
    const name = `practice-${++panels}`;
    this.ask = ask;
    this.number = -1;
    this.root = element("section", "practice");
    this.root.setAttribute("aria-label", "Practice");
    this.root.dataset.lmSuppressShortcuts = "true"; // else JupyterLab takes Enter and letters
    this.heading = element("p", "practice-heading");
    this.problem = element("div", "practice-problem jp-RenderedHTMLCommon");
    this.problem.id = `${name}-problem`;
    this.form = element("div", "practice-form");
    this.label = element("label", "practice-asks");
    this.label.setAttribute("for", `${name}-field`);
    this.field = /** @type {HTMLInputElement} */ (element("input", "practice-field"));
    this.field.id = `${name}-field`;
    this.field.autocomplete = "off";
    this.field.spellcheck = false;
    this.field.setAttribute("autocapitalize", "off");
    this.field.setAttribute("aria-describedby", this.problem.id);
    this.check = pressed("Check", "practice-button practice-main", () => this.give());
    this.form.append(this.label, this.field, this.check);
    this.options = element("div", "practice-options", "group");
    this.options.setAttribute("aria-describedby", this.problem.id);
    this.said = element("div", "practice-said jp-RenderedHTMLCommon", "status");
    this.help = element("div", "practice-help jp-RenderedHTMLCommon", "status");
    this.waits = element("p", "practice-waits", "status");
    const row = element("div", "practice-row");
    this.hint = pressed("Hint", "practice-button", () => ask("hint"));
    this.solution = pressed("Solution", "practice-button", () => ask("solution"));
    this.next = pressed("Next problem", "practice-button", () => ask("next"));
    row.append(this.hint, this.solution, this.next);
    this.root.append(this.heading, this.problem, this.form, this.options, this.said, this.help, row, this.waits);
    parent.append(this.root);
    // No form that submits itself: notebooks keep Enter from doing that.
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && !this.field.readOnly) this.give();
    });
    this.root.addEventListener("keydown", (event) => this.letter(event));
  }

  /** Have judged what stands in the field. */
  give() {
    this.ask("answer", this.field.value);
  }

  /**
   * A letter chooses the option of that letter.
   * @param {KeyboardEvent} event
   */
  letter(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === this.field) return;
    const wanted = [...this.options.querySelectorAll("button")].find(
      (one) => one.dataset.letter === event.key.toLowerCase());
    if (wanted && !wanted.disabled) {
      event.preventDefault();
      wanted.click();
    }
  }

  /**
   * Show what Python says. `moves`: whether the learner asked for it here, so that the keyboard may go on.
   * @param {View} view
   * @param {boolean} moves
   */
  show(view, moves) {
    const another = view.number !== this.number || view.state === "over";
    this.number = view.number;
    this.waits.textContent = "";
    this.heading.innerHTML = view.heading;
    if (another) this.pose(view);
    this.said.innerHTML = view.said ?? "";
    const hints = (view.hints ?? []).map((hint, i) => `<div><strong>Hint ${i + 1}.</strong>${hint}</div>`).join("");
    const way = view.solution ? `<div><strong>The way.</strong>${view.solution}</div>` : "";
    this.help.innerHTML = hints + way;
    const open = view.state === "open";
    this.field.readOnly = !open;
    this.check.hidden = !open;
    for (const one of this.options.querySelectorAll("button")) one.disabled = !open;
    this.hint.hidden = !open || !view.help || !view.more;
    this.solution.hidden = !open || !view.help;
    this.next.hidden = view.state === "over";
    this.next.textContent = open ? "Skip" : "Next problem";
    this.next.classList.toggle("practice-main", !open);
    if (moves) this.focus(view, another);
  }

  /**
   * A problem of its own: statement, and a field or options.
   * @param {View} view
   */
  pose(view) {
    const title = view.title ? `<h4>${view.title}</h4>` : "";
    this.problem.innerHTML = title + (view.remark ?? "") + view.statement + (view.shown ?? "");
    const options = view.options ?? [], over = view.state === "over";
    this.form.hidden = over || options.length > 0;
    this.label.textContent = view.asks ?? "";
    this.field.value = "";
    this.field.placeholder = view.example ?? "";
    this.options.hidden = over || !options.length;
    this.options.setAttribute("aria-label", `${view.asks}: options`);
    this.options.replaceChildren(...options.map(([letter, text]) => {
      const one = pressed(`<strong>${letter}</strong> <span>${text}</span>`, "practice-option", () => {
        for (const other of this.options.querySelectorAll("button"))
          other.setAttribute("aria-pressed", String(other === one));
        this.ask("answer", letter);
      });
      one.dataset.letter = letter;
      one.setAttribute("aria-pressed", "false");
      return one;
    }));
  }

  /**
   * Where the keyboard goes on: to the answer of a new problem, else to what comes after.
   * @param {View} view
   * @param {boolean} another
   */
  focus(view, another) {
    if (view.state === "over") {
      this.problem.tabIndex = -1;
      this.problem.focus();
    } else if (view.state !== "open") {
      this.next.focus();
    } else if (another || this.root.ownerDocument.activeElement === this.root.ownerDocument.body) {
      const first = this.options.hidden ? this.field : this.options.querySelector("button");
      first?.focus();
    } else if (this.hint.hidden && this.root.ownerDocument.activeElement === this.hint) {
      this.solution.focus();
    } else if (!this.form.hidden && view.said && !view.right && this.root.ownerDocument.activeElement === this.check) {
      this.field.focus();
    }
  }
}

/**
 * What anywidget calls to show the panel; gives what takes it away.
 * @param {{model: Model, el: HTMLElement}} context
 */
function render({ model, el }) {
  let patience = 0, asked = false;
  const panel = new Panel(el, async (what, text = "") => {
    const { number } = /** @type {View} */ (model.get("view"));
    clearTimeout(patience);
    panel.waits.textContent = "";
    patience = setTimeout(() => { panel.waits.textContent = BUSY; }, PATIENCE);
    asked = true;
    try {
      if (!await answers(model)) throw new Error("the kernel that made this problem is gone");
      await model.send({ do: what, number, text });
    } catch {
      clearTimeout(patience);
      panel.waits.textContent = GONE;
    }
  });
  const show = () => {
    clearTimeout(patience);
    panel.show(/** @type {View} */ (model.get("view")), asked);
    asked = false;
  };
  show();
  model.on("change:view", show);
  return () => { clearTimeout(patience); model.off("change:view", show); };
}

export default { render };
