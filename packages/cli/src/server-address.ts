import { isLoopback } from '@rollcall/core'
import type { Environment } from './environment.ts'
import { UsageError } from './usage-error.ts'

const USUAL_SERVER = 'http://127.0.0.1:3000'

/** Where the server is, without a trailing slash: from the option, else ROLLCALL_SERVER, else on this machine. */
export function readServer(option: string | true | undefined, environment: Environment): string {
  const isNamed = typeof option === 'string'
  const text = isNamed ? option : environment.ROLLCALL_SERVER || USUAL_SERVER
  const problem = problemOf(text)
  if (problem) throw new UsageError(`${isNamed ? '--server' : 'ROLLCALL_SERVER'} ${problem}`)
  return new URL(text).origin
}

function problemOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return `is not an address like ${USUAL_SERVER}.`
  if (text.includes('@')) return 'contains a user name or password: leave them out.'
  if (url.pathname !== '/' || /[?#]/.test(text))
    return 'has more than scheme, host and port: leave the rest out.'
  return undefined
}

/** Said before a secret goes there; undefined where nobody can read it on the way. */
export function warningFor(server: string): string | undefined {
  const { protocol, hostname } = new URL(server)
  return protocol === 'https:' || isLoopback(hostname)
    ? undefined
    : `${server} is not encrypted: whoever shares the network can read what is sent there.`
}
