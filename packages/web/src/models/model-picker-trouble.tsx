import type { FailureCode } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { Link } from 'wouter'
import { clock, whyNotYet } from './left-alone.ts'
import type { KeyState } from './model-picker-groups.ts'
import { useRetry } from './use-retry.ts'

/** No other key, no other answer. */
const WANT_ANOTHER_KEY: ReadonlySet<FailureCode | null> = new Set(['key_rejected', 'key_unreadable'])
/** As high as a finger, without taking more room than its words. */
const LINK =
  'relative text-accent underline pointer-coarse:after:absolute pointer-coarse:after:-inset-y-3 pointer-coarse:after:inset-x-0'

/** Below the picker: one key whose list is not what it should be, and what to do about it. */
export function PickerTrouble({
  provider,
  name,
  label,
  words,
  status,
}: KeyState & { provider: string; name: string }) {
  return (
    <span>
      {'· '}
      {name} {label !== null && <bdi>“{visible(label)}” </bdi>}
      {words.split(' · ')[0]} <NextStep provider={provider} name={name} status={status} />
    </span>
  )
}

function NextStep({ provider, name, status }: Pick<KeyState, 'status'> & { provider: string; name: string }) {
  const retry = useRetry()
  const ofWhat = <span className="sr-only"> ({name})</span>
  if (status && WANT_ANOTHER_KEY.has(status.code)) {
    return (
      <Link href={`/settings/keys?add=${provider}`} className={LINK}>
        Replace key{ofWhat}
      </Link>
    )
  }
  if (status?.retry_at && whyNotYet(status)) {
    // the words of a limit say it already
    return status.code === 'rate_limited' ? null : `(not before ${clock(status.retry_at)})`
  }
  return (
    <button type="button" className={LINK} onClick={() => retry([provider])}>
      Ask again{ofWhat}
    </button>
  )
}
