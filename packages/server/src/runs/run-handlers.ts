import { setTimeout as pause } from 'node:timers/promises'
import type { Handlers } from '../http/bind.ts'
import type { OpenEventStream } from '../http/event-stream.ts'
import { iso } from '../moment-text.ts'
import { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import { runsAsCsv, runsAsJson, toFile } from './export-runs.ts'
import { listRuns } from './list-runs.ts'
import { beginning, readPosition, tellRun } from './run-events.ts'
import type { RunModels } from './run-models.ts'
import { toLiveRun, toRun } from './shown-run.ts'
import type { StoredRun, StoredRuns } from './stored-runs.ts'

/** So long another process may take to stop a run; it has been told, and will. */
const STOPPED_ELSEWHERE_MS = 3_000
const LOOK_EVERY_MS = 50

export interface RunPorts {
  storage: Storage
  stored: StoredRuns
  runs: RunModels
  openStream: OpenEventStream
  now: () => number
}

/** Runs are started, told as they go on, stopped, found again and deleted. */
export function createRunHandlers({
  storage,
  stored,
  runs,
  openStream,
  now,
}: RunPorts): Pick<
  Handlers,
  | 'listRuns'
  | 'exportRuns'
  | 'exportRunsCsv'
  | 'createRun'
  | 'showRun'
  | 'runEvents'
  | 'cancelRun'
  | 'removeRun'
> {
  const fileName = () => `rollcall-runs-${iso(now()).slice(0, 10)}`
  const unknown = new Refusal('not_found', 'You have no such run.')

  /** Of a run that another process has; resolves once it has ended there, or with patience. */
  async function stopElsewhere(userId: string, id: string): Promise<void> {
    await stored.askToStop(userId, id)
    await storage.announce({ kind: 'stopped_run', userId, runId: id })
    const patience = AbortSignal.timeout(STOPPED_ELSEWHERE_MS)
    while (!patience.aborted && (await stored.isRunning(id))) await pause(LOOK_EVERY_MS)
  }

  function show({ row, answers }: StoredRun) {
    const live = runs.find(row.id)
    return live ? toLiveRun(row, live) : toRun(row, answers)
  }

  return {
    listRuns: ({ query, who }) => listRuns(storage, who.userId, query),

    exportRuns: ({ query, who }) =>
      toFile(runsAsJson(stored.all(who.userId, query), now()), 'application/json', `${fileName()}.json`),

    exportRunsCsv: ({ query, who }) =>
      toFile(runsAsCsv(stored.all(who.userId, query)), 'text/csv; charset=utf-8', `${fileName()}.csv`),

    async createRun({ body, who }) {
      const started = await runs.start(who.userId, body, (ask) => stored.create(who.userId, body, ask))
      if (started instanceof Refusal) return started
      await storage.announce({ kind: 'runs', userId: who.userId })
      return toLiveRun(started.row, started.run)
    },

    async showRun({ params, who }) {
      const found = await stored.find(who.userId, params.id)
      return found ? show(found) : unknown
    },

    async runEvents({ params, query, who, context, signal }) {
      const found = await stored.find(who.userId, params.id)
      if (!found) return unknown
      const count = found.answers.length
      const wanted = query.after ?? context.req.header('last-event-id')
      const position = wanted === undefined ? beginning(count) : readPosition(wanted, count)
      if (!position) {
        return new Refusal(
          'invalid_request',
          'after (or Last-Event-ID) is not the id of an event of this run: leave it out to hear the run from its beginning.',
          { field: 'after' },
        )
      }
      const ports = { find: runs.find, read: () => stored.find(who.userId, params.id) }
      return openStream(
        { userId: who.userId, context, endings: [signal] },
        { tell: (send, ended) => tellRun(params.id, position, ports, send, ended) },
      )
    },

    async cancelRun({ params, who }) {
      const found = await stored.find(who.userId, params.id)
      if (!found) return unknown
      if (found.row.status !== 'running') return toRun(found.row, found.answers)
      if (runs.find(params.id)) await runs.stop(params.id)
      else await stopElsewhere(who.userId, params.id)
      const after = await stored.find(who.userId, params.id)
      return after ? show(after) : unknown
    },

    async removeRun({ params, who }) {
      if (!(await stored.remove(who.userId, params.id))) return unknown
      // it is gone already: nothing more of it is written down but what it cost
      await storage.announce({ kind: 'stopped_run', userId: who.userId, runId: params.id })
      await runs.stop(params.id)
      await storage.announce({ kind: 'runs', userId: who.userId })
      await storage.purge()
      return undefined
    },
  }
}
