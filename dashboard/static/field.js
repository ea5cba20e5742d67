// The squares of the first page. The switch is a pair of radio buttons and the rest is style; here
// the drawing is put in place, with the picture that the reader had chosen before it stood.

export default function ({data: {html, name}, parentElement}) {
  let room = parentElement.querySelector(".room")
  if (room?.dataset.html === html) return
  const before = room ?? document.querySelector("#first-paint")
  const chosen = before?.querySelector("input:checked")?.value
  if (!room) {
    room = document.createElement("div")
    room.className = "room"
    parentElement.append(room)
  }
  room.dataset.html = html
  room.innerHTML = html
  const wanted = chosen && room.querySelector(`input[value="${chosen}"]`)
  if (wanted) wanted.checked = true
  document.dispatchEvent(new Event("squares-drawn"))
}
