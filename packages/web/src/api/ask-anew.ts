import type { QueryKey } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'

/** Asks for it anew; resolves when the answer is shown. */
export async function askAnew({ queryKey }: { queryKey: QueryKey }): Promise<void> {
  await queryClient.invalidateQueries({ queryKey })
  await isShown()
}

/** What was just learned is told to the components in a task of its own: this one comes after it. */
export function isShown(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
