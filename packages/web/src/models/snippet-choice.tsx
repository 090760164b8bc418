import { visible } from '@rollcall/core/visible-text'
import { useState } from 'react'
import { classNames } from '../ui/class-names.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import type { Snippet } from './snippets.ts'

/** The same call in several languages, one of them shown. */
export function SnippetChoice({ snippets, note }: { snippets: readonly Snippet[]; note: string | null }) {
  const [title, setTitle] = useState(snippets[0]?.title)
  const shown = snippets.find((snippet) => snippet.title === title) ?? snippets[0]
  if (!shown) return null
  return (
    <section aria-label="Use it" className="flex min-w-0 flex-col gap-2">
      <h3 className="text-sm">Use it</h3>
      <div className="rounded-lg border border-line">
        <div className="flex items-center gap-1 border-line border-b py-1 pr-1 pl-1.5">
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would look and read like a form */}
          <div role="group" aria-label="Language" className="mr-auto flex gap-1">
            {snippets.map((snippet) => (
              <button
                key={snippet.title}
                type="button"
                aria-pressed={snippet === shown}
                onClick={() => setTitle(snippet.title)}
                className={classNames(
                  'h-7 rounded-md px-2 text-xs pointer-coarse:h-10',
                  snippet === shown ? 'bg-selected font-medium' : 'text-ink-muted hover:bg-hover',
                )}
              >
                {snippet.title}
              </button>
            ))}
          </div>
          <CopyButton text={shown.code} label={`Copy ${shown.title} snippet`} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
        <pre tabIndex={0} dir="ltr" className="overflow-x-auto p-3 font-mono text-xs leading-5">
          <code>{shown.code.split('\n').map(visibleLine).join('\n')}</code>
        </pre>
      </div>
      {note && <p className="text-ink-muted text-xs">{note}</p>}
    </section>
  )
}

/** Its indentation is ours and stays. */
function visibleLine(line: string): string {
  const text = line.trimStart()
  return line.slice(0, line.length - text.length) + visible(text)
}
