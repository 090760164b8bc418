import type { EndpointName } from '@rollcall/core/schema'
import type { Pool } from 'pg'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { Refusal } from '../refusal.ts'
import type { ClientAddress } from './client-address.ts'
import type { Who } from './who.ts'

interface Limit {
  points: number
  /** seconds */
  duration: number
}
export type CreateLimiter = (name: string, limit: Limit) => RateLimiterAbstract

/** Limits are kept in memory with the embedded database, in the database where several processes share one. */
export function createLimiters(pool: Pool | undefined): CreateLimiter {
  return (name, { points, duration }) => {
    const common = { keyPrefix: name, points, duration }
    return pool
      ? new RateLimiterPostgres({
          ...common,
          storeClient: pool,
          tableName: 'rate_limits',
          tableCreated: true,
          clearExpiredByTimeout: false,
        })
      : new RateLimiterMemory(common)
  }
}

/** What costs much or may be guessed at: calls from one place, or of one user. All else has no limit. */
const CALLS: Partial<Record<EndpointName, Limit & { per: 'place' | 'user' }>> = {
  register: { per: 'place', points: 300, duration: 3600 },
  resetPassword: { per: 'place', points: 30, duration: 900 },
  refreshSession: { per: 'place', points: 600, duration: 60 },
  changePassword: { per: 'user', points: 20, duration: 900 },
  setUpTwoFactor: { per: 'user', points: 20, duration: 900 },
  confirmTwoFactor: { per: 'user', points: 20, duration: 900 },
  removeTwoFactor: { per: 'user', points: 20, duration: 900 },
  deleteAccount: { per: 'user', points: 20, duration: 900 },
  // each one is tried at its provider: nobody may test found keys through us
  saveKey: { per: 'user', points: 500, duration: 3600 },
  // each one costs its owner money: a script that went wild is to be noticed
  createRun: { per: 'user', points: 3_000, duration: 3600 },
}

export function createCallLimits(createLimiter: CreateLimiter) {
  const limiters = new Map(
    Object.entries(CALLS).map(([name, limit]) => [name, createLimiter(`call_${name}`, limit)]),
  )
  return async (
    name: EndpointName,
    client: ClientAddress,
    who: Who | undefined,
  ): Promise<Refusal | undefined> => {
    const limiter = limiters.get(name)
    if (!limiter) return undefined
    try {
      await limiter.consume(CALLS[name]?.per === 'user' && who ? who.userId : client.place)
      return undefined
    } catch (error) {
      if (error instanceof RateLimiterRes) return tooMany(error)
      throw error
    }
  }
}

export function tooMany({ msBeforeNext }: Pick<RateLimiterRes, 'msBeforeNext'>): Refusal {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
  const wait = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
  return new Refusal('rate_limited', `Too many attempts: try again in ${wait}.`, {
    retryAfterSeconds: seconds,
  })
}
