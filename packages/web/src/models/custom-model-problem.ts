import { problemOfModelId } from '@rollcall/core/schema'

/** What is wrong with an id that is being typed; nothing is said as long as typing on may mend it. */
export function problemWhileTyping(text: string): string | undefined {
  const isHalfTyped = problemOfModelId(text + (text.includes('/') ? 'x' : 'x/x')) === undefined
  return isHalfTyped ? undefined : problemSentence(text)
}

/** What is wrong with an id that was typed. */
export function problemSentence(text: string): string | undefined {
  const problem = problemOfModelId(text)
  return problem === undefined ? undefined : `The id ${problem}.`
}
