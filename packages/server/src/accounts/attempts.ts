import { type CreateLimiter, tooMany } from '../http/limiters.ts'
import type { Refusal } from '../http/refusal.ts'
import { hashOf } from './secret-text.ts'

/** Failures from one place at one account; from one place at any; at one account from anywhere. */
const LIMITS = {
  sign_in_here: { points: 10, duration: 15 * 60 },
  sign_in_from: { points: 100, duration: 15 * 60 },
  sign_in_at: { points: 200, duration: 60 * 60 },
} as const

/** An address may be longer than a key. */
const here = (email: string, ip: string) => hashOf(`${ip} ${email}`)

/** Failed sign-ins are counted, right ones are not: nobody locks anybody else out for long. */
export function createAttempts(createLimiter: CreateLimiter) {
  const limiters = {
    sign_in_here: createLimiter('sign_in_here', LIMITS.sign_in_here),
    sign_in_from: createLimiter('sign_in_from', LIMITS.sign_in_from),
    sign_in_at: createLimiter('sign_in_at', LIMITS.sign_in_at),
  }
  const keys = (email: string, ip: string) =>
    ({ sign_in_here: here(email, ip), sign_in_from: ip, sign_in_at: hashOf(email) }) as const
  type Name = keyof typeof limiters
  const each = (email: string, ip: string) =>
    Object.entries(keys(email, ip)).map(([name, key]) => [limiters[name as Name], key] as const)

  return {
    async refuse(email: string, ip: string): Promise<Refusal | undefined> {
      for (const [limiter, key] of each(email, ip)) {
        const seen = await limiter.get(key)
        if (seen && seen.consumedPoints >= limiter.points) return tooMany(seen)
      }
      return undefined
    },
    async countFailure(email: string, ip: string): Promise<void> {
      for (const [limiter, key] of each(email, ip)) await limiter.penalty(key)
    },
    async forget(email: string, ip: string): Promise<void> {
      await limiters.sign_in_here.delete(here(email, ip))
    },
  }
}

export type Attempts = ReturnType<typeof createAttempts>
