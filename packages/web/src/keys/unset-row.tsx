import type { ProviderInfo } from '@rollcall/core/schema'
import { Plus } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { Status } from '../ui/status.tsx'
import { ACTIONS, BESIDE_NAME, ProviderName, ROW } from './row-parts.tsx'

/** A provider whose models are not asked for, as there is no key. */
export function UnsetRow({ provider, onAdd }: { provider: ProviderInfo; onAdd: () => void }) {
  return (
    <li className={ROW} data-provider={provider.provider_key}>
      <ProviderName name={provider.name} />
      <div className={`${BESIDE_NAME} flex @2xl:col-start-3`}>
        <Status tone="none">not set</Status>
      </div>
      <div className={ACTIONS}>
        <Button icon={Plus} onClick={onAdd}>
          <span>
            Add <span className="@max-md:sr-only">{provider.name} </span>key
          </span>
        </Button>
      </div>
    </li>
  )
}
