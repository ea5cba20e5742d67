// The buttons under a chart, folded until asked for. Everything is made here, in the reader's browser, from the chart that
// is on the page: the server draws nothing and the page does not run again.

const PATIENCE = 10_000 // milliseconds; a button never hangs
const KINDS = ["png", "square", "svg", "csv", "html", "link", "citation"]
const EXTENSION = {square: "png"}
const bars = new WeakMap()

export default function ({data, parentElement}) {
  const bar = bars.get(parentElement) ?? built(parentElement)
  bar.chart = data
  bar.said.textContent = ""
  const words = WORDS[data.lang]
  bar.intro.textContent = words.use
  bar.intro.setAttribute("aria-label", `${words.use}: ${data.title}`)
  for (const button of bar.buttons) {
    button.textContent = words[button.dataset.kind]
    button.setAttribute("aria-label", `${words[button.dataset.kind]}: ${data.title}`)
  }
}

function built(root) {
  const [fold, intro, row, said] = ["details", "summary", "div", "p"].map(
    (name) => document.createElement(name))
  const bar = {row, intro, said}
  bar.said.setAttribute("role", "status")
  bar.buttons = KINDS.map((kind) => {
    const button = document.createElement("button")
    button.type = "button"
    button.dataset.kind = kind
    button.onclick = () => pressed(bar, kind)
    return button
  })
  row.append(...bar.buttons)
  fold.append(intro, row, said)
  root.append(fold)
  bars.set(root, bar)
  return bar
}

async function pressed(bar, kind) {
  if (bar.busy) return
  const {chart} = bar
  const words = WORDS[chart.lang]
  bar.busy = true
  bar.said.textContent = words.busy
  try {
    bar.said.textContent = await within(PATIENCE, done(kind, chart, words))
  } catch (error) {
    console.warn(error)
    bar.said.textContent = words[error.message] ?? words.failed
  }
  bar.busy = false
}

function within(time, promise) {
  return Promise.race([promise, new Promise((_, failed) =>
    setTimeout(() => failed(new Error("slow")), time))])
}

async function done(kind, chart, words) {
  if (kind === "link" || kind === "citation") {
    const link = `${location.origin}${location.pathname}?${chart.query}`
    await copied(kind === "link" ? link : cited(chart, words, link))
    return chart.partly ? words.copied_partly : words.copied
  }
  const name = `${chart.name}${kind === "square" ? `_${words.square_file}` : ""}`
  const file = `${name}.${EXTENSION[kind] ?? kind}`
  save(await content(kind, chart, words), file)
  return `${words.saved} ${file}`
}

// The words of a citation with its holes, <title> and the like, filled in.
function cited(chart, words, link) {
  const filled = {...chart, link, licence: LICENCE, year: chart.date.slice(0, 4)}
  return words.cited.replace(/<(\w+)>/g, (_, name) => filled[name])
}

async function content(kind, chart, words) {
  if (kind === "csv") return new Blob([chart.csv.mark, table(chart.csv)], {type: "text/csv"})
  const {library, figure} = await onPage(chart.stamp)
  const origin = `${words.origin} ${location.origin}${location.pathname}?${chart.query}`
  const whole = {...chart, origin}
  const all = [library, figure, whole, TEMPLATE]
  if (kind === "svg") return new Blob([await asSvg(...all, "wide")], {type: "image/svg+xml"})
  if (kind === "html") return new Blob([await asHtml(...all, EMBED)], {type: "text/html"})
  return asPng(...all, kind === "square" ? "square" : "wide")
}

// Every row ends in what the table is of: scenario, hash, source, date; sent once.
function table({rows, about}) {
  return rows.map((row, number) => `${row}${about[Math.min(number, 1)]}\r\n`).join("")
}

// The figure with these very numbers. A chart that is still being redrawn is waited for.
async function onPage(stamp) {
  for (let tries = 0; tries < 60; tries++) {
    const found = [...document.querySelectorAll(".js-plotly-plot")].find(
      (plot) => plot.layout?.meta?.stamp === stamp)
    if (found && window.Plotly?.toImage)
      return {library: window.Plotly, figure: {data: found.data, layout: found.layout}}
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error("no_library")
}

function save(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
  } catch { // no permission, or a page without https
    const area = document.createElement("textarea")
    area.value = text
    document.body.append(area)
    area.select()
    const worked = document.execCommand("copy")
    area.remove()
    if (!worked) throw new Error("no_copy")
  }
}
