import { problemOfApiKeyText } from './schema/api-key-text.ts'

/** An API key in a shape that cannot be printed, serialised or inspected by accident. */
export class ApiKey {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  /** The sentence of a refusal says what is wrong and where, and quotes nothing. */
  static parse(text: string): { key: ApiKey } | { problem: string } {
    const problem = problemOfApiKeyText(text)
    return problem === undefined ? { key: new ApiKey(text) } : { problem }
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
