import type { Instance } from '@rollcall/core/schema'
import { useState } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** Signs in to the account that everybody may look around with. */
export function EnterDemoButton({ demo }: { demo: NonNullable<Instance['demo']> }) {
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  async function enter() {
    setIsBusy(true)
    try {
      const { email, password } = demo
      session.accept(await session.call('signIn', { body: { email, password } }))
    } catch (error) {
      setProblem(sentenceOf(error))
      setIsBusy(false)
    }
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-muted">{demo.notice}</p>
      <Button look="primary" isBusy={isBusy} className="h-9 w-full" onClick={() => void enter()}>
        Enter the demo
      </Button>
      {problem && <Notice tone="bad">{problem}</Notice>}
    </div>
  )
}
