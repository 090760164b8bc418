import { vi } from 'vitest'

/** Until it holds, on a busy machine too: how long that takes is nobody's promise. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000, interval: 25 })
}
