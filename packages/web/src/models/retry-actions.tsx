import { RefreshCw } from 'lucide-react'
import { Link } from 'wouter'
import { Button } from '../ui/button.tsx'
import { whyNotYet } from './left-alone.ts'
import type { ListedKey } from './listed-keys.ts'

/** What may help a list that is not what it should be. */
export function RetryActions({ listed, onRetry }: { listed: ListedKey; onRetry: () => void }) {
  const { name, provider_key, state } = listed
  return (
    <span className="flex shrink-0 items-center gap-1">
      {state.status?.code === 'key_rejected' && (
        <Link
          href={`/settings/keys?add=${provider_key}`}
          className="flex h-8 items-center rounded-md px-3 font-medium text-accent hover:bg-hover pointer-coarse:min-h-10"
        >
          Replace key
          <span className="sr-only"> of {name}</span>
        </Link>
      )}
      <Button look="quiet" icon={RefreshCw} onClick={onRetry} data-tooltip={whyNotYet(state.status)}>
        Ask again
        <span className="sr-only">: {name}</span>
      </Button>
    </span>
  )
}
