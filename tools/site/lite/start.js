// --- what JupyterLite's kernel takes for Pyodide: Pyodide, which also knows the course ---
// The kernel's worker is a plain script, and loads this as one: a module it would not find.

/**
 * @typedef {{file_name: string}} Package  and what else Pyodide's lock file says of one
 * @typedef {{runPython: (source: string) => unknown}} Pyodide
 * @typedef {{packages: Record<string, Package>}} Packages
 * @typedef {Packages & {first: string[], env: Record<string, string>}} Ours
 */

const PYODIDE = "{{pyodide}}"; // its folder, seen from this file; written in by the build

// Else the first cell that draws says that matplotlib looks for its fonts.
const QUIET = "import logging\nlogging.getLogger('matplotlib.font_manager').setLevel(logging.ERROR)";

/**
 * Start Pyodide with the packages of `packages.json` beside its own, so that `import utils` finds
 * them, and with all that a lesson needs already loaded.
 * @param {{indexURL: string}} options  what the kernel asks for; the address is this file's folder
 */
async function loadPyodide(options) {
  const here = options.indexURL, indexURL = new URL(PYODIDE, here).href;
  /** @param {string} address */
  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  };
  /** @type {[{loadPyodide: (options: object) => Promise<Pyodide>}, Packages, Ours]} */
  const [real, lock, ours] = await Promise.all([
    import(`${indexURL}pyodide.mjs`),
    read(`${indexURL}pyodide-lock.json`),
    read(new URL("packages.json", here).href),
  ]);
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
