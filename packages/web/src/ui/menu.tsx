import type { LucideIcon } from 'lucide-react'
import { type ComponentProps, lazy, type ReactNode, Suspense, useState } from 'react'

const load = () => import('./opened-menu.tsx')
const OpenedMenu = lazy(async () => ({ default: (await load()).OpenedMenu }))

export interface MenuAction {
  label: string
  icon?: LucideIcon
  isDanger?: boolean
  onSelect: () => void
}
export interface MenuProps {
  /** The button that opens it. */
  trigger: ComponentProps<'button'>
  /** Above the actions. */
  heading?: ReactNode
  /** In groups, with a line between them. */
  groups: readonly (readonly MenuAction[])[]
}

/** A menu of actions below the button that opens it. All but the button is loaded when somebody is about to press it. */
export function Menu(props: MenuProps) {
  const [wasOpened, setWasOpened] = useState(false)
  const button = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      {...props.trigger}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWasOpened(true)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') setWasOpened(true)
      }}
    />
  )
  if (!wasOpened) return button
  return (
    <Suspense fallback={button}>
      <OpenedMenu {...props} />
    </Suspense>
  )
}
