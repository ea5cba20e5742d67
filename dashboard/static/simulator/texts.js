// The texts that follow the hand, from the words and the rules that Python reads too
// (dashboard/wording/live.py, data/rules.toml). No sentence stands in this file.
import {
  NIL, chance, count, countRange, estimate, euros, millions, rounding, round, within,
} from "./numbers.js"

export class Texts {
  // words: key -> text; rules: data/rules.toml; description: engine.json
  constructor({ words, rules, description, lang, health }) {
    Object.assign(this, { words, rules, description, lang, health })
    const about = (kind) => description.outputs.inForce.filter((row) => row.kind === kind)
    this.payers = about("payer")
    this.items = about("item")
  }

  // a row a budget year, of its total
  years(outputs) {
    return outputs.filter(({ part }) => part === "total").map(({ id, year }) =>
      ({ id, label: this.description.first_year + year - 1 }))
  }

  say(key, fields = {}) {
    const text = this.words[key]
    if (text === undefined) throw new Error(`text ${key} is missing`)
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      if (!(name in fields)) throw new Error(`text ${key}: ${name} is missing`)
      return fields[name]
    })
  }

  // what the first row says whose conditions hold
  choose(heading, facts, otherwise) {
    const row = this.rules[heading].find(({ when = {} }) =>
      Object.entries(when).every(([name, value]) => facts[name] === value))
    if (!row && !otherwise) throw new Error(`no rule of ${heading} holds`)
    return row ? row.say : otherwise
  }

  certainty(share) {
    const limits = this.description.verdict
    return this.rules.certainty.find(({ least }) => !least || share >= limits[least]).say
  }

  label(row) {
    return row[`label_${this.lang}`]
  }

  // a name that fits beside a bar, where there is one
  short(row) {
    return this.words[`live.payer.${row.key}`] ?? this.label(row)
  }

  // the facts that the rules ask of a difference; as dashboard/wording/direction.py
  direction({ mean, p2_5, p97_5 }) {
    const { smallest } = this.description
    return {
      changed: Math.max(...[mean, p2_5, p97_5].map(Math.abs)) >= smallest,
      saves: mean < 0,
      rounds_to_nil: Math.abs(mean) < rounding(p2_5, p97_5) / 2,
      clear: p97_5 <= -smallest || p2_5 >= smallest,
    }
  }

  chanceOf(run, id) {
    return this.direction(run.change(id)).changed ? chance(run.saving(id), this.lang) : NIL
  }

  amount({ mean, p2_5, p97_5 }) {
    const like = Math.max(Math.abs(p2_5), Math.abs(p97_5))
    return euros(Math.abs(mean), this.lang, { step: rounding(p2_5, p97_5), like })
  }

  change(figures, heading = "change", amount = (one) => this.amount(one)) {
    const kind = this.choose(heading, this.direction(figures))
    return this.say(`live.${kind}`, { amount: amount(figures) })
  }

  margin(low, high, key = "simulator.range", written = null) {
    const step = rounding(low, high)
    const like = Math.max(Math.abs(low), Math.abs(high))
    const [a, b] = [low, high].map((x) => Math.sign(round(x / step)) + 0)
    written ??= (x) => euros(Math.abs(x), this.lang, { step, like })
    const [first, last] = [low, high].map((x) => written(x, step))
    return this.say(`${key}.${this.choose("margin", { low: a, high: b })}`, {
      low: first, high: last,
    })
  }

  verdictWord(run) {
    const same = Math.max(run.saving("total"), run.costing("total"))
    const { movement } = this.description.verdict
    return this.choose("verdict", {
      changed: run.changed("total"),
      certainty: this.certainty(same),
      large: Math.abs(run.change("total").mean) >= movement,
    })
  }

  verdict(run) {
    const word = this.verdictWord(run)
    if (word === "nothing") return this.say("verdict.nothing")
    const change = run.change("total")
    const saving = run.saving("total")
    const same = Math.max(saving, run.costing("total"))
    const facts = { verdict: word, rounds_to_nil: this.direction(change).rounds_to_nil }
    const sentence = this.choose("verdict_sentence", facts, word)
    return this.say(`verdict.${sentence}`, {
      same: chance(same, this.lang),
      verb: this.say(saving === same ? "verdict.saves" : "verdict.costs"),
      amount: this.amount(change),
      movement: euros(this.description.verdict.movement, this.lang, { step: 1e6 }),
    })
  }

  // what may be said of the package: nothing was moved, or its claim
  leadKind(run, moved) {
    const change = run.change("total")
    const same = change.mean < 0 ? run.saving("total") : run.costing("total")
    const facts = { ...this.direction(change), likely: same >= this.description.verdict.likely }
    const said = this.choose("lead", { moved }, "claim")
    return said === "claim" ? this.choose("claim", facts) : said
  }

  lead(run, moved) {
    return this.say(`simulator.lead.${this.leadKind(run, moved)}`, {
      amount: this.amount(run.change("total")),
      whose: this.say("perspective.whose.society"),
      today: estimate(run.base.after("total"), this.lang)[0],
    })
  }

  who(run, moved) {
    const { most, smallest } = this.rules.named_payers
    const rows = this.payers.map((row) => ({
      id: row.id, household: row.id.startsWith("payer.household"),
      name: within(this.label(row)), mean: run.change(row.id).mean, chance: run.saving(row.id),
    }))
    const order = [...rows].sort((a, b) => a.mean - b.mean)
    const less = order.filter(({ mean }) => mean <= -smallest)
    const more = [...order].reverse().filter(({ mean }) => mean >= smallest)
    const listed = (found) =>
      found.slice(0, most).map((row) => this.say("who.payer", {
        payer: row.name,
        amount: millions(row.mean, this.lang, 0, true),
        chance: chance(row.chance, this.lang),
      })).join("; ") + (found.length > most ? this.say("who.others", { n: found.length - most }) : "")
    const kind = this.choose("who", {
      moved, less: less.length > 0, more: more.length > 0, ...this.direction(run.change("total")),
    })
    const households = [...less, ...more].some((row) => row.household)
    const insured = rows.find((row) => row.id === "payer.basic_insurance")
    const premium = households
      ? this.say("who.premium", { amount: millions(insured.mean, this.lang, 0, true) })
      : ""
    return this.say(`who.${kind}`, { less: listed(less), more: listed(more), premium })
  }

  figures(run) {
    const [today, todaySpread] = estimate(run.base.after("total"), this.lang)
    const [after, spread] = estimate(run.after("total"), this.lang)
    return {
      "figure.today": today,
      "figure.today.note": this.say("simulator.figure.per_year", { spread: todaySpread }),
      "figure.scenario": after,
      "figure.scenario.note": this.say("simulator.figure.per_year", { spread }),
    }
  }

  chanceFigure(run) {
    const note = this.direction(run.change("total")).changed
      ? this.say("simulator.figure.chance_note", { whose: this.say("perspective.whose.society") })
      : this.say("simulator.figure.chance_nothing")
    return { "figure.chance": this.chanceOf(run, "total"), "figure.chance.note": note }
  }

  premium(run) {
    const change = run.change("premium.premium_per_adult")
    const kind = this.choose("change", this.direction(change))
    const amount = count({ ...change, mean: Math.abs(change.mean) }, this.lang)
    const spread = countRange(change.p2_5, change.p97_5, this.lang)
    return {
      premium: this.say(`live.premium.${kind}`, { amount }),
      "premium.note": this.say("live.premium.note", { spread }),
    }
  }

  // a loss is shown as a gain: the sign is turned and the ends change places
  asShown(measure, { mean, p2_5, p97_5 }) {
    if (!this.rules.gains[measure]) return { mean, p2_5, p97_5 }
    return { mean: 0 - mean, p2_5: 0 - p97_5, p97_5: 0 - p2_5 }
  }

  healthFigure(run, measure) {
    const change = this.asShown(measure, run.change(`health.${measure}`))
    const { p2_5, p97_5 } = change
    return {
      [`health.${measure}.label`]: this.say(`health.${this.rules.gains[measure] || measure}`),
      [`health.${measure}`]: count(change, this.lang, true),
      [`health.${measure}.note`]: p2_5 === p97_5
        ? this.say("simulator.figure.unchanged")
        : countRange(p2_5, p97_5, this.lang),
    }
  }

  // the answer for a narrow screen, and its range
  brief(run, moved) {
    if (!moved) return { brief: this.lead(run, moved), "brief.range": "" }
    const change = run.change("total")
    return {
      brief: this.change(change, "alone"),
      "brief.range": this.margin(change.p2_5, change.p97_5, "live.span"),
    }
  }

  // all of them by name, as dashboard/wording/live.py; alone: lever -> its run with the others at
  // today; shown: what is in view, so that a drag works out no more
  all(run, alone, shown = { figures: true, items: true, health: this.health }) {
    const moved = Object.keys(alone).length > 0
    const texts = {
      lead: this.lead(run, moved),
      range: moved
        ? this.margin(run.change("total").p2_5, run.change("total").p97_5)
        : this.say("live.nothing"),
      verdict: moved ? this.verdict(run) : this.say("verdict.nothing"),
      who: this.who(run, moved),
      ...this.brief(run, moved),
      ...(shown.figures ? this.figures(run) : {}),
      ...this.chanceFigure(run),
      ...this.premium(run),
    }
    for (const { id } of this.payers) {
      texts[id] = this.change(run.change(id))
      texts[`${id}.chance`] = this.chanceOf(run, id)
    }
    for (const { id } of shown.items ? this.items : []) texts[id] = this.change(run.change(id))
    for (const measure of shown.health) Object.assign(texts, this.healthFigure(run, measure))
    for (const [name, one] of Object.entries(alone)) {
      texts[`alone.${name}`] = this.change(one.change("total"), "alone")
    }
    return texts
  }
}
