import { codeOf, nameOfUnseen } from './character-name.ts'

const MOST_CHARS = 4096

/**
 * Why a text is no API key, with the place where that is so; quotes nothing of it. Only what may stand in an HTTP
 * header is taken, so that no key ever makes a header library throw an error that quotes it.
 */
export function problemOfApiKeyText(text: string): string | undefined {
  if (text === '') return 'The key is empty'
  if (text.length > MOST_CHARS) return `The key is longer than ${MOST_CHARS} characters`
  const index = text.search(/[^\x21-\x7e]/)
  if (index === -1) return undefined
  const codePoint = text.codePointAt(index) ?? 0
  const name = nameOfUnseen(codePoint) ?? `a character that keys never have (${codeOf(codePoint)})`
  return `The key contains ${name} at position ${index + 1}`
}
