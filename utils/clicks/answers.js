// What everything shares that asks Python: whether it is there, and how long to wait for it.

/**
 * @typedef {{comm_live?: boolean}} Known  a model as ipywidgets knows it
 * @typedef {object} Model  what anywidget gives; types.js of the live figure says more
 * @property {(name: string) => any} get
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 * @property {(message: object) => any} send
 * @property {{get_model: (id: string) => Promise<Known>}} widget_manager
 */

const PATIENCE = 1000; // milliseconds after which a learner is told that no answer has come yet

/**
 * @param {string} tag
 * @param {string} name  of its class
 * @param {string} role
 * @returns {HTMLElement}
 */
function element(tag, name, role = "") {
  const made = document.createElement(tag);
  made.className = name;
  if (role) made.setAttribute("role", role);
  return made;
}

/**
 * Whether the kernel that made these buttons is there; a saved notebook opens without it.
 * @param {Model} model
 * @returns {Promise<boolean>}
 */
async function answers(model) {
  try {
    return (await model.widget_manager.get_model(model.get("me"))).comm_live !== false;
  } catch {
    return false;
  }
}
