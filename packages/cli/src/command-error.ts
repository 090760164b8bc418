/** It could not be done: said in one sentence, exit code 1. */
export class CommandError extends Error {
  /** Why a server refused it, where one did. */
  readonly code: string | undefined

  constructor(message: string, code?: string) {
    super(message)
    this.code = code
  }
}
