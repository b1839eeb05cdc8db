// --- slides: keys, votes, overview, and the presenter's window ---

const root = document.documentElement;
const WIDTH = 1280, HEIGHT = 720;
const SMALLEST = 0.62; // of the size of letters, where another computer's fonts need more room
/** @type {HTMLElement[]} */
const slides = [...document.querySelectorAll(".slide")];
const speaking = location.hash === "#speaker"; // whether this is the presenter's window
/** @type {Window | null} */
let other = speaking ? window.opener : null; // the other window of the two
let told = !speaking; // whether the presenter's window knows where the slides are
let current = -1;
/** @type {Map<number, {hands: Object<string, number>, revealed: boolean, chosen: string}>} */
const votes = new Map(); // by the place of their slide

/** @param {string} selector @param {ParentNode} within */
const find = (selector, within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));

// --- going from slide to slide ---

/** @param {number} to */
function show(to) {
  const there = Math.max(0, Math.min(slides.length - 1, to));
  if (there !== current) {
    slides[current]?.classList.remove("current");
    current = there;
    slides[current].classList.add("current");
    find("#place").textContent = `${slides[current].getAttribute("aria-label")}: ` +
      slides[current].querySelector("header")?.textContent;
    if (!speaking) history.replaceState(null, "", `#${current + 1}`);
    if (root.classList.contains("overview")) slides[current].scrollIntoView({ block: "nearest" });
  }
  if (speaking) layOut(); else revive(current);
  fit(slides[current]);
  tell();
}

/** On: on a question first to its answer. */
function forward() {
  if (ballotOf(current) && !voteOf(current).revealed) reveal();
  else show(current + 1);
}

/**
 * Let the figures of a slide live, and those of the next one, which is then there at once.
 * @param {number} place
 */
async function revive(place) {
  for (const slide of [slides[place], slides[place + 1]])
    for (const figure of slide?.querySelectorAll("figure.live:not([data-frames='python'])") ?? []) {
      await live.mount(figure);
      fit(slide);
    }
}

/**
 * Letters of this computer may be wider than those that the breaks were measured with: what does not
 * fit is made a little smaller.
 * @param {HTMLElement} slide
 */
function fit(slide) {
  for (const box of slide.querySelectorAll(".body, .beside, .ballot")) {
    const part = /** @type {HTMLElement} */ (box);
    const full = () => part.scrollHeight > part.clientHeight + 1;
    if (part.querySelector(".ballot")) continue; // which shrinks by itself
    if (part.querySelector(".pair")) { shrinkRoom(part, full); continue; }
    const inner = /** @type {HTMLElement} */ (part.firstElementChild);
    let size = 1;
    part.style.setProperty("--fit", "1");
    inner?.style.removeProperty("zoom");
    while (full() && size > SMALLEST) part.style.setProperty("--fit", String(size -= 0.04));
    part.dataset.fit = size.toFixed(2);
    // The last resort, for what has letters of its own: the whole, smaller.
    if (full() && part.matches(".body"))
      inner.style.setProperty("zoom", String(0.98 * part.clientHeight / part.scrollHeight));
  }
}

/**
 * @param {HTMLElement} part
 * @param {() => boolean} full
 */
function shrinkRoom(part, full) {
  const room = find(".room", part);
  if (!room.dataset.width) room.dataset.width = String(parseFloat(room.style.width));
  let width = Number(room.dataset.width);
  room.style.width = `${width}px`;
  while ((full() || room.offsetHeight > part.clientHeight) && width > 360)
    room.style.width = `${width -= 12}px`;
}

/** The slide as large as the window has room for. */
function scale() {
  const by = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
  const left = (innerWidth - WIDTH * by) / 2, top = (innerHeight - HEIGHT * by) / 2;
  find("#deck").style.transform = speaking ? "none" : `translate(${left}px, ${top}px) scale(${by})`;
  if (speaking) layOut();
}

// --- votes ---

/** @param {number} place */
const ballotOf = (place) => /** @type {HTMLElement | null} */ (slides[place]?.querySelector(".ballot"));

/** @param {number} place */
function voteOf(place) {
  const known = votes.get(place) ?? { hands: {}, revealed: false, chosen: "" };
  votes.set(place, known);
  return known;
}

/** @param {number} place */
function paintVote(place) {
  const ballot = ballotOf(place);
  if (!ballot) return;
  const { hands, revealed, chosen } = voteOf(place), most = Math.max(1, ...Object.values(hands));
  ballot.classList.toggle("revealed", revealed);
  const said = find(".said", ballot);
  said.replaceChildren();
  for (const option of ballot.querySelectorAll(".option")) {
    const one = /** @type {HTMLElement} */ (option), letter = one.dataset.letter ?? "", count = hands[letter] ?? 0;
    const number = one.querySelector(".hands"), bar = /** @type {HTMLElement | null} */ (one.querySelector(".bar"));
    if (number) number.textContent = count ? String(count) : "";
    if (bar) bar.style.width = `${100 * count / most}%`;
    const shown = revealed && letter === chosen;
    if (revealed) one.setAttribute("aria-pressed", String(shown)); else one.removeAttribute("aria-pressed");
    if (!shown) continue;
    const words = /** @type {HTMLTemplateElement} */ (one.parentElement?.querySelector("template"));
    said.append(words.content.cloneNode(true));
    said.classList.toggle("right", "right" in one.dataset);
  }
  fit(slides[place]);
}

/**
 * A hand for an option or, once the answer is there, what the judge says to it.
 * @param {string} letter
 * @param {number} by
 */
function vote(letter, by) {
  const state = voteOf(current);
  if (state.revealed) state.chosen = letter;
  else if (!ballotOf(current)?.matches(".open")) state.hands[letter] = Math.max(0, (state.hands[letter] ?? 0) + by);
  paintVote(current);
  tell();
}

function reveal() {
  const state = voteOf(current), ballot = ballotOf(current);
  if (!ballot || state.revealed) return;
  state.revealed = true;
  state.chosen = /** @type {HTMLElement | null} */ (ballot.querySelector("[data-right]"))?.dataset.letter ?? "";
  paintVote(current);
  tell();
}

// --- the two windows ---

/** Tell the other window what is seen here. */
function tell() {
  if (told && other && !other.closed) {
    const seen = { slide: current, votes: [...votes], black: root.classList.contains("black") };
    other.postMessage({ deck: slides.length, seen }, "*");
  }
}

window.addEventListener("message", ({ source, data }) => {
  if (!other || source !== other || data?.deck !== slides.length) return;
  if (data.hello) { tell(); return; }
  told = true;
  const { slide, votes: counted, black } = data.seen;
  counted.forEach((/** @type {[number, any]} */ [place, state]) => votes.set(place, state));
  if (!speaking) root.classList.toggle("black", black);
  const before = other;
  other = null; // what is only repeated is not told back
  show(slide);
  paintVote(current);
  other = before;
});

function openSpeaker() {
  const address = location.href.split("#")[0];
  other = window.open(`${address}#speaker`, "speaker", "width=1200,height=760");
  if (!other) find("#place").textContent = "The browser has blocked the presenter's window: allow pop-ups for this file.";
}

// --- the presenter's window ---

let begun = 0; // when the clock was started

function makeDesk() {
  root.classList.add("speaker");
  const desk = document.createElement("div");
  desk.id = "desk";
  desk.innerHTML = '<div class="clock"><span>it is <span class="now"></span></span>' +
    '<span class="plan"></span><b class="gone">0:00</b><button title="Start the clock anew">anew</button></div><div class="told" tabindex="0"></div>';
  document.body.append(desk);
  find("button", desk).addEventListener("click", () => { begun = Date.now(); tick(); });
  begun = Date.now();
  setInterval(tick, 1000);
  tick();
}

function tick() {
  const gone = Math.floor((Date.now() - begun) / 1000), plan = find(".plan");
  find(".gone").textContent = `${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")}`;
  find(".now").textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const until = Number(noteOf(current)?.dataset.until ?? 0);
  plan.textContent = `section until ${until} min`;
  plan.classList.toggle("late", gone > 60 * until);
}

/** @param {number} place */
const noteOf = (place) => /** @type {HTMLElement | null} */ (
  document.querySelector(`.notes[data-section="${slides[place]?.dataset.section}"]`));

/** This slide on the left, the next one on the right, notes below. */
function layOut() {
  if (current < 0) return;
  const gap = 12, wide = (innerWidth - 3 * gap) * 0.58, narrow = innerWidth - 3 * gap - wide;
  slides.forEach((slide, i) => {
    const next = i === current + 1;
    slide.classList.toggle("next", next);
    if (i !== current && !next) return;
    const width = next ? narrow : wide;
    slide.style.left = `${next ? 2 * gap + wide : gap}px`;
    slide.style.top = `${next ? 60 : gap}px`;
    slide.style.transform = `scale(${width / WIDTH})`;
  });
  const words = find(".told"), under = gap + wide * HEIGHT / WIDTH + gap, beside = 60 + narrow * HEIGHT / WIDTH + gap;
  const note = noteOf(current), key = String(slides[current].dataset.section);
  if (words.dataset.section !== key) {
    words.dataset.section = key;
    words.innerHTML = note?.innerHTML ?? "";
    words.scrollTop = 0;
  }
  const below = innerHeight - under > 260; // room under this slide, or else under the next one
  Object.assign(words.style, below
    ? { left: `${gap}px`, top: `${under}px`, width: `${innerWidth - 2 * gap}px`, height: `${innerHeight - under - gap}px` }
    : { left: `${2 * gap + wide}px`, top: `${beside}px`, width: `${narrow}px`, height: `${innerHeight - beside - gap}px` });
  if (below && beside > under) Object.assign(words.style, { width: `${wide}px` });
  tick();
}

// --- keys ---

const across = () => Math.max(1, Math.floor((innerWidth - 22) / 338));

function help(open = find("#help").hidden) {
  find("#help").hidden = !open;
}

/** @param {boolean} [on] */
function overview(on = !root.classList.contains("overview")) {
  root.classList.toggle("overview", on);
  if (on) slides[current].scrollIntoView({ block: "center" });
  else scale();
}

/** @type {Object<string, () => void>} */
const DEEDS = {
  on: forward,
  back: () => show(current - 1),
  overview: () => overview(),
  speaker: openSpeaker,
  help: () => help(),
};

/**
 * What a key does; false where it does nothing here.
 * @param {string} key
 * @returns {boolean}
 */
function press(key) {
  const inOverview = root.classList.contains("overview"), row = across();
  const ballot = ballotOf(current);
  switch (key) {
    case "ArrowRight": case "PageDown": case " ":
      if (inOverview) show(current + 1); else forward();
      return true;
    case "ArrowLeft": case "PageUp": show(current - 1); return true;
    case "ArrowDown": if (inOverview) show(current + row); else forward(); return true;
    case "ArrowUp": show(current - (inOverview ? row : 1)); return true;
    case "Home": show(0); return true;
    case "End": show(slides.length - 1); return true;
    case "Enter":
      if (inOverview) overview(false); else if (ballot) reveal(); else return false;
      return true;
    case "Escape": if (!find("#help").hidden) help(false); else if (!speaking) overview(); return true;
    case "o": case "O": if (!speaking) overview(); return true;
    case "?": help(); return true;
    case ".": root.classList.toggle("black"); tell(); return true;
    case "t": case "T": root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; return true;
    case "s": case "S": if (!speaking) openSpeaker(); return true;
    case "f": case "F":
      if (document.fullscreenElement) document.exitFullscreen(); else root.requestFullscreen?.();
      return true;
  }
  const letter = key.toLowerCase();
  if (!inOverview && key.length === 1 && ballot?.querySelector(`[data-letter="${CSS.escape(letter)}"]`)) {
    vote(letter, key === letter ? 1 : -1);
    return true;
  }
  return false;
}

const CLICKER = ["PageDown", "PageUp"]; // what clickers send: they turn slides wherever the focus is

window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inside = event.target instanceof Element && event.target !== document.body ? event.target : null;
  const clicker = CLICKER.includes(event.key);
  if (!clicker && event.defaultPrevented) return;
  if (inside && !clicker && event.key !== "Escape") {
    if (inside.matches("input, select, textarea, .stage-handle, .stage-nudge")) return; // it is theirs
    if (inside.matches("button, a") && [" ", "Enter"].includes(event.key)) return;
  }
  if (!press(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });

// A slider that was moved by a pointer gives the arrows back to the slides.
window.addEventListener("pointerup", ({ target }) => setTimeout(() => {
  const { activeElement: active } = document;
  if (target instanceof Element && active instanceof HTMLElement && active !== document.body &&
      !active.matches("select, .told") && (active.contains(target) || target.contains(active))) active.blur();
}));

document.addEventListener("click", (event) => {
  const { target } = event;
  if (!(target instanceof Element)) return;
  if (root.classList.contains("overview")) {
    const slide = target.closest(".slide");
    if (slide) { show(slides.indexOf(/** @type {HTMLElement} */ (slide))); overview(false); }
    return;
  }
  const deed = target.closest("[data-do]"), option = target.closest(".option");
  if (deed instanceof HTMLElement) DEEDS[deed.dataset.do ?? ""]?.();
  else if (target.closest(".reveal")) reveal();
  else if (option instanceof HTMLElement) vote(option.dataset.letter ?? "", event.shiftKey ? -1 : 1);
  else if (!find("#help").hidden) help(false);
});

/** @type {[x: number, y: number] | null} */
let touched = null;
document.addEventListener("touchstart", (event) => {
  const free = event.target instanceof Element && !event.target.closest(".stage, .stage-controls, button");
  touched = free && event.touches.length === 1 ? [event.touches[0].clientX, event.touches[0].clientY] : null;
}, { passive: true });
document.addEventListener("touchend", (event) => {
  if (!touched) return;
  const { clientX, clientY } = event.changedTouches[0], across = clientX - touched[0];
  if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(clientY - touched[1])) {
    if (across < 0) forward(); else show(current - 1);
  }
});

// --- begin ---

root.classList.add("js");
if (speaking) makeDesk();
window.addEventListener("resize", scale);
window.addEventListener("hashchange", () => { if (!speaking) show((parseInt(location.hash.slice(1)) || 1) - 1); });
window.addEventListener("beforeprint", () => slides.forEach(fit));
scale();
show(speaking ? 0 : (parseInt(location.hash.slice(1)) || 1) - 1);
document.fonts?.ready.then(() => fit(slides[current]));
if (speaking) other?.postMessage({ deck: slides.length, hello: true }, "*");
