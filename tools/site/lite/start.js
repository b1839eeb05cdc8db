// --- what JupyterLite's kernel takes for Pyodide: Pyodide, which also knows the course ---
// The kernel's worker is a plain script, and loads this as one: a module it would not find.

/**
 * @typedef {{file_name: string}} Package  and what else Pyodide's lock file says of one
 * @typedef {{runPython: (source: string) => unknown}} Pyodide
 * @typedef {{packages: Record<string, Package>}} Packages
 * @typedef {Packages & {first: string[], env: Record<string, string>, address: string,
 *   lock: string, core: Record<string, string>}} Ours  the last three: where Pyodide is, its own
 *   packages, and the hash of each of its other files
 */

// Else the first cell that draws says that matplotlib looks for its fonts.
const QUIET = "import logging\nlogging.getLogger('matplotlib.font_manager').setLevel(logging.ERROR)";

/**
 * Start Pyodide with the packages of `packages.json` beside its own, so that `import utils` finds
 * them, and with all that a lesson needs already loaded.
 * @param {{indexURL: string}} options  what the kernel asks for; the address is this file's folder
 */
async function loadPyodide(options) {
  const here = options.indexURL;
  /** @param {string} address */
  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  };
  /** @type {Ours} */
  const ours = await read(new URL("packages.json", here).href);
  const indexURL = new URL(ours.address, here).href;
  /** @type {Packages} */
  const lock = await read(new URL(ours.lock, here).href);
  await Promise.all(Object.entries(ours.core).map(async ([name, integrity]) =>
    (await fetch(indexURL + name, { integrity })).arrayBuffer())); // and is not fetched again
  /** @type {{loadPyodide: (options: object) => Promise<Pyodide>}} */
  const real = await import(`${indexURL}pyodide.mjs`);
  for (const [name, known] of Object.entries(ours.packages)) {
    lock.packages[name] = { ...known, file_name: new URL(known.file_name, here).href };
  }
  const file = new Blob([JSON.stringify(lock)], { type: "application/json" });
  const pyodide = await real.loadPyodide({
    ...options,
    indexURL,
    lockFileURL: URL.createObjectURL(file),
    packages: ours.first,
    env: ours.env,
  });
  pyodide.runPython(QUIET);
  return pyodide;
}
