// Streamlit's end of the simulator: shows the answer it was sent at once, loads the view, passes on.
// When the view cannot be loaded it says so to the server, which draws plain sliders instead.

async function connect(root, data, tell) {
  const at = new URL(`live/${data.view}/`, location.href).href
  const font = new FontFace("Rug Sans", `url(${at}rug-sans.woff2)`, { weight: "200 900" })
  document.fonts.add(font)
  const styles = fetch(`${at}simulator.css`).then((answer) => answer.text())
  for (const name of data.modules) import(at + name).catch(() => {})
  const { Connection } = await import(`${at}component.js`)
  return new Connection(root, await styles, tell)
}

export default function ({ data, parentElement: root, setStateValue }) {
  const tell = (told) => setStateValue("told", told)
  if (!root.connection) {
    if (data.told) {
      const first = ["lead", "range", "who"].map((name) => {
        const line = document.createElement("p")
        line.textContent = data.told.texts[name]
        return line
      })
      root.replaceChildren(...first)
    }
    root.failed = () => {
      if (!root.told) root.tell({ levels: data.levels, n: data.answered + 1, live: "", trouble: true })
      root.told = true
    }
    root.connection = connect(root, data, (told) => root.tell(told))
  }
  root.tell = tell
  root.connection.then((one) => one.update(data)).catch(() => root.failed())
  return () => setTimeout(() => {
    if (!root.host.isConnected) root.connection.then((one) => one.close()).catch(() => {})
  })
}
