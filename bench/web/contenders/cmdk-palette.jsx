import { Command } from 'cmdk'
import { createElement, useState } from 'react'
import { createRoot } from 'react-dom/client'

const models = await (await fetch('/models.json')).json()

/** As its documentation shows it: every item is there, and it filters them itself. */
function Palette() {
  const [isOpen, setIsOpen] = useState(false)
  if (!isOpen) {
    return createElement('button', { type: 'button', onClick: () => setIsOpen(true) }, 'Open')
  }
  return createElement(
    Command,
    { label: 'Models' },
    createElement(Command.Input, { autoFocus: true }),
    createElement(
      Command.List,
      { style: { height: 400, overflow: 'auto' } },
      models.map(({ id, name }) =>
        createElement(Command.Item, { key: id, value: `${name} ${id}` }, name, ' ', id),
      ),
    ),
  )
}

createRoot(document.getElementById('root')).render(createElement(Palette))
document.title = 'ready'
