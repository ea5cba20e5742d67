// A component without looks. Streamlit draws its own parts anew when the reader or the hour turns
// the page dark, but not our charts: the page is run again for those.

let watch = null

export default function ({data, setStateValue}) {
  document.documentElement.lang = data
  watch?.disconnect()
  const app = document.querySelector("[data-testid=stApp]")
  if (!app) return
  const dark = () => getComputedStyle(app).colorScheme === "dark"
  let drawn = dark()
  watch = new MutationObserver(() => {
    if (dark() !== drawn) setStateValue("dark", drawn = !drawn)
  })
  watch.observe(app, {attributes: true, attributeFilter: ["class"]})
  return () => watch?.disconnect()
}
