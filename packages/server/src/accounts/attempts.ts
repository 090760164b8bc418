import { type CreateLimiter, tooMany } from '../http/limiters.ts'
import type { Refusal } from '../refusal.ts'
import { createTurns } from '../turns.ts'
import { hashOf } from './secret-text.ts'

/** Failures from one place at one account; from one place at any; at one account from anywhere. */
const LIMITS = {
  sign_in_here: { points: 10, duration: 15 * 60 },
  sign_in_from: { points: 100, duration: 15 * 60 },
  sign_in_at: { points: 200, duration: 60 * 60 },
} as const

/** Whoever sends many at once has no more of them looked at before they are counted. */
const AT_ONCE = 4

/** An address may be longer than a key. */
const here = (email: string, place: string) => hashOf(`${place} ${email}`)

/** Failed sign-ins are counted, right ones are not: nobody locks anybody else out for long. */
export function createAttempts(createLimiter: CreateLimiter) {
  const limiters = {
    sign_in_here: createLimiter('sign_in_here', LIMITS.sign_in_here),
    sign_in_from: createLimiter('sign_in_from', LIMITS.sign_in_from),
    sign_in_at: createLimiter('sign_in_at', LIMITS.sign_in_at),
  }
  const keys = (email: string, place: string) =>
    ({ sign_in_here: here(email, place), sign_in_from: place, sign_in_at: hashOf(email) }) as const
  type Name = keyof typeof limiters
  const each = (email: string, place: string) =>
    Object.entries(keys(email, place)).map(([name, key]) => [limiters[name as Name], key] as const)

  const turns = createTurns(AT_ONCE)

  return {
    inTurn: <T>(place: string, attempt: () => Promise<T>): Promise<T> => turns.take(place, attempt),
    async refuse(email: string, place: string): Promise<Refusal | undefined> {
      for (const [limiter, key] of each(email, place)) {
        const seen = await limiter.get(key)
        if (seen && seen.consumedPoints >= limiter.points) return tooMany(seen)
      }
      return undefined
    },
    async countFailure(email: string, place: string): Promise<void> {
      for (const [limiter, key] of each(email, place)) await limiter.penalty(key)
    },
    async forget(email: string, place: string): Promise<void> {
      await limiters.sign_in_here.delete(here(email, place))
    },
  }
}

export type Attempts = ReturnType<typeof createAttempts>
