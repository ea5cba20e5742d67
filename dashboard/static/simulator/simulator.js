// The simulator as a view: mount(root, parts) draws it into an element and answers while it moves.
// It knows no page and no server: whoever mounts it is told the levels on release.
import { Engine } from "./runtime.js"
import { Scale, bar, circles, hatch, strip } from "./charts.js"
import { h, put, s } from "./dom.js"
import { LeverRow } from "./lever.js"
import { euros } from "./numbers.js"
import { Texts } from "./texts.js"

const HATCH = "sim-hatch"
const TABS = ["payers", "items", "certainty", "health"]

// engine: the module engine.js; columns: bytes; description: engine.json; words, rules, lang, health;
// about: lever -> a line of text; state: { levels }; onRelease(levels) is called when a hand lets go.
// Gives { set(levels), levels(), element }; throws EngineError when the files do not belong together.
export function mount(root, { engine, columns, description, words, rules, lang, health, about = {}, state = {}, onRelease = () => {} }) {
  const view = new View(
    new Engine({ engine, columns, description }),
    new Texts({ words, rules, description, lang, health }), about, onRelease)
  root.replaceChildren(view.element)
  view.set(state.levels || {})
  return view
}

class View {
  constructor(engine, texts, about, onRelease) {
    Object.assign(this, { engine, texts, onRelease, now: {}, solo: new Map(), tab: "items" })
    this.scales = { payer: new Scale(2e7), item: new Scale(2e7), strip: new Scale(1e8) }
    const on = {
      move: (id, level) => this.move(id, level),
      release: (id, level) => this.release(id, level),
    }
    this.rows = new Map(engine.description.levers.map((lever) =>
      [lever.id, new LeverRow(lever, texts, about[lever.id], on)]))
    this.element = h("div", { class: "sim" }, hatch(HATCH), this.answer(),
      h("div", { class: "sim-work" }, this.levers(), this.frame()))
    this.spoken = h("p", { class: "sim-spoken", role: "status" })
    this.element.append(this.spoken)
  }

  say(key, fields) {
    return this.texts.say(key, fields)
  }

  answer() {
    this.lead = h("p", { class: "sim-lead" })
    this.range = h("p", { class: "sim-line" })
    this.verdict = h("p", { class: "sim-line sim-verdict" })
    this.strip = s("svg", { class: "sim-strip", "aria-hidden": "true" })
    this.payers = this.bars(this.texts.payers, "sim-payers")
    this.figures = h("dl", { class: "sim-figures" })
    return h("section", { class: "sim-answer", "aria-label": this.say("live.title") },
      h("div", {}, this.lead, this.range, this.strip,
        h("p", { class: "sim-sides", "aria-hidden": "true" },
          h("span", {}, `\u2190 ${this.say("live.costs_side")}`), h("span", {}, this.say("live.today")),
          h("span", {}, `${this.say("live.saves_side")} \u2192`)),
        this.verdict),
      h("div", {}, h("h2", {}, this.say("live.payers")), this.payers.element),
      this.figures)
  }

  // a list of names with a bar and a text each
  bars(rows, kind) {
    const made = rows.map((row) => {
      const svg = s("svg", { "aria-hidden": "true" })
      const text = h("span", { class: "sim-amount" })
      const element = h("li", {}, h("span", {}, this.texts.label(row)), svg, text)
      return { id: row.id, svg, text, element }
    })
    return { rows: made, element: h("ul", { class: `sim-bars ${kind}` }, made.map(({ element }) => element)) }
  }

  levers() {
    const groups = new Map()
    for (const row of this.rows.values()) {
      const { group } = row.lever
      if (!groups.has(group)) groups.set(group, [])
      groups.get(group).push(row)
    }
    this.groups = [...groups].map(([name, rows]) => {
      const key = `live.groups.${name}`
      const count = h("span", { class: "sim-count" })
      const title = this.texts.words[key] === undefined ? name : this.say(key)
      const element = h("details", { class: "sim-group" },
        h("summary", {}, h("span", {}, title), count), rows.map((row) => row.element))
      return { rows, count, element }
    })
    this.reset = h("button", { type: "button", class: "sim-button", onclick: () => this.put({}, true) },
      this.say("live.reset"))
    return h("section", { class: "sim-levers", "aria-label": this.say("live.levers") },
      this.groups.map(({ element }) => element), this.reset)
  }

  frame() {
    this.items = this.bars(this.texts.items, "sim-items")
    this.detail = this.bars(this.texts.payers, "sim-detail")
    this.dots = s("svg", { class: "sim-circles", role: "img" })
    this.found = h("p", { class: "sim-found" })
    this.health = h("dl", { class: "sim-figures sim-health" })
    const movement = euros(this.engine.description.verdict.movement, this.texts.lang, { step: 1e6 })
    const note = this.say("live.per_year", { year: this.engine.description.price_year })
    this.panels = {
      payers: h("div", {}, h("p", { class: "sim-note" }, note), this.detail.element),
      items: h("div", {}, h("p", { class: "sim-note" }, note), this.items.element),
      certainty: h("div", {}, this.found, this.dots, h("p", { class: "sim-note" }, this.say("live.circles", { movement }))),
      health: h("div", {}, this.health),
    }
    this.tabs = TABS.map((name) => h("button", {
      type: "button", role: "tab", id: `sim-tab-${name}`, "aria-controls": `sim-panel-${name}`,
      onclick: () => this.show(name), onkeydown: (event) => this.step(event, name),
    }, this.say(`live.${name}`)))
    for (const [name, panel] of Object.entries(this.panels)) {
      panel.id = `sim-panel-${name}`
      panel.setAttribute("role", "tabpanel")
      panel.setAttribute("aria-labelledby", `sim-tab-${name}`)
    }
    this.who = h("p", { class: "sim-who" })
    const frame = h("section", { class: "sim-frame", "aria-label": this.say("live.items") },
      h("div", { class: "sim-tabs", role: "tablist", "aria-label": this.say("live.items") }, this.tabs),
      Object.values(this.panels), this.who)
    this.show(this.tab, false)
    return frame
  }

  step(event, name) {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!turn) return
    const next = (TABS.indexOf(name) + turn + TABS.length) % TABS.length
    this.show(TABS[next])
    this.tabs[next].focus()
  }

  show(name, draw = true) {
    this.tab = name
    TABS.forEach((other, i) => {
      this.tabs[i].setAttribute("aria-selected", String(other === name))
      this.tabs[i].tabIndex = other === name ? 0 : -1
      this.panels[other].hidden = other !== name
    })
    if (draw) this.draw(false)
  }

  // -- levels ----------------------------------------------------------------------------------

  levels() {
    return { ...this.now }
  }

  keep(id, level) {
    if (level === this.rows.get(id).lever.today) delete this.now[id]
    else this.now[id] = level
  }

  // while a hand is on a lever: one answer a frame
  move(id, level) {
    this.keep(id, level)
    this.rows.get(id).show(level)
    if (this.waiting) return
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0
      this.draw(true)
    })
  }

  release(id, level) {
    this.keep(id, level)
    this.put(this.now, true)
  }

  set(levels) {
    this.put(levels, false)
  }

  put(levels, told) {
    cancelAnimationFrame(this.waiting)
    this.waiting = 0
    const known = Object.entries(levels).filter(([id]) => this.rows.has(id))
    this.now = Object.fromEntries(known.filter(([id, level]) => level !== this.rows.get(id).lever.today))
    this.engine.levels(this.now) // refuses a level that is none, before anything is shown
    for (const [id, row] of this.rows) row.show(this.now[id] ?? row.lever.today)
    for (const group of this.groups) {
      if (group.rows.some(({ lever }) => lever.id in this.now)) group.element.open = true
    }
    if (!this.groups.some(({ element }) => element.open)) this.groups[0].element.open = true
    this.draw(false)
    if (!told) return
    put(this.spoken, [this.lead, this.range, this.verdict].map(({ textContent }) => textContent).join(" "))
    this.onRelease(this.levels())
  }

  alone(id, level) {
    const key = `${id} ${level}`
    if (!this.solo.has(key)) this.solo.set(key, this.engine.alone(id, level))
    return this.solo.get(key)
  }

  // -- what is seen ------------------------------------------------------------------------------

  draw(moving) {
    const run = this.engine.run(this.now)
    const alone = Object.fromEntries(Object.entries(this.now).map(([id, level]) => [id, this.alone(id, level)]))
    const texts = this.texts.all(run, alone, {
      items: this.tab === "items",
      health: this.tab === "health" ? this.texts.health : this.texts.health.slice(1, 2),
    })
    this.shown = texts
    const total = run.change("total")
    const { movement } = this.engine.description.verdict
    put(this.lead, texts.lead)
    put(this.range, texts.range)
    put(this.verdict, texts.verdict)
    put(this.who, texts.who)
    this.lead.dataset.kind = this.texts.leadKind(run, Object.keys(alone).length > 0)
    const widest = Math.max(Math.abs(total.p2_5), Math.abs(total.p97_5), movement * 1.2)
    strip(this.strip, total, movement, this.scales.strip.hold(widest, moving))
    this.drawBars(this.payers, run, texts, this.scales.payer, moving)
    this.drawFigures(texts)
    if (this.tab === "payers") this.drawBars(this.detail, run, texts, this.scales.payer, moving)
    if (this.tab === "items") this.drawBars(this.items, run, texts, this.scales.item, moving)
    if (this.tab === "certainty") this.drawCircles(run, movement)
    for (const [id, row] of this.rows) row.tell(id in alone ? this.say("live.alone", { change: texts[`alone.${id}`] }) : "")
    for (const { rows, count } of this.groups) {
      const n = rows.filter(({ lever }) => lever.id in this.now).length
      put(count, n ? this.say("live.moved", { n, all: rows.length }) : this.say("live.count", { all: rows.length }))
    }
    this.reset.disabled = !Object.keys(this.now).length
  }

  drawBars({ rows }, run, texts, scale, moving) {
    const changes = rows.map(({ id }) => run.change(id))
    const size = scale.hold(Math.max(...changes.flatMap((one) => [one.p2_5, one.p97_5, one.mean].map(Math.abs))), moving)
    rows.forEach((row, i) => {
      bar(row.svg, changes[i], size, HATCH)
      put(row.text, texts[row.id])
    })
  }

  drawFigures(texts) {
    const figure = (label, key) => [
      h("dt", {}, label), h("dd", {}, texts[key], h("small", {}, texts[`${key}.note`]))]
    const measure = (name) => h("div", {}, figure(texts[`health.${name}.label`], `health.${name}`))
    this.figures.replaceChildren(
      h("div", {}, figure(this.say("simulator.figure.chance"), "figure.chance")),
      h("div", {}, figure(this.say("live.premium.label"), "premium")),
      ...this.texts.health.slice(1, 2).map(measure))
    if (this.tab === "health") this.health.replaceChildren(...this.texts.health.map(measure))
  }

  drawCircles(run, movement) {
    const sorted = Float64Array.from(run.difference("total")).sort().reverse()
    const n = circles(this.dots, sorted, movement, HATCH)
    const found = Object.keys(this.now).length ? this.say("live.circles_found", { n }) : this.say("live.nothing")
    put(this.found, found)
    this.dots.setAttribute("aria-label", found)
  }
}
