// Runs in the head of the page, before Streamlit does. What it leaves behind: numbers in the page's
// language, links of the menu that carry the state, and a history with one entry for each act.

// Streamlit formats numbers by navigator.languages. The choice in the page counts at once, before
// the document's own language follows.
Object.defineProperty(navigator, "languages", {get: () => {
  const chosen = document.querySelector(".st-key-language [aria-checked=true]")
  const named = {Nederlands: "nl", English: "en"}[chosen?.textContent.trim()]
  return [named ?? document.documentElement.lang]
}})

// A link that is opened in a new tab takes along what stands in the address.
const OF_A_PAGE = ["question", "claim", "assumption"]
const MENU = ".st-key-door-links a, .st-key-page-links a, a.keeps"
for (const act of ["pointerdown", "focusin", "contextmenu"]) {
  addEventListener(act, ({target}) => {
    const link = target.closest?.(MENU)
    if (!link) return
    const query = new URLSearchParams(location.search)
    OF_A_PAGE.forEach((name) => query.delete(name))
    link.search = query
  }, true)
}

// Streamlit's skip link leads to what begins with the menu, and is in English. Here it leads to the
// answer: the levers with theirs, the squares, packages side by side, or else the heading.
const SKIP = "[data-testid=stSkipToContent]"
const ANSWER = ".st-key-live, .st-key-field-of-squares, .multiples, .answer, [data-testid=stMain] h1"
addEventListener("focusin", ({target}) => {
  if (!target.matches?.(SKIP)) return
  target.textContent = {nl: "Naar het antwoord"}[document.documentElement.lang] ?? "To the answer"
})
// The question marks are named in English; they get their Dutch name when a reader reaches them.
addEventListener("focusin", ({target}) => {
  const name = target.getAttribute?.("aria-label")
  if (document.documentElement.lang === "nl" && name?.startsWith("Help for ")) {
    target.setAttribute("aria-label", name.replace("Help for", "Uitleg bij"))
  }
})
addEventListener("click", (event) => {
  if (!event.target.closest?.(SKIP)) return
  const answer = ANSWER.split(", ").map((each) => document.querySelector(each)).find(Boolean)
  if (!answer) return
  event.preventDefault()
  event.stopPropagation()
  answer.tabIndex = -1
  answer.style.scrollMarginTop = "5rem"  // the menu stays in view
  answer.focus()
  answer.scrollIntoView({block: "start"})
}, true)

// Streamlit writes an entry for each value that a script changes, and none for a slider. Here an act
// of the reader is one entry, whatever it changes; how the page is read (language, whose money, what is
// beside it), the name of a package and what a script mends by itself are none.
const SILENT = ["lang", "perspective", "name", "compare", "schema", "assumptions"]
let acted = false
for (const act of ["pointerup", "keydown"]) addEventListener(act, () => { acted = true }, true)
addEventListener("popstate", () => { acted = false }, true)

const told = (address) => {
  const query = new URLSearchParams(address.search)
  SILENT.forEach((name) => query.delete(name))
  query.sort()
  return `${query}`
}
const native = {pushState: history.pushState, replaceState: history.replaceState}
for (const name of Object.keys(native)) {
  history[name] = function (state, title, url) {
    const here = new URL(location.href), there = new URL(url ?? here, here)
    let way = name
    if (here.pathname === there.pathname) {
      const counts = acted && told(here) !== told(there)
      way = counts ? "pushState" : "replaceState"
      if (counts) acted = false
    }
    return native[way].call(history, state, title, there.href)
  }
}

// An address of a question as it was before questions opened one at a time.
if (location.pathname.endsWith("/evidence") && /^#[a-z]+$/.test(location.hash)) {
  const query = new URLSearchParams(location.search)
  query.set("question", location.hash.slice(1))
  history.replaceState(null, "", `${location.pathname}?${query}`)
}

// What the shell shows at once goes when the page stands in its place, out of sight until then.
const PATIENCE = 20_000  // milliseconds; after it the page is shown as far as it is
const AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
const CALM = 5  // looks in a row at which the page is as tall as it was
const LONG_CALM = 60  // the same where the simulator itself does not come
let drawn = false
const leave = (paint) => {
  const main = document.querySelector("[data-testid=stMain]")
  const down = paint.scrollTop
  if (window.firstSimulator) window.firstSimulator.focus = paint.querySelector("input:focus")?.id
  paint.remove()
  if (down && main) main.scrollTop = down
  dispatchEvent(new Event("first-paint-left"))
}
document.addEventListener("squares-drawn", () => { drawn = true })
document.addEventListener("DOMContentLoaded", () => {
  const paint = document.querySelector("#first-paint")
  if (!paint) return
  const late = Date.now() + PATIENCE
  let tall = 0, calm = 0
  const look = () => {
    const main = document.querySelector("[data-testid=stMain]")
    calm = tall === (tall = main?.scrollHeight) ? calm + 1 : 0
    const stands = document.querySelector("[data-testid=stMain] h1, [data-testid=stMain] .stAlert")
    const rest = calm > CALM && document.querySelector(AT_REST)
    const whole = {squares: drawn, simulator: rest && (window.simulatorStands || calm > LONG_CALM)}[paint.dataset.waitsFor] ?? rest
    if (window.firstSimulator?.view.held) setTimeout(look, 50)  // never from under a hand
    else if (stands && whole || Date.now() > late) setTimeout(() => leave(paint), 100)
    else setTimeout(look, 50)
  }
  look()
})
