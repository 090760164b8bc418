import { type DestinationStream, pino } from 'pino'
import type { Settings } from './settings.ts'

/**
 * All that a line may hold: names, numbers and codes of ours. There is no field for a text from outside, so that no
 * key, password or provider's word can get in; what is not listed here is left out.
 */
interface LogFields {
  event: string
  request_id?: string | undefined
  method?: string | undefined
  /** As the table of endpoints has it, never the address that was asked for. */
  route?: string | undefined
  status?: number | undefined
  ms?: number | undefined
  ip?: string | undefined
  user_id?: string | undefined
  key_id?: number | undefined
  provider?: string | undefined
  list_status?: string | undefined
  code?: string | undefined
  http_status?: number | undefined
  model_count?: number | undefined
  count?: number | undefined
  address?: string | undefined
  file?: string | undefined
  signal?: string | undefined
  error_name?: string | undefined
  /** Places in our code, without the message. */
  stack?: string | undefined
}

const FIELDS = new Set<string>([
  'event',
  'request_id',
  'method',
  'route',
  'status',
  'ms',
  'ip',
  'user_id',
  'key_id',
  'provider',
  'list_status',
  'code',
  'http_status',
  'model_count',
  'count',
  'address',
  'file',
  'signal',
  'error_name',
  'stack',
] satisfies (keyof LogFields)[])

type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error'
export type Log = Record<LogLevel, (fields: LogFields) => void> & {
  /** A bug of ours: its name and place, never its message, which may quote anything. */
  bug(error: unknown, fields: LogFields): void
}

export function createLog(level: Settings['logLevel'], destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const logger = destination ? pino(options, destination) : pino(options)
  const write = (name: LogLevel) => (fields: LogFields) => {
    if (!logger.isLevelEnabled(name)) return
    logger[name](Object.fromEntries(Object.entries(fields).filter(([field]) => FIELDS.has(field))))
  }
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    bug: (error, fields) => write('error')({ ...fields, ...describeError(error) }),
  }
}

function describeError(error: unknown): Pick<LogFields, 'error_name' | 'code' | 'stack'> {
  if (!(error instanceof Error)) return { error_name: typeof error }
  const { name, message, code } = error as Error & { code?: unknown }
  const stack = error.stack ?? ''
  // a message may have lines that look like places: they begin behind it
  const places = stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 12)
  return {
    error_name: /^\w{1,60}$/.test(name) ? name : 'Error',
    ...(typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? { code } : {}),
    ...(places.length > 0 ? { stack: places.map((line) => line.trim()).join(' | ') } : {}),
  }
}
