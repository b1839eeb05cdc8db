// How long somebody waits for Python, and what is said where it is gone: a figure and its field share it.

const PATIENCE = 1000; // milliseconds
const GONE = "Python does not know this figure any more: it was restarted, or the notebook is from " +
  "another day. Run this cell again to bring the figure back.";

/**
 * Tell a learner, after a while, that no answer has come yet. Gives what clearTimeout takes.
 * @param {() => void} tell
 * @returns {number}
 */
function ifNoneComes(tell) {
  return window.setTimeout(tell, PATIENCE);
}
