import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod'
import { recentModelsQuery } from './run-queries.ts'

const STORED_AS = 'rollcall-recent-models'
const MOST = 20
const NONE: readonly string[] = []

/** Ids of models, the last used first: those of this browser, then those of the stored runs. */
export function useRecentModels(userId: string): readonly string[] {
  const { data: stored = NONE } = useQuery(recentModelsQuery)
  return useMemo(() => [...new Set([...load(userId), ...stored])], [userId, stored])
}

export function rememberModels(userId: string, ids: readonly string[]): void {
  const models = [...new Set([...ids, ...load(userId)])].slice(0, MOST)
  try {
    localStorage.setItem(`${STORED_AS}-${userId}`, JSON.stringify(models))
  } catch {
    // the stored runs tell as well
  }
}

function load(userId: string): readonly string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(localStorage.getItem(`${STORED_AS}-${userId}`) ?? ''))
  } catch {
    return NONE // nothing was used here yet
  }
}
