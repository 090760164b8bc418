import { setTimeout as pause } from 'node:timers/promises'
import type { RunEvents } from '@rollcall/core/schema'
import type { z } from 'zod'
import type { SendEvent } from '../http/event-stream.ts'
import type { RunRow } from '../storage/tables.ts'
import type { LiveRun } from './live-run.ts'
import type { StoredAnswer } from './shown-run.ts'
import { Words } from './words.ts'

/** How often a run of another process is looked at. */
const LOOK_EVERY_MS = 500
const PARTS = ['reasoning', 'text'] as const

/** How much of each answer its reader has: UTF-16 units. */
export type Position = { reasoning: number; text: number }[]

/** Undefined where it is none of `count` answers. */
export function readPosition(text: string, count: number): Position | undefined {
  const parts = text.split('_').map((part) => /^(\d{1,8})\.(\d{1,8})$/.exec(part))
  if (parts.length !== count || parts.includes(null)) return undefined
  return parts.map((match) => ({ reasoning: Number(match?.[1]), text: Number(match?.[2]) }))
}

export function beginning(count: number): Position {
  return Array.from({ length: count }, () => ({ reasoning: 0, text: 0 }))
}

function positionText(position: Position): string {
  return position.map(({ reasoning, text }) => `${reasoning}.${text}`).join('_')
}

type View = Pick<LiveRun, 'status' | 'answers' | 'version' | 'newerThan'>

export interface TellRunPorts {
  /** Where it is under way in this process. */
  find(id: string): LiveRun | undefined
  /** As it is written down; undefined where it is gone. */
  read(): Promise<{ row: Pick<RunRow, 'status'>; answers: StoredAnswer[] } | undefined>
}

/** Tells a run from where its reader is to its end. One who reads slowly gets fewer and longer pieces. */
export async function tellRun(
  id: string,
  position: Position,
  { find, read }: TellRunPorts,
  send: SendEvent,
  ended: AbortSignal,
): Promise<void> {
  const tell = <Name extends keyof typeof RunEvents>(name: Name, data: z.input<(typeof RunEvents)[Name]>) =>
    send(name, JSON.stringify(data), positionText(position))
  const told = new Set<number>()
  const live = find(id)
  let view: View | undefined = live ?? (await asStored(read))
  if (!view) return
  await tell('run', { status: view.status, answers: view.answers.map(({ facts }) => facts) })
  while (view && !ended.aborted) {
    const { version, status } = view
    for (const [index, answer] of view.answers.entries()) {
      const { facts } = answer
      for (const part of PARTS) {
        const at = position[index]
        const text = at ? answer[part].from(at[part]) : ''
        if (!at || text === '') continue
        const isFirst = at.reasoning + at.text === 0
        at[part] += text.length
        const { first_token_ms } = facts
        await tell('text', { index, part, text, ...(isFirst ? { first_token_ms } : {}) })
      }
      if (facts.status !== 'running' && !told.has(index)) {
        told.add(index)
        await tell('answer', { index, answer: facts })
      }
    }
    if (status !== 'running') return tell('done', { status })
    await view.newerThan(version, ended)
    if (!live) view = await asStored(read)
  }
}

/** A run of another process, or one that is over. */
async function asStored(read: TellRunPorts['read']): Promise<View | undefined> {
  const stored = await read()
  if (!stored) return undefined
  return {
    status: stored.row.status,
    answers: stored.answers.map(({ facts, reasoning, text }) => ({
      facts,
      reasoning: new Words(reasoning),
      text: new Words(text),
    })),
    version: 0,
    newerThan: (_version, signal) => pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {}),
  }
}
