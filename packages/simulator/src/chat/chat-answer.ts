import { describe } from '../lists/vocabulary.ts'
import { createSeeded, hexadecimal } from '../seeded.ts'

/** What a request to any of the chat APIs comes down to. */
export interface ChatQuestion {
  model: string
  /** The system prompt and all messages, as one text. */
  text: string
  isStreamed: boolean
  /** Of reasoning and answer together. */
  mostTokens: number | undefined
  /** Whether usage was asked for where it only comes when asked for. */
  wantsUsage: boolean
}

/** Why an answer ended, in no provider's words; a text of its own stands for a reason nobody knows. */
export type ChatEnd = 'stop' | 'length' | 'content_filter' | 'tool_call' | { odd: string }

export interface ChatUsage {
  input: number
  /** Of the input. */
  cached: number
  output: number
  /** Of the output. */
  reasoning: number
}

export interface ChatAnswer {
  /** Lower-case hexadecimal, for ids. */
  id: string
  reasoning: string[]
  /** One text per token. */
  tokens: string[]
  toolCall?: { name: string; argumentsJson: string }
  end: ChatEnd
  /** Absent only on a bad day. */
  usage?: ChatUsage
}

const LEAST_TOKENS = 60
const TOKENS_VARY_BY = 120
const REASONING_TOKENS = 24
/** Providers that cache prompts do so from here, in steps. */
const CACHED_FROM = 1024
const CACHE_STEP = 128

const REASONING_MODEL =
  /(^|[/-])o[134](-|$)|gpt-5|gpt-oss|deepseek-r1|thinking|magistral|reasoning|gemini-(2\.5|3)/i

/** The same question always gets the same answer; `length` replaces its number of tokens. */
export function makeAnswer(question: ChatQuestion, length?: number): ChatAnswer {
  const seed = seedOf(`${question.model}\n${question.text}`)
  const seeded = createSeeded(seed)
  const wanted = length ?? LEAST_TOKENS + seeded.integer(TOKENS_VARY_BY)
  const thoughts = REASONING_MODEL.test(question.model) ? tokensOf(seeded, REASONING_TOKENS) : []
  const most = question.mostTokens ?? Number.POSITIVE_INFINITY
  const reasoning = thoughts.slice(0, most)
  const tokens = tokensOf(seeded, Math.min(wanted, most - reasoning.length))
  const input = countTokens(question.text)
  return {
    id: hexadecimal(seed, 32),
    reasoning,
    tokens,
    end: reasoning.length + tokens.length < thoughts.length + wanted ? 'length' : 'stop',
    usage: {
      input,
      cached: input < CACHED_FROM ? 0 : Math.floor((input - 1) / CACHE_STEP) * CACHE_STEP,
      output: reasoning.length + tokens.length,
      reasoning: reasoning.length,
    },
  }
}

function countTokens(text: string): number {
  return 3 + Math.ceil(text.length / 4)
}

function tokensOf(seeded: ReturnType<typeof createSeeded>, count: number): string[] {
  const tokens: string[] = []
  while (tokens.length < count) tokens.push(...(`${describe(seeded)} `.match(/\s?\S+/g) ?? []))
  return tokens.slice(0, count).map((token, index) => (index === 0 ? token : ` ${token.trim()}`))
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
