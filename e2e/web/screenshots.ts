import { resolve } from 'node:path'
import { startVitest } from 'vitest/node'

/** Pictures of every state in both themes, on a desktop and a phone, into `screenshots/`. */
process.env.ROLLCALL_SCREENSHOTS = resolve('screenshots')
await startVitest('test', ['e2e/web/states-'], { project: ['web'], run: true, watch: false })
