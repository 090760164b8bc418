/** One retry in ten calls, and a few to begin with: an outage must not double what we send. */
const TOKENS_PER_CALL = 0.1
const MOST_TOKENS = 3

export interface RetryBudget {
  /** Counts a first attempt. */
  recordCall(providerKey: string): void
  /** Takes one retry, where there is one. */
  takeRetry(providerKey: string): boolean
}

/** Kept for the life of a process and shared by all its discoveries. */
export function createRetryBudget(): RetryBudget {
  const tokens = new Map<string, number>()
  const left = (providerKey: string) => tokens.get(providerKey) ?? MOST_TOKENS
  return {
    recordCall(providerKey) {
      tokens.set(providerKey, Math.min(left(providerKey) + TOKENS_PER_CALL, MOST_TOKENS))
    },
    takeRetry(providerKey) {
      if (left(providerKey) < 1) return false
      tokens.set(providerKey, left(providerKey) - 1)
      return true
    },
  }
}
