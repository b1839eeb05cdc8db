// The browser's half of a live figure. Python sends a picture that stands still, a list of marks,
// and, where they are few enough, the frames: every mark's numbers for every slider position.
// A slider or a drag then moves the marks from numbers held here; otherwise whoever has Python is
// asked, newest position only, two questions under way at most.

// --- frames that travel: the table that frames.py packs ---

/**
 * The bytes alone, from the start of a buffer of their own, as numbers of 4 or 8 bytes need it.
 * @param {Bytes} bytes
 * @returns {ArrayBuffer}
 */
function alone(bytes) {
  if (bytes instanceof ArrayBuffer) return bytes;
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** @type {Object<string, typeof Float64Array | typeof Float32Array | typeof Int16Array>} */
const KINDS = { "<f8": Float64Array, "<f4": Float32Array, "<i2": Int16Array };

/**
 * @param {Header} header
 * @param {Bytes} buffer
 * @returns {Table}
 */
function readTable(header, buffer) {
  const bytes = alone(buffer);
  /** @type {{strides: [dim: number, stride: number][], values: Numbers, count: number, k: number}[]} */
  const home = [];
  for (const { dims, channels, dtype, offset } of header.groups) {
    /** @type {[number, number][]} */
    const strides = [];
    let rows = 1;
    for (const dim of [...dims].reverse()) {
      strides.push([dim, rows]);
      rows *= header.sizes[dim];
    }
    const Kind = KINDS[dtype];
    const values = new Kind(bytes, offset, rows * channels.length);
    channels.forEach((channel, k) => { home[channel] = { strides, values, count: channels.length, k }; });
  }
  /** @type {{dim: number, first: number, picks: Uint16Array, count: number, k: number}[]} */
  const shared = [];
  for (const { dim, channels, first, offset } of header.shared ?? []) { // saved notebooks may have none
    const count = channels.length;
    const picks = new Uint16Array(bytes, offset, header.sizes[dim] * count);
    channels.forEach((channel, k) => { shared[channel] = { dim, first, picks, count, k }; });
  }
  return {
    header,
    read(channel, at) {
      const from = shared[channel];
      if (from) channel = from.first + from.picks[at[from.dim] * from.count + from.k];
      const { strides, values, count, k } = home[channel];
      let row = 0;
      for (const [dim, stride] of strides) row += at[dim] * stride;
      return values[row * count + k];
    },
  };
}

/**
 * One frame's coordinates as Python sends them: eight bytes each, or four where they are many.
 * @param {Bytes} bytes
 * @param {number} count
 * @returns {Numbers}
 */
function readNumbers(bytes, count) {
  const Kind = bytes.byteLength === 4 * count ? Float32Array : Float64Array;
  return new Kind(alone(bytes));
}

/**
 * Digits and a minus sign as an exponent.
 * @param {string} text
 */
function raised(text) {
  const digits = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";
  return [...text].map((letter) => (letter === "-" ? "\u207B" : digits[Number(letter)])).join("");
}

/**
 * A pattern with its numbers filled in, each with the decimals and the minus sign it is shown with.
 * @param {string} pattern
 * @param {() => number} next  the digits of the next number, or in older tables the number
 * @param {boolean} [digits]
 * @returns {string}
 */
function joinText(pattern, next, digits = true) {
  return pattern.replace(/\x00([0-9a-f])([hmr])/g, (_, places, minus) => {
    const decimals = parseInt(places, 16), value = next() / (digits ? Number(`1e${decimals}`) : 1);
    const text = Math.abs(value).toFixed(decimals);
    if (minus === "r") return raised((value < 0 ? "-" : "") + text);
    return (value < 0 ? (minus === "h" ? "-" : "\u2212") : "") + text;
  });
}

/**
 * @param {Table} table
 * @param {number[]} at  slider positions
 * @returns {Frame}
 */
function frameAt({ header, read }, at) {
  /** @type {number[]} */
  const coordinates = [];
  for (let c = 0; c < header.coordinates; c++) coordinates.push(read(c, at));
  let channel = header.coordinates;
  const texts = header.texts.map((slots) => {
    const pattern = header.patterns[read(channel, at)];
    let k = channel + 1;
    channel += 1 + slots;
    return joinText(pattern, () => read(k++, at), header.digits ?? false);
  });
  return { coordinates, texts };
}

/**
 * A frame between those at slider positions, with the texts of the nearest: what a hand sees that
 * drags a point from one position to the next. What is not seen in both stays where it is.
 * @param {Table} table
 * @param {number[]} at
 * @param {[slider: number, part: number][]} parts  how far each slider is on its way, from -1 to 1
 * @returns {Frame}
 */
function frameBetween(table, at, parts) {
  const { coordinates, texts } = frameAt(table, at);
  const between = Array.from({ length: coordinates.length }, (_, c) => coordinates[c]);
  for (const [i, part] of parts) {
    const next = at.map((position, k) => (k === i ? position + Math.sign(part) : position));
    for (let c = 0; c < between.length; c++) {
      const way = table.read(c, next) - coordinates[c];
      if (Number.isFinite(way)) between[c] += Math.abs(part) * way;
    }
  }
  return { coordinates: between, texts };
}
