// --- asking Python for a frame: the newest position only, two questions under way at most ---

const LOST = 10_000; // milliseconds after which an answer will not come any more
const BUSY = "Python has not answered yet, so this picture is not up to date. It goes on by itself " +
  "when Python is free; if Python was restarted, run this cell again.";

/** The conversation of a figure with whoever has Python; silent where nobody has. */
class Asking {
  /**
   * @param {Figure} figure
   * @param {Source | null} source
   */
  constructor(figure, source) {
    this.figure = figure;
    this.source = source;
    this.asked = 0;
    this.painted = 0;
    this.underWay = 0;
    this.waiting = false;
    this.lastAsked = 0;
    this.byHand = 0; // the last question before a slider was moved: drags up to it are out of date
    this.following = false; // while an answer moves the sliders, nothing new is asked
    this.about = false;
    this.patience = 0; // what will tell a learner that Python lets them wait
    this.listen = this.listen.bind(this);
    source?.on(this.listen);
  }

  /** Ask for the frame at the sliders' positions, or where a hand drags a point. */
  frame() {
    if (!this.source) { this.gone(); return; }
    if (performance.now() - this.lastAsked > LOST) this.underWay = 0; // must not hold up for good
    if (this.underWay >= 2) { this.waiting = true; return; }
    this.underWay++;
    this.lastAsked = performance.now();
    this.patience ||= ifNoneComes(() => this.figure.wait(this.source?.busy ?? BUSY));
    const { figure } = this;
    /** @type {FrameQuestion} */
    const question = { ask: "frame", id: ++this.asked, at: figure.positions() };
    if (figure.board) question.heights = figure.board.heights;
    const aim = figure.handles.takeAim();
    if (aim) Object.assign(question, aim);
    this.send(question);
  }

  /** @param {Question} question */
  async send(question) {
    const taken = this.source && await put(this.source, question);
    if (!taken && question.ask === "frame") this.gone();
  }

  /** Nobody will answer any more. */
  gone() {
    this.heard();
    this.underWay = 0;
    this.figure.wait(this.source?.gone ?? GONE);
  }

  /** An answer came, or none will come: nobody has to be patient. */
  heard() {
    clearTimeout(this.patience);
    this.patience = 0;
    this.figure.wait("");
  }

  /** Several sliders may move at once: one question, when all of them have. */
  soon() {
    if (this.about) return;
    this.about = true;
    queueMicrotask(() => {
      this.about = false;
      if (this.figure.table) this.figure.schedule();
      else if (!this.figure.handles.pulling) this.frame();
    });
  }

  /** Ask for all frames. */
  frames() {
    const { board } = this.figure;
    const more = board ? { heights: board.heights, id: board.version } : {};
    this.send({ ask: "frames", ...more });
  }

  /** A slider was moved, and there are no frames here. */
  moved() {
    this.byHand = this.asked;
    this.figure.handles.dropped = null;
    this.soon();
  }

  /**
   * @param {Answer} answer
   * @param {Bytes[]} buffers
   */
  listen(answer, buffers) {
    if ("frames" in answer) this.takeFrames(answer, buffers);
    else if ("background" in answer) this.figure.takeBackground(answer, buffers);
    else if ("frame" in answer) this.takeFrame(answer, buffers);
  }

  /**
   * @param {FramesAnswer} answer
   * @param {Bytes[]} buffers
   */
  takeFrames({ frames, id }, buffers) {
    const { figure } = this;
    if (figure.board && id !== figure.board.version) return; // the frames of an older drawing
    figure.useTable(frames && readTable(frames, buffers[0]));
    figure.schedule();
  }

  /**
   * @param {FrameAnswer} answer
   * @param {Bytes[]} buffers
   */
  takeFrame(answer, buffers) {
    const { figure } = this, { at } = answer;
    this.heard();
    this.underWay = Math.max(0, this.underWay - 1);
    if (answer.frame > this.painted) {
      this.painted = answer.frame;
      const late = answer.dragged && answer.frame <= this.byHand;
      if (!figure.table && !late) {
        if (answer.dragged) this.follow(at);
        const coordinates = readNumbers(buffers[0], figure.count);
        figure.show({ coordinates, texts: answer.texts }, at);
      }
    }
    if (this.waiting) { this.waiting = false; this.frame(); return; }
    if (figure.table || this.underWay || figure.handles.pulling) return;
    // The last answer may be to a question from before a drag had moved the sliders.
    if (figure.differsFrom(at)) this.soon();
  }

  /**
   * A drag that Python answered: the sliders follow.
   * @param {number[]} at
   */
  follow(at) {
    this.following = true;
    const { figure } = this;
    at.forEach((position, i) => {
      if (!figure.turns(i)) figure.move(i, position, !figure.handles.pulling);
    });
    this.following = false;
  }

  leave() {
    clearTimeout(this.patience);
    this.source?.off(this.listen);
  }
}
