// From a chart and its words to the files that leave the page: SVG, PNG and a frozen HTML page.
// The page and the command line run this same text. `chart` is what dashboard/documents/chart_files.py describes;
// `figure` is the Plotly figure. Texts are only ever set as text, so none of them can be markup.

const SVG = "http://www.w3.org/2000/svg"
const DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
const SIZES = {
  wide: {width: 1200, height: 675, title: 32, subtitle: 19, foot: 15},
  square: {width: 1080, height: 1080, title: 38, subtitle: 22, foot: 16},
  tall: {width: 1080, height: 1350, title: 44, subtitle: 27, foot: 19, sharpness: 1}, // for telephones
  card: {width: 1200, height: 630, title: 34, subtitle: 20, foot: 15, sharpness: 1}, // of a shared link
}
const BODIES = {wide: {width: 860, side: true}, narrow: {width: 360, side: false}}
const SHARPNESS = 2 // pixels of a PNG for each unit of the SVG
const EDGE = 40
const LEGIBLE = 1.3 // how far a chart is enlarged at least, where its height is free
const NODE = 19 // size in print of a label that has room beside a flow
const LINE = 1.25 // line height
const TITLE = [[1, 0.9], [2, 0.78], [3, 0]] // lines, and how small a letter may be for them
const NAMES = 540 // most room for a name beside its bar
const ROW = {line: 17, space: 6, axis: 56, bar: 0.62, gap: 12} // names beside their bars
const OVER = {bar: 14, thickest: 22, space: 9, least: 0.85} // names over them
const THIN = {bar: 9, space: 3} // the same where there are many rows of dots
const IDLE = {"fill-opacity": "1", "stroke-opacity": "1", opacity: "1", "vector-effect": "none"}
const NEVER = "script, foreignObject, image, iframe, a, animate, set" // nothing of ours draws these

const LETTERS = new FontFace("Rug Sans", `url(${FONT_ADDRESS})`, {weight: "400 700"})

// Measuring needs the font in the page; a picture carries it in itself.
async function letters() {
  if (LETTERS.status === "unloaded") document.fonts.add(LETTERS)
  await LETTERS.load()
}

const pen = document.createElement("canvas").getContext("2d")

function width(text, size, weight = "") {
  pen.font = `${weight} ${size}px ${FONT}`
  return pen.measureText(text).width
}

// "EUR 172 miljoen" and "CC BY 4.0" are never broken.
const SPACE = /(?<!\b(?:EUR|CC|BY))\s+(?!miljoen|miljard|million|billion)/

function wrapped(text, room, size, weight) {
  const lines = [""]
  for (const word of text.split(SPACE)) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (width(longer, size, weight) <= room || !lines.at(-1)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

function make(name, attributes = {}, text) {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  if (text !== undefined) element.textContent = text
  return element
}

// Lines of text under each other; `top` is the top of the first. Returns the bottom of the last.
function write(parent, lines, top, size, weight) {
  for (const line of lines) {
    const at = {x: EDGE, y: top + size, "font-size": size, "font-weight": weight ?? "normal"}
    parent.append(make("text", at, line))
    top += size * LINE
  }
  return top
}

// What a label of Plotly shows: "a<br><b>1</b>" reads "a" over "1".
function shown(text) {
  const page = new DOMParser().parseFromString(text.replaceAll("<br>", "\n"), "text/html")
  return page.body.textContent.split("\n")
}

// The names of the rows, each on one line where there is room, in `least` of its size or more.
function rowNames(layout, room, least = 1) {
  const {size} = layout.template.layout.font
  const names = layout.annotations.filter((one) => one.name === "row")
  for (const one of names) {
    const text = one.text.replaceAll("<br><b>", "  <b>").replaceAll("<br>", " ")
    const fits = Math.min(1, room / widest(text, size))
    if (fits >= least) Object.assign(one, {text, font: {size: size * fits}})
  }
  return names
}

// Pixels of the longest line; every other part of a line is bold.
function widest(text, size) {
  const part = (html, at) =>
    width(shown(html.replaceAll(" ", "\u00a0"))[0], size, at % 2 ? "bold" : "")
  return Math.max(...text.split("<br>").map((line) =>
    line.split(/<\/?b>/).map(part).reduce((sum, one) => sum + one)))
}

// A name over each bar suits a narrow screen; where there is room it stands beside its bar.
function beside(data, layout, room) {
  const names = rowNames(layout, room)
  const {size} = layout.template.layout.font
  for (const one of names) Object.assign(one, {y: Math.ceil(one.y), yanchor: "middle",
    xanchor: "right", xshift: -ROW.gap, align: "right"})
  for (const trace of data) if (trace.type === "bar") trace.width = ROW.bar
  const lines = names.map((one) => one.text.split("<br>").length)
  const pitch = Math.max(...lines.map((one, at) => (one + (lines[at + 1] ?? 1)) / 2))
  layout.yaxis = {...layout.yaxis, range: [names.length - 0.4, -0.6], autorange: false}
  layout.margin = {...layout.template.layout.margin,
    l: Math.ceil(Math.max(...names.map((one) => widest(one.text, size)))) + 1.5 * ROW.gap}
  return ROW.axis + names.length * (pitch * ROW.line + ROW.space)
}

// Names over their bars in a picture of `high`: a bar grows with it no thicker than its name.
function over(data, layout, {wide, high, largest}) {
  const {short} = layout.meta ?? {} // names of many rows without what the whiskers show
  const {bar, space, thickest, least} = short ? {...OVER, ...THIN} : OVER
  if (short) layout.annotations.filter((one) => one.name === "row").forEach((one, at) => (one.text = short[at]))
  if (short) for (const {marker} of data) if (marker?.size) marker.size = bar
  const names = rowNames(layout, wide / largest - 2 * ROW.gap, least)
  const lines = Math.max(...names.map((one) => one.text.split("<br>").length))
  const natural = ROW.axis + names.length * (bar + space + ROW.line * lines)
  const pitch = (high / Math.min(largest, high / natural) - ROW.axis) / names.length
  const half = Math.min(thickest, bar * pitch * names.length / natural) / pitch / 2
  for (const trace of data) if (trace.type === "bar") trace.width = 2 * half
  names.forEach((one, place) => (one.y = place - half))
  const top = -half - (ROW.line * lines + space) / pitch
  layout.yaxis = {...layout.yaxis, range: [names.length - 1 + 2 * half, top], autorange: false}
  return natural
}

// The chart without words around it, as an <svg>; it fits a room of `wide` by `high` (if given)
// and is enlarged up to `largest` times from its size on the screen.
async function body(Plotly, figure, template, {wide, high, largest, side, id}) {
  const data = structuredClone(figure.data)
  data.forEach((trace, number) => (trace.uid = `${id}${number}`)) // else random in every file
  const layout = {...structuredClone(figure.layout), template, autosize: false}
  for (const axis of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
    if (layout[axis].autorange === true) delete layout[axis].range // was for another size
    if (layout[axis].constrain === "domain") delete layout[axis].domain // and so was this
  }
  if (side) Object.assign(layout, arranged(layout)) // another arrangement, where there is one
  const rows = (layout.annotations ?? []).some((one) => one.name === "row")
  let natural = layout.height
  if (rows && side) natural = beside(data, layout, NAMES)
  else if (rows && high) natural = over(data, layout, {wide, high, largest})
  const {visible, showticklabels} = layout.yaxis ?? {}
  const free = !rows && visible !== false && showticklabels !== false
  const scale = high ? Math.min(largest, Math.max(high / natural, free ? LEGIBLE : 0)) : 1
  if (side) for (const one of layout.annotations ?? []) if (one.name === "node")
    Object.assign(one, {text: one.text.replaceAll("-<br>", "").replaceAll("<br>", " "),
      font: {size: NODE / scale}})
  layout.width = Math.round(wide / scale)
  layout.height = Math.round((high ?? natural) / scale)
  const under = layout.xaxis?.title
  if (under?.text) { // a title wider than its axis would run off the picture
    const {l, r} = {...template.layout.margin, ...layout.margin}
    const size = template.layout.xaxis.title.font.size
    under.text = wrapped(under.text, layout.width - l - r, size).join("<br>")
  }
  const drawn = await Plotly.toImage(
    {data, layout, config: {staticPlot: true}},
    {format: "svg", width: layout.width, height: layout.height, imageDataOnly: true},
  )
  const uid = /id="topdefs-(\w+)"/.exec(drawn)?.[1] // random too
  const text = uid ? drawn.replaceAll(uid, id) : drawn
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement
  if (svg.querySelector("parsererror") || svg.nodeName !== "svg") throw new Error("drawing")
  for (const found of svg.querySelectorAll(NEVER)) found.remove()
  slim(svg)
  for (const text of svg.querySelectorAll("text")) // what CSS says, for renderers without it
    text.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve")
  svg.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`)
  return {svg, height: layout.height * scale}
}

// Removes what draws nothing: empty groups, names for scripts, and styles that are the default.
function slim(svg) {
  for (const part of svg.querySelectorAll("*")) {
    for (const name of part.getAttributeNames())
      if (name === "class" || name.startsWith("data-")) part.removeAttribute(name)
    for (const [name, value] of Object.entries(IDLE))
      if (part.style.getPropertyValue(name) === value) part.style.removeProperty(name)
    if (part.getAttribute("style") === "") part.removeAttribute("style")
  }
  for (const part of [...svg.querySelectorAll("g, path")].reverse()) // the innermost first
    if (!part.hasChildNodes() && !part.getAttribute("d")) part.remove()
}

// The wide arrangement of a layout; of its names and shapes the first `keep` are those of the narrow one.
function arranged(layout) {
  const {keep = {}, ...wide} = layout.meta?.wide ?? {}
  for (const [part, first] of Object.entries(keep)) wide[part] = [...layout[part].slice(0, first), ...wide[part]]
  return wide
}

// What the file is, for whoever opens it without the page: Dublin Core.
function metadata(chart) {
  const holder = make("metadata")
  const said = {title: chart.title, description: chart.alt, source: chart.source,
    rights: LICENCE, identifier: chart.mark, date: chart.date, language: chart.lang,
    relation: chart.about}
  for (const [name, text] of Object.entries(said)) {
    const element = document.createElementNS(DUBLIN_CORE, `dc:${name}`)
    element.textContent = text
    holder.append(element)
  }
  return holder
}

function named(svg, chart) {
  svg.setAttribute("role", "img")
  svg.prepend(make("title", {}, chart.title), make("desc", {}, chart.alt))
  return svg
}

// As few lines as a letter that is still a title allows.
function titleSize(title, room, largest) {
  for (const [lines, least] of TITLE)
    for (let size = largest; size > least * largest; size -= 1)
      if (wrapped(title, room, size, "bold").length <= lines) return size
}

// The whole picture: finding, unit, chart, source, licence, scenario, hash and date.
async function picture(Plotly, figure, chart, template, size) {
  await letters()
  const {width: wide, height: high, ...sizes} = SIZES[size]
  const room = wide - 2 * EDGE
  const ink = template.layout.font.color
  const svg = make("svg", {xmlns: SVG, width: wide, height: high, viewBox: `0 0 ${wide} ${high}`,
    lang: chart.lang, "font-family": FONT, fill: ink})
  svg.append(metadata(chart), make("style", {}, FONT_FACE), make("rect", {width: wide, height: high,
    fill: template.layout.paper_bgcolor}))
  svg.append(make("rect", {x: EDGE, width: 56, height: 9, fill: "#0b5d5e"}))
  const title = titleSize(chart.title, room, sizes.title)
  let top = write(svg, wrapped(chart.title, room, title, "bold"), EDGE - 8, title, "bold")
  top = write(svg, wrapped(chart.subtitle, room, sizes.subtitle), top + 4, sizes.subtitle)
  const foot = [chart.source, `${chart.mark} ${chart.date}.`].flatMap((text) =>
    wrapped(text, room, sizes.foot))
  const bottom = high - 24 - foot.length * sizes.foot * LINE
  write(svg, foot, bottom, sizes.foot)
  const at = {x: EDGE, y: top + 12, width: room, height: bottom - 14 - (top + 12)}
  const drawn = await body(Plotly, figure, template, {wide: at.width, high: at.height,
    largest: sizes.subtitle / template.layout.font.size, side: wide > high, id: "c"})
  for (const [key, value] of Object.entries(at)) drawn.svg.setAttribute(key, value)
  svg.append(drawn.svg)
  return named(svg, chart)
}

async function asSvg(Plotly, figure, chart, template, size) {
  const svg = await picture(Plotly, figure, chart, template, size)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`
}

async function asPng(Plotly, figure, chart, template, size, pixels) {
  const text = await asSvg(Plotly, figure, chart, template, size)
  const address = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement("canvas")
    const {width, height, sharpness = SHARPNESS} = SIZES[size]
    canvas.width = pixels ?? width * sharpness
    canvas.height = Math.round(canvas.width * height / width)
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((done, failed) =>
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("png"))), "image/png"))
  } finally {
    URL.revokeObjectURL(address)
  }
}

function escaped(text) {
  const signs = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
  return text.replace(/[&<>"']/g, (sign) => signs[sign])
}

// As `table` of dashboard/documents/chart_files.py writes it.
function sheet({caption, head, rows}) {
  const row = (cells, first, other) => {
    const said = cells.map((cell, at) => {
      const kind = at ? other : first
      return `<${kind}>${escaped(cell)}</${kind.slice(0, 2)}>`
    })
    return `<tr>${said.join("")}</tr>`
  }
  const top = row(head, 'th scope="col"', 'th scope="col"')
  const body = rows.map((cells) => row(cells, 'th scope="row"', "td")).join("")
  return `<div class="sheet"><table><caption>${escaped(caption)}</caption>` +
    `<thead>${top}</thead><tbody>${body}</tbody></table></div>`
}

// A page that needs nothing: both drawings, the table, the source and the date in it.
async function asHtml(Plotly, figure, chart, template, page) {
  await letters()
  let drawings = ""
  for (const [name, {width: wide, side}] of Object.entries(BODIES)) {
    const {svg} = await body(Plotly, figure, template, {wide, side, id: name})
    svg.setAttribute("class", name)
    for (const size of ["width", "height"]) svg.removeAttribute(size)
    drawings += new XMLSerializer().serializeToString(named(svg, chart))
  }
  const {figures} = WORDS[chart.lang]
  const filled = {...chart, figures, policy: POLICY, drawing: drawings,
    table: sheet(chart.table)}
  return page.replace(/\$\{(\w+)\}/g, (_, name) =>
    ["drawing", "table"].includes(name) ? filled[name] : escaped(filled[name] ?? ""))
}
