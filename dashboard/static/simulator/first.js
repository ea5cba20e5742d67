// The simulator in the shell, before Streamlit's page stands: live at once, with the levels that the address
// names. The page takes over its levels when it takes its place (component.js, shell.js).
import { fetched, parts } from "./component.js"
import { View, levelsOf } from "./simulator.js"
import { Told } from "./told.js"

const place = document.getElementById("first-simulator")
const { engine, lang } = place.dataset
const at = new URL(`live/${engine}/`, location.href).href
const files = parts(at)
files.catch(() => {}) // the page says what is wrong

const words = await (await fetched(`${at}${lang}.json`)).json()
const view = new View(words)
view.hear(new Told(words.told))
view.set(levelsOf(words.description.levers, location.search))
place.replaceChildren(view.element)
window.firstSimulator = { view, engine }

const { engine: engineOf } = await files
const first = await engineOf("first.bin")
view.attach(first, first.draws)
if (!view.held) view.draw(false)
