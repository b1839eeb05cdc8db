// --- the play button ---

const STILLS = 6; // steps for whoever prefers less motion,
const STILL_FOR = 700; // each seen for so many milliseconds

/** Moves a slider by itself, until it is pressed again. */
class Player {
  /**
   * @param {Figure} figure
   * @param {PlaySpec} play
   */
  constructor(figure, play) {
    this.figure = figure;
    this.play = play;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    /** @type {{from: number, begun: number, steps: number, done: number, timer: number} | null} */
    this.playing = null;
    this.button = document.createElement("button");
    this.button.className = "stage-button stage-play";
    this.name();
    this.button.addEventListener("click", () => { if (this.playing) this.stop(); else this.start(); });
    figure.layer.addEventListener("pointerdown", () => this.stop());
  }

  name() {
    this.button.textContent = this.playing ? "\u25A0 Stop" : `\u25B6 ${this.play.label}`;
  }

  start() {
    const { control, end } = this.play, { figure } = this;
    const last = figure.spec.controls[control].values.length - 1;
    if (figure.position(control) === end) figure.move(control, last - end, false);
    const steps = this.calm.matches ? STILLS : 0;
    this.playing = { from: figure.position(control), begun: performance.now(), steps, done: 0, timer: 0 };
    this.name();
    this.step();
  }

  step() {
    if (!this.playing) return;
    const { control, end, seconds } = this.play, { from, begun, steps } = this.playing;
    let part = (performance.now() - begun) / (seconds * 1000);
    if (steps) part = ++this.playing.done / steps;
    this.figure.move(control, Math.round(from + (end - from) * Math.min(1, part)), false);
    if (part >= 1) { this.stop(); return; }
    const next = () => this.step();
    this.playing.timer = steps ? setTimeout(next, STILL_FOR) : requestAnimationFrame(next);
  }

  stop() {
    if (!this.playing) return;
    const { steps, timer } = this.playing;
    if (steps) clearTimeout(timer); else cancelAnimationFrame(timer);
    this.playing = null;
    this.name();
    this.figure.sliders[this.play.control].tell();
  }
}
