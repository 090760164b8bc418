import { URI } from 'otpauth'

/** What an authenticator app shows now for what it was set up with. */
export function codeOf(uri: string): string {
  return URI.parse(uri).generate()
}
