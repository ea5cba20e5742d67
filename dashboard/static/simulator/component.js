// The simulator within Streamlit: it fetches its words and its engine, follows what the server says
// about levels, and tells it the levels when a hand lets go.
import { Engine } from "./runtime.js"
import { Told } from "./told.js"
import { View, levelsOf } from "./simulator.js"

const RUSH = 250 // ms: of several releases within this only the last is told
const KEPT = 2 // engines that are kept when the assumptions change
const engines = new Map() // address -> promise of what `parts` gives

export async function fetched(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200)}`)
  return answer
}

// of an address: { description, engine(name of a file of draws) }, made once for all who ask
export function parts(at) {
  if (!engines.has(at)) {
    const made = Promise.all([import(`${at}engine.js`), fetched(`${at}engine.json`).then((one) => one.json())])
      .then(([module, description]) => {
        const known = new Map()
        const make = async (name) => {
          const columns = await (await fetched(at + name)).arrayBuffer()
          return new Engine({ engine: module, columns, description })
        }
        const engine = (name) => {
          if (!known.has(name)) known.set(name, make(name))
          return known.get(name)
        }
        engine("first.bin").catch(() => {}) // on its way at once; said where it is asked for
        return { description, engine }
      })
    made.catch(() => engines.delete(at))
    engines.set(at, made)
    while (engines.size > KEPT) engines.delete(engines.keys().next().value)
  }
  return engines.get(at)
}

const idle = () => new Promise((done) => (window.requestIdleCallback || setTimeout)(done))

export class Connection {
  // root: where the view goes; styles: text of the style sheet; tell({ levels, n, live }) reaches the server
  constructor(root, styles, tell) {
    Object.assign(this, { root, tell, n: 0, data: null, live: false, rebuilt: 0 })
    this.style = document.createElement("style")
    this.style.textContent = styles
    this.place = document.createElement("div")
    this.place.className = "sim-streamlit"
    root.replaceChildren(this.style, this.place)
    this.look = new MutationObserver(() => this.theme())
    const app = document.querySelector("[data-testid=stApp]")
    this.back = () => this.wentBack()
    addEventListener("popstate", this.back)
    this.left = () => this.takeOver()
    addEventListener("first-paint-left", this.left)
    if (app) this.look.observe(app, { attributes: true, attributeFilter: ["class", "style"] })
  }

  close() {
    this.look.disconnect()
    removeEventListener("popstate", this.back)
    removeEventListener("first-paint-left", this.left)
  }

  // what the server says on each of its runs
  async update(data) {
    const before = this.data
    this.data = data
    this.n = Math.max(this.n, data.answered)
    this.theme()
    if (!before || before.engine !== data.engine || before.lang !== data.lang) return this.build()
    if (!this.view) return
    if (data.told) this.view.hear(new Told(data.told))
    this.view.compare(data.kept, data.name)
    this.view.see(data.perspective, data.seen)
    if (data.kept.length > before.kept.length) this.view.show("beside")
    this.follow()
  }

  // the server's levels count, unless it has not yet heard the last that was told
  follow() {
    if (this.data.answered < this.n || this.later || this.view.held) return
    const same = this.view.shows(this.data.levels)
    if (!same || !this.live) this.view.set(this.data.levels)
  }

  // the reader goes back or forward: the levels that the address names then count
  wentBack() {
    if (!this.view || !this.root.host?.isConnected) return
    const levels = levelsOf(this.view.description.levers, location.search)
    if (!this.view.shows(levels)) this.view.put(levels, true)
  }

  // goes on where a reader was in the simulator that stood in the shell (first.js)
  takeOver() {
    const first = window.firstSimulator
    if (!first || !this.view) return
    window.firstSimulator = null
    if (first.engine !== this.data.engine) return
    this.view.openAs(first.view)
    if (first.view.switched) this.view.show(first.view.frame.tab)
    if (first.view.touched && !this.view.shows(first.view.levels())) this.view.put(first.view.levels(), true)
    if (first.focus) this.root.querySelector(`#${CSS.escape(first.focus)}`)?.focus()
  }

  async build() {
    const mine = ++this.rebuilt
    const { data } = this
    const at = new URL(`live/${data.engine}/`, location.href).href
    this.live = false
    const engine = parts(at)
    engine.catch(() => {}) // said below
    const words = await fetched(`${at}${data.lang}.json`).then((one) => one.json())
    if (mine !== this.rebuilt) return
    const before = this.view
    const tab = before?.frame.tab
    this.view = new View({
      ...words,
      onRelease: () => this.released(),
      onDrop: (name) => this.ask({ drop: name }),
      onPerspective: (perspective) => this.ask({ perspective }),
    })
    if (this.data.told) this.view.hear(new Told(this.data.told))
    if (before) this.view.openAs(before)
    this.view.set(this.data.levels)
    this.view.compare(data.kept, data.name)
    this.view.see(data.perspective, data.seen)
    if (tab || data.kept.length) this.view.show(tab ?? "beside")
    this.place.replaceChildren(this.view.element)
    this.theme()
    window.simulatorStands = true // see shell.js
    if (!document.querySelector("#first-paint")) this.takeOver()
    try {
      await this.begin(await engine, mine)
    } catch (error) {
      if (mine !== this.rebuilt) return
      this.view.trouble(words.words["live.refused_here"].replace("{reason}", error.message))
      this.view.element.dataset.ready = "trouble"
    }
  }

  // first some of the draws, then all of them; never while a hand is on a lever
  async begin({ description, engine: engineOf }, mine) {
    const { view } = this
    const use = async (name) => {
      const engine = await engineOf(name)
      engine.run(this.data.levels) // warm before it counts
      while (view.held) await new Promise((later) => setTimeout(later, 100))
      if (mine !== this.rebuilt) return
      view.attach(engine, engine.draws)
      view.draw(false)
      this.live = true
    }
    await use("first.bin")
    if (view.engine.draws < description.draws) {
      await idle()
      await use("draws.bin")
    }
    this.view.element.dataset.ready = "engine"
  }

  // tells the levels, and what the reader asks beside them
  ask(also = {}) {
    clearTimeout(this.later)
    this.later = 0
    this.last = performance.now()
    this.n += 1
    this.tell({ levels: this.view.levels(), n: this.n, live: this.live ? this.data.engine : "", ...also })
  }

  released() {
    const told = () => this.ask()
    clearTimeout(this.later)
    if (!this.later && performance.now() - (this.last ?? -RUSH) >= RUSH) return told()
    this.later = setTimeout(told, RUSH)
  }

  // light or dark as Streamlit is, whatever the system says
  theme() {
    const { colorScheme } = getComputedStyle(document.querySelector("[data-testid=stApp]") ?? document.body)
    this.place.dataset.theme = colorScheme === "dark" ? "dark" : "light"
    const bar = document.querySelector(".st-key-top-bar") // stays in view above the answer
    this.place.style.setProperty("--sim-top", `${bar ? bar.getBoundingClientRect().height : 0}px`)
  }
}
