import { Columns3 } from 'lucide-react'
import { Link } from 'wouter'
import { Button } from '../ui/button.tsx'
import { compareAddress } from './compare-address.ts'

/** At the window's lower edge, as long as models are chosen. */
export function CompareBar({ ids, onClear }: { ids: readonly string[]; onClear: () => void }) {
  return (
    <section
      aria-label="Chosen models"
      className="sticky bottom-4 z-20 mx-auto flex items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-float max-sm:bottom-20"
    >
      <p role="status" className="tabular-nums">
        {ids.length} chosen{ids.length === 1 && ': one more to compare'}
      </p>
      <Button look="quiet" onClick={onClear}>
        Clear
      </Button>
      <Link
        href={compareAddress(ids)}
        className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover pointer-coarse:h-10"
      >
        <Columns3 aria-hidden size={15} />
        Compare ({ids.length})
      </Link>
    </section>
  )
}
