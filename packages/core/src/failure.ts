import type { FailureCode } from './schema/available-models.ts'

/** What exactly went wrong, where the code alone would not tell a person what to do. Closed, like the codes. */
export type FailureDetail =
  | 'key_leaked'
  | 'name_not_found'
  | 'name_lookup'
  | 'connecting'
  | 'refused'
  | 'reset'
  | 'no_route'
  | 'proxy'
  | 'certificate_expired'
  | 'certificate_untrusted'
  | 'certificate_wrong_host'
  | 'tls_protocol'
  | 'redirect'
  | 'moved'
  | 'firewall'
  | 'secret_echo'
  | 'empty'
  | 'cut_off'
  | 'not_http'
  | 'not_json'
  | 'headers'
  | 'encoding'
  | 'too_deep'
  | 'shape'
  | 'no_valid_entry'
  | 'vanished'
  | 'next_page'
  | 'unexpected_status'
  | 'not_found'
  | 'key_text'
  | 'busy'

/** Why an answer is not a list: a value like any other result, with nothing of the provider's text and no key in it. */
export interface Failure {
  code: FailureCode
  detail?: FailureDetail
  httpStatus?: number
  /** One more attempt may help: a fault of the transport, 408, most of 5xx. */
  isRetryable?: boolean
  /** How long the provider asks us to stay away. */
  retryAfterMs?: number
}
