const MOST_CHARS = 4096

/** An API key in a shape that cannot be printed, serialised or inspected by accident. */
export class ApiKey {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  /**
   * Takes only what may stand in an HTTP header, so that no key ever makes a header library throw an error that
   * quotes it. The sentence of a refusal says what is wrong and where, and quotes nothing either.
   */
  static parse(text: string): { key: ApiKey } | { problem: string } {
    if (text === '') return { problem: 'The key is empty' }
    if (text.length > MOST_CHARS) return { problem: `The key is longer than ${MOST_CHARS} characters` }
    const index = text.search(/[^\x21-\x7e]/)
    if (index === -1) return { key: new ApiKey(text) }
    return { problem: `The key contains ${nameOf(text.codePointAt(index) ?? 0)} at position ${index + 1}` }
  }

  /** Only `request.ts` asks for it. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '[API key]'
  }

  toJSON(): string {
    return '[API key]'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[API key]'
  }
}

function nameOf(codePoint: number): string {
  const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  if (codePoint === 0x20) return 'a space'
  if (codePoint === 0x09) return 'a tab'
  if (codePoint === 0x0a || codePoint === 0x0d) return 'a line break'
  if (codePoint < 0x20 || codePoint === 0x7f) return `a control character (${code})`
  const character = String.fromCodePoint(codePoint)
  if (/[\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cc}]/u.test(character)) return `an invisible character (${code})`
  return `a character that keys never have (${code})`
}
