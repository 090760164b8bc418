import { ApiError } from '@rollcall/core/schema'
import { type SubmitEvent, useState } from 'react'
import { sentenceOf } from './query-client.ts'

interface Failure {
  /** The name of the field that it is about; undefined: none of this form. */
  field: string | undefined
  sentence: string
}

/** A form whose fields are named as the server names them: what it refuses is shown beside the field. */
export function useSubmit(send: (read: (field: string) => string) => Promise<unknown>) {
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()

  async function submit(form: HTMLFormElement) {
    const fields = new FormData(form)
    setIsBusy(true)
    setFailure(undefined)
    try {
      await send((field) => String(fields.get(field) ?? ''))
    } catch (error) {
      const field = error instanceof ApiError ? error.field : undefined
      const control = controlOf(form, field)
      control?.focus()
      setFailure({
        field: control && field,
        sentence: inWordsOfTheForm(sentenceOf(error), field, control),
      })
    } finally {
      setIsBusy(false)
    }
  }

  return {
    isBusy,
    /** What is wrong with this field. */
    problemOf: (field: string) => (failure?.field === field ? failure.sentence : undefined),
    /** What is wrong, but with no field that is shown. */
    problem: failure && failure.field === undefined ? failure.sentence : undefined,
    onSubmit(event: SubmitEvent<HTMLFormElement>) {
      event.preventDefault()
      if (!isBusy) void submit(event.currentTarget)
    },
  }
}

function controlOf(form: HTMLFormElement, field: string | undefined): HTMLInputElement | undefined {
  const control = field === undefined ? null : form.elements.namedItem(field)
  return control instanceof HTMLInputElement && control.type !== 'hidden' ? control : undefined
}

/** "new_password is empty." → "New password is empty." */
function inWordsOfTheForm(
  sentence: string,
  field: string | undefined,
  control: HTMLInputElement | undefined,
) {
  const label = control?.labels?.[0]?.textContent
  return label && field && sentence.startsWith(`${field} `) ? label + sentence.slice(field.length) : sentence
}
