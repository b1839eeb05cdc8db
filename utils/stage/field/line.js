// The line under a figure in which a formula is typed: in a notebook, and on a page.

let fields = 0; // so that each label names its own line

/**
 * A line to type a formula in; `ask` is called when one is to be drawn.
 * @param {{called: string, example: string, typed: string, said: string}} about  see __init__.py
 * @param {(formula: string) => void} ask
 * @returns {{form: HTMLElement, line: HTMLInputElement, says: HTMLElement,
 *   say: (words: string, wrong: boolean) => void}}  say: what stands behind the line
 */
function formulaLine({ called, example, typed, said }, ask) {
  const form = document.createElement("div"), label = document.createElement("label");
  const line = document.createElement("input"), draw = document.createElement("button");
  const says = document.createElement("span");
  form.className = "formula-field";
  line.id = `formula-field-${++fields}`;
  label.htmlFor = line.id;
  label.textContent = `your own ${called} =`;
  Object.assign(line, { type: "text", autocomplete: "off", spellcheck: false, maxLength: 200,
    placeholder: example, value: typed });
  line.setAttribute("autocapitalize", "off");
  line.setAttribute("aria-describedby", `${line.id}-says`);
  says.id = `${line.id}-says`;
  says.className = "formula-says";
  says.setAttribute("role", "status");
  draw.type = "button";
  draw.textContent = "Draw";
  // Letters typed here are no commands to the notebook around it.
  for (const node of [line, draw]) node.setAttribute("data-lm-suppress-shortcuts", "true");
  form.append(label, line, draw, says);
  /** @param {string} words @param {boolean} wrong */
  const say = (words, wrong) => {
    says.textContent = words;
    line.setAttribute("aria-invalid", String(wrong));
  };
  say(said, false);
  draw.addEventListener("click", () => ask(line.value));
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation(); // to the notebook, Enter means its cell
    ask(line.value);
  });
  return { form, line, says, say };
}
