import type { Exchange } from '../exchange.ts'
import type { Door } from '../provider-listener.ts'

/** A fault that shows before any request: the address does not answer as it should. */
export interface DoorFault {
  row: string
  title: string
  level: 'connection' | 'tls'
  door: Door
}

/** A fault in the answer to a request. */
export interface HttpFault {
  row: string
  title: string
  level: 'http'
  play(exchange: Exchange): void | Promise<void>
}

export type Fault = DoorFault | HttpFault

export type Play = HttpFault['play']

export function http(row: string, title: string, play: Play): HttpFault {
  return { row, title, level: 'http', play }
}
