// The simulator as a page of its own: reads what lies in the file, follows the address, tells its height.
import * as engine from "./engine.js"
import { bytesOf } from "./runtime.js"
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

function tellHeight() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height)
  window.parent.postMessage({ type: "rugpijn-height", id: data.description.id, height }, "*")
}

try {
  const view = mount(root, { ...data, engine, columns, state: { levels: levelsOfAddress() }, onRelease })
  view.element.classList.toggle("sim-embedded", embedded)
  window.simulator = view
} catch (error) {
  const refusal = document.createElement("p")
  refusal.setAttribute("role", "alert")
  refusal.textContent = data.words["live.refused"].replace("{reason}", error.message)
  root.prepend(refusal)
}
if (embedded) new ResizeObserver(tellHeight).observe(document.documentElement)
