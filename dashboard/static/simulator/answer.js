// The answer that stays in sight: what the package does, its range, who pays, premium and health.
import { Scale, bar, columns, strip } from "./charts.js"
import { h, put, s } from "./dom.js"

export const HATCH = "sim-hatch"

// a list of names with a bar and a text each; touch: which rows can be touched, see View
export function bars(rows, label, kind, touch = null) {
  const made = rows.map((row) => {
    const svg = s("svg", { "aria-hidden": "true" })
    const text = h("span", { class: "sim-amount" })
    const view = touch?.viewOf(row)
    const name = view
      ? h("button", { type: "button", class: "sim-payer", "aria-pressed": "false", "aria-label": touch.called(label(row)) }, label(row))
      : h("span", {}, label(row))
    const element = h("li", view && { class: "sim-touch", onclick: () => touch.press(view) }, name, svg, text)
    return { id: row.id, view, svg, text, name, element }
  })
  return { rows: made, element: h("ul", { class: `sim-bars ${kind}` }, made.map(({ element }) => element)) }
}

// which rows are those of the view that is taken
export function press({ rows }, taken) {
  for (const { view, name, element } of rows) {
    if (!view) continue
    name.setAttribute("aria-pressed", String(view === taken))
    element.classList.toggle("sim-taken", view === taken)
  }
}

// figures: what has change(id) -> { mean, p2_5, p97_5 }; texts: by the same ids
export function drawBars({ rows }, figures, texts, scale, moving) {
  const changes = rows.map(({ id }) => figures.change(id))
  const size = scale.hold(Math.max(...changes.flatMap((one) => [one.p2_5, one.p97_5, one.mean].map(Math.abs))), moving)
  rows.forEach((row, i) => {
    bar(row.svg, changes[i], size, HATCH)
    put(row.text, texts[row.id])
  })
}

// a figure with its name and its range
export function figure(label) {
  const name = h("dt", {}, label)
  const main = h("span", {})
  const note = h("small", {})
  return {
    element: h("div", {}, name, h("dd", {}, main, note)),
    show(text, range, called) {
      if (called !== undefined) put(name, called)
      put(main, text)
      put(note, range)
    },
  }
}

export class Answer {
  constructor(texts, movement, touch) {
    Object.assign(this, { texts, movement })
    this.scales = { payer: new Scale(2e7), column: new Scale(2e7), strip: new Scale(1e8) }
    const say = (key) => texts.say(key)
    this.lead = h("p", { class: "sim-lead" })
    this.range = h("p", { class: "sim-line" })
    this.brief = h("p", { class: "sim-brief" })
    this.span = h("p", { class: "sim-brief-range" })
    this.strip = s("svg", { class: "sim-strip", "aria-hidden": "true" })
    this.payers = bars(texts.payers, (row) => texts.short(row), "sim-payers", touch)
    this.seen = h("p", { class: "sim-seen" })
    this.columns = s("svg", { class: "sim-columns", "aria-hidden": "true" })
    const letters = (row) => texts.short(row).split(" ").map((word) => word.slice(0, 1)).join("").toLowerCase()
    const initials = texts.payers.map((row) => h("span", {}, letters(row)))
    this.chance = figure(say("simulator.figure.chance"))
    this.premium = figure(say("live.premium.label"))
    this.health = figure("")
    this.element = h("section", { class: "sim-answer", "aria-label": say("live.answer") },
      h("div", { class: "sim-what" }, this.lead, this.range, this.brief, this.span, this.strip,
        h("p", { class: "sim-sides", "aria-hidden": "true" },
          h("span", {}, `\u2190 ${say("live.costs_side")}`), h("span", {}, say("live.today")),
          h("span", {}, `${say("live.saves_side")} \u2192`))),
      h("div", { class: "sim-whom" }, h("h2", {}, say("live.payers")), this.payers.element, touch && this.seen),
      h("div", { class: "sim-mini", "aria-hidden": "true" }, this.columns, h("p", {}, initials)),
      h("dl", { class: "sim-figures" }, this.chance.element, this.premium.element, this.health.element))
  }

  // one measure of health stands in the answer: the second of those of the view
  get measure() {
    return this.texts.health[1]
  }

  show(figures, texts, kind, moving) {
    const total = figures.change("total")
    put(this.lead, texts.lead)
    put(this.range, texts.range)
    put(this.brief, texts.brief)
    put(this.span, texts["brief.range"])
    this.lead.dataset.kind = kind
    const widest = Math.max(Math.abs(total.p2_5), Math.abs(total.p97_5), this.movement * 1.2)
    strip(this.strip, total, this.movement, this.scales.strip.hold(widest, moving))
    drawBars(this.payers, figures, texts, this.scales.payer, moving)
    const means = this.texts.payers.map(({ id }) => figures.change(id).mean)
    columns(this.columns, means, this.scales.column.hold(Math.max(...means.map(Math.abs)), moving), HATCH)
    this.chance.show(texts["figure.chance"], texts["figure.chance.note"])
    this.premium.show(texts.premium, texts["premium.note"])
    const name = `health.${this.measure}`
    this.health.show(texts[name], texts[`${name}.note`], texts[`${name}.label`])
  }
}
