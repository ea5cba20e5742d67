// An answer that somebody else worked out: shown until an engine is there, or where there is none.
export class Told {
  // levels it is about; kind of its lead; texts by name; changes: id -> [mean, p2_5, p97_5]; circles: 40 differences
  constructor({ levels, kind, texts, changes, circles }) {
    Object.assign(this, { levels, kind, texts, changes, dots: circles })
  }

  change(name) {
    const [mean, p2_5, p97_5] = this.changes[name]
    return { mean, p2_5, p97_5 }
  }

  circles() {
    return this.dots
  }

}
