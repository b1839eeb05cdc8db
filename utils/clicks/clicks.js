// The options of a question as buttons. A click asks Python, which judges it as a typed answer.

/**
 * @typedef {{number: number, letter: string, html: string}} Judged  what was said to a click
 */

const LEAD = "Click an option, or type its letter above:";
const BUSY = "Python has not answered yet. Your click is judged by itself when Python is free; if " +
  "Python was restarted, run this cell again.";
const GONE = "Python does not know these buttons any more: it was restarted, or the notebook is " +
  "from another day. Run this cell again, then click.";

/**
 * The button of one option.
 * @param {string} letter
 * @param {string} html  its text
 * @param {() => void} choose
 * @returns {HTMLElement}
 */
function button(letter, html, choose) {
  const made = element("button", "clicks-option"), name = element("strong", "");
  const text = element("span", "");
  made.setAttribute("type", "button");
  made.dataset.lmSuppressShortcuts = "true"; // else JupyterLab takes Enter and letters
  made.dataset.letter = name.textContent = letter;
  text.innerHTML = html;
  made.append(name, " ", text);
  made.addEventListener("click", choose);
  return made;
}

/**
 * What anywidget calls to show the buttons; gives what takes them away.
 * @param {{model: Model, el: HTMLElement}} context
 */
function render({ model, el }) {
  // The second name is JupyterLab's, by which words look as they do under a typed answer.
  const words = element("div", "clicks-words jp-RenderedHTMLCommon", "status"), lead = element("p", "clicks-lead");
  const group = element("div", "clicks-options", "group"), waits = element("p", "clicks-waits", "status");
  let patience = 0;
  lead.textContent = LEAD;
  group.setAttribute("aria-label", "Options");

  /** @param {string} text  why nothing is judged yet; empty if all is well */
  const wait = (text) => {
    clearTimeout(patience);
    waits.textContent = text;
  };
  /** @param {string} letter */
  const choose = async (letter) => {
    wait("");
    patience = setTimeout(() => wait(BUSY), PATIENCE);
    try {
      if (!await answers(model)) throw new Error("the kernel that made these buttons is gone");
      await model.send({ choose: letter });
    } catch {
      wait(GONE);
    }
  };
  const buttons = /** @type {[string, string][]} */ (model.get("options")).map(
    ([letter, html]) => button(letter, html, () => choose(letter)));
  const show = () => {
    const judged = /** @type {Partial<Judged>} */ (model.get("judged"));
    wait("");
    words.innerHTML = judged.html ?? model.get("words");
    for (const one of buttons)
      one.setAttribute("aria-pressed", String(one.dataset.letter === judged.letter));
  };
  group.append(...buttons);
  const root = element("div", "clicks");
  root.append(words, lead, group, waits);
  el.append(root);
  show();
  model.on("change:judged", show);
  return () => { clearTimeout(patience); model.off("change:judged", show); };
}

export default { render };
