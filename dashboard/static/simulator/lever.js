// One lever: its name, what it does alone, a native slider with a mark for today, a typed number.
import { h, put } from "./dom.js"
import { decimalsOf, isShare, levelText, number } from "./numbers.js"

export class LeverRow {
  // on: { move(id, level), release(id, level), rest() }
  constructor(lever, texts, about, on) {
    Object.assign(this, { lever, texts, on })
    const id = `sim-${lever.id}`
    const { lang } = texts
    const share = isShare(lever)
    this.factor = share ? 100 : 1
    this.decimals = decimalsOf(lever.step * this.factor)
    this.today = levelText(lever, lever.today, lang)
    this.alone = h("span", { class: "sim-alone" })
    this.slider = h("input", {
      type: "range", id, min: lever.min, max: lever.max, step: lever.step,
      "aria-describedby": `${id}-what`,
      oninput: () => on.move(lever.id, this.snapped(Number(this.slider.value))),
      onchange: () => on.release(lever.id, this.snapped(Number(this.slider.value))),
      // a hand that lets go where it began changes nothing
      onpointerup: () => setTimeout(on.rest), onpointercancel: () => setTimeout(on.rest),
    })
    this.typed = h("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", size: 6,
      "aria-label": texts.say("live.level", { label: texts.label(lever) }),
      onchange: () => this.read(),
    })
    const part = (level) => `${((level - lever.min) / (lever.max - lever.min)) * 100}%`
    const mark = h("span", { class: "sim-today" })
    const track = h("span", { class: "sim-track" }, mark)
    mark.style.left = part(lever.today)
    if (lever.tried) {
      const band = h("span", { class: "sim-tried" })
      band.style.left = part(lever.tried[0])
      band.style.right = `${100 - parseFloat(part(lever.tried[1]))}%`
      track.prepend(band)
    }
    const tried = lever.tried && texts.say("live.tried", this.ends())
    this.element = h("div", { class: "sim-lever" },
      h("div", { class: "sim-head" }, h("label", { for: id }, texts.label(lever)), this.alone),
      h("p", { id: `${id}-what` }, about || ""),
      h("div", { class: "sim-move" },
        h("div", { class: "sim-slide" }, track, this.slider,
          h("div", { class: "sim-marks" },
            h("span", {}, texts.say("live.now", { level: this.today })),
            tried && h("span", { class: "sim-tried-text" }, tried))),
        h("span", { class: "sim-typed" }, this.typed, share ? h("span", {}, "%") : null)))
  }

  ends() {
    const [low, high] = this.lever.tried.map((end) => levelText(this.lever, end, this.texts.lang))
    return { low, high }
  }

  // a level next to today is today, which need not be a whole step
  snapped(level) {
    const { today, step } = this.lever
    return Math.abs(level - today) < step / 2 ? today : Number(level.toFixed(10))
  }

  read() {
    const text = this.typed.value.trim().replace(this.texts.lang === "nl" ? /\./g : /,/g, "")
    const level = Number(text.replace(",", ".").replace("\u2212", "-")) / this.factor
    const { id, min, max } = this.lever
    if (text === "" || !Number.isFinite(level)) return this.show(this.level)
    const steps = Math.round((Math.min(max, Math.max(min, level)) - min) / this.lever.step)
    this.on.release(id, this.snapped(Math.min(max, min + steps * this.lever.step)))
  }

  show(level) {
    this.level = level
    const { lang } = this.texts
    const said = levelText(this.lever, level, lang)
    if (Number(this.slider.value) !== level) this.slider.value = level
    this.typed.value = number(level * this.factor, lang, this.decimals)
    const fields = { level: said, today: this.today }
    this.slider.setAttribute("aria-valuetext", this.lever.tried
      ? this.texts.say("live.value_tried", { ...fields, ...this.ends() })
      : this.texts.say("live.value", fields))
    this.element.classList.toggle("sim-moved", level !== this.lever.today)
  }

  // the lever and its level in a few words
  named() {
    return `${this.texts.label(this.lever)} ${levelText(this.lever, this.level, this.texts.lang)}`
  }

  // what the lever does alone at its level; at rest what it would do in full
  tell(alone) {
    this.done = alone
    put(this.alone, alone ?? this.strongest ?? "")
  }

  full(strongest) {
    this.strongest = strongest
    this.tell(this.done)
  }
}
