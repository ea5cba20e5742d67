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
  return { head, columns: read(head, data) }
}

function read({ encoding, draws, columns, lows, steps }, data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const size = { float64: 8, float32: 4, fixed24: 3, fixed16: 2 }[encoding]
  if (!size || data.byteLength !== size * draws * columns) {
    throw new EngineError("columns: the file is not as long as it says")
  }
  return Array.from({ length: columns }, (_, k) => {
    const column = new Float64Array(draws)
    const from = k * draws * size
    for (let i = 0; i < draws; i++) {
      if (encoding === "float64") column[i] = view.getFloat64(from + 8 * i, true)
      else if (encoding === "float32") column[i] = view.getFloat32(from + 4 * i, true)
      else {
        let whole = 0
        for (let plane = 0; plane < size; plane++) whole = whole * 256 + data[from + plane * draws + i]
        column[i] = lows[k] + steps[k] * whole
      }
    }
    return column
  })
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
  const r = [0, 1, 2, 3, 4, 5, 6, 7].map((j) => values[from + j])
  let i = 8
  for (; i < n - (n % 8); i += 8) for (let j = 0; j < 8; j++) r[j] += values[from + i + j]
  let total = r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]))
  for (; i < n; i++) total += values[from + i]
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

// percentiles as the model takes them, straight between the two draws around the rank; parts from low to high
export function quantiles(values, parts) {
  const work = values.slice()
  const last = work.length - 1
  let start = 0 // what lies before it is smaller than all that comes
  return parts.map((part) => {
    const rank = (part / 100) * last
    const below = Math.floor(rank)
    select(work, start, last, below)
    const low = work[below]
    let high = below < last ? work[below + 1] : low
    for (let i = below + 2; i <= last; i++) if (work[i] < high) high = work[i]
    start = below
    return low + (high - low) * (rank - below)
  })
}

const NIL = { mean: 0, p2_5: 0, p97_5: 0 }

export function summary(values) {
  let first = 0
  while (values[first] === 0) first++
  if (first === values.length) return NIL // what no lever touches: most figures, most of the time
  const [p2_5, p97_5] = quantiles(values, [2.5, 97.5])
  return { mean: mean(values), p2_5, p97_5 }
}

const share = (values, test) => {
  let n = 0
  for (let i = 0; i < values.length; i++) if (test(values[i])) n++
  return n / values.length
}

class Figures {
  // what one function of the engine gives for some levels, beside the same at today
  constructor(names, draws, base, smallest) {
    this.names = names
    this.smallest = smallest // EUR: less is rounding
    this.arrays = names.map(() => new Float64Array(draws))
    this.base = base || this
    this.known = new Map()
  }

  place(name) {
    const at = this.names.indexOf(name)
    if (at < 0) throw new EngineError(`unknown figure: ${name}`)
    return at
  }

  draws(name) {
    return this.arrays[this.place(name)]
  }

  once(kind, name, make) {
    const key = `${kind} ${name}`
    if (!this.known.has(key)) this.known.set(key, make())
    return this.known.get(key)
  }

  // draws of the difference with today
  difference(name) {
    return this.once("difference", name, () => {
      const before = this.base.draws(name)
      const change = this.draws(name).slice()
      for (let i = 0; i < change.length; i++) change[i] -= before[i]
      return change
    })
  }

  after(name) {
    return this.once("after", name, () => summary(this.draws(name)))
  }

  change(name) {
    return this.once("change", name, () => summary(this.difference(name)))
  }

  saving(name) {
    return this.once("saving", name, () => share(this.difference(name), (value) => value < -this.smallest))
  }

  costing(name) {
    return this.once("costing", name, () => share(this.difference(name), (value) => value > this.smallest))
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
    this.functions = engine
    this.columns = decoded
    this.draws = head.draws
    this.description = description
    this.levers = new Map(description.levers.map((lever) => [lever.id, lever]))
    this.bases = {}
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

  figures(part, names, given, base) {
    const found = new Figures(names, this.draws, base, this.description.smallest)
    this.functions[part](this.levels(given), this.columns, this.draws, found.arrays)
    return found
  }

  base(part, names) {
    this.bases[part] ??= this.figures(part, names, {}, null)
    return this.bases[part]
  }

  run(given, part = "inForce") {
    const names = this.description.outputs[part].map(({ id }) => id)
    return this.figures(part, names, given, this.base(part, names))
  }

  // the difference in total cost of one lever, the others at today
  alone(name, level) {
    const base = this.base("total", ["total"])
    return this.figures("total", ["total"], { [name]: level }, base)
  }
}
