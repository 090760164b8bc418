import type { Behaviour } from './behaviour.ts'
import type { ChatFaultId, FaultId } from './faults/index.ts'
import { isFaultId } from './faults/index.ts'

/** A behaviour from unchecked JSON; throws a TypeError with a sentence for whoever sent it. */
export function readBehaviour(value: unknown): Behaviour {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('A behaviour is a JSON object, such as {"fault":"D7"}.')
  }
  const behaviour: Behaviour = {}
  for (const [name, given] of Object.entries(value)) {
    switch (name) {
      case 'latencyMs':
      case 'firstTokenMs':
      case 'tokenMs':
        behaviour[name] = wholeNumber(name, given, 0)
        break
      case 'times':
      case 'page':
      case 'tokens':
        behaviour[name] = wholeNumber(name, given, 1)
        break
      case 'path':
        behaviour.path = text(name, given)
        break
      case 'hostileUrl':
        behaviour.hostileUrl = address(name, given)
        break
      case 'fault':
        behaviour.fault = fault(given)
        break
      default:
        throw new TypeError(`"${name}" is not a member of a behaviour.`)
    }
  }
  return behaviour
}

function wholeNumber(name: string, value: unknown, least: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value
  throw new TypeError(`"${name}" must be a whole number of at least ${least}.`)
}

function text(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw new TypeError(`"${name}" must be a text that is not empty.`)
}

function address(name: string, value: unknown): string {
  if (typeof value === 'string' && URL.canParse(value)) return value
  throw new TypeError(`"${name}" must be an absolute address, such as http://127.0.0.1:9/.`)
}

function fault(value: unknown): FaultId | ChatFaultId {
  if (typeof value === 'string' && isFaultId(value)) return value
  throw new TypeError(`There is no fault named ${JSON.stringify(value)}. GET /faults lists them all.`)
}
