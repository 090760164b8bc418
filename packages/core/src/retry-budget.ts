/** One retry in ten calls, and a few to begin with: an outage must not double what we send. */
const CALLS_PER_RETRY = 10
const MOST_RETRIES = 3

export interface RetryBudget {
  /** Counts a first attempt. */
  recordCall(providerKey: string): void
  /** Takes one retry, where there is one. */
  takeRetry(providerKey: string): boolean
}

/** Kept for the life of a process and shared by all its discoveries. */
export function createRetryBudget(): RetryBudget {
  // in calls, because ten tenths of a retry add up to a little less than one
  const credit = new Map<string, number>()
  const most = MOST_RETRIES * CALLS_PER_RETRY
  const left = (providerKey: string) => credit.get(providerKey) ?? most
  return {
    recordCall(providerKey) {
      credit.set(providerKey, Math.min(left(providerKey) + 1, most))
    },
    takeRetry(providerKey) {
      if (left(providerKey) < CALLS_PER_RETRY) return false
      credit.set(providerKey, left(providerKey) - CALLS_PER_RETRY)
      return true
    },
  }
}
