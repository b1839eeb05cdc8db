// What travels between Python and the browser, and what the files here hand to each other. Only
// comments: read by people and by the type checker, never sent to a page.

// --- the spec: what stays the same as long as a figure lives (Stage writes it) ---

/**
 * @typedef {[low: number, high: number, kind: string]} AxisRange  kind: "linear" or "log"
 * @typedef {{left: number, top: number, width: number, height: number, x: AxisRange, y: AxisRange}} Axes
 *   where axes lie, in CSS pixels from the top left of the picture
 */

/** @typedef {{left: number, top: number, width: number, height: number}} Area  in CSS pixels */

/**
 * What all marks have. name: unique in its figure. length: how many numbers of a frame are the
 * mark's. says: whether one of the frame's texts is the mark's. solid: of a mark in space, whose
 * numbers say where it lies there.
 * @typedef {{name: string, colour: string, ax: number, quiet: boolean, length: number, says: boolean, solid?: SolidSpec}} Look
 */
/** @typedef {Look & {kind: "point", drag: number[], label: string, side: string, hollow: boolean, click: boolean | null, clip: boolean}} PointLook */
/** @typedef {Look & {dashed: boolean, width: number}} StrokeLook */
/** @typedef {StrokeLook & {kind: "segment", arrow: boolean}} SegmentLook */
/** @typedef {StrokeLook & {kind: "line"}} LineLook */
/** @typedef {StrokeLook & {kind: "polyline", filled: boolean, edge: number}} PolylineLook */
/** @typedef {Look & {kind: "text", dx: number, dy: number, anchor: Anchor}} TextLook */
/** @typedef {Look & {kind: "caption", side: string}} CaptionLook */
/** @typedef {Look & {kind: "mesh"}} MeshLook */
/** @typedef {PointLook | SegmentLook | LineLook | PolylineLook | TextLook | CaptionLook} DrawnLook */
/** @typedef {DrawnLook | MeshLook} MarkLook */
/** @typedef {"start" | "middle" | "end"} Anchor */

/**
 * A slider, a dropdown or a box to tick. trait: what of its widget holds the value. values: all
 * that it can take, smallest first; for a dropdown its positions. scale: on which scale the value
 * nearest to a typed one is found. decimals, unit: how a value is written. options: the names in
 * a dropdown.
 * @typedef {Object} Control
 * @property {string} name
 * @property {string} label
 * @property {"value" | "index"} trait
 * @property {(number | boolean)[]} values
 * @property {"linear" | "log"} [scale]
 * @property {number} [decimals]
 * @property {string} [unit]
 * @property {string[]} [options]
 */

/**
 * A curve that the learner draws. jump: a step in height at which the line breaks. follow: the
 * control that moves when the learner points along the curve.
 * @typedef {{ax: number, places: number[], y: [number, number], jump: number,
 *   presets: Object<string, number[]>, start: string, follow: number}} CurveSpec
 */
/** @typedef {{control: number, end: number, seconds: number, label: string}} PlaySpec */
/**
 * What turns a view. space: whether its marks lie in space, so that no frame depends on the angles;
 * says: what then stands after the sentence, with two pairs of braces for the angles.
 * @typedef {{across: number, upward: number, ax: number, speed: number, space: boolean, says: string}} TurnSpec
 */

/**
 * Sizes in CSS pixels; sizes.py says what each is.
 * @typedef {Object} Sizes
 * @property {number} font
 * @property {number} letter
 * @property {number} drop
 * @property {number} outline
 * @property {number} margin
 * @property {number} ceiling
 * @property {number} floor
 * @property {Object<string, [dx: number, dy: number, anchor: Anchor]>} sides
 * @property {number} rise
 * @property {number} gap
 * @property {number} row
 * @property {number} foot
 * @property {number} radius
 * @property {number} edge
 * @property {number} halo
 * @property {number} hit
 * @property {number} tremble
 * @property {[number, number]} dash
 * @property {number} head
 * @property {number} pen
 * @property {number} knob
 * @property {number} tint
 * @property {number} mesh
 * @property {string} mesh_lines
 */

/**
 * at: where the sliders stand, as positions in their lists of values; start: where Reset brings
 * them. texts: those of the first frame. projector: whether it is shown as large as the page has
 * room for; widest: how wide that is at most, in CSS. clicks: for each axes that can be clicked, the
 * mark that then goes to the pointer. backdrop: the control that changes what stands still. ramp: the
 * colours of surfaces, on a light page and a dark one; so are colours, paper, and inks, in which words
 * are written. goal: what is said of it until it is reached, and then; null for a figure without one.
 * @typedef {Object} Spec
 * @property {string} title
 * @property {string} alt
 * @property {number} width
 * @property {number} height
 * @property {Axes[]} axes
 * @property {MarkLook[]} marks
 * @property {Control[]} controls
 * @property {Object<string, [light: string, dark: string]>} colours
 * @property {Object<string, [light: string, dark: string]>} inks
 * @property {[light: string, dark: string]} paper
 * @property {PlaySpec | null} play
 * @property {CurveSpec | null} curve
 * @property {number | null} backdrop
 * @property {Object<number, number>} clicks
 * @property {TurnSpec} [turn]
 * @property {number[]} start
 * @property {number[]} at
 * @property {string[]} texts
 * @property {boolean} projector
 * @property {string} widest
 * @property {[aim: string, reached: string] | null} [goal]
 * @property {Sizes} sizes
 * @property {[light: string[], dark: string[]]} [ramp]
 */

// --- marks in space; solids.py says what each kind is and which numbers it has ---

/**
 * on, clear: numbers of marks that come before it.
 * @typedef {{kind: "sheet", rows: number, columns: number}} SheetSpec
 * @typedef {{kind: "part", on: number, hidden: boolean}} PartSpec
 * @typedef {{kind: "along", axis: "x" | "y" | "z", name: boolean, lowest: number | null}} AlongSpec
 * @typedef {{kind: "beyond", clear: number[]}} BeyondSpec
 * @typedef {SheetSpec | PartSpec | AlongSpec | BeyondSpec | {kind: "places" | "edges" | "rules"}} SolidSpec
 */
/** @typedef {{azimuth: number, elevation: number}} Eye  from where a view is seen, in degrees */
/** @typedef {(x: number, y: number, z: number, to: Float64Array | number[], i: number) => void} Project */

// --- frames ---

/** @typedef {[x: number, y: number]} Pixel */
/** @typedef {(x: number, y: number) => Pixel} Place  from data units to pixels */
/** @typedef {{readonly length: number, readonly [i: number]: number, slice(from?: number, to?: number): Numbers}} Numbers */

/**
 * What is seen at one setting of the sliders: the coordinates of all marks in a row (of marks in
 * space, where they lie there), and the texts of those that have one, in a figure with a goal "✓" or "", then the sentence.
 * @typedef {{coordinates: Numbers, texts: string[]}} Frame
 */

/**
 * How frames.py packed all frames. A group holds its channels once for each setting of the sliders
 * `dims`; texts: how many numbers each has, besides the number of its pattern. Channels that are
 * shared show, at each position of the slider `dim`, one or another of the channels from `first` on.
 * digits: whether the numbers of texts are whole, told without their point; not in older tables.
 * @typedef {{dims: number[], channels: number[], dtype: string, offset: number}} Group
 * @typedef {{dim: number, channels: number[], first: number, offset: number}} Shared
 * @typedef {{sizes: number[], width: number, coordinates: number, texts: number[],
 *   patterns: string[], digits?: boolean, groups: Group[], shared?: Shared[]}} Header
 * @typedef {{header: Header, read: (channel: number, at: number[]) => number}} Table
 */

/** @typedef {ArrayBuffer | ArrayBufferView<ArrayBuffer>} Bytes */

// --- questions to Python and its answers ---

/**
 * A frame, where no table travels: at slider positions, or where `mark` is dragged `to` a pixel;
 * then between the positions of the sliders that are `gliding`.
 * @typedef {{ask: "frame", id: number, at: number[], heights?: number[],
 *   mark?: string, to?: number[], dropped?: boolean, gliding?: number[]}} FrameQuestion
 * @typedef {{ask: "frames", heights?: number[], id?: number}} FramesQuestion
 * @typedef {{ask: "background", id: number, dark: boolean, scale: number, at: number[]}} BackgroundQuestion
 * @typedef {FrameQuestion | FramesQuestion | BackgroundQuestion} Question
 */
/**
 * @typedef {{frame: number, at: number[], dragged: boolean, texts: string[]}} FrameAnswer
 *   with the coordinates as its buffer
 * @typedef {{frames: Header | null, id: number}} FramesAnswer  null: too many, the kernel answers
 * @typedef {{background: number, option: number, failed?: boolean, axes: Axes[], alt: string}} BackgroundAnswer
 *   with the picture as its buffer
 * @typedef {FrameAnswer | FramesAnswer | BackgroundAnswer} Answer
 */

// --- what a figure is made of ---

/**
 * One of the figure's controls, whoever shows it. get, set: its value (its trait's). on, off: who
 * is told when it changes, by hand or by set. tell: a hand rests here, so whoever is told of
 * sliders at rest can be told now.
 * @typedef {Object} Slider
 * @property {() => number | boolean | null} get
 * @property {(value: number | boolean) => void} set
 * @property {(listener: () => void) => void} on
 * @property {(listener: () => void) => void} off
 * @property {() => void} tell
 */

/**
 * Whoever answers questions: a kernel, or Python in the page. busy, gone: what is said where it lets
 * somebody wait or is not there, if not what a notebook says.
 * @typedef {Object} Source
 * @property {string} [busy]
 * @property {string} [gone]
 * @property {(question: Question) => void | Promise<unknown>} send  fails where nobody is there
 * @property {(listener: (answer: Answer, buffers: Bytes[]) => void) => void} on
 * @property {(listener: (answer: Answer, buffers: Bytes[]) => void) => void} off
 */

/**
 * Whether a page is dark. watch: calls the listener when that changes; gives what ends it.
 * @typedef {{dark: () => boolean, watch: (listener: () => void) => () => void}} Theme
 */

/**
 * What stands still, for one option of the backdrop (0 where there is none): as bytes of a PNG or
 * as an address. dark: for a dark page. scale: its pixels for each CSS pixel.
 * @typedef {{picture: Bytes | string | null, option?: number, dark?: boolean, scale?: number,
 *   axes?: Axes[], alt?: string}} Background
 */

/**
 * All that a figure is made from. One of `coordinates` (of the first frame) and `table` is needed;
 * source and theme may be left out.
 * @typedef {Object} Given
 * @property {Spec} spec
 * @property {Slider[]} sliders
 * @property {Background[]} backgrounds
 * @property {Bytes} [coordinates]
 * @property {{header: Header, buffer: Bytes}} [table]
 * @property {Source} [source]
 * @property {Theme} [theme]
 */

/**
 * What the events `stage-change` (each time another frame is seen) and `stage-rest` (nothing has
 * moved for a moment) say, in their `detail`.
 * @typedef {{at: number[], values: Object<string, number | boolean | string>, sentence: string}} Seen
 */

/**
 * What draws a mark: its node, and what moves it to pixels (null: a gap) with its text. Texts and
 * areas are given by the axes that are shown. numbers: its coordinates, as the frame has them.
 * @typedef {{node: SVGElement, update: (pixels: (Pixel | null)[], text: string, axes: Axes,
 *   numbers: Numbers) => void}} Drawn
 */

// --- what of the notebook's own is used ---

/**
 * An ipywidgets model, as far as it is used here.
 * @typedef {Object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {(event: string, listener: (...args: any[]) => void) => void} on
 * @property {(event: string, listener: (...args: any[]) => void) => void} off
 * @property {(...args: any[]) => void} save_changes
 * @property {(message: Question) => Promise<unknown>} send
 * @property {boolean} [comm_live]  whether the kernel that made it can be reached
 * @property {{get_model: (id: string) => Promise<Model>}} widget_manager
 */
