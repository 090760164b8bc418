import type { FailureDetail } from '@rollcall/core'
import type { FailureCode, Model } from '@rollcall/core/schema'
import type { FaultId, SimulatedProvider } from '@rollcall/simulator'

/** What must become of a provider on such a day. `code: null` is a good list. */
export interface Expectation {
  code: FailureCode | null
  /** Checked through the sentence, which differs by it. */
  detail?: FailureDetail
  /** Where a provider's own form of the fault means something else. */
  except?: Partial<Record<SimulatedProvider, FailureCode | null>>
  /** Requests to the provider's first list: 2 where one retry is allowed. */
  attempts?: 1 | 2
  /** Seconds until `retry_at`, least and most. */
  retryIn?: [least: number, most: number]
  /** The fault stops after so many requests. */
  times?: number
  /** How many discoveries in a row, over the same connections. */
  rounds?: number
  /** Lists are cut into pages of this size. */
  pageSize?: number
  /** Needs the time limit to pass, so a short one is injected. */
  waitsForLimit?: true
  /** What else must be true of a good list. `native` are ids without their provider. */
  list?: (list: {
    models: Model[]
    native: string[]
    clean: Model[]
    dropped: number
    message: string | null
  }) => boolean
  /** Whether `list` is asked of this provider; a fault may have no form in an API without pages. */
  listOf?: readonly SimulatedProvider[]
}

const PAGING: readonly SimulatedProvider[] = ['anthropic', 'google', 'cohere', 'fireworks', 'openrouter']

const good: Expectation = { code: null }
const rateLimited = (least: number, most: number): Expectation => ({
  code: 'rate_limited',
  attempts: 1,
  retryIn: [least, most],
})
const upstream = (attempts: 1 | 2): Expectation => ({ code: 'upstream_error', attempts })
const redirected: Expectation = { code: 'blocked', detail: 'redirect', attempts: 1 }
const bad = (detail: FailureDetail, attempts: 1 | 2 = 1): Expectation => ({
  code: 'bad_response',
  detail,
  attempts,
})
const cutOff = bad('cut_off', 2)
const timesOut: Expectation = { code: 'timeout', waitsForLimit: true }

/** Ids that are good although they look odd stay, in their place; nothing good is lost beside what is dropped. */
const keepsTheGood: NonNullable<Expectation['list']> = ({ native, clean }) =>
  clean.every(({ id }) => native.includes(id.slice(id.indexOf('/') + 1)))
const keepsAndDrops: NonNullable<Expectation['list']> = (list) => keepsTheGood(list) && list.dropped > 0

export const EXPECTATIONS: Record<Exclude<FaultId, `B${string}`>, Expectation> = {
  A7: { code: 'unreachable', detail: 'refused' },
  A8: { code: 'timeout', detail: 'connecting', waitsForLimit: true },
  A9: { code: 'unreachable', detail: 'reset' },

  C1: timesOut,
  C2: timesOut,
  C3: timesOut,
  C6: { code: 'unreachable', detail: 'reset', attempts: 2 },
  C7: cutOff,
  C8: cutOff,
  C9: cutOff,
  C10: { code: null, rounds: 3 },

  'D2-204': bad('empty'),
  'D2-empty': bad('empty'),
  'D3-203': bad('unexpected_status'),
  'D3-206': bad('unexpected_status'),
  D4: bad('unexpected_status'),
  D5: upstream(1),
  // these two have neither code nor telling words for a bad key, only the status
  D6: {
    code: 'key_rejected',
    attempts: 1,
    except: { together: 'upstream_error', openrouter: 'upstream_error' },
  },
  D7: { code: 'key_rejected', attempts: 1 },
  'D8-402': { code: 'no_credit', attempts: 1, retryIn: [900, 900] },
  // only the shape of OpenAI's errors has a word for it; with the others it is a limit like any other
  'D8-quota': {
    code: 'rate_limited',
    attempts: 1,
    except: { openai: 'no_credit', together: 'no_credit' },
  },
  D9: { code: 'no_permission', attempts: 1 },
  // only OpenAI and Google are known to name the region
  D10: {
    code: 'no_permission',
    attempts: 1,
    except: { openai: 'region_blocked', google: 'region_blocked' },
  },
  D11: { code: 'blocked', detail: 'firewall', attempts: 1 },
  D12: { code: 'key_rejected', detail: 'key_leaked', attempts: 1 },
  D13: { code: 'upstream_error', detail: 'not_found', attempts: 1 },
  'D14-405': upstream(1),
  'D14-406': upstream(1),
  'D14-410': upstream(1),
  'D14-415': upstream(1),
  'D14-426': upstream(1),
  'D14-451': upstream(1),
  D15: { code: 'timeout', attempts: 2 },
  D16: upstream(2),
  'D17-413': { code: 'misconfigured', attempts: 1 },
  'D17-414': { code: 'misconfigured', attempts: 1 },
  'D17-431': { code: 'misconfigured', attempts: 1 },
  D18: upstream(2),
  D19: upstream(1),
  D20: upstream(2),
  D21: { code: null, attempts: 2, times: 1 },
  D22: rateLimited(120, 120),
  'D23-future': rateLimited(50, 600),
  // one second, so it is waited for inside the call
  'D23-past': { code: 'rate_limited', attempts: 2, retryIn: [1, 1] },
  D24: rateLimited(30, 33),
  'D25-negative': rateLimited(30, 30),
  'D25-nan': rateLimited(30, 30),
  'D25-1e12': rateLimited(30, 30),
  'D25-2147484': rateLimited(900, 900),
  'D25-word': rateLimited(30, 30),
  'D25-two': rateLimited(30, 30),
  D26: upstream(1),
  'D27-500': upstream(2),
  'D27-501': upstream(1),
  'D28-502': upstream(2),
  'D28-504': upstream(2),
  'D29-503': upstream(2),
  'D29-503-retry-after': { ...upstream(1), retryIn: [120, 120] },
  'D30-520': upstream(2),
  'D30-530': upstream(2),
  'D31-529': upstream(2),
  'D32-599': upstream(1),
  'D32-999': upstream(1),
  D33: { code: null, attempts: 2 },

  'E1-301': { code: 'misconfigured', detail: 'moved', attempts: 1 },
  'E1-308': { code: 'misconfigured', detail: 'moved', attempts: 1 },
  'E2-301': redirected,
  'E2-302': redirected,
  'E2-303': redirected,
  'E2-307': redirected,
  'E2-308': redirected,
  E3: redirected,
  'E4-metadata': redirected,
  'E4-loopback': redirected,
  'E4-mapped': redirected,
  E5: redirected,
  'E6-file': redirected,
  'E6-data': redirected,
  'E6-gopher': redirected,
  'E6-slashes': redirected,
  'E6-backslashes': redirected,
  'E6-crlf': redirected,
  // 100 KB in one header is more than all of them may have
  'E6-long': bad('headers'),
  E8: bad('not_json'),
  E9: good,

  F1: bad('not_json'),
  F2: cutOff,
  F3: bad('not_json'),
  'F4-plain': good,
  'F4-none': good,
  F5: bad('not_json'),
  'F5-ndjson': bad('not_json'),
  F6: good,
  'F7-latin1': {
    code: null,
    list: ({ models }) => models.some(({ name }) => name.includes('é')),
    listOf: [],
  },
  'F7-utf16': bad('encoding'),
  F8: { code: null, list: ({ models }) => models.every(({ name }) => name.isWellFormed()) },
  F9: { code: 'too_large', attempts: 1 },
  F10: { code: 'too_large', attempts: 1 },
  F11: bad('encoding', 2),
  'F11-truncated': cutOff,
  'F12-br': bad('encoding'),
  'F12-zstd': bad('encoding'),
  'F12-chain': bad('encoding'),
  F13: bad('too_deep'),
  F14: { code: null, list: keepsTheGood },
  F15: bad('no_valid_entry'),
  'F15-objects': bad('no_valid_entry'),

  // Mistral documents the bare array that G1 makes of its envelope
  G1: { ...bad('shape'), except: { mistral: null } },
  'G2-missing': bad('shape'),
  'G2-null': bad('shape'),
  'G2-object': bad('shape'),
  'G2-string': bad('shape'),
  G3: {
    code: 'key_rejected',
    attempts: 1,
    except: { together: 'upstream_error' },
  },
  // these three have no `error` around what they have to say
  'G3-other': {
    code: 'upstream_error',
    attempts: 1,
    except: { mistral: 'bad_response', cohere: 'bad_response', fireworks: 'bad_response' },
  },
  G4: { code: null, list: keepsAndDrops },
  G5: { code: null, list: keepsAndDrops },
  G6: {
    code: null,
    list: (list) =>
      keepsTheGood(list) && new Set(list.native).size === list.native.length && list.dropped === 0,
  },
  G7: {
    code: null,
    list: (list) =>
      keepsTheGood(list) &&
      ['__proto__', 'constructor', 'toString'].every((id) =>
        list.native.some((native) => native.endsWith(id)),
      ),
  },
  G8: { code: null, list: ({ models }) => models.every(({ id }) => !/[\p{Cc}\p{Cf}]/u.test(id)) },
  G9: { code: null, list: keepsTheGood },
  G10: { code: null, list: ({ models }) => models.every(({ id }) => !id.includes('\n')) },
  G11: { code: null, list: ({ models }) => models.every(({ name }) => [...name].length <= 513) },
  G12: {
    code: null,
    list: ({ models, message }) => models.length === 20_000 && message?.includes('20,000') === true,
  },
  G13: { code: null, list: ({ models, dropped }) => models.length === 0 && dropped === 0 },
  G14: { code: null, list: ({ models }) => models.length > 0 },
  G15: {
    code: null,
    list: ({ models }) =>
      models.every(
        (model) =>
          (model.context_window ?? 1) > 0 &&
          (model.pricing?.input ?? 0) >= 0 &&
          !(Date.parse(model.released_at ?? '2020-01-01') > Date.now()),
      ),
  },
  G16: { code: null, list: keepsTheGood },

  H1: { code: null, list: ({ message }) => message !== null, listOf: PAGING },
  // four pages are more than a list may be
  'H1-heavy': {
    code: null,
    except: {
      anthropic: 'too_large',
      google: 'too_large',
      cohere: 'too_large',
      fireworks: 'too_large',
      openrouter: 'too_large',
    },
  },
  'H2-repeat': { code: null, pageSize: 2, list: ({ message }) => message !== null, listOf: PAGING },
  'H2-cycle': { code: null, pageSize: 2, list: ({ message }) => message !== null, listOf: PAGING },
  // where the next page has a cursor, an address is just a strange cursor, which the provider itself refuses
  H3: {
    code: null,
    except: {
      anthropic: 'upstream_error',
      google: 'upstream_error',
      cohere: 'upstream_error',
      fireworks: 'upstream_error',
      openrouter: 'bad_response',
    },
  },
  'H4-long': {
    code: null,
    except: {
      anthropic: 'bad_response',
      google: 'bad_response',
      cohere: 'bad_response',
      fireworks: 'bad_response',
      openrouter: 'bad_response',
    },
  },
  'H4-injection': { code: null },
  H5: {
    code: null,
    pageSize: 2,
    except: {
      anthropic: 'upstream_error',
      google: 'upstream_error',
      cohere: 'upstream_error',
      fireworks: 'upstream_error',
      openrouter: 'upstream_error',
    },
  },
  H6: { code: null, pageSize: 3, list: keepsTheGood },

  'I1-bytes': bad('headers'),
  'I1-count': bad('headers'),
  I2: good,
  'I2-trailers': good,
  I3: bad('not_http'),
  I4: { code: null, rounds: 2 },
  'I5-ssh': bad('not_http'),
  'I5-binary': bad('not_http'),
  'I5-101': bad('not_http'),

  J2: { code: 'key_rejected', attempts: 1 },
  J3: { code: 'blocked', detail: 'secret_echo' },
  'J3-base64': { code: 'blocked', detail: 'secret_echo' },
  'J3-cursor': {
    code: null,
    except: {
      anthropic: 'blocked',
      google: 'blocked',
      cohere: 'blocked',
      fireworks: 'blocked',
      openrouter: 'blocked',
    },
  },
}

/** The same for providers that speak TLS. Before the certificate is believed, no key is sent. */
export const TLS_EXPECTATIONS: Record<Extract<FaultId, `B${string}`>, Expectation> = {
  B1: { code: 'tls_error', detail: 'certificate_expired' },
  B2: { code: 'tls_error', detail: 'certificate_untrusted' },
  B3: { code: 'tls_error', detail: 'certificate_wrong_host' },
  B4: { code: 'timeout', detail: 'connecting', waitsForLimit: true },
  B5: { code: 'tls_error', detail: 'tls_protocol' },
  'B5-old-tls': { code: 'tls_error', detail: 'tls_protocol' },
}
