// --- Python in a worker of its own, so that the page never waits for it ---

/**
 * Addresses of Pyodide's folder, of the hashes of its packages, of the course's judge and of its
 * figures; and the hash of each file of Pyodide's core.
 * @typedef {{pyodide: string, lock: string, core: Record<string, string>, course: string,
 *   figures: string}} Where
 * @typedef {{where: Where} | {number: number, call: string, asked: string}} Request
 */

/** @type {any} */
let py;
/** @type {Where} */
let where;
/** @type {any} */
let cells;

/** @param {string} words @param {number} part @param {boolean} [draws] */
const tell = (words, part, draws = false) => postMessage({ loading: words, part, draws });

/** @param {string} address */
async function unpack(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  py.unpackArchive(await answer.arrayBuffer(), "zip", { extractDir: "/course" });
}

async function start() {
  tell("Python", 0.05);
  // No other Python than the one that the tests know. What was fetched is not fetched again.
  await Promise.all(Object.entries(where.core).map(async ([name, integrity]) =>
    (await fetch(where.pyodide + name, { integrity })).arrayBuffer()));
  const { loadPyodide } = await import(`${where.pyodide}pyodide.mjs`);
  py = await loadPyodide({ indexURL: where.pyodide, lockFileURL: where.lock });
  tell("NumPy", 0.6);
  await py.loadPackage("numpy", { messageCallback: () => {} });
  tell("the course's judge", 0.85);
  await unpack(where.course);
  py.runPython("import sys; sys.path.insert(0, '/course')");
  cells = py.pyimport("cells").Cells();
  postMessage({ ready: true });
}

/** What draws: needed by figures and plots alone. */
async function learnToDraw() {
  tell("what draws", 0.05, true);
  await py.loadPackage("matplotlib", { messageCallback: () => {} });
  tell("the course's figures", 0.5, true);
  await unpack(where.figures);
  tell("what draws", 0.6, true);
  py.runPython(`import importlib, logging, os
os.environ["MPLBACKEND"] = "Agg"
logging.getLogger("matplotlib").setLevel(logging.ERROR)
importlib.invalidate_caches()
import matplotlib.pyplot`);
  cells.draw_from_now_on();
}

/** @param {{number: number, call: string, asked: string}} request */
async function answer({ number, call, asked }) {
  const report = (/** @type {string} */ cell) => postMessage({ running: cell });
  const ask = () => {
    const pair = cells.answer(call, asked, report), [text, buffers] = pair.toJs();
    pair.destroy();
    return { text, buffers };
  };
  let { text, buffers } = ask();
  if (text === '{"needs": "figures"}') {
    try {
      await learnToDraw();
    } catch (error) {
      const why = String(/** @type {Error} */ (error).message).trim().split("\n").pop();
      postMessage({ number, error: `What draws could not be loaded, so the page goes on without it. Reason: ${why}` });
      return;
    }
    ({ text, buffers } = ask());
  }
  postMessage({ number, answer: text, buffers }, buffers.map((/** @type {Uint8Array} */ one) => one.buffer));
}

/** @type {Promise<void>} */
let before = Promise.resolve(); // one after the other: while what draws is loaded, others wait

onmessage = ({ data }) => {
  before = before.then(() => {
    if (!data.where) return answer(data).catch((error) => {
      if (error?.constructor?.name !== "PythonError") throw error; // after which nothing can be relied on
      postMessage({ number: data.number, error: error.message.trim().split("\n").pop() });
    });
    where = data.where;
    return start();
  }).catch((error) => postMessage({ failed: String(error) }));
};
