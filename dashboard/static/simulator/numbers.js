// Numbers as people write them; the same texts as dashboard/wording/numbers.py, letter by letter.

const MINUS = "\u2212"
const DASH = "\u2013"
export const NIL = DASH // where there is nothing to say a figure of
const SCALES = {
  nl: [[1e9, " miljard"], [1e6, " miljoen"], [1, ""]],
  en: [[1e9, " billion"], [1e6, " million"], [1, ""]],
}
const TO = { nl: "tot", en: "to" }

// to the nearest whole number, halves to the even one, as Python's round()
export function round(x) {
  const low = Math.floor(x)
  const part = x - low
  if (part !== 0.5) return part < 0.5 ? low : low + 1
  return low % 2 === 0 ? low : low + 1
}

// Python's format(x, ".nf") of a number that is not negative: halves go to the even digit
export function fixed(x, decimals) {
  const twice = x * 2 ** (decimals + 1)
  const half = Number.isInteger(twice) && Math.abs(twice % 2) === 1
  const text = x.toFixed(decimals)
  if (!half) return text
  // an exact half, such as 0.125 in two decimals: the last digit must be even
  const last = Number(text[text.length - 1])
  if (last % 2 === 0) return text
  return (x - 10 ** -decimals / 2).toFixed(decimals)
}

const some = (text) => /[1-9]/.test(text)

export function number(x, lang, decimals = 0) {
  const [whole, part] = fixed(Math.abs(x), decimals).split(".")
  const [thousand, point] = lang === "nl" ? [".", ","] : [",", "."]
  const text = whole.replace(/\B(?=(\d{3})+$)/g, thousand) + (part ? point + part : "")
  return x < 0 && some(text) ? MINUS + text : text
}

export function signed(x, lang, decimals = 0) {
  const text = number(x, lang, decimals)
  return x <= 0 || !some(text) ? text : `+${text}`
}

export const percent = (x, lang, decimals = 0) => `${number(x * 100, lang, decimals)}%`

export function chance(x, lang) {
  const text = percent(x, lang)
  if ((text === "0%" || text === "100%") && x > 0 && x < 1) return x < 0.5 ? "<1%" : ">99%"
  return text
}

export function decimalsOf(step) {
  let places = 0
  while (places < 9 && Math.abs(step * 10 ** places - round(step * 10 ** places)) > 1e-6) places++
  return places
}

// the power of ten to which a range says anything: a fifth of its width at most, never below one
export function rounding(low, high) {
  const width = Math.abs(high - low)
  if (!(width > 0) || !Number.isFinite(width)) return 1
  return Math.max(1, Number(`1e${(width / 5).toExponential().split("e")[1]}`))
}

function unit(x, lang, step) {
  const scale = SCALES[lang].find(([size]) =>
    size === 1 || (Number(fixed(Math.abs(x) / size, 1)) >= 1 && (!step || step <= 1 || step * 100 >= size)))
  const [size, name] = scale
  if (size === 1) return [size, name, 0]
  if (step) return [size, name, Math.min(2, Math.max(0, round(Math.log10(size / step))))]
  return [size, name, size === 1e9 || Math.abs(x) / size < 99.95 ? 1 : 0]
}

export function euros(x, lang, { step = 0, plus = false, like = null } = {}) {
  const rounded = step ? round(x / step) * step : x
  const [size, name, decimals] = unit(like === null ? rounded : like, lang, step)
  const text = (plus ? signed : number)(rounded / size, lang, decimals)
  return /^[0.,]*$/.test(text) ? `EUR ${text}` : `EUR ${text}${name}`
}

const between = (low, lang) => (low >= 0 ? DASH : ` ${TO[lang]} `)
const ordered = (low, high, step) => [low, high].sort((a, b) => a - b).map((x) => round(x / step) * step)

export function euroRange(first, last, lang) {
  const step = rounding(first, last)
  const [low, high] = ordered(first, last, step)
  const [size, name, decimals] = unit(Math.max(Math.abs(low), Math.abs(high)), lang, step)
  const [a, b] = [low, high].map((x) => number(x / size, lang, decimals))
  return a === b ? `EUR ${a}${name}` : `EUR ${a}${between(low, lang)}${b}${name}`
}

export function estimate({ mean, p2_5, p97_5 }, lang) {
  const like = Math.max(Math.abs(p2_5), Math.abs(p97_5))
  return [euros(mean, lang, { step: rounding(p2_5, p97_5), like }), euroRange(p2_5, p97_5, lang)]
}

export function countRange(first, last, lang) {
  const [low, high] = ordered(first, last, rounding(first, last))
  const [a, b] = [number(low, lang), number(high, lang)]
  return a === b ? a : `${a}${between(low, lang)}${b}`
}

export function count({ mean, p2_5, p97_5 }, lang, plus = false) {
  const step = rounding(p2_5, p97_5)
  return (plus ? signed : number)(round(mean / step) * step, lang)
}

export const millions = (x, lang, decimals = 0, plus = false) =>
  (plus ? signed : number)(x / 1e6, lang, decimals)

export const isShare = (lever) => lever.unit.startsWith("share")

export function levelText(lever, level, lang) {
  if (!isShare(lever)) return number(level, lang)
  return percent(level, lang, Math.max(...[lever.step, level].map((x) => decimalsOf(x * 100))))
}

export function within(name) {
  const start = name.slice(0, 2)
  const upper = start === start.toUpperCase() && start !== start.toLowerCase()
  return upper ? name : name.slice(0, 1).toLowerCase() + name.slice(1)
}
