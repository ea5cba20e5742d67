// One frame with switches: who pays, what for, by year, how sure, health, kept packages beside. Its height never changes.
import { HATCH, bars, drawBars, figure } from "./answer.js"
import { Beside } from "./beside.js"
import { CIRCLES, Scale, circles } from "./charts.js"
import { h, put, s } from "./dom.js"
import { euros } from "./numbers.js"

export class Frame {
  // onSwitch(name) is called when another panel is asked for; kept: what beside.js asks of the view; touch: see View
  constructor(texts, { verdict, price_year, outputs }, onSwitch, kept, touch) {
    Object.assign(this, { texts, movement: verdict.movement, onSwitch, tab: "items" })
    this.scales = { payer: new Scale(2e7), item: new Scale(2e7), year: new Scale(2e7) }
    const say = (key, fields) => texts.say(key, fields)
    const label = (row) => texts.label(row)
    this.items = bars(texts.items, label, "sim-items")
    this.detail = bars(texts.payers, label, "sim-detail", touch)
    this.seen = h("p", { class: "sim-seen" })
    this.years = outputs.byYear && bars(texts.years(outputs.byYear), (row) => String(row.label), "sim-years")
    this.dots = s("svg", { class: "sim-circles", role: "img" })
    this.found = h("p", { class: "sim-found" })
    this.health = new Map(texts.health.map((name) => [name, figure("")]))
    this.beside = new Beside(texts, price_year, kept)
    const movement = euros(this.movement, texts.lang, { step: 1e6 })
    const note = (text) => h("p", { class: "sim-note" }, text)
    const perYear = say("live.per_year", { year: price_year })
    this.panels = {
      payers: h("div", {}, note(perYear), this.detail.element, touch && this.seen),
      items: h("div", {}, note(perYear), this.items.element),
      years: this.years && h("div", {}, note(say("live.by_year")), this.years.element),
      certainty: h("div", {}, this.found, this.dots, note(say("live.circles", { movement }))),
      health: h("div", {}, h("dl", { class: "sim-figures sim-health" }, [...this.health.values()].map(({ element }) => element))),
      beside: this.beside.element,
    }
    if (!this.years) delete this.panels.years
    this.names = Object.keys(this.panels)
    this.tabs = this.names.map((name) => h("button", {
      type: "button", role: "tab", id: `sim-tab-${name}`, "aria-controls": `sim-panel-${name}`,
      onclick: () => this.show(name), onkeydown: (event) => this.step(event, name),
    }, say(`live.${name}`)))
    for (const [name, panel] of Object.entries(this.panels)) {
      panel.id = `sim-panel-${name}`
      panel.setAttribute("role", "tabpanel")
      panel.setAttribute("aria-labelledby", `sim-tab-${name}`)
    }
    this.who = h("p", { class: "sim-who" })
    this.verdict = h("p", { class: "sim-verdict" })
    this.element = h("section", { class: "sim-frame", "aria-label": say("live.frame") },
      h("div", { class: "sim-tabs", role: "tablist", "aria-label": say("live.frame") }, this.tabs),
      h("div", { class: "sim-panels" }, Object.values(this.panels)), this.verdict, this.who)
    this.show(this.tab, false)
  }

  step(event, name) {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!turn) return
    const next = (this.names.indexOf(name) + turn + this.names.length) % this.names.length
    this.show(this.names[next])
    this.tabs[next].focus()
  }

  show(name, told = true) {
    this.tab = name
    this.names.forEach((other, i) => {
      this.tabs[i].setAttribute("aria-selected", String(other === name))
      this.tabs[i].tabIndex = other === name ? 0 : -1
      this.panels[other].classList.toggle("sim-away", other !== name)
    })
    if (told) this.onSwitch(name)
  }

  // byYear() gives the figures by year, or nothing where nobody has them
  draw(figures, texts, byYear, moved, moving) {
    put(this.verdict, texts.verdict)
    put(this.who, texts.who)
    if (this.tab === "payers") drawBars(this.detail, figures, texts, this.scales.payer, moving)
    if (this.tab === "items") drawBars(this.items, figures, texts, this.scales.item, moving)
    if (this.tab === "certainty") this.drawCircles(figures.circles(CIRCLES), moved)
    if (this.tab === "beside") this.beside.draw(figures, moving)
    if (this.tab === "years") this.drawYears(byYear(), moving)
    if (this.tab === "health") {
      for (const [name, one] of this.health) {
        const key = `health.${name}`
        one.show(texts[key], texts[`${key}.note`], texts[`${key}.label`])
      }
    }
  }

  drawYears(figures, moving) {
    if (!figures) return
    const texts = Object.fromEntries(this.years.rows.map(({ id }) => [id, this.texts.change(figures.change(id))]))
    drawBars(this.years, figures, texts, this.scales.year, moving)
  }

  drawCircles(values, moved) {
    const n = circles(this.dots, values, this.movement, HATCH)
    const found = moved ? this.texts.say("live.circles_found", { n }) : this.texts.say("live.nothing")
    put(this.found, found)
    this.dots.setAttribute("aria-label", found)
  }
}
