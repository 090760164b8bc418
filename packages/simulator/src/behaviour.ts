import type { ChatFaultId, FaultId } from './faults/index.ts'

/** How a provider behaves until it is told otherwise. An empty one is a good day. */
export interface Behaviour {
  /** Time before the first byte of an answer, instead of the simulator's own. */
  latencyMs?: number
  fault?: FaultId | ChatFaultId
  /** Only for the first n matching requests; then the provider is well. Default: always. */
  times?: number
  /** Only for requests whose path (without query) ends with this. */
  path?: string
  /** Only for the n-th page (1-based) of a list. */
  page?: number
  /** Time from the head of a streamed answer to its first token, instead of the simulator's own. */
  firstTokenMs?: number
  /** Time between two tokens, instead of the simulator's own. */
  tokenMs?: number
  /** How many tokens an answer has, unless fewer are asked for. Default: it depends on the question. */
  tokens?: number
  /** Where redirects and foreign page links lead. Default http://127.0.0.1:9/ */
  hostileUrl?: string
}

export const DEFAULT_HOSTILE_URL = 'http://127.0.0.1:9/'
