import { RUN_PARAMETER_LIMITS, type RunParameterName, type RunParameters } from '@rollcall/core/schema'
import type { RunDraft } from './run-draft.ts'

interface Parameter {
  name: RunParameterName
  label: string
  /** What is typed times this is what is sent. */
  factor: number
  isWhole: boolean
}

/** In the order of the form. */
export const PARAMETERS: readonly Parameter[] = [
  { name: 'temperature', label: 'Temperature', factor: 1, isWhole: false },
  { name: 'top_p', label: 'Top-p', factor: 1, isWhole: false },
  { name: 'max_output_tokens', label: 'Max output tokens', factor: 1, isWhole: true },
  { name: 'timeout_ms', label: 'Timeout in seconds', factor: 1000, isWhole: false },
]

/** "0 to 2". */
export function rangeOf({ name, factor }: Parameter): string {
  const { least, most } = RUN_PARAMETER_LIMITS[name]
  return `${(least / factor).toLocaleString('en')} to ${(most / factor).toLocaleString('en')}`
}

/** Why a typed figure cannot be sent. Nothing typed is the provider's own default. */
export function problemOfParameter(parameter: Parameter, text: string): string | undefined {
  if (text.trim() === '') return undefined
  const { least, most } = RUN_PARAMETER_LIMITS[parameter.name]
  const value = Number(text) * parameter.factor
  if (Number.isNaN(value))
    return `“${text.trim()}” is not a number: write it like ${parameter.isWhole ? '1000' : '0.7'}.`
  if (value < least || value > most) return `It goes from ${rangeOf(parameter)}.`
  return parameter.isWhole && !Number.isInteger(value) ? 'It is a whole number.' : undefined
}

/** What was set, as it is sent. */
export function toParameters(typed: RunDraft['parameters']): RunParameters {
  return Object.fromEntries(
    PARAMETERS.filter(({ name }) => typed[name].trim() !== '').map(({ name, factor }) => [
      name,
      factor === 1 ? Number(typed[name]) : Math.round(Number(typed[name]) * factor),
    ]),
  )
}
