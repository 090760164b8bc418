import { KeyRound } from 'lucide-react'
import { Link } from 'wouter'
import { Empty } from '../ui/page.tsx'

/** Nobody can be asked: the first key is the one thing to do. */
export function NoKeys() {
  return (
    <Empty
      action={
        <Link
          href="/settings/keys"
          className="inline-flex h-9 items-center gap-1.5 rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover pointer-coarse:min-h-10"
        >
          <KeyRound aria-hidden size={15} />
          Add API key
        </Link>
      }
    >
      You have no API keys yet. Add one, and every model it can use is listed here.
    </Empty>
  )
}
