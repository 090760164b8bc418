import { z } from 'zod'
import { countCharacters, nameOfUnseen, UNSEEN } from './character-name.ts'

const MOST_CHARS = 512

/** Why a text is no model id, in words that read on from its name; undefined where it is one. */
export function problemOfModelId(text: string): string | undefined {
  if (text === '') return 'is empty'
  if (countCharacters(text) > MOST_CHARS) return `is longer than ${MOST_CHARS} characters`
  const unseen = text.search(UNSEEN)
  if (unseen !== -1) {
    const name = nameOfUnseen(text.codePointAt(unseen) ?? 0)
    return `holds ${name} at position ${countCharacters(text.slice(0, unseen)) + 1}`
  }
  const slash = text.indexOf('/')
  if (slash === -1) return 'has no slash: write it as provider/model-name'
  if (slash === 0) return 'has nothing before the slash'
  if (slash === text.length - 1) return 'has nothing after the slash'
  return /\/(?:\/|$)/.test(text) ? 'has an empty part' : undefined
}

/** `provider/model-name`, split at the first slash; any provider is taken, also one that is not known here. */
export const ModelId = z
  .string()
  .superRefine((text, context) => {
    const problem = problemOfModelId(text)
    if (problem !== undefined) context.addIssue(problem)
  })
  .meta({ description: '`provider/model-name`' })

/** What stands before the slash, of any provider. */
export const ProviderPart = z
  .string()
  .refine((text) => !text.includes('/') && problemOfModelId(`${text}/any`) === undefined, 'names no provider')
