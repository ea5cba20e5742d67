// The engine in the browser: levels in, mean, range and chance out; the same figures as the model.
// An ES module of plain functions; it asks nothing of the page and nothing of the network.

export class EngineError extends Error {
  name = "EngineError"
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n
})

function crc32(bytes) {
  let crc = 0xffffffff
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]) & 255] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

// columns.bin: a line of JSON, then the draws of each column (see models/browser/columns.py)
export function decode(buffer) {
  const bytes = new Uint8Array(buffer)
  const end = bytes.indexOf(10)
  if (end < 0) throw new EngineError("columns: this is not a file of columns")
  let head
  try {
    head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))
  } catch {
    throw new EngineError("columns: this is not a file of columns")
  }
  const data = bytes.subarray(end + 1)
  if (crc32(data) !== head.crc32) throw new EngineError("columns: the file is damaged (checksum)")
  return { head, columns: read(head, data) } // all draws of a column, one column after another
}

function read({ encoding, draws, columns, lows, steps }, data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const size = { float64: 8, float32: 4, fixed24: 3, fixed16: 2 }[encoding]
  if (!size || data.byteLength !== size * draws * columns) {
    throw new EngineError("columns: the file is not as long as it says")
  }
  const values = new Float64Array(columns * draws)
  for (let k = 0, at = 0; k < columns; k++) {
    const from = k * draws * size
    for (let i = 0; i < draws; i++, at++) {
      if (encoding === "float64") values[at] = view.getFloat64(8 * at, true)
      else if (encoding === "float32") values[at] = view.getFloat32(4 * at, true)
      else {
        let whole = 0
        for (let plane = 0; plane < size; plane++) whole = whole * 256 + data[from + plane * draws + i]
        values[at] = lows[k] + steps[k] * whole
      }
    }
  }
  return values
}

// bytes from the letters of a page: base 85 as Python's b85encode writes it, with , for <
const LETTERS =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~"

export function bytesOf(text) {
  const values = new Uint8Array(128)
  for (let i = 0; i < LETTERS.length; i++) values[LETTERS.charCodeAt(i)] = i
  const length = text.length
  const bytes = new Uint8Array(Math.ceil(length / 5) * 4)
  for (let i = 0, at = 0; i < length; i += 5, at += 4) {
    let value = 0
    for (let j = 0; j < 5; j++) value = value * 85 + (i + j < length ? values[text.charCodeAt(i + j)] : 84)
    bytes[at] = value / 16777216
    bytes[at + 1] = (value / 65536) & 255
    bytes[at + 2] = (value / 256) & 255
    bytes[at + 3] = value & 255
  }
  const rest = length % 5
  return rest ? bytes.slice(0, bytes.length - (5 - rest)).buffer : bytes.buffer
}

// the sum in pairs, as NumPy adds: the same bits
function sum(values, from, n) {
  if (n < 8) {
    let total = -0
    for (let i = 0; i < n; i++) total += values[from + i]
    return total
  }
  if (n > 128) {
    let half = n >> 1
    half -= half % 8
    return sum(values, from, half) + sum(values, from + half, n - half)
  }
  let [r0, r1, r2, r3] = [values[from], values[from + 1], values[from + 2], values[from + 3]]
  let [r4, r5, r6, r7] = [values[from + 4], values[from + 5], values[from + 6], values[from + 7]]
  const end = from + n - (n % 8)
  for (let i = from + 8; i < end; i += 8) {
    r0 += values[i]
    r1 += values[i + 1]
    r2 += values[i + 2]
    r3 += values[i + 3]
    r4 += values[i + 4]
    r5 += values[i + 5]
    r6 += values[i + 6]
    r7 += values[i + 7]
  }
  let total = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7))
  for (let i = end; i < from + n; i++) total += values[i]
  return total
}

export const mean = (values) => sum(values, 0, values.length) / values.length

// Puts the k-th smallest of values[left..right] at k, smaller ones before it and larger ones after it: Floyd and
// Rivest's SELECT (Communications of the ACM 18, 1975, 172-173), which first looks for a good pivot in a sample.
function select(values, left, right, k) {
  while (right > left) {
    if (right - left > 600) {
      const n = right - left + 1
      const m = k - left + 1
      const z = Math.log(n)
      const s = 0.5 * Math.exp((2 * z) / 3)
      const spread = 0.5 * Math.sqrt((z * s * (n - s)) / n) * Math.sign(m - n / 2)
      const from = Math.max(left, Math.floor(k - (m * s) / n + spread))
      select(values, from, Math.min(right, Math.floor(k + ((n - m) * s) / n + spread)), k)
    }
    const pivot = values[k]
    let i = left
    let j = right
    values[k] = values[left]
    values[left] = pivot
    if (values[right] > pivot) [values[left], values[right]] = [values[right], values[left]]
    while (i < j) {
      const swapped = values[i]
      values[i++] = values[j]
      values[j--] = swapped
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
    }
    if (values[left] === pivot) {
      values[left] = values[j]
      values[j] = pivot
    } else {
      j++
      const swapped = values[j]
      values[j] = values[right]
      values[right] = swapped
    }
    if (j <= k) left = j + 1
    if (k <= j) right = j - 1
  }
}

// the value at `rank` between the two draws around it, of values[left..right] whose place is that of the whole in order
function ranked(values, left, right, rank) {
  const below = Math.floor(rank)
  select(values, left, right, below)
  const low = values[below]
  let high = below < right ? values[below + 1] : low
  for (let i = below + 2; i <= right; i++) if (values[i] < high) high = values[i]
  return low + (high - low) * (rank - below)
}

const SAMPLE = new Float64Array(256) // draws that tell about where the ends lie; one array, so that none is left behind

// The ends of the interval as the model takes percentiles, straight between the two draws around the rank. A sample
// guesses limits beyond which the ends lie for certain; only what is beyond them is put in order. A guess that leaves
// out too much is not used: then all draws are put in order. work: as many numbers, which are overwritten. Without a
// branch by draw: a processor guesses those wrong.
export function ends(values, work = new Float64Array(values.length)) {
  const last = values.length - 1
  const [first, second] = [0.025 * last, 0.975 * last]
  const sample = values.length < SAMPLE.length ? values.slice() : SAMPLE
  for (let i = 0; i < sample.length; i++) sample[i] = values[Math.floor((i * values.length) / sample.length)]
  sample.sort()
  const margin = Math.ceil(0.025 * sample.length + 4 * Math.sqrt(0.025 * sample.length))
  const [under, over] = [sample[margin], sample[sample.length - 1 - margin]]
  let low = 0
  let high = values.length
  for (let i = 0; i <= last; i++) {
    const value = values[i]
    work[low] = value
    work[high - 1] = value
    low += (value < under) | 0
    high -= (value > over) | 0
  }
  if (under < over && low > Math.floor(first) + 1 && high <= Math.floor(second)) {
    return [ranked(work, 0, low - 1, first), ranked(work, high, last, second)]
  }
  work.set(values)
  return [ranked(work, 0, last, first), ranked(work, Math.floor(first), last, second)]
}

const NIL = { mean: 0, p2_5: 0, p97_5: 0 }

export function summary(values, work) {
  let first = 0
  while (values[first] === 0) first++
  if (first === values.length) return NIL // what no lever touches: most figures, most of the time
  const [p2_5, p97_5] = ends(values, work)
  return { mean: mean(values), p2_5, p97_5 }
}

const PIECE = 1000 // draws at a time, so that what one block leaves for another is still near

// The values of a program of the engine for the levels that it was moved to last. A move works out only the blocks
// that follow a level which is another than before.
class State {
  constructor({ stored, blocks }, { columns, draws, smallest }, names, onlyFirst = false) {
    const array = () => new Float64Array(draws)
    Object.assign(this, { columns, draws, smallest, names, at: null, turn: 0 })
    this.blocks = onlyFirst ? blocks.filter(([, , forFirst]) => forFirst) : blocks
    this.memory = new Float64Array((stored + names.length) * draws)
    this.arrays = names.map((_, k) => this.memory.subarray((stored + k) * draws, (stored + k + 1) * draws))
    this.changes = names.map(() => null)
    this.known = names.map(() => ({}))
    this.work = array()
    this.places = new Map(names.map((name, place) => [name, place]))
  }

  move(levels) {
    this.turn++
    const { at, columns, memory, draws } = this
    const moved = at ? this.blocks.filter(([levers]) => levers.some((k) => levels[k] !== at[k])) : this.blocks
    this.at = null // until all is worked out
    for (let from = 0; from < draws; from += PIECE) {
      const to = Math.min(draws, from + PIECE)
      for (const [, , , loop] of moved) loop(levels, columns, memory, draws, from, to)
    }
    for (const [, places] of moved) for (const place of places) this.known[place] = {}
    this.at = levels
  }

  place(name) {
    const place = this.places.get(name)
    if (place === undefined) throw new EngineError(`unknown figure: ${name}`)
    return place
  }
}

// The figures of a state; those of today keep their draws, the others are told until the state is moved again.
class Figures {
  constructor(state, base = null) {
    Object.assign(this, { state, names: state.names, turn: state.turn, base: base || this })
    if (!base) this.arrays = state.arrays.map((values) => values.slice())
    this.known = base ? null : state.names.map(() => ({}))
  }

  at(name) {
    const { state, known } = this
    if (!known && this.turn !== state.turn) throw new EngineError("these figures are of levels that were left")
    const place = state.place(name)
    return [place, (known || state.known)[place]]
  }

  draws(name) {
    const [place] = this.at(name)
    return (this.arrays || this.state.arrays)[place]
  }

  // draws of the difference with today, and how many are less, more, or any change at all
  counted(name) {
    const [place, known] = this.at(name)
    if (known.counted) return known.counted
    const { draws, smallest, changes } = this.state
    const [before, after] = [this.base.draws(name), this.draws(name)]
    const values = this.arrays ? new Float64Array(draws) : (changes[place] ??= new Float64Array(draws))
    let less = 0
    let more = 0
    let any = 0
    for (let i = 0; i < draws; i++) {
      const value = after[i] - before[i]
      values[i] = value
      less += (value < -smallest) | 0 // without a branch by draw, which a processor guesses wrong
      more += (value > smallest) | 0
      any += (Math.abs(value) >= smallest) | 0
    }
    return (known.counted = { values, less, more, any })
  }

  difference(name) {
    return this.counted(name).values
  }

  after(name) {
    const [, known] = this.at(name)
    return (known.after ??= summary(this.draws(name), this.state.work))
  }

  change(name) {
    const [, known] = this.at(name)
    return (known.change ??= summary(this.difference(name), this.state.work))
  }

  saving(name) {
    return this.counted(name).less / this.state.draws
  }

  costing(name) {
    return this.counted(name).more / this.state.draws
  }

  // whether any draw differs by more than rounding
  changed(name) {
    return this.counted(name).any > 0
  }
}

export class Engine {
  // engine: the module engine.js; columns: the bytes of columns.bin; description: engine.json
  constructor({ engine, columns, description }) {
    const { head, columns: decoded } = decode(columns)
    for (const [name, id] of [["columns.bin", head.id], ["engine.json", description.id]]) {
      if (id !== engine.id) {
        throw new EngineError(
          `${name} belongs to another engine (${id}, not ${engine.id}): no answer is given`,
        )
      }
    }
    this.programs = engine
    this.columns = decoded
    this.draws = head.draws
    this.description = description
    this.smallest = description.smallest // EUR: less is rounding
    this.levers = new Map(description.levers.map((lever) => [lever.id, lever]))
    this.states = {}
  }

  levels(given) {
    for (const [name, level] of Object.entries(given)) {
      const lever = this.levers.get(name)
      if (!lever) throw new EngineError(`unknown lever: ${name}`)
      if (typeof level !== "number" || !(level >= lever.min && level <= lever.max)) {
        throw new EngineError(`${name}: ${level} is not a level from ${lever.min} to ${lever.max}`)
      }
    }
    return this.description.levers.map(({ id, today }) => (id in given ? given[id] : today))
  }

  // the state of a part, and its figures at today
  part(part) {
    if (!this.states[part]) {
      const state = new State(this.programs[part], this, this.description.outputs[part].map(({ id }) => id))
      state.move(this.levels({}))
      this.states[part] = { state, base: new Figures(state) }
    }
    return this.states[part]
  }

  // the figures of these levels; they are told until the next run of the same part
  run(given, part = "inForce") {
    const levels = this.levels(given)
    const { state, base } = this.part(part)
    state.move(levels)
    return new Figures(state, base)
  }

  // the difference in the first figure, total cost, of one lever with the others at today
  alone(name, level) {
    const levels = this.levels({ [name]: level })
    const { base } = this.part("inForce")
    const [first] = base.names
    this.single ??= new State(this.programs.inForce, this, base.names, true)
    this.single.move(levels)
    const change = new Figures(this.single, base).change(first)
    return { change: () => change }
  }
}
