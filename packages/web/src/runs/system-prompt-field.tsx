import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { Button, IconButton } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'

/** The system prompt; null: there is none, and a button adds it. */
export function SystemPromptField({
  text,
  problem,
  onChange,
}: {
  text: string | null
  problem: string | undefined
  onChange: (text: string | null) => void
}) {
  const field = useRef<HTMLTextAreaElement>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const add = () => {
    flushSync(() => onChange(''))
    field.current?.focus()
  }
  const remove = () => {
    flushSync(() => onChange(null))
    addButton.current?.focus()
  }
  if (text === null) {
    return (
      <div>
        <Button ref={addButton} icon={Plus} look="quiet" className="-ml-3" onClick={add}>
          Add a system prompt
        </Button>
      </div>
    )
  }
  return (
    <div className="flex items-start gap-1 *:first:grow">
      <TextArea
        ref={field}
        label="System prompt"
        value={text}
        error={problem}
        rows={3}
        className="min-h-16"
        onChange={({ target }) => onChange(target.value)}
      />
      <IconButton icon={X} label="Remove the system prompt" className="mt-7" onClick={remove} />
    </div>
  )
}
