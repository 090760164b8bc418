import { DropdownMenu } from 'radix-ui'
import { Fragment, useRef } from 'react'
import type { MenuAction, MenuProps } from './menu.tsx'
import { usePortalTarget } from './portal-target.ts'

/** The menu itself, open as soon as it is there. */
export function OpenedMenu({ trigger, heading, groups }: MenuProps) {
  const chosen = useRef<() => void>(undefined)
  // in a landmark, where whoever goes from one to the next finds it
  const container = usePortalTarget() ?? document.querySelector('main')
  return (
    // a modal one would want to lock scrolling with an inline style sheet
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>
        <button type="button" {...trigger} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={() => {
            // a window that it opens gives the focus back to the button, which has it after this task
            if (chosen.current) setTimeout(chosen.current)
            chosen.current = undefined
          }}
          className="z-40 min-w-44 rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {heading && (
            <DropdownMenu.Label className="px-2 py-1.5 text-ink-muted text-xs">{heading}</DropdownMenu.Label>
          )}
          {groups.map((actions, index) => (
            <Fragment key={actions[0]?.label}>
              {index > 0 && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
              {actions.map((action) => (
                <Action
                  key={action.label}
                  {...action}
                  onSelect={() => {
                    chosen.current = action.onSelect
                  }}
                />
              ))}
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Action({ label, icon: Icon, isDanger = false, onSelect }: MenuAction) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className={`flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-md px-2 outline-none data-highlighted:bg-hover pointer-coarse:min-h-10 ${isDanger ? 'text-bad' : ''}`}
    >
      {Icon && <Icon aria-hidden size={15} />}
      {label}
    </DropdownMenu.Item>
  )
}
