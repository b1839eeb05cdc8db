// --- Python in a worker of its own, so that the page never waits for it ---

/**
 * @typedef {{pyodide: string, course: string}} Where  addresses of Pyodide's folder and of the course
 * @typedef {{where: Where} | {number: number, asked: string}} Request
 */

/** @type {{answer: (asked: string, report: (cell: string) => void) => string} | undefined} */
let cells;

/** @param {Where} where */
async function start({ pyodide, course }) {
  postMessage({ loading: "Python", part: 0.05 });
  const { loadPyodide } = await import(`${pyodide}pyodide.mjs`);
  const py = await loadPyodide({ indexURL: pyodide });
  postMessage({ loading: "NumPy", part: 0.6 });
  await py.loadPackage("numpy", { messageCallback: () => {} });
  postMessage({ loading: "the course's judge", part: 0.85 });
  const answer = await fetch(course);
  if (!answer.ok) throw new Error(`${course}: ${answer.status}`);
  py.unpackArchive(await answer.arrayBuffer(), "zip", { extractDir: "/course" });
  py.runPython("import sys; sys.path.insert(0, '/course')");
  cells = py.pyimport("cells").Cells();
  postMessage({ ready: true });
}

onmessage = ({ data }) => {
  /** @param {unknown} error */
  const failed = (error) => postMessage({ failed: String(error) });
  if (data.where) {
    start(data.where).catch(failed);
    return;
  }
  try {
    const report = (/** @type {string} */ cell) => postMessage({ running: cell });
    postMessage({ number: data.number, answer: cells?.answer(data.asked, report) });
  } catch (error) {
    failed(error);
  }
};
