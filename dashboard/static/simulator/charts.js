// Pictures of differences: money saved to the right and solid, money spent to the left and hatched.
import { s, set } from "./dom.js"

// a round size that holds `value`: 1, 1.5, 2, 3, 5 or 7.5 times a power of ten
export function roundUp(value) {
  if (!(value > 0)) return 1
  const size = 10 ** Math.floor(Math.log10(value))
  return size * [1, 1.5, 2, 3, 5, 7.5, 10].find((step) => step * size >= value * (1 - 1e-9))
}

// a scale that only grows while a hand is on a lever, so that bars do not jump
export class Scale {
  constructor(least) {
    this.least = this.size = least
  }

  hold(value, moving) {
    const wanted = Math.max(this.least, roundUp(value))
    this.size = moving ? Math.max(this.size, wanted) : wanted
    return this.size
  }
}

export const hatch = (id) =>
  s("svg", { class: "sim-defs", width: 0, height: 0, "aria-hidden": "true", focusable: "false" },
    s("defs", {},
      s("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        s("rect", { width: 6, height: 6, class: "sim-paper" }),
        s("rect", { width: 3, height: 6, class: "sim-cost" }))))

const percent = (part) => `${part.toFixed(3)}%`
const at = (value, size) => 50 - (value / size) * 50 // less money to the right

// the shapes of a picture, made once; `names` are its tags
function shapes(svg, ...names) {
  if (!svg.shapes) {
    svg.shapes = names.map((name) => s(name))
    svg.replaceChildren(...svg.shapes)
  }
  return svg.shapes
}

const HIDDEN = { width: 0, class: "" }
const filled = (saves, id) => ({ class: saves ? "sim-save" : "sim-spent", fill: saves ? "" : `url(#${id})` })

// one bar from nil to the mean, with its range behind it
export function bar(svg, { mean, p2_5, p97_5 }, size, id) {
  const [range, body, nil] = shapes(svg, "rect", "rect", "line")
  const [left, right] = [at(p97_5, size), at(p2_5, size)].map((x) => Math.min(100, Math.max(0, x)))
  set(range, right - left > 0.01
    ? { x: percent(left), width: percent(right - left), y: 1, height: 18, class: "sim-range" }
    : HIDDEN)
  const end = at(mean, size)
  set(body, Math.abs(end - 50) > 0.05
    ? { x: percent(Math.min(end, 50)), width: percent(Math.abs(end - 50)), y: 4, height: 12, ...filled(mean < 0, id) }
    : HIDDEN)
  set(nil, { x1: "50%", x2: "50%", y1: 0, y2: 20, class: "sim-nil" })
}

// a column a payer for a narrow screen: up is less money, down and hatched is more
export function columns(svg, means, size, id) {
  const [wide, gap, half] = [14, 6, 24]
  const bodies = shapes(svg, ...means.map(() => "rect"), "line")
  set(svg, { viewBox: `0 0 ${means.length * (wide + gap)} ${half * 2}` })
  means.forEach((mean, i) => {
    const high = Math.min(1, Math.abs(mean) / size) * (half - 2)
    const tall = Math.max(2, high)
    set(bodies[i], high < 0.2
      ? HIDDEN
      : { x: i * (wide + gap), width: wide, y: mean < 0 ? half - tall : half, height: tall, ...filled(mean < 0, id) })
  })
  set(bodies.at(-1), { x1: 0, x2: means.length * (wide + gap), y1: half, y2: half, class: "sim-nil" })
}

// the range of the whole on the width of a usual year's movement
export function strip(svg, { mean, p2_5, p97_5 }, movement, size) {
  const [usual, more, less, nil, dot] = shapes(svg, "rect", "rect", "rect", "line", "circle")
  const span = (shape, low, high, y, height, kind) => set(shape, high > low
    ? { x: percent(at(high, size)), width: percent(at(low, size) - at(high, size)), y, height, class: kind }
    : HIDDEN)
  span(usual, -movement, movement, 4, 24, "sim-band")
  span(more, Math.max(0, p2_5), p97_5, 14, 4, "sim-cost")
  span(less, p2_5, Math.min(0, p97_5), 14, 4, "sim-save")
  set(nil, { x1: "50%", x2: "50%", y1: 0, y2: 32, class: "sim-nil" })
  const kind = mean < 0 ? "sim-save" : mean > 0 ? "sim-cost" : "sim-even"
  set(dot, { cx: percent(at(mean, size)), cy: 16, r: 7, class: `sim-dot ${kind}` })
}

// 40 calculations as circles, from what costs most (left) to what saves most (right)
export const CIRCLES = 40

export function circles(svg, values, movement, id) {
  const size = Math.max(roundUp(Math.max(...values.map(Math.abs), 1)), movement * 1.1)
  const columns = 36
  const stacked = new Map()
  const dots = values.map((value) => {
    const column = Math.min(columns - 1, Math.max(0, Math.floor(((1 - value / size) / 2) * columns)))
    const row = stacked.get(column) || 0
    stacked.set(column, row + 1)
    return { value, column, row }
  })
  const high = Math.max(...stacked.values())
  const gap = Math.min(17, 210 / high)
  const [band, nil, ...places] = shapes(svg, "rect", "line", ...values.map(() => "circle"))
  set(band, {
    x: percent(at(movement, size)), width: percent(at(-movement, size) - at(movement, size)), y: 0, height: 230, class: "sim-band",
  })
  set(nil, { x1: "50%", x2: "50%", y1: 0, y2: 230, class: "sim-nil" })
  dots.forEach(({ value, column, row }, i) => set(places[i], {
    cx: percent(((column + 0.5) / columns) * 100), cy: 222 - row * gap, r: Math.min(7, gap / 2 - 0.5),
    ...(value ? filled(value < 0, id) : { class: "sim-band", fill: "" }),
  }))
  return values.filter((value) => value < 0).length
}
