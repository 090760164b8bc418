import { hash, verify } from '@node-rs/argon2'
import { createTurns } from '../turns.ts'

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Hashing takes memory and a thread each; whoever comes when all are busy waits. */
const AT_ONCE = 4

export interface Passwords {
  /** A PHC string. */
  hash(password: string): Promise<string>
  /** Takes as long where there is nothing to compare with: the time tells nobody whether an account exists. */
  verify(password: string, passwordHash: string | undefined): Promise<boolean>
}

export function createPasswords(): Passwords {
  const turns = createTurns(AT_ONCE)
  const inTurn = <T>(work: () => Promise<T>) => turns.take('hashing', work)
  let nobodys: Promise<string> | undefined
  return {
    hash: (password) => inTurn(() => hash(password, COST)),
    async verify(password, passwordHash) {
      nobodys ??= hash('nobody has this one', COST)
      const stored = passwordHash ?? (await nobodys)
      const isRight = await inTurn(() => verify(stored, password))
      return isRight && passwordHash !== undefined
    },
  }
}
