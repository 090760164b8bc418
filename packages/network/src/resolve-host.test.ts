import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Address, createResolve } from './resolve-host.ts'
import { startNameServer } from './testing/name-server.ts'

describe('looking up a host name', () => {
  let server: Awaited<ReturnType<typeof startNameServer>>
  let folder: string
  let hostsFile: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
    hostsFile = join(folder, 'hosts')
    await writeFile(hostsFile, '# comment\n10.1.2.3 Listed.Test other.test # trailing\n::1 six.test\n')
    const silent = Array.from({ length: 100 }, (_, index) => [`silent-${index}.test`, 'silence'] as const)
    server = await startNameServer({
      'two.test': { v4: ['127.0.0.2', '127.0.0.3'] },
      'half.test': { v4: ['127.0.0.4'], onlyV4: true },
      'listed.test': { v4: ['127.0.0.9'] },
      ...Object.fromEntries(silent),
    })
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  const createTested = (
    timeoutMs = 300,
    askSystem = async (): Promise<Address[]> => Promise.reject(new Error('no')),
  ) => createResolve({ timeoutMs, servers: [server.address], hostsFile, askSystem })

  it('gives every address of a name', async () => {
    expect(await createTested()('two.test')).toEqual([
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.3', family: 4 },
    ])
  })

  it('lets the hosts file win, as the system does', async () => {
    expect(await createTested()('listed.test')).toEqual([{ address: '10.1.2.3', family: 4 }])
    expect(await createTested()('six.test')).toEqual([{ address: '::1', family: 6 }])
  })

  it('knows localhost without asking anybody', async () => {
    const before = server.asked.length
    expect((await createTested()('localhost')).map(({ address }) => address)).toEqual(['127.0.0.1', '::1'])
    expect(server.asked.length).toBe(before)
  })

  it('says so when there is no such name', async () => {
    await expect(createTested()('nowhere.test')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it('asks the system for names that c-ares does not find, but never after silence', async () => {
    const asked: string[] = []
    const resolve = createTested(60, async () => {
      asked.push('the system')
      return [{ address: '127.0.0.7', family: 4 }]
    })
    expect(await resolve('nowhere.test')).toEqual([{ address: '127.0.0.7', family: 4 }])
    expect(asked).toHaveLength(1)
    await expect(resolve('silent-0.test')).rejects.toMatchObject({ code: 'ETIMEOUT' })
    expect(asked).toHaveLength(1)
  })

  it('does not wait for ever for the system', async () => {
    await expect(createTested(60, () => new Promise(() => {}))('nowhere.test')).rejects.toMatchObject({
      code: 'ETIMEOUT',
    })
  })

  it('does not wait for the other family once one has answered', async () => {
    expect(await createTested(60_000)('half.test')).toEqual([{ address: '127.0.0.4', family: 4 }])
  })

  it('gives up on a silent name server', async () => {
    await expect(createTested(60)('silent-0.test')).rejects.toMatchObject({ code: 'ETIMEOUT' })
  })

  it('answers one name while a hundred others hang', async () => {
    const resolve = createTested(20_000)
    const hanging = Array.from({ length: 100 }, (_, index) => resolve(`silent-${index}.test`))
    const first = await Promise.race([
      resolve('two.test').then(() => 'the name that answers'),
      ...hanging.map((pending) =>
        pending.then(
          () => 'a silent name',
          () => 'a silent name',
        ),
      ),
    ])
    expect(first).toBe('the name that answers')
    for (const pending of hanging) pending.catch(() => {}) // they end with the test's process
  })
})
