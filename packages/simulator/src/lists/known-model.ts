export type Modality = 'text' | 'image' | 'audio' | 'video' | 'pdf'

/** What is publicly known of a model, whether or not its provider's list tells it. */
export interface KnownModel {
  id: string
  name: string
  /** YYYY-MM-DD */
  released: string
  contextWindow?: number
  maxOutput?: number
  /** Dollars per million tokens: input, output, cached input. */
  price?: readonly [input: number, output: number, cachedInput?: number]
  input?: readonly Modality[]
  output?: readonly Modality[]
  reasoning?: boolean
  tools?: boolean
  openWeights?: boolean
}

export function unixSeconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000)
}
