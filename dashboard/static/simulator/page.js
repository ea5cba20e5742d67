// The simulator as a page of its own: reads what lies in the file, follows the address, tells its height.
import * as engine from "./engine.js"
import { bytesOf } from "./runtime.js"
import { MOST } from "./beside.js"
import { h } from "./dom.js"
import { levelsOf, mount } from "./simulator.js"

const read = (id) => JSON.parse(document.getElementById(id).textContent)
const root = document.getElementById("sim-root")
const data = read("data")
const columns = bytesOf(document.getElementById("columns").textContent.trim())
const embedded = window.parent !== window

function levelsOfAddress() {
  const levels = levelsOf(data.description.levers, location.hash.slice(1))
  return Object.keys(levels).length ? levels : data.levels
}

function onRelease(levels) {
  const hash = new URLSearchParams(Object.entries(levels)).toString()
  try {
    history.replaceState(null, "", `#${hash}`)
  } catch {
    // a page in a sandbox has no address of its own
  }
}

// packages that the reader keeps to see beside the current one, for as long as the page stands
let kept = []

function keep(view) {
  const moved = Object.entries(view.levels())
  const name = JSON.stringify(moved)
  if (!moved.length || kept.some((one) => one.name === name)) return
  const label = moved.map(([id]) => view.rows.get(id).named()).join(", ")
  kept = [...kept, { name, label, levels: Object.fromEntries(moved) }].slice(-MOST)
  view.compare(kept)
  view.show("beside")
}

function onDrop(name) {
  kept = kept.filter((one) => one.name !== name)
  window.simulator.compare(kept)
}

// a button for each signed package, one for today and one to keep what stands there
function presets(view) {
  const chip = (label, levels) => h("button", { type: "button", class: "sim-button", onclick: () => view.put(levels, true) }, label)
  return h("div", { class: "sim-presets", role: "group", "aria-label": view.say("live.start") },
    h("span", {}, view.say("live.start")), chip(view.say("live.preset_today"), {}),
    data.presets.map(({ label, levels }) => chip(label, levels)),
    h("button", { type: "button", class: "sim-button", onclick: () => keep(view) }, view.say("live.kept.keep")))
}

// an article has little room: it shows the answer, and the levers and all else when they are asked for
function shorten(view) {
  const moved = view.groups.find(({ rows }) => rows.some(({ lever }) => lever.id in view.levels()))
  for (const group of view.groups) group.element.open = group === moved
  const more = h("details", { class: "sim-group sim-more" }, h("summary", {}, h("span", {}, view.say("live.more_title"))),
    view.frame.element, view.note, document.querySelector("footer"))
  view.element.querySelector(".sim-work").after(more)
}

// paper shows the levers that were moved, also those of a group that is folded
function beforePrint() {
  for (const group of document.querySelectorAll("details")) if (group.querySelector(".sim-moved, .sim-frame")) group.open = true
}

function tellHeight() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height)
  window.parent.postMessage({ type: "rugpijn-height", id: data.description.id, height }, "*")
}

try {
  const view = mount(root, { ...data, engine, columns, state: { levels: levelsOfAddress() }, onRelease, onDrop })
  view.element.classList.toggle("sim-embedded", embedded)
  document.body.classList.toggle("sim-embedded-page", embedded)
  if (embedded) shorten(view)
  root.before(presets(view))
  addEventListener("beforeprint", beforePrint)
  window.simulator = view
} catch (error) {
  const refusal = document.createElement("p")
  refusal.setAttribute("role", "alert")
  refusal.textContent = data.words["live.refused"].replace("{reason}", error.message)
  root.prepend(refusal)
}
if (embedded) new ResizeObserver(tellHeight).observe(document.documentElement)
