// A component without looks. Streamlit draws its own parts anew when the reader or the hour turns
// the page dark, but not our charts: the page is run again for those, once for each turn.

let watch = null
let told = null

export default function ({data: {lang, cookie, menu, door, dark}, setStateValue}) {
  if (document.documentElement.lang !== lang)  // the shell had another: this one was chosen
    document.cookie = `${cookie}=${lang}; path=/; max-age=31536000; samesite=lax`
  document.documentElement.lang = lang
  named(menu, door)
  watch?.disconnect()
  const app = document.querySelector("[data-testid=stApp]")
  if (!app) return
  const turned = () => {
    const now = getComputedStyle(app).colorScheme === "dark"
    if (now !== dark && now !== told) setStateValue("dark", told = now)
    if (now === dark) told = null
  }
  watch = new MutationObserver(turned)
  watch.observe(app, {attributes: true, attributeFilter: ["class"]})
  turned()
  return () => watch?.disconnect()
}

// Streamlit has no navigation of one's own: what is one, and which door is open, is said here, as
// soon as the bar stands and whenever Streamlit draws it anew.
let redrawn = null

function named(menu, door, tries = 900) {
  redrawn?.disconnect()
  const bar = document.querySelector(".st-key-door-links")
  const open = bar?.querySelector(`.st-key-door-${door}_open a`)
  if (!open) {
    if (tries) requestAnimationFrame(() => named(menu, door, tries - 1))
    return
  }
  bar.setAttribute("role", "navigation")
  bar.setAttribute("aria-label", menu)
  bar.querySelectorAll("a").forEach((link) => link.removeAttribute("aria-current"))
  open.setAttribute("aria-current", "page")
  redrawn = new MutationObserver(() => named(menu, door))
  redrawn.observe(bar, {childList: true, subtree: true})
}
