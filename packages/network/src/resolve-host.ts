import { Resolver, lookup as systemLookup } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP, type LookupFunction } from 'node:net'

export interface Address {
  address: string
  family: 4 | 6
}

export interface ResolveOptions {
  /** For the whole look-up of one name. */
  timeoutMs: number
  /** Name servers as `address:port`; the system's where absent. */
  servers?: readonly string[]
  hostsFile?: string
  /** Asked where c-ares has no answer: it knows search domains and a VPN's own zones. */
  askSystem?: (hostname: string) => Promise<Address[]>
}

/** After the first family has answered, how long the other may take. RFC 8305 calls it the resolution delay. */
const OTHER_FAMILY_MS = 50
const HOSTS_FILE =
  process.platform === 'win32' ? `${process.env.SystemRoot}\\System32\\drivers\\etc\\hosts` : '/etc/hosts'

/**
 * Looks names up without getaddrinfo, of which two hanging calls stop all others of the process: c-ares asks every name
 * on its own. The hosts file counts as usual. Fails with `code` ENOTFOUND, ETIMEOUT or another of c-ares.
 */
export function createResolve({
  timeoutMs,
  servers,
  hostsFile = HOSTS_FILE,
  askSystem = (hostname) => systemLookup(hostname, { all: true }) as Promise<Address[]>,
}: ResolveOptions) {
  // a dead first server leaves time for the second
  const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 3), tries: 2 })
  if (servers) resolver.setServers(servers)

  async function ask(hostname: string): Promise<Address[]> {
    const v4 = resolver
      .resolve4(hostname)
      .then((found) => found.map((address): Address => ({ address, family: 4 })))
    const v6 = resolver
      .resolve6(hostname)
      .then((found) => found.map((address): Address => ({ address, family: 6 })))
    const patiently = (answer: Promise<Address[]>) => answer.catch(() => [] as Address[])
    try {
      await Promise.any([v4, v6])
    } catch (error) {
      const [first] = (error as AggregateError).errors as [NodeJS.ErrnoException]
      throw first
    }
    const found = await Promise.all([
      within(OTHER_FAMILY_MS, patiently(v4)),
      within(OTHER_FAMILY_MS, patiently(v6)),
    ])
    return found.flatMap((addresses) => addresses ?? [])
  }

  return async function resolve(hostname: string): Promise<Address[]> {
    if (hostname === 'localhost' || hostname.endsWith('.localhost')) {
      return [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]
    }
    const listed = await readHosts(hostsFile, hostname)
    if (listed.length > 0) return listed
    const found = await within(
      timeoutMs,
      ask(hostname).catch((error: NodeJS.ErrnoException) => {
        // a name server that is silent for us is silent for the system too, which would then stop other look-ups
        if (error.code === 'ETIMEOUT') throw error
        return askSystem(hostname).catch(() => {
          throw error
        })
      }),
    )
    if (found === undefined) throw lookupError('ETIMEOUT')
    if (found.length === 0) throw lookupError('ENOTFOUND')
    return found
  }
}

/** In the form net.connect() wants. */
export function createLookup(options: ResolveOptions): LookupFunction {
  const resolve = createResolve(options)
  return (hostname, { all, family }, callback) => {
    resolve(hostname).then(
      (found) => {
        const wanted =
          family === 4 || family === 6 ? found.filter((address) => address.family === family) : found
        const [first] = wanted
        if (!first) callback(lookupError('ENOTFOUND'), '', 0)
        else if (all) callback(null, wanted)
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(lookupError(error.code ?? 'ENOTFOUND'), '', 0),
    )
  }
}

/** Carries the look-up as its `syscall`, so that its time-out is not taken for the connection's. */
function lookupError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error('the host name could not be looked up'), { code, syscall: 'lookup' })
}

async function readHosts(path: string, hostname: string): Promise<Address[]> {
  const text = await readFile(path, 'utf8').catch(() => '') // no hosts file: nothing is listed
  return text.split('\n').flatMap((line): Address[] => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const family = isIP(address)
    const isListed = names.some((name) => name.toLowerCase() === hostname)
    return (family === 4 || family === 6) && isListed ? [{ address, family }] : []
  })
}

/** The promise's value, or undefined where it takes longer. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
