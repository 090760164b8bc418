import { Modality, Moment, problemOfModelId } from '@rollcall/core/schema'
import type { FactForm, FactValue } from './fact-fields.ts'

/** What somebody has written into a field, or what is wrong with it; neither where it is empty. */
export type ReadFact = { value?: FactValue; problem?: undefined } | { value?: undefined; problem: string }

/** Reads a fact as it is written into a form. */
export function readFact(form: FactForm, written: string): ReadFact {
  const text = written.trim()
  return text === '' ? {} : READERS[form](text)
}

/** How a fact is written into a form, so that reading it gives the same. */
export function writtenFact(form: FactForm, value: FactValue | undefined): string {
  if (value === undefined) return ''
  if (form === 'yes-no') return value ? 'yes' : 'no'
  // a small price not as 1e-7
  if (form === 'price' && Number(value) < 1e-6)
    return Number(value)
      .toFixed(20)
      .replace(/\.?0+$/, '')
  return Array.isArray(value) ? value.join(', ') : String(value)
}

const READERS: Record<FactForm, (text: string) => ReadFact> = {
  tokens(text) {
    const digits = /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text
    const value = Number(digits)
    return /^\d+$/.test(digits) && value > 0 && Number.isSafeInteger(value)
      ? { value }
      : { problem: 'Write a whole number of tokens above 0, such as 128000.' }
  },
  price(text) {
    const value = Number(text.replace(/^\$\s*/, ''))
    return /^(\$\s*)?(\d+(\.\d*)?|\.\d+)$/.test(text) && Number.isFinite(value)
      ? { value }
      : { problem: 'Write USD per million tokens with a point, such as 0.15; 0 is free.' }
  },
  modalities(text) {
    const names = [...new Set(text.toLowerCase().split(/[\s,]+/))].filter(Boolean)
    const read = Modality.array().min(1).safeParse(names)
    return read.success
      ? { value: read.data }
      : { problem: `Name any of ${Modality.options.join(', ')}, with commas between them.` }
  },
  day: (text) =>
    Moment.safeParse(text).success && isOnCalendar(text)
      ? { value: text }
      : { problem: 'Write a day of the calendar as year-month-day, such as 2026-03-31.' },
  id(text) {
    const problem = problemOfModelId(text)
    return problem === undefined ? { value: text } : { problem: `The model id ${problem}.` }
  },
  'yes-no': (text) => ({ value: text === 'yes' }),
  kind: (text) => ({ value: text }),
}

/** There is no 30th of February. */
function isOnCalendar(moment: string): boolean {
  const date = new Date(moment)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(moment.slice(0, 10))
}
