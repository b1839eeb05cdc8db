// The line for a formula in a notebook: Python reads it, draws, and says what it says.

const BUSY = "Python has not answered yet. It goes on by itself when Python is free.";

/**
 * What anywidget calls to show a FieldWidget; gives what takes it away.
 * @param {{model: any, el: HTMLElement}} context
 */
async function render({ model, el }) {
  const own = await model.widget_manager.get_model(model.get("me")).catch(() => null);
  let asked = 0, patience = 0;
  const ask = async (/** @type {string} */ formula) => {
    clearTimeout(patience);
    if (own?.comm_live === false) { say(GONE, false); return; }
    patience = ifNoneComes(() => say(BUSY, false));
    try {
      await model.send({ formula, id: ++asked });
    } catch {
      clearTimeout(patience);
      say(GONE, false);
    }
  };
  const [called, example, typed, said] = ["called", "example", "typed", "said"].map((name) => model.get(name));
  const { form, say } = formulaLine({ called, example, typed, said }, ask);
  el.append(form);
  const heard = (/** @type {any} */ answer) => {
    if (answer.id !== asked) return; // to a formula that was typed over since
    clearTimeout(patience);
    say(answer.said, answer.wrong);
  };
  model.on("msg:custom", heard);
  return () => { clearTimeout(patience); model.off("msg:custom", heard); form.remove(); };
}

export default { render };
