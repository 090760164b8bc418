import type { ProviderStatus } from '@rollcall/core/schema'
import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useId, useState } from 'react'
import { classNames } from '../ui/class-names.ts'

const load = () => import('./call-history.tsx')
const CallHistory = lazy(async () => ({ default: (await load()).CallHistory }))

/** How the calls with one key went, for whoever wants to see it. Returns its button, and what the button shows. */
export function useCallHistory(of: Pick<ProviderStatus, 'provider_key' | 'label'>, named: string) {
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const button = (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls={id}
      aria-label={`Details of the ${named}`}
      className="relative -my-1 -mr-1 ml-auto inline-flex min-h-6 shrink-0 items-center gap-0.5 rounded-sm px-1 hover:text-ink pointer-coarse:after:absolute pointer-coarse:after:-inset-y-3 pointer-coarse:after:inset-x-0"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setIsOpen(!isOpen)}
    >
      Details
      <ChevronDown aria-hidden size={13} className={classNames(isOpen && 'rotate-180')} />
    </button>
  )
  const history = (
    <Suspense fallback={isOpen && <div className="skeleton h-24" />}>
      {isOpen && <CallHistory of={of} />}
    </Suspense>
  )
  return { button, history, id, isOpen }
}
