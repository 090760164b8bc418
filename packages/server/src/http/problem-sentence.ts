import type { z } from 'zod'

/** What is wrong with a body or query, in one sentence that quotes no value, and the field it is about. */
export function problemSentence(error: z.ZodError): { message: string; field?: string } {
  const [issue] = error.issues
  if (!issue) return { message: 'The request cannot be read.' }
  if (issue.code === 'unrecognized_keys') {
    const field = issue.keys.find(isPlainName)
    return field === undefined
      ? { message: 'There is a field that is not known here: leave it out.' }
      : { message: `${field} is not known here: leave it out or check its spelling.`, field }
  }
  const field = issue.path.join('.')
  const message = `${field || 'The body'} ${whatIsWrong(issue)}.`
  return field ? { message, field } : { message }
}

function whatIsWrong(issue: z.core.$ZodIssue): string {
  // our schemas word it themselves; Zod's own words begin with a capital
  if (/^[a-z]/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.endsWith('undefined')
        ? 'is missing'
        : `is not of the type ${issue.expected}, or is missing`
    case 'invalid_value':
      return `is not one of ${issue.values.join(', ')}`
    case 'too_big':
      return `is more than ${issue.maximum}`
    case 'too_small':
      return `is less than ${issue.minimum}`
    default:
      return 'has a form that is not taken here'
  }
}

/** As field names are, and no key is: nobody's slip of the pen is quoted. */
function isPlainName(text: string): boolean {
  return /^[a-z]+(_[a-z]+){0,3}$/.test(text) && text.length <= 32
}
