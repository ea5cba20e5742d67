// A component without looks. Streamlit draws its own parts anew when the reader or the hour turns
// the page dark, but not our charts: the page is run again for those, once for each turn.

let watch = null
let told = null

export default function ({data: {lang, dark}, setStateValue}) {
  document.documentElement.lang = lang
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
