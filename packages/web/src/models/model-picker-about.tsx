import { models as countOfModels, tokens } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { sentenceOf } from '../api/query-client.ts'
import { apiKeysQuery } from '../api/resources.ts'
import { InertText } from '../ui/inert-text.tsx'
import { availableModelsQuery } from './available-models.ts'
import { pickerGroups } from './model-picker-groups.ts'
import { priceText } from './model-picker-row.tsx'
import { PickerTrouble } from './model-picker-trouble.tsx'

const LINK = 'text-accent underline'

/** Below the picker: what is chosen, or what there is to choose from. */
export function PickerAbout({
  error,
  model,
  providerName,
}: {
  error: string | undefined
  model: Model | undefined
  providerName: string | undefined
}) {
  if (error !== undefined) {
    return (
      <span aria-live="polite" className="text-bad">
        {error}
      </span>
    )
  }
  if (!model) return <WhatThereIs />
  return (
    <span className="flex min-w-0 gap-x-1.5">
      <InertText className="truncate">{model.name}</InertText>
      <span className="shrink-0 tabular-nums">
        · {providerName}
        {model.context_window !== undefined && ` · ${tokens(model.context_window)} context`}
        {model.pricing && ` · ${priceText(model)} per M`}
      </span>
    </span>
  )
}

function WhatThereIs(): ReactNode {
  const { data: known, error, isError, refetch } = useQuery(availableModelsQuery)
  const { data: stored = [] } = useQuery(apiKeysQuery)
  if (isError && !known) {
    return (
      <span role="alert">
        {sentenceOf(error)}{' '}
        <button type="button" className={LINK} onClick={() => void refetch()}>
          Ask again
        </button>
      </span>
    )
  }
  const groups = pickerGroups(known, stored)
  const count = groups.reduce((sum, { offer }) => sum + (offer?.models.length ?? 0), 0)
  const states = groups.flatMap(({ key, name, states }) =>
    states.map((state) => ({ provider: key, name, ...state })),
  )
  const asked = states.filter(({ tone }) => tone === 'busy').length
  const troubles = states.filter(({ tone }) => tone === 'bad' || tone === 'warn' || tone === 'waiting')
  if (!known) return '“Custom Model” can be used meanwhile.'
  if (count === 0 && asked === 0 && troubles.length === 0) {
    return (
      <>
        No models available.{' '}
        <Link href="/settings/keys" className={LINK}>
          Add API key
        </Link>
      </>
    )
  }
  return (
    <span className="flex flex-wrap gap-x-1.5">
      {countOfModels(count)}
      {asked > 0 && ` · ${asked} ${asked === 1 ? 'provider is' : 'providers are'} still being asked`}
      {troubles.map((trouble) => (
        <PickerTrouble key={`${trouble.provider} ${trouble.label}`} {...trouble} />
      ))}
    </span>
  )
}
