import type { Door } from '../provider-listener.ts'
import type { DoorFault } from './fault.ts'

function connection(row: string, title: string, door: Door): DoorFault {
  return { row, title, level: 'connection', door }
}

/** Without TLS these do nothing, except that a hanging handshake then is a silent server. */
function tls(row: string, title: string, door: Door): DoorFault {
  return { row, title, level: 'tls', door }
}

/** A and B: nobody there, or nobody to be trusted. */
export const doorFaults = {
  A7: connection('A7', 'connection refused', { kind: 'closed' }),
  A8: connection('A8', 'connecting hangs: SYNs are dropped', { kind: 'black-hole' }),
  A9: connection('A9', 'reset right after accept', { kind: 'reset' }),
  B1: tls('B1', 'certificate expired', { kind: 'open', certificate: 'expired' }),
  B2: tls('B2', 'certificate self-signed', { kind: 'open', certificate: 'self-signed' }),
  B3: tls('B3', 'certificate for another host', { kind: 'open', certificate: 'wrong-host' }),
  B4: tls('B4', 'TLS handshake hangs', { kind: 'silent' }),
  B5: tls('B5', 'plain HTTP on a TLS port', { kind: 'plain-http' }),
  'B5-old-tls': tls('B5', 'nothing newer than TLS 1.1', { kind: 'old-tls' }),
} satisfies Record<string, DoorFault>
