// Run tests/judged.py in Pyodide: node pyodide_run.mjs PYODIDE COURSE_ZIP FIGURES_ZIP TESTS CHAPTER …

import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodide, course, figures, tests, ...chapters] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const py = await loadPyodide({ indexURL: `${pyodide}/` });
await py.loadPackage("matplotlib", { messageCallback: () => {} });
for (const zip of [course, figures])
  py.unpackArchive(new Uint8Array(fs.readFileSync(zip)).buffer, "zip", { extractDir: "/course" });
py.FS.mkdirTree("/course/tests");
py.mountNodeFS("/course/tests", tests);
py.globals.set("chapters", py.toPy(chapters));
const program = `
import json, logging, os, sys
os.environ["MPLBACKEND"] = "Agg"
logging.getLogger("matplotlib").setLevel(logging.ERROR)
sys.path.insert(0, "/course")
from tests.judged import verdicts
json.dumps(verdicts(chapters))
`;
try {
  process.stdout.write(py.runPython(program));
} catch (error) {
  console.error(error.message); // without the source of Pyodide, which Node would show
  process.exit(1);
}
