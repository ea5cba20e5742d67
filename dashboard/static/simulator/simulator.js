// The simulator as a view: it answers while it moves. It knows no page and no server; whoever
// mounts it is told the levels when a hand lets go.
import { Engine } from "./runtime.js"
import { Answer, HATCH, press } from "./answer.js"
import { hatch } from "./charts.js"
import { h, put } from "./dom.js"
import { Frame } from "./frame.js"
import { LeverRow } from "./lever.js"
import { number } from "./numbers.js"
import { Texts } from "./texts.js"

const SOCIETY = "society" // the perspective of all payers together
const REST = 700 // ms after the last release until the answer is spoken

// engine: the module engine.js; columns: bytes; description: engine.json; words, rules, lang, health;
// about: lever -> a line of text; state: { levels }; onRelease(levels) is called when a hand lets go.
// Gives { set(levels), levels(), element }; throws EngineError when the files do not belong together.
export function mount(root, { engine, columns, state = {}, ...parts }) {
  const view = new View(parts)
  view.attach(new Engine({ engine, columns, description: parts.description }))
  root.replaceChildren(view.element)
  view.set(state.levels || {})
  return view
}

// the levels that an address names, as far as they are levels; the others stand at today
export function levelsOf(levers, address) {
  const levels = {}
  for (const [id, text] of new URLSearchParams(address)) {
    const lever = levers.find((one) => one.id === id)
    const level = Number(text)
    if (lever && text !== "" && level >= lever.min && level <= lever.max) levels[id] = level
  }
  return levels
}

// the figures of an engine as the view asks for them
class Worked {
  constructor(run) {
    this.run = run
  }

  change(name) {
    return this.run.change(name)
  }

  circles(n) {
    const sorted = Float64Array.from(this.run.difference("total")).sort().reverse()
    return Array.from({ length: n }, (_, i) => sorted[Math.floor(((i + 0.5) / n) * sorted.length)])
  }
}

export class View {
  // without an engine it shows what it is told, and says on release what it wants to know
  // onPerspective(name): the answer is asked for as one payer sees it, where somebody can give it
  // onDrop(name): a kept package is no longer wanted beside the current one
  constructor({ description, words, rules, lang, health, about = {}, onRelease = () => {}, onDrop = () => {}, onPerspective }) {
    this.texts = new Texts({ words, rules, description, lang, health })
    Object.assign(this, { description, onRelease, now: {}, solo: new Map(), engine: null, told: null })
    const on = {
      move: (id, level) => this.move(id, level),
      release: (id, level) => this.release(id, level),
      rest: () => this.held && this.put(this.now, true),
    }
    this.rows = new Map(description.levers.map((lever) =>
      [lever.id, new LeverRow(lever, this.texts, about[lever.id], on)]))
    // a payer whose own ledger is known can be touched: the answer is then told from there too; again: society
    const touch = onPerspective && {
      viewOf: (row) => rules.perspective_of[row.key],
      called: (label) => this.say("live.view_as", { label }),
      press: (view) => onPerspective(view === this.perspective ? SOCIETY : view),
    }
    this.answer = new Answer(this.texts, description.verdict.movement, touch)
    this.frame = new Frame(this.texts, description, () => this.switchTo(),
      { open: (levels) => this.put(levels, true), drop: onDrop }, touch)
    this.note = h("p", { class: "sim-note sim-made" })
    this.spoken = h("p", { class: "sim-spoken", role: "status" })
    this.element = h("div", { class: "sim" }, hatch(HATCH), this.answer.element,
      h("div", { class: "sim-work" }, this.levers(), this.frame.element), this.note, this.spoken)
  }

  // from now on the figures are those of this engine; first: how many draws of all it begins with
  attach(engine, first = 0) {
    this.engine = engine
    this.solo.clear()
    const { draws } = this.description
    const count = (n) => number(n, this.texts.lang)
    put(this.note, first && first < draws
      ? this.say("live.drawn_first", { first: count(first), draws: count(draws) })
      : this.say("live.drawn", { draws: count(draws) }))
    // of levers out of sight when there is time, so that the answer does not wait for them
    for (const { rows, element } of this.groups) {
      for (const row of rows) {
        const tell = () => this.engine === engine && row.full(this.strongest(row.lever.id))
        if (element.open) tell()
        else setTimeout(tell)
      }
    }
  }

  // an answer from elsewhere: see told.js
  hear(told) {
    this.told = told
    if (!this.engine) this.draw(false)
  }

  trouble(text) {
    this.note.setAttribute("role", "alert")
    put(this.note, text)
  }

  say(key, fields) {
    return this.texts.say(key, fields)
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
      const moved = h("span", { class: "sim-moved-names" })
      const element = h("details", { class: "sim-group" },
        h("summary", {}, h("span", {}, title), count, moved), rows.map((row) => row.element))
      return { rows, count, moved, element }
    })
    this.reset = h("button", { type: "button", class: "sim-button", onclick: () => this.put({}, true) },
      this.say("live.reset"))
    return h("section", { class: "sim-levers", "aria-label": this.say("live.levers") },
      this.groups.map(({ element }) => element), this.reset)
  }

  show(tab) {
    this.frame.show(tab)
  }

  // the perspective that is taken, and what it says of some levels
  see(perspective, seen) {
    Object.assign(this, { perspective, seen })
    for (const rows of [this.answer.payers, this.frame.detail]) press(rows, perspective)
    this.tellSeen()
  }

  tellSeen() {
    const { seen } = this
    const text = seen ? (this.shows(seen.levels) ? seen.text : "\u2026") : this.say("live.view_hint")
    for (const place of [this.answer.seen, this.frame.seen]) put(place, text)
  }

  switchTo() {
    this.switched = true
    this.draw(false)
  }

  // packages that stand beside the current one, and what that is called
  compare(packages, now = "") {
    if (this.frame.beside.keep(packages, now) && !this.held) this.draw(false)
  }

  // -- levels ----------------------------------------------------------------------------------

  levels() {
    return { ...this.now }
  }

  shows(levels) {
    const ids = Object.keys(levels)
    return ids.length === Object.keys(this.now).length && ids.every((id) => levels[id] === this.now[id])
  }

  keep(id, level) {
    if (level === this.rows.get(id).lever.today) delete this.now[id]
    else this.now[id] = level
  }

  // while a hand is on a lever: one answer a frame
  move(id, level) {
    this.held = true
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

  put(levels, released) {
    this.touched ||= released
    cancelAnimationFrame(this.waiting)
    this.waiting = 0
    this.held = false
    const known = Object.entries(levels).filter(([id]) => this.rows.has(id))
    this.now = Object.fromEntries(known.filter(([id, level]) => level !== this.rows.get(id).lever.today))
    if (this.engine) this.engine.levels(this.now) // refuses a level that is none, before anything is shown
    for (const [id, row] of this.rows) row.show(this.now[id] ?? row.lever.today)
    if (!this.unfolded) this.unfold()
    this.draw(false)
    if (!released) return
    clearTimeout(this.speaking)
    this.speaking = setTimeout(() => this.speak(), REST)
    this.onRelease(this.levels())
  }

  // said once, when the hand is at rest, and not at every step
  speak() {
    if (this.held) return
    const { lead, range } = this.answer
    put(this.spoken, [lead, range, this.frame.verdict].map(({ textContent }) => textContent).join(" "))
  }

  // what the page opens with is in sight; later nothing opens by itself, since that would move what a reader is
  // looking at: a folded group names what was moved in it
  unfold() {
    this.unfolded = true
    for (const { rows, element } of this.groups) {
      if (rows.some(({ lever }) => lever.id in this.now)) element.open = true
    }
    if (!this.groups.some(({ element }) => element.open)) this.groups[0].element.open = true
  }

  // the groups that are open in another view are open here
  openAs(other) {
    this.unfolded = true
    this.groups.forEach(({ element }, i) => (element.open = other.groups[i]?.element.open ?? false))
  }

  alone(id, level) {
    const key = `${id} ${level}`
    if (!this.solo.has(key)) this.solo.set(key, this.engine.alone(id, level))
    return this.solo.get(key)
  }

  // what a lever at rest would do at the strongest level that was studied
  strongest(id) {
    const { lever } = this.rows.get(id)
    const change = this.texts.change(this.engine.alone(id, lever.strongest).change("total"), "alone")
    return this.say("live.strongest", { change })
  }

  // -- what is seen ------------------------------------------------------------------------------

  // the figures and texts of the levels as they are, or nothing where nobody knows them yet
  known() {
    if (!this.engine) return this.told && this.shows(this.told.levels) ? [this.told, this.told.texts, this.told.kind] : null
    if (this.frame.tab === "beside") this.frame.beside.prepare(this.engine)
    const run = this.engine.run(this.now)
    const moved = Object.entries(this.now)
    const alone = Object.fromEntries(moved.map(([id, level]) => [id, moved.length > 1 ? this.alone(id, level) : run]))
    const { tab } = this.frame
    const texts = this.texts.all(run, alone, {
      figures: false, // of the whole: no part of this view
      items: tab === "items",
      health: tab === "health" ? this.texts.health : [this.answer.measure],
    })
    return [new Worked(run), texts, this.texts.leadKind(run, Object.keys(alone).length > 0)]
  }

  draw(moving) {
    for (const { rows, count, moved } of this.groups) {
      const named = rows.filter(({ lever }) => lever.id in this.now)
      const n = named.length
      const all = rows.length
      put(moved, named.map((row) => row.named()).join(" \u00b7 "))
      put(count, n ? this.say("live.moved", { n, all }) : this.say(all === 1 ? "live.count_one" : "live.count", { all }))
    }
    this.tellSeen()
    const moved = Object.keys(this.now).length > 0
    this.reset.disabled = !moved
    const known = this.known()
    this.element.classList.toggle("sim-waiting", !known)
    if (!known) return
    const [figures, texts, kind] = known
    this.shown = texts
    this.answer.show(figures, texts, kind, moving)
    const byYear = () => this.engine?.run(this.now, "byYear")
    this.frame.draw(figures, texts, byYear, moved, moving)
    for (const [id, row] of this.rows) {
      row.tell(id in this.now ? this.say("live.alone", { change: texts[`alone.${id}`] }) : null)
    }
  }
}
