// Kept packages beside the one of the levers: a column for each, a row for each payer, all bars on one scale.
import { Scale, bar } from "./charts.js"
import { h, put, s } from "./dom.js"
import { decimalsOf, number, round, rounding } from "./numbers.js"
import { HATCH } from "./answer.js"

const TOTAL = "total"
export const MOST = 3 // kept packages beside the current one; more columns cannot be read

export class Beside {
  // on: { open(levels), drop(name) }
  constructor(texts, priceYear, on) {
    Object.assign(this, { texts, on, kept: [], now: "", engine: null, ends: new Map(), scale: new Scale(2e7) })
    this.ids = [TOTAL, ...texts.payers.map(({ id }) => id)]
    this.note = h("p", { class: "sim-note" })
    this.table = h("table", { class: "sim-beside" })
    this.unit = texts.say("live.kept.unit", { year: priceYear })
    this.element = h("div", {}, this.note, this.table)
    this.build()
  }

  // packages: { name, label, levels } of each; now: what the current one is called; gives whether anything differs
  keep(packages, now) {
    const shown = packages.slice(-MOST)
    if (JSON.stringify([shown, now]) === JSON.stringify([this.kept, this.now])) return false
    Object.assign(this, { kept: shown, now })
    this.build()
    return true
  }

  build() {
    const { texts, kept } = this
    put(this.note, kept.length ? this.unit : texts.say("live.kept.none"))
    this.table.hidden = !kept.length
    this.table.style.setProperty("--columns", kept.length + 1)
    const columns = [null, ...kept]
    const name = (one) => h("td", {}, one && h("span", { class: "sim-kept-acts" },
      h("button", { type: "button", class: "sim-link", onclick: () => this.on.open(one.levels),
        "aria-label": texts.say("live.kept.open_this", { name: one.label }) }, texts.say("live.kept.open")),
      h("button", { type: "button", class: "sim-link", onclick: () => this.on.drop(one.name),
        "aria-label": texts.say("live.kept.drop_this", { name: one.label }) }, texts.say("live.kept.drop"))))
    const head = h("tr", {}, h("td", {}), columns.map((one) =>
      h("th", { scope: "col" }, h("span", { class: "sim-kept-name" }, one ? one.label : this.now || texts.say("compare.now")))))
    this.rows = this.ids.map((id) => {
      const cells = columns.map(() => {
        const svg = s("svg", { "aria-hidden": "true" })
        const [amount, range] = [h("span", {}), id === TOTAL ? h("small", {}) : null]
        return { svg, amount, range, element: h("td", {}, svg, amount, range) }
      })
      const row = texts.payers.find((payer) => payer.id === id)
      const label = row ? texts.short(row) : texts.say("live.kept.total")
      return { id, cells, element: h("tr", { class: row ? "" : "sim-kept-total" }, h("th", { scope: "row" }, label), cells.map(({ element }) => element)) }
    })
    this.table.replaceChildren(h("thead", {}, head),
      h("tbody", {}, this.rows.map(({ element }) => element)),
      h("tfoot", {}, h("tr", { class: "sim-kept-foot" }, h("td", {}), columns.map(name))))
  }

  // the changes that the kept packages make, worked out once for an engine; before the current levels, since an
  // engine tells the figures of its last run only
  prepare(engine) {
    if (this.engine !== engine) this.ends.clear()
    this.engine = engine
    for (const { levels } of this.kept) {
      const key = JSON.stringify(levels)
      if (!this.ends.has(key)) this.ends.set(key, this.changes(engine.run(levels)))
    }
  }

  changes(figures) {
    return new Map(this.ids.map((id) => [id, figures.change(id)]))
  }

  draw(figures, moving) {
    if (!this.kept.length) return
    const columns = [this.changes(figures), ...this.kept.map(({ levels }) => this.ends.get(JSON.stringify(levels)))]
    const ends = columns.flatMap((one) => [...(one ? one.values() : [])]).flatMap(({ mean, p2_5, p97_5 }) => [mean, p2_5, p97_5])
    const size = this.scale.hold(Math.max(...ends.map(Math.abs)), moving)
    for (const { id, cells } of this.rows) {
      cells.forEach((cell, i) => {
        const change = columns[i]?.get(id)
        if (!change) return
        bar(cell.svg, change, size, HATCH)
        put(cell.amount, this.texts.change(change, id === TOTAL ? "alone" : "change", (one) => this.amount(one)))
        if (cell.range) put(cell.range, this.range(change))
      })
    }
  }

  // EUR million without its unit, rounded as the range allows
  amount({ mean, p2_5, p97_5 }) {
    return this.plain(mean, rounding(p2_5, p97_5))
  }

  plain(value, step) {
    const size = step / 1e6
    return number(Math.abs(round(value / step) * size), this.texts.lang, size < 1 ? Math.min(1, decimalsOf(size)) : 0)
  }

  range({ p2_5, p97_5 }) {
    if (p2_5 === p97_5) return ""
    return this.texts.margin(p2_5, p97_5, "live.span", (value, step) => this.plain(value, step))
  }
}
