/** A text that grows by many small pieces: adding one, and reading what is new, costs as much as the piece. */
export class Words {
  #settled: string
  #settledLength: number
  #recent: string[] = []
  #length: number

  constructor(text = '') {
    this.#settled = text
    this.#settledLength = text.length
    this.#length = text.length
  }

  /** UTF-16 units. */
  get length(): number {
    return this.#length
  }

  add(piece: string): void {
    this.#recent.push(piece)
    this.#length += piece.length
  }

  /** All of it, as one string from here on. */
  whole(): string {
    if (this.#recent.length > 0) {
      this.#settled += this.#recent.join('')
      this.#settledLength = this.#length
      this.#recent = []
    }
    return this.#settled
  }

  /** What follows the first `offset` units. */
  from(offset: number): string {
    if (offset >= this.#length) return ''
    if (offset < this.#settledLength) return this.whole().slice(offset)
    let begin = this.#length
    let index = this.#recent.length
    while (begin > offset) begin -= this.#recent[--index]?.length ?? 0
    return this.#recent
      .slice(index)
      .join('')
      .slice(offset - begin)
  }
}
