import { describe, expect, it } from 'vitest'
import { applyCorrections } from './corrections.ts'
import { Corrections, sourceOf } from './schema/facts.ts'
import { Model } from './schema/model.ts'

const DATE = '2026-11-20'
const CATALOGUE = { from: 'models.dev', date: '2026-11-24' }
const MODEL: Model = {
  id: 'openai/gpt-x',
  name: 'GPT-X',
  kind: 'chat',
  context_window: 128_000,
  pricing: { input: 2.5, output: 10 },
  sources: { context_window: CATALOGUE, pricing: CATALOGUE },
}
const correct = (facts: Corrections[string]['facts'], model = MODEL) => {
  const { models, differs } = applyCorrections([model], { [model.id]: { date: DATE, facts } })
  return { model: models[0] as Model, differs: differs.get(model.id) }
}

describe('corrections', () => {
  it('stand in place of what is known, part by part, with their source', () => {
    const { model } = correct({ context_window: 200_000, pricing: { output: 8, cached_input: 1 } })
    expect(model).toMatchObject({
      context_window: 200_000,
      pricing: { input: 2.5, output: 8, cached_input: 1 },
    })
    const you = { from: 'you', date: DATE }
    expect(sourceOf(model, 'context_window')).toEqual(you)
    expect(sourceOf(model, 'pricing.output')).toEqual(you)
    expect(sourceOf(model, 'pricing.input')).toEqual(CATALOGUE)
    expect(Model.strict().parse(model)).toEqual(model)
    expect(MODEL.context_window).toBe(128_000)
  })

  it('say what would stand there without them, where that differs', () => {
    const { differs } = correct({
      context_window: 128_000,
      max_output_tokens: 4_096,
      kind: 'completion',
      pricing: { input: 3 },
    })
    expect(differs).toEqual([
      { field: 'max_output_tokens' },
      { field: 'kind', value: 'chat' },
      { field: 'pricing.input', value: 2.5, source: CATALOGUE },
    ])
    expect(correct({ context_window: 128_000 }).differs).toBeUndefined()
  })

  it('survive a refresh, and wait for a model that is not there', () => {
    const corrections = { [MODEL.id]: { date: DATE, facts: { context_window: 1 } } }
    expect(applyCorrections([], corrections).models).toEqual([])
    const refreshed = { ...MODEL, context_window: 256_000 }
    const { models, differs } = applyCorrections([refreshed], corrections)
    expect(models[0]?.context_window).toBe(1)
    expect(differs.get(MODEL.id)).toEqual([{ field: 'context_window', value: 256_000, source: CATALOGUE }])
  })

  it('leave other models as they are, whatever they are called', () => {
    const odd = { ...MODEL, id: 'constructor' }
    expect(applyCorrections([odd, MODEL], {}).models).toEqual([odd, MODEL])
  })

  it('hold only what may be set right', () => {
    const ofModel = (facts: unknown) => Corrections.safeParse({ 'openai/x': { date: DATE, facts } }).success
    expect(ofModel({ context_window: 1, capabilities: { tools: true } })).toBe(true)
    for (const facts of [
      { context_window: 0 },
      { pricing: { input: -1 } },
      { id: 'other/x' },
      { sources: {} },
      5,
    ])
      expect(ofModel(facts)).toBe(false)
  })
})
