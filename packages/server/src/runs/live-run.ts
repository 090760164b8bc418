import type { RunAnswerFacts, RunStatus } from '@rollcall/core/schema'
import { Words } from './words.ts'

/** One model's answer as it grows. */
export interface GrowingAnswer {
  facts: RunAnswerFacts
  reasoning: Words
  text: Words
}

/** A run under way in this process. */
export class LiveRun {
  readonly id: string
  readonly userId: string
  readonly answers: readonly GrowingAnswer[]
  /** `running` until all about it is written down. */
  status: RunStatus = 'running'
  readonly #stop = new AbortController()
  #stoppedAs: 'cancelled' | 'interrupted' = 'cancelled'
  #version = 0
  #wakers = new Set<() => void>()

  constructor(id: string, userId: string, models: readonly string[]) {
    this.id = id
    this.userId = userId
    this.answers = models.map((model) => ({
      facts: notYetAnswered(model),
      reasoning: new Words(),
      text: new Words(),
    }))
  }

  /** Aborted when no more is to be heard. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  get stoppedAs(): 'cancelled' | 'interrupted' {
    return this.#stoppedAs
  }

  stop(as: 'cancelled' | 'interrupted'): void {
    if (this.#stop.signal.aborted) return
    this.#stoppedAs = as
    this.#stop.abort()
  }

  /** Goes up with every change. */
  get version(): number {
    return this.#version
  }

  changed(): void {
    this.#version++
    const wakers = this.#wakers
    this.#wakers = new Set()
    for (const wake of wakers) wake()
  }

  /** As soon as there is something that `version` had not; at once where there is. */
  async newerThan(version: number, signal: AbortSignal): Promise<void> {
    if (version !== this.#version || signal.aborted) return
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#wakers.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#wakers.add(wake)
      signal.addEventListener('abort', wake, { once: true })
    })
  }
}

function notYetAnswered(model: string): RunAnswerFacts {
  return {
    model,
    status: 'running',
    finish_reason: null,
    failure: null,
    usage: {},
    adjusted: [],
    first_token_ms: null,
    duration_ms: null,
    tokens_per_second: null,
    pricing: null,
    pricing_source: null,
    cost: null,
  }
}
