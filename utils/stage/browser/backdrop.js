// --- what stands still: a picture for each option of the backdrop ---

/**
 * Put a question; whether there is anybody who takes it.
 * @param {Source} source
 * @param {Question} question
 * @returns {Promise<boolean>}
 */
async function put(source, question) {
  try {
    await source.send(question);
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps the pictures that were drawn so far. Where there is none yet, or none that suits the page's
 * theme and sharpness, it is asked for.
 */
class Backdrops {
  /**
   * @param {Spec} spec
   * @param {HTMLImageElement} image
   * @param {Painter} painter
   * @param {Source | null} source
   */
  constructor(spec, image, painter, source) {
    this.spec = spec;
    this.image = image;
    this.painter = painter;
    this.source = source;
    this.wanted = { dark: false, scale: 2 };
    /** @type {Map<number, Required<Background>[]>} */
    this.kept = new Map(); // by option; the newest last
    /** @type {Map<number, {id: number, dark: boolean, scale: number}>} */
    this.asked = new Map(); // by option
    this.requests = 0;
    /** @type {Set<string>} */
    this.ours = new Set(); // addresses made here
    this.showing = "";
  }

  /** @param {Background} background */
  keep({ picture, option = 0, dark = false, scale = 2, axes = this.spec.axes, alt = this.spec.alt }) {
    const before = this.kept.get(option) ?? [], others = before.filter((old) => old.dark !== dark);
    for (const old of before) if (!others.includes(old)) this.forget(String(old.picture));
    let address = picture ?? "";
    if (typeof address !== "string") {
      address = URL.createObjectURL(new Blob([address], { type: "image/png" }));
      this.ours.add(address);
    }
    this.kept.set(option, [...others, { picture: address, option, dark, scale, axes, alt }]);
  }

  /** Whether a dark page can have a dark picture: marks that are light need one below them. */
  canBeDark() {
    return Boolean(this.source) || [...this.kept.values()].flat().some(({ dark }) => dark);
  }

  /**
   * The picture for an option: one that suits, or the best of those that do not.
   * @param {number} option
   */
  best(option) {
    const { dark, scale } = this.wanted, kept = this.kept.get(option) ?? [];
    const same = kept.find((one) => one.dark === dark);
    return { shown: same ?? kept[kept.length - 1], suits: Boolean(same && same.scale >= scale) };
  }

  /**
   * Show the picture of an option; false where there is none yet, and its marks have to wait.
   * @param {number} option
   * @param {number[]} at
   * @returns {boolean}
   */
  show(option, at) {
    const { shown, suits } = this.best(option);
    if (!suits) this.ask(option, at);
    if (!shown) {
      if (this.source) return false;
      this.keepNone(option);
      return this.show(option, at);
    }
    const address = String(shown.picture);
    this.image.style.visibility = address ? "" : "hidden";
    if (address && this.showing !== address) {
      this.image.src = this.showing = address;
      this.image.alt = shown.alt;
    }
    this.painter.use(shown.axes);
    return true;
  }

  /**
   * @param {number} option
   * @param {number[]} at
   */
  ask(option, at) {
    const { dark, scale } = this.wanted, last = this.asked.get(option);
    if (!this.source || (last && last.dark === dark && last.scale === scale)) return;
    this.asked.set(option, { id: ++this.requests, dark, scale });
    put(this.source, { ask: "background", dark, scale, id: this.requests, at });
  }

  /**
   * An option that cannot be drawn: an empty page, with the axes of the picture that came first.
   * @param {number} option
   */
  keepNone(option) {
    const [first] = this.kept.values(), { axes, alt } = first?.[0] ?? this.spec;
    this.keep({ picture: null, option, axes, alt, dark: this.wanted.dark, scale: Infinity });
  }

  /**
   * Take an answer; false where it comes too late.
   * @param {BackgroundAnswer} answer
   * @param {Bytes[]} buffers
   */
  async take({ option, background: id, axes, alt, failed }, buffers) {
    const request = this.asked.get(option);
    if (request?.id !== id) return false; // another one has been asked for since
    if (!failed) {
      // Decoded before it is shown, so that marks and background change together.
      const probe = new Image();
      probe.src = URL.createObjectURL(new Blob([buffers[0]], { type: "image/png" }));
      await probe.decode().catch(() => {});
      URL.revokeObjectURL(probe.src);
      this.keep({ picture: buffers[0], option, axes, alt, dark: request.dark, scale: request.scale });
    } else if (!this.kept.has(option)) {
      this.keepNone(option); // the sentence says what is wrong
    }
    return true;
  }

  /** @param {string} address */
  forget(address) {
    if (this.ours.delete(address)) URL.revokeObjectURL(address);
  }

  leave() {
    [...this.ours].forEach((address) => this.forget(address));
  }
}
