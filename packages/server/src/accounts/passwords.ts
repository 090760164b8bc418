import { hash, verify } from '@node-rs/argon2'
import { createTurns } from '../turns.ts'

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Hashing takes memory and a thread each; whoever comes when all are busy waits. */
const AT_ONCE = 4

interface Argon2 {
  hash(password: string, cost: typeof COST): Promise<string>
  verify(passwordHash: string, password: string): Promise<boolean>
}

export interface Passwords {
  /** A PHC string. */
  hash(password: string): Promise<string>
  /** Takes as long where there is nothing to compare with: the time tells nobody whether an account exists. */
  verify(password: string, passwordHash: string | undefined): Promise<boolean>
}

/** Of no password, and as much work to compare with as any. */
const NOBODYS = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** The library is handed in by whoever wants to count. */
export function createPasswords(argon2: Argon2 = { hash, verify }): Passwords {
  const turns = createTurns(AT_ONCE)
  const inTurn = <T>(work: () => Promise<T>) => turns.take('hashing', work)
  return {
    hash: (password) => inTurn(() => argon2.hash(password, COST)),
    async verify(password, passwordHash) {
      const isRight = await inTurn(() => argon2.verify(passwordHash ?? NOBODYS, password))
      return isRight && passwordHash !== undefined
    },
  }
}
