import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { loadPage } from '../page-loaders.ts'
import { classNames } from '../ui/class-names.ts'
import { isMac, useShortcut } from '../ui/shortcuts.ts'
import { Mark } from './mark.tsx'
import { PLACES, type Place } from './places.ts'

/** A rail on the left, icons alone where there is less room, a bar at the bottom of a phone. */
export function Navigation({ onSearch, account }: { onSearch: () => void; account: ReactNode }) {
  return (
    <header className="z-30 flex shrink-0 border-line bg-surface max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:h-[calc(3.5rem+env(safe-area-inset-bottom))] max-sm:border-t max-sm:pb-[env(safe-area-inset-bottom)] sm:sticky sm:top-0 sm:h-dvh sm:w-14 sm:flex-col sm:gap-3 sm:border-r sm:p-2 sm:pt-3 lg:w-52">
      <div className="flex items-center gap-2 px-1.5 font-semibold max-sm:hidden">
        <Mark />
        <span className="max-lg:hidden">Rollcall</span>
      </div>
      <button
        type="button"
        onClick={onSearch}
        className="flex h-8 items-center gap-2 rounded-md border border-line px-2 text-ink-muted hover:bg-hover max-lg:justify-center max-sm:hidden"
      >
        <Search aria-hidden size={15} />
        <span className="max-lg:sr-only">
          Search<span className="sr-only"> and commands</span>
        </span>
        <kbd className="ml-auto font-sans text-xs max-lg:hidden">{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <nav aria-label="Main" className="flex grow sm:flex-col sm:gap-0.5">
        {PLACES.map((place) => (
          <PlaceLink key={place.path} place={place} />
        ))}
      </nav>
      {account}
    </header>
  )
}

function PlaceLink({ place: { path, name, icon: Icon, keys } }: { place: Place }) {
  const [current, navigate] = useLocation()
  const isHere = current === path || current.startsWith(`${path}/`)
  useShortcut(keys, `Go to ${name}`, () => navigate(path))
  return (
    <Link
      href={path}
      onPointerEnter={() => loadPage(path)}
      onFocus={() => loadPage(path)}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        'flex items-center rounded-md hover:bg-hover max-sm:flex-1 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:text-xs sm:h-9 sm:gap-2.5 sm:px-2.5 sm:max-lg:justify-center sm:max-lg:px-0',
        isHere
          ? 'bg-selected font-medium text-ink max-sm:bg-transparent max-sm:text-accent'
          : 'text-ink-muted',
      )}
    >
      <Icon aria-hidden size={17} className="shrink-0" />
      <span className="sm:max-lg:sr-only">{name}</span>
    </Link>
  )
}
