import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'

const canary = 'secret5Wq8rTz1'

function collect(level: Parameters<typeof createLog>[0] = 'trace') {
  const lines: string[] = []
  return { log: createLog(level, { write: (line) => void lines.push(line) }), lines }
}

describe('a log line', () => {
  it('holds what is listed and nothing else', () => {
    const { log, lines } = collect()
    const fields = {
      event: 'x',
      status: 200,
      body: canary,
      password: canary,
      headers: { authorization: canary },
    }
    log.info(fields)
    const { time, ...line } = JSON.parse(lines[0] ?? '')
    expect(line).toEqual({ level: 'info', event: 'x', status: 200 })
    expect(new Date(time).getTime()).not.toBeNaN()
  })

  it('is written from its level on', () => {
    const { log, lines } = collect('warn')
    log.info({ event: 'x' })
    log.warn({ event: 'y' })
    log.bug(new Error('z'), { event: 'z' })
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['y', 'z'])
    const silent = collect('silent')
    silent.log.bug(new Error('z'), { event: 'z' })
    expect(silent.lines).toEqual([])
  })

  it.each([
    ['a message', new Error(canary)],
    ['a message of several lines', new Error(`x\n    at ${canary} (file.ts:1:1)\n    at ${canary}`)],
    ['a cause', new Error('x', { cause: new Error(canary) })],
    ['a name', Object.assign(new Error('x'), { name: `${canary} Error` })],
    ['a name of several lines', Object.assign(new Error('x'), { name: `E\n    at ${canary}` })],
    ['a code', Object.assign(new Error('x'), { code: canary })],
    ['a code that is a number of lines', Object.assign(new Error('x'), { code: `A\n${canary}` })],
    ['errors together', new AggregateError([new Error(canary)], canary)],
    ['a text', canary],
    ['an object', { message: canary, stack: canary, name: canary }],
    ['nothing', undefined],
  ])('of a bug has nothing of %s', (_what, error) => {
    const { log, lines } = collect()
    log.bug(error, { event: 'bug' })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      event: 'bug',
      error_name: expect.any(String),
    })
    expect(lines.join('')).not.toContain(canary)
  })

  it('of a bug says where it was', () => {
    const { log, lines } = collect()
    log.bug(Object.assign(new TypeError('x'), { code: 'ECONNRESET' }), { event: 'bug', user_id: 'ada' })
    const line = JSON.parse(lines[0] ?? '')
    expect(line).toMatchObject({ error_name: 'TypeError', code: 'ECONNRESET', user_id: 'ada' })
    expect(line.stack).toMatch(/log\.test\.ts:\d+:\d+/)
  })
})
