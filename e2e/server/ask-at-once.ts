import { Agent, request } from 'node:http'
import { recordEvidence } from '../../packages/server/src/testing/evidence.ts'
import type { TestServer } from '../../packages/server/src/testing/test-server.ts'

/** So many requests at once, each over a connection of its own, to the servers and the paths in turn. */
export async function askAtOnce(
  servers: readonly TestServer[],
  token: string,
  paths: readonly string[],
  count: number,
) {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })
  const answers = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const { address } = servers[index % servers.length] as TestServer
      const path = paths[index % paths.length] ?? ''
      return new Promise<{ path: string; status: number; body: string }>((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' }
        request(`${address}${path}`, { agent, headers }, async (response) => {
          resolve({
            path,
            status: response.statusCode ?? 0,
            body: Buffer.concat(await response.toArray()).toString(),
          })
        })
          .on('error', reject)
          .end()
      })
    }),
  )
  agent.destroy()
  for (const body of new Set(answers.map(({ body }) => body))) recordEvidence('response', body)
  return answers
}
