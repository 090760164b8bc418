import { styleText } from 'node:util'
import { sameModels } from '@rollcall/core'
import { usd } from '@rollcall/core/figures'
import { factsOf } from '@rollcall/core/model-facts'
import type { Corrected, Model, ShownModel } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { askProviders } from '../ask-providers.ts'
import { atServer } from '../at-server.ts'
import { findModels } from '../find-models.ts'
import { EXIT, type FactsOptions, refuseLocalOptions, requireKeys } from '../models-options.ts'
import { toColumns } from '../print/columns.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { sourceText } from '../print/source-text.ts'

/** Prints all that is known of one model, where each figure comes from, and who else serves the same one. */
export async function showCommand(name: string, options: FactsOptions): Promise<number> {
  const { demo, timeout, catalogue, json, server } = options
  if (server !== undefined) return showAtServer(name, options)
  return askProviders({ demo, timeout, catalogue, isTold: !json }, ({ answer, withKey, facts }) => {
    requireKeys(withKey)
    const [model] = findModels(answer, [name])
    if (!model) return EXIT.allFailed
    const ids = sameModels(answer.providers, facts.catalogue).get(model.id) ?? []
    const others = answer.providers
      .flatMap(({ models }) => models)
      .filter(({ id }) => id !== model.id && ids.includes(id))
    if (json) process.stdout.write(`${toSafeJson({ model, same_model: others })}\n`)
    else process.stdout.write(toText(model, others))
    return EXIT.answered
  })
}

/** As its reader has set it right, with what would stand there otherwise. */
function showAtServer(name: string, options: FactsOptions): Promise<number> {
  refuseLocalOptions(options)
  return atServer(
    options.server,
    async ({ call }) => {
      const [model] = findModels(await call('availableModels', {}), [name])
      return call('showModel', { query: { id: model?.id ?? name } })
    },
    ({ model, same, ...marks }) => {
      if (options.json) process.stdout.write(`${toSafeJson({ model, same_model: same, ...marks })}\n`)
      else process.stdout.write(toText(model, same, marks))
      return EXIT.answered
    },
  )
}

type Marks = Pick<ShownModel, 'is_favourite' | 'is_hidden' | 'differs'>
const NO_MARKS: Marks = { is_favourite: false, is_hidden: false, differs: [] }

function toText(model: Model, others: readonly Model[], marks = NO_MARKS): string {
  const rows = factsOf([model]).flatMap((facts) =>
    facts.map(({ title, value, source }) => [
      title,
      value ?? '—',
      value === undefined ? '' : sourceText(source),
    ]),
  )
  const title = styleText('bold', visible(model.id))
  const parts = [
    `${title}${marks.is_favourite ? '  ★ favourite' : ''}${marks.is_hidden ? '  (hidden)' : ''}`,
    toColumns(rows),
  ]
  if (marks.differs.length > 0) {
    const rows = marks.differs.map(({ field, value, source }) => [
      `  ${field}`,
      shown(value),
      value === undefined ? '' : sourceText(source),
    ])
    parts.push(toColumns([['Without what you set right', '', ''], ...rows]))
  }
  if (model.description) parts.push(visible(model.description))
  if (others.length > 0) {
    const prices = [model, ...others].map(({ id, pricing }) => [
      `  ${visible(id)}`,
      usd(pricing?.input),
      usd(pricing?.output),
    ])
    parts.push(toColumns([['The same model at', 'IN $/M', 'OUT $/M'], ...prices]))
  }
  return `${parts.join('\n\n')}\n`
}

function shown(value: Corrected['value']): string {
  if (value === undefined) return '—'
  return visible(typeof value === 'object' ? value.join(', ') : String(value))
}
