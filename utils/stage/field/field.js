// A line to type a formula in. Python reads it, draws, and says what it says; see __init__.py.

const BUSY = "Python has not answered yet. It goes on by itself when Python is free.";

let fields = 0; // so that each label names its own line

/**
 * What anywidget calls to show a FormulaField; gives what takes it away.
 * @param {{model: any, el: HTMLElement}} context
 */
async function render({ model, el }) {
  const own = await model.widget_manager.get_model(model.get("me")).catch(() => null);
  const form = document.createElement("div"), label = document.createElement("label");
  const line = document.createElement("input"), draw = document.createElement("button");
  const says = document.createElement("span");
  form.className = "formula-field";
  line.id = `formula-field-${++fields}`;
  label.htmlFor = line.id;
  label.textContent = `your own ${model.get("called")} =`;
  Object.assign(line, { type: "text", autocomplete: "off", spellcheck: false, maxLength: 200,
    placeholder: model.get("example") });
  line.setAttribute("aria-describedby", `${line.id}-says`);
  says.id = `${line.id}-says`;
  says.className = "formula-says";
  says.setAttribute("role", "status");
  draw.type = "button";
  draw.textContent = "Draw";
  // Letters typed here are no commands to the notebook around it.
  for (const node of [line, draw]) node.setAttribute("data-lm-suppress-shortcuts", "true");
  form.append(label, line, draw, says);
  el.append(form);

  let asked = 0, patience = 0;
  const say = (/** @type {string} */ words, /** @type {boolean} */ wrong) => {
    says.textContent = words;
    line.setAttribute("aria-invalid", String(wrong));
  };
  const heard = (/** @type {any} */ answer) => {
    if (answer.id !== asked) return; // to a formula that was typed over since
    clearTimeout(patience);
    say(answer.said, answer.wrong);
  };
  line.value = model.get("typed");
  say(model.get("said"), false);
  const ask = async () => {
    clearTimeout(patience);
    if (own?.comm_live === false) { say(GONE, false); return; }
    patience = ifNoneComes(() => say(BUSY, false));
    try {
      await model.send({ formula: line.value, id: ++asked });
    } catch {
      clearTimeout(patience);
      say(GONE, false);
    }
  };
  draw.addEventListener("click", ask);
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation(); // to the notebook, Enter means its cell
    ask();
  });
  model.on("msg:custom", heard);
  return () => { clearTimeout(patience); model.off("msg:custom", heard); form.remove(); };
}

export default { render };
